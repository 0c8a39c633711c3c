"""Add up a task-level record of one's own, and list what looks wrong in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_sizes
from analysis.commands.printing import ascii_json

_EXAMPLES = """\
examples:
  analysis summarise-tasks tasks.csv                          sums by year and product, findings by rule
  analysis summarise-tasks tasks.csv --sums sums.csv          sums by year, operator, district and product, in a file
  analysis summarise-tasks tasks.csv --findings findings.csv  every finding with its line and task, in a file

columns of FILE, in any order: task_id, start, end (YYYY-MM-DD), operator, district, product (cancelled, reduced or
cleared), area_ha, devices. One line a task; an empty cell is missing, not zero. A column that looks like personal data
is refused. Listed as findings: end before start, a task of more than ten years, missing operator, district, product,
date or area, an area of 0 or less, devices below 0 or not whole, an area 10, 100 or 10,000 times its
group's or that part of it (a slip of the unit), and the same area of one operator, district and product in overlapping
periods.
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "summarise-tasks",
        help="add up a task-level record of your own and list what looks wrong in it",
        description="Reads a CSV file with one line a task of land release, prints sums by year and product, what is "
        "in no sum, and findings by rule. Nothing is dropped or mended. A million tasks take some seconds.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the record, CSV in UTF-8")
    parser.add_argument("--sums", type=Path, metavar="CSV", help="write all sums here; replaced if it exists")
    parser.add_argument("--findings", type=Path, metavar="CSV", help="write all findings here; replaced if it exists")
    parser.add_argument("--json", action="store_true", help="print for machines")
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.life_signs import LifeSigns
    from analysis.pipeline.messages import counted, printable
    from analysis.record.layout import repository
    from analysis.reporting import task_report as report_of

    written = {options.sums: report_of.write_sums, options.findings: report_of.write_findings}
    files = [file for file in (options.sums, options.findings) if file is not None]
    report_of.check_destinations(options.file, files, repository())
    with LifeSigns() as signs:
        report = report_of.task_report(options.file, tell=signs.now)
        rows = {}
        for file in files:
            signs.now(f"writing {file}")
            rows[file] = written[file](report, file)
    print(ascii_json(report_of.report_tree(report)) if options.json else printable(report_of.report_text(report)))
    if not options.json:
        for file, number in rows.items():
            print(printable(f"wrote {counted(number, 'row')} to {file}"))
    return 0
