"""The command line: parses, calls, prints. ``analysis`` and ``python -m analysis`` are the same thing.

Everything heavy is imported by the command that needs it, so that help and complaints come at once.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from typing import Final

from analysis.arguments import command_line
from analysis.errors import AnalysisError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 not understood, 130 interrupted."""
    options = command_line().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter gets its number
    try:
        status = _COMMANDS[options.command](options)
    except AnalysisError as error:
        _complain(str(error))
        return 1
    except KeyboardInterrupt:
        _complain("interrupted; the record is as it was")
        return 130
    except BrokenPipeError:  # the reader of our output (head, less) has left
        sys.stderr.close()
        return 1
    return status


def _reproduce(options: argparse.Namespace) -> int:
    from analysis.pipeline.request import Request, planned
    from analysis.record.layout import repository

    request = Request(
        notebooks=tuple(options.notebooks),
        given=tuple(options.given),
        data=options.data,
        out=options.out,
        workers=options.workers,
        cell_timeout_s=options.timeout,
        rewrite=options.rewrite,
    )
    layout = repository()
    planned(request, layout)  # a misspelt name is told at once, before tables and arrays are imported

    from analysis.pipeline.reproduce import reproduce
    from analysis.pipeline.summary import summary

    report = reproduce(request, layout)
    print(summary(report, layout))
    return 0 if report.ok else 1


def _verify(options: argparse.Namespace) -> int:
    from analysis.pipeline.request import Request
    from analysis.pipeline.verification.table import table
    from analysis.pipeline.verification.verify import verify
    from analysis.record.layout import repository

    layout = repository()
    request = Request(out=options.out, workers=options.workers, cell_timeout_s=options.timeout)
    verification = verify(request, layout)
    print(table(verification, layout))
    return 0 if verification.ok else 1


def _check(options: argparse.Namespace) -> int:
    from analysis.pipeline.evidence_summary import evidence_summary

    print(evidence_summary(options.folder))
    return 0


def _explain(options: argparse.Namespace) -> int:
    from analysis.paths import FIGURES
    from analysis.pipeline.messages import printable
    from analysis.record.reading import read_record

    record = read_record(options.record or FIGURES)

    from analysis.reporting.explanation import explain
    from analysis.reporting.explanation_text import explanation_text, explanation_tree, names_text, names_tree

    if options.name is None:
        print(_json(names_tree(record)) if options.json else printable(names_text(record)))
        return 0
    explanation = explain(record, options.name, data=options.data)
    if options.json:
        print(_json(explanation_tree(explanation, rows=options.limit)))
    else:
        print(printable(explanation_text(explanation, rows=options.limit)))
    return 0


def _diff(options: argparse.Namespace) -> int:
    from analysis.paths import FIGURES
    from analysis.pipeline.messages import printable
    from analysis.record.movement import compare_records
    from analysis.record.reading import read_record
    from analysis.reporting.comparison_text import comparison_text, comparison_tree

    old, new = options.old or FIGURES, options.new
    try:
        comparison = compare_records(read_record(old), read_record(new))
    except AnalysisError as error:
        _complain(str(error))
        return 2
    if options.json:
        print(_json(comparison_tree(comparison, old=old, new=new)))
    else:
        print(printable(comparison_text(comparison, old=old, new=new)))
    return 1 if comparison.movements else 0


def _json(tree: object) -> str:
    """Return JSON in ASCII, so that nothing in the data reaches the terminal as itself."""
    import json

    return json.dumps(tree, indent=1, allow_nan=False).replace("\x7f", r"\u007f")


def _normalise(options: argparse.Namespace) -> int:
    from analysis.pipeline.normalise import normalise_files

    changed = normalise_files(options.files)
    for path in changed:
        print(f"normalised {path}")
    return 1 if changed else 0


def _complain(text: str) -> None:
    from analysis.pipeline.messages import printable

    print(f"analysis: {printable(text)}", file=sys.stderr)


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "reproduce": _reproduce,
    "verify": _verify,
    "check": _check,
    "explain": _explain,
    "diff": _diff,
    "normalise": _normalise,
}


if __name__ == "__main__":
    sys.exit(main())
