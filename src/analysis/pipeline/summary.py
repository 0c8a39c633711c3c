"""The summary of a run, for people: what ran, what failed, what moved against the record, where things are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from analysis.pipeline.messages import counted, printable
from analysis.pipeline.report import Report
from analysis.pipeline.result import Result
from analysis.record.comparison import Outcome, Verdict
from analysis.record.layout import Layout
from analysis.record.tolerance import Difference

_DIFFERENCES_SHOWN: Final = 6
_NAMES_SHOWN: Final = 20
_HASH_SHOWN: Final = 8
_EVIDENCE: Final = "evidence."


def summary(report: Report, layout: Layout) -> str:
    """Return the text to print at the end of a run."""
    blocks = [
        _recovered(report),
        _ran(report),
        *(failed(result, report.folder) for result in report.results if not result.ok),
    ]
    if report.ok and not report.results and not report.verdicts:
        blocks.append(_outputs(report, layout))
    elif report.ok:
        blocks += [_against_the_record(report.verdicts, report.changed_evidence), _outputs(report, layout)]
    else:
        blocks.append(
            f"figures/ and notebooks/ keep their old state. What did run is in {_short(report.folder, layout)}/."
        )
    return printable("\n\n".join(block for block in blocks if block))


def _recovered(report: Report) -> str:
    """Return which files were put in place before anything else."""
    if not report.recovered:
        return ""
    first = f"A publication had been interrupted and was finished ({counted(len(report.recovered), 'file')}):"
    return "\n".join([first, *(f"  {name}" for name in report.recovered)])


def _ran(report: Report) -> str:
    done = sum(result.ok for result in report.results)
    lines = [f"Ran {counted(len(report.results), 'notebook')} in {report.seconds:.1f} s; {done} to the end."]
    if not report.results:
        lines = [f"No notebook had to run ({report.seconds:.1f} s)."]
    if report.up_to_date:
        lines.append(f"Up to date, not run: {', '.join(report.up_to_date)} (--force runs them all the same)")
    width = max((len(result.spec.name) for result in report.results), default=0)
    for result in report.results:
        state = "" if result.ok else "  FAILED"
        again = "  (its kernel was started twice)" if result.attempts > 1 else ""
        lines.append(f"  {result.spec.name:<{width}}  {result.seconds:6.1f} s{state}{again}")
    lines += [f"{name} does not apply to {', '.join(notebooks)}" for name, notebooks in report.ignored_by.items()]
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


def _against_the_record(verdicts: Sequence[Verdict], evidence: Sequence[Difference]) -> str:
    counts = [(outcome, [one for one in verdicts if one.outcome is outcome]) for outcome in Outcome]
    lines = [
        "Against the record: " + (", ".join(f"{len(found)} {outcome}" for outcome, found in counts if found) or "-")
    ]
    if evidence:
        lines.append("  evidence that is not what the record was made from:")
        lines += [f"    {one.where}: {_short_hash(one.old)} -> {_short_hash(one.new)}" for one in evidence]
    for outcome, found in counts:
        if outcome is Outcome.IDENTICAL or not found:
            continue
        lines.append(f"  {outcome}:")
        shown = found if outcome is Outcome.CHANGED else found[:_NAMES_SHOWN]
        lines += [f"    {one.kind} {one.name}{_what_moved(one)}" for one in shown]
        if len(found) > len(shown):
            lines.append(f"    and {len(found) - len(shown)} more")
    return "\n".join(lines)


def _short_hash(digest: str) -> str:
    return digest[:_HASH_SHOWN] or "no such file"


def _what_moved(verdict: Verdict) -> str:
    """Return what moved in one output; changed evidence files are listed once, above all outputs."""
    others = [one for one in verdict.differences if verdict.kind != "figure" or not one.where.startswith(_EVIDENCE)]
    if verdict.differences and not others:
        return ": same numbers and picture; made from changed evidence"
    return listed(others)


def listed(differences: Sequence[Difference]) -> str:
    """Return the first differences, each on a line; the number itself comes first."""
    ordered = sorted(differences, key=lambda one: (one.where != "value", not one.where.startswith("interval")))
    text = "".join(f"\n      {one}" for one in ordered[:_DIFFERENCES_SHOWN])
    left = len(differences) - _DIFFERENCES_SHOWN
    return text + (f"\n      and {left} more" if left > 0 else "")


def _outputs(report: Report, layout: Layout) -> str:
    where = _short(report.folder, layout)
    lines = [f"Executed notebooks and outputs: {where}/"] if report.results else []
    other = "other " if report.recovered else ""
    if not report.published:
        lines.append("No other file of the record was touched." if other else "The record was not touched.")
    elif not report.replaced and not report.removed:
        lines.append(f"The record holds; no {other}committed file was changed.")
    else:
        for what, names in (("Replaced in", report.replaced), ("Removed from", report.removed)):
            lines += [f"{what} the record ({counted(len(names), 'file')}):"] if names else []
            lines += [f"  {name}" for name in names]
    if report.unlisted:
        lines.append(f"Files in figures/ that no notebook makes, left alone: {', '.join(report.unlisted)}")
    return "\n".join(lines)


def _short(path: Path, layout: Layout) -> str:
    return path.relative_to(layout.root).as_posix() if path.is_relative_to(layout.root) else str(path)
