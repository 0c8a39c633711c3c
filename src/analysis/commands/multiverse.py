"""Run every specification of the studies that have a multiverse, and store the table the notebook reads."""

from __future__ import annotations

import argparse

from analysis.commands.options import Commands, positive

_EXAMPLES = """\
examples:
  analysis multiverse                        every study: about 130 runs, twenty minutes on two cores; goes on where
                                             it stopped. Then: analysis reproduce multiverse
  analysis multiverse --study contamination  one study; the tables of the others stay
  analysis multiverse --check                say what changed after the stored tables, and run nothing
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "multiverse",
        help="run the studies under every combination of their defensible choices",
        description="Runs each study once for every combination of its defensible choices, which are declared with "
        "their reasons in src/analysis/multiverse/, and once for every known mistake. The headline values are stored "
        "there too, with hashes of everything they were made from; the notebook 'multiverse' reads them.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--study", action="append", default=[], metavar="NAME", help="this one only; repeatable")
    parser.add_argument("--workers", type=positive, default=2, metavar="N", help="runs at a time (default 2)")
    parser.add_argument("--check", action="store_true", help="say what changed after the tables, and run nothing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.multiverse.register import multiverses_named
    from analysis.pipeline.multiverse import changed_since, rebuild_table
    from analysis.pipeline.sweep.summary import summary
    from analysis.record.layout import repository

    layout = repository()
    chosen = multiverses_named(options.study)
    if options.check:
        for one in chosen:
            changed = changed_since(one, layout)
            said = f"older than {', '.join(changed)}: make multiverse" if changed else "made from what is here"
            print(f"{'warning: ' if changed else ''}the table of {one.notebook} is {said}")
        return 0
    reports = [rebuild_table(one, layout, workers=options.workers) for one in chosen]
    for report in reports:
        print(summary(report, layout))
    if all(report.ok for report in reports):
        print("The tables are stored in src/analysis/multiverse/. Next: analysis reproduce multiverse")
        return 0
    return 1
