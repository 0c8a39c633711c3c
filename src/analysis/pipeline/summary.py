"""The summary of a run, for people: what ran, what failed, what moved against the record, where things are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from analysis.pipeline.messages import counted, printable
from analysis.pipeline.reproduce import Report
from analysis.pipeline.result import Result
from analysis.record.comparison import Outcome, Verdict
from analysis.record.layout import Layout
from analysis.record.tolerance import Difference

_DIFFERENCES_SHOWN: Final = 6
_NAMES_SHOWN: Final = 20


def summary(report: Report, layout: Layout) -> str:
    """Return the text to print at the end of a run."""
    blocks = [_ran(report), *(failed(result, report.folder) for result in report.results if not result.ok)]
    if report.ok:
        blocks += [_against_the_record(report.verdicts), _outputs(report, layout)]
    else:
        blocks.append(
            f"figures/ and notebooks/ keep their old state. What did run is in {_short(report.folder, layout)}/."
        )
    return printable("\n\n".join(block for block in blocks if block))


def _ran(report: Report) -> str:
    done = sum(result.ok for result in report.results)
    lines = [f"Ran {counted(len(report.results), 'notebook')} in {report.seconds:.1f} s; {done} to the end."]
    width = max(len(result.spec.name) for result in report.results)
    for result in report.results:
        state = "" if result.ok else "  FAILED"
        again = "  (its kernel was started twice)" if result.attempts > 1 else ""
        lines.append(f"  {result.spec.name:<{width}}  {result.seconds:6.1f} s{state}{again}")
    return "\n".join(lines)


def failed(result: Result, folder: Path) -> str:
    """Return what is to be said of a notebook that did not run to its end: where, why, and what to do."""
    failure = result.failure
    if failure is None:
        return ""
    lines = [f"FAILED {result.spec.name}: {failure.kind}{failure.place}"]
    lines += [f"    | {line}" for line in failure.source.splitlines()]
    lines += [f"    {line}" for line in failure.detail.splitlines()]
    partial = folder / result.spec.partial.name
    if partial.is_file():
        lines.append(f"  partly executed copy: {partial}")
    if failure.advice:
        lines.append(f"  what to do: {failure.advice}")
    return "\n".join(lines)


def _against_the_record(verdicts: Sequence[Verdict]) -> str:
    counts = [(outcome, [one for one in verdicts if one.outcome is outcome]) for outcome in Outcome]
    lines = [
        "Against the record: " + (", ".join(f"{len(found)} {outcome}" for outcome, found in counts if found) or "-")
    ]
    for outcome, found in counts:
        if outcome is Outcome.IDENTICAL or not found:
            continue
        lines.append(f"  {outcome}:")
        shown = found if outcome is Outcome.CHANGED else found[:_NAMES_SHOWN]
        lines += [f"    {one.kind} {one.name}{listed(one.differences)}" for one in shown]
        if len(found) > len(shown):
            lines.append(f"    and {len(found) - len(shown)} more")
    return "\n".join(lines)


def listed(differences: Sequence[Difference]) -> str:
    """Return the first differences, each on a line; the number itself comes first."""
    ordered = sorted(differences, key=lambda one: (one.where != "value", not one.where.startswith("interval")))
    text = "".join(f"\n      {one}" for one in ordered[:_DIFFERENCES_SHOWN])
    left = len(differences) - _DIFFERENCES_SHOWN
    return text + (f"\n      and {left} more" if left > 0 else "")


def _outputs(report: Report, layout: Layout) -> str:
    where = _short(report.folder, layout)
    lines = [f"Executed notebooks and outputs: {where}/"]
    if not report.published:
        lines.append("The record was not touched.")
    elif report.replaced:
        lines.append(f"Replaced in the record ({counted(len(report.replaced), 'file')}):")
        lines += [f"  {name}" for name in report.replaced]
    else:
        lines.append("The record holds; no committed file was changed.")
    if report.unlisted:
        lines.append(f"Files in figures/ that no notebook makes, left alone: {', '.join(report.unlisted)}")
    return "\n".join(lines)


def _short(path: Path, layout: Layout) -> str:
    return path.relative_to(layout.root).as_posix() if path.is_relative_to(layout.root) else str(path)
