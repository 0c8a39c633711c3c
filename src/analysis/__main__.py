"""The command line: ``analysis`` and ``python -m analysis`` are the same thing.

Each command is a module of :mod:`analysis.commands`, which declares its options, calls and prints.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from analysis import __version__
from analysis.commands import (
    archive,
    calibrate,
    check,
    diff,
    explain,
    export,
    figures,
    multiverse,
    normalise,
    paper,
    plan_inspection,
    report,
    reproduce,
    status,
    summarise_tasks,
    sweep,
    verify,
)
from analysis.commands.printing import complain
from analysis.errors import AnalysisError
from analysis.settings import hold_for_this_run

_EXAMPLES: Final = """\
examples:
  analysis reproduce                        run what is not up to date, say what moved against the record
  analysis status                           what is up to date, and what changed where it is not
  analysis verify                           run everything anew, compare with the record, change nothing
  analysis check ~/my-export                check an evidence folder of your own
  analysis explain casualty-rate            how a figure or value was made, from which rows and pages
  analysis COMMAND --help                   options and examples of one command
"""
_COMMANDS: Final = (
    reproduce,
    status,
    verify,
    sweep,
    check,
    explain,
    diff,
    export,
    figures,
    paper,
    archive,
    report,
    calibrate,
    multiverse,
    normalise,
    plan_inspection,
    summarise_tasks,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 not understood, 130 interrupted."""
    options = command_line().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter gets its number
    try:
        hold_for_this_run(vars(options))
        exit_status: int = options.run(options)
        sys.stdout.flush()  # a full disk is noticed here, and not when nobody can be told any more
    except AnalysisError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("interrupted; the record is as it was")
        return 130
    except BrokenPipeError:  # the reader of our output (head, less) has left
        sys.stderr.close()
        return 1
    except OSError as error:
        complain(f"the system refused: {error}")
        _drop_output()
        return 1
    return exit_status


def _drop_output() -> None:
    """Let what could not be written go: the interpreter would try once more at its end."""
    with contextlib.suppress(OSError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line; `run` of what it parses does the work."""
    parser = argparse.ArgumentParser(
        prog="analysis",
        description="An open, reproducible study of landmine harm in Azerbaijan and the former Nagorno-Karabakh "
        "conflict area.\nNot for navigation, clearance or any decision on safety.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"analysis {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
