"""What a person can type: the commands, their options and their help with examples."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis import __version__

_REPRODUCE = """\
examples:
  analysis reproduce                            run every study; write figures/, values and notebooks where they changed
  analysis reproduce casualty_trends            one study
  analysis reproduce casualty_trends -p confidence_level=0.9 -p exclude_originators=anama,azcbl
                                                other parameters: outputs go to build/runs/, the record is not touched
  analysis reproduce --data ~/my-export --out ~/my-results
                                                all studies on other evidence (a folder laid out like data/)
"""
_VERIFY = """\
examples:
  analysis verify                      run everything anew and compare with the record; reports in build/verify/
  analysis verify --out ~/my-check     reports elsewhere: report.md, codecheck.yml, junit.xml, verify.json
  analysis verify --workers 1          one notebook at a time

exit status: 0 when every notebook ran and every output agrees, 1 otherwise
"""
_CHECK = """\
examples:
  analysis check                check data/
  analysis check ~/my-export    check another folder laid out like data/
"""
_EXPLAIN = """\
examples:
  analysis explain                                         every value and figure there is
  analysis explain casualty_trends.total_registered        a value: how it was made, from which rows and pages
  analysis explain casualty-rate                           a figure
  analysis explain total_registered --limit 100 --record build/runs/my-run
                                                           the same value of another run, with up to 100 rows
"""
_DIFF = """\
examples:
  analysis diff build/reproduce                            what the last run moved against figures/
  analysis diff build/runs/one build/runs/other --json     two runs, for machines

exit status: 0 when nothing moved beyond tolerance, 1 when something did, 2 for folders that cannot be compared
"""
_NORMALISE = """\
Brings notebooks into the form they are committed in, outputs kept: run times, papermill's and JupyterLab's traces
dropped, one kernel name, stable cell ids. Writes only what changes; exit status 1 if anything did, as hooks expect.
"""


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line; `command` of what it parses names the command."""
    parser = argparse.ArgumentParser(
        prog="analysis",
        description="An open, reproducible study of landmine harm in Azerbaijan and the former Nagorno-Karabakh "
        "conflict area. Not for navigation, clearance or any decision on safety.",
    )
    parser.add_argument("--version", action="version", version=f"analysis {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_reproduce(commands)
    _add_verify(commands)
    _add_check(commands)
    _add_explain(commands)
    _add_diff(commands)
    _add_normalise(commands)
    return parser


def _add_reproduce(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "reproduce",
        help="run the notebooks, compare with the record, write what changed",
        description="Checks the evidence, runs the notebooks and says what moved against the record. Only a run with "
        "default parameters on the repository's evidence writes figures/ and notebooks/, and only if every notebook "
        "ran to its end.",
        epilog=_REPRODUCE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="name, with or without .ipynb; all if none")
    parser.add_argument(
        "-p",
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="given",
        help="a parameter of the notebooks that have it; repeat for more. Lists: a,b",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="evidence folder instead of data/")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write there; a new or empty folder, or one of ours")
    _add_limits(parser)
    parser.add_argument(
        "--rewrite",
        action="store_true",
        help="write this machine's bytes even where they agree; with all notebooks it also mends a damaged record",
    )
    parser.set_defaults(command="reproduce")


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=_positive, default=2, metavar="N", help="notebooks at a time (default 2)")
    parser.add_argument(
        "--timeout",
        type=_positive,
        default=600,
        metavar="S",
        help="longest time for one cell, in seconds (default 600)",
    )


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "verify",
        help="run everything anew and compare with the record, changing nothing",
        description="Runs all notebooks with their default parameters in a folder of their own and compares every "
        "value (by tolerance), figure (by bytes, then picture), notebook (by text) and evidence file (by checksum) "
        "with the committed record. Writes a report for people, codecheck.yml, JUnit XML and JSON, and leaves "
        "figures/, notebooks/ and data/ as they are.",
        epilog=_VERIFY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write there; a new or empty folder, or one of ours")
    _add_limits(parser)
    parser.set_defaults(command="verify")


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check",
        help="check the evidence and say what is in it",
        description="Checks every table of the evidence against its description and reports all faults at once.",
        epilog=_CHECK,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="evidence folder (default: data/)")
    parser.set_defaults(command="check")


def _add_explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "explain",
        help="say how a value or figure was made, from which rows and sources",
        description="Prints the chain behind a value or figure of the record: the estimate, its method, parameters and "
        "assumptions, the evidence rows with file, line and row id, and the sources with originator and address.",
        epilog=_EXPLAIN,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "name", nargs="?", metavar="KEY|FIGURE", help="key of values.json or name of a figure; lists all if left out"
    )
    parser.add_argument("--record", type=Path, metavar="DIR", help="folder of a run (default: figures/)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="evidence folder (default: the one the run was given)")
    parser.add_argument("--limit", type=_rows, metavar="N", help="rows and sources shown (default 20; all with --json)")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(command="explain")


def _add_diff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "diff",
        help="say which values moved between two runs, and by how much",
        description="Compares the values of two runs within the tolerance of the record. Moves are given in the unit "
        "of the value and in half-widths of A's interval, largest first.",
        epilog=_DIFF,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", nargs="?", type=Path, metavar="A", help="folder with values.json (default: figures/)")
    parser.add_argument("new", type=Path, metavar="B", help="folder with values.json")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(command="diff")


def _add_normalise(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "normalise",
        help="bring notebooks into the form they are committed in",
        description=_NORMALISE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.set_defaults(command="normalise")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, found {value}")
    return value


def _rows(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"must be 0 or more, found {value}")
    return value
