"""An explanation as text for people, and as a tree for machines. Data are put on one line each; see `one_line`."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from analysis.estimate import Estimate
from analysis.evidence.source_rows import EvidenceRow
from analysis.paths import REPOSITORY
from analysis.record.reading import StoredRecord
from analysis.record.serialise import plain
from analysis.record.stored_figure import StoredFigure
from analysis.reporting.explanation import Explanation
from analysis.reporting.tables import interval_text, number
from analysis.reporting.trail import CitedSource, Trail

ROWS_SHOWN: Final = 20
_WIDTH: Final = 110
_LABEL: Final = 13
_DIGITS: Final = 10  # as many as the record keeps


def explanation_text(explanation: Explanation, *, rows: int | None = None) -> str:
    """Return the chain for people; at most `rows` evidence rows and sources, and a count of the rest."""
    limit = ROWS_SHOWN if rows is None else rows
    head = _value_block(explanation) if explanation.figure is None else _figure_block(explanation, explanation.figure)
    return "\n\n".join([head, _parameters(explanation), _rows(explanation, limit), _sources(explanation.trail, limit)])


def explanation_tree(explanation: Explanation, *, rows: int | None = None) -> dict[str, object]:
    """Return the chain as plain dicts and lists, full digits; all evidence rows, or the first `rows` of them."""
    trail, figure = explanation.trail, explanation.figure
    shown = trail.rows if rows is None else trail.rows[:rows]
    return {
        "name": explanation.name,
        "kind": "value" if figure is None else "figure",
        "record": str(explanation.folder),
        "notebook": explanation.notebook,
        "parameters": plain(dict(explanation.parameters)),
        "estimate": plain(explanation.estimate),
        "figure": None if figure is None else _figure_tree(figure),
        "estimates": {key: plain(estimate) for key, estimate in explanation.estimates.items()},
        "drawn_in": list(explanation.drawn_in),
        "evidence": {
            "folder": str(trail.folder),
            "problem": trail.problem,
            "changed_since": None if trail.moved is None else list(trail.moved),
            "tables_searched": list(trail.tables),
            "rows": [{**asdict(row), "named_by_figure": row.row_id in set(trail.named)} for row in shown],
            "rows_left_out": len(trail.rows) - len(shown),
        },
        "sources": [asdict(source) for source in trail.sources],
    }


def names_text(record: StoredRecord) -> str:
    """Return every key and figure name of a record, with what each is."""
    width = max((len(name) for name in (*record.trees, *record.figures)), default=0)
    values = [f"  {one_line(key):<{width}}  {one_line(record.estimate(key).quantity)}" for key in sorted(record.trees)]
    figures = [f"  {one_line(name)}" for name in sorted(record.figures)]
    return "\n".join([f"values of {_short(record.folder)}:", *values, "", "figures:", *figures])


def names_tree(record: StoredRecord) -> dict[str, object]:
    """Return what each key of a record stands for, and the names of its figures."""
    return {
        "values": {key: record.estimate(key).quantity for key in sorted(record.trees)},
        "figures": sorted(record.figures),
    }


def one_line(text: str) -> str:
    """Return text from data on one line, so that it cannot pass for a line of ours."""
    return " ".join(text.split())


def _value_block(explanation: Explanation) -> str:
    estimate = explanation.estimate
    if estimate is None:
        raise ValueError(f"{explanation.name} has neither estimate nor figure")
    lines = [one_line(explanation.name), *_estimate_lines(estimate)]
    drawn = ", ".join(explanation.drawn_in) or "no figure names it"
    lines += [_field("record", _short(explanation.folder)), _field("figures", drawn)]
    lines += _bullets("assumptions", estimate.assumptions)
    return "\n".join(lines)


def _estimate_lines(estimate: Estimate) -> list[str]:
    interval = "none: as counted or printed"
    if estimate.interval is not None:
        interval = f"{interval_text(estimate.interval, digits=_DIGITS)} ({estimate.interval.label})"
    return [
        _field("quantity", estimate.quantity),
        _field("value", f"{number(estimate.value, digits=_DIGITS)} {estimate.unit}"),
        _field("interval", interval),
        _field("n", f"{estimate.n:,} {estimate.n_unit}"),
        _field("period", str(estimate.period)),
        _field("geography", estimate.geography),
        _field("method", estimate.method),
    ]


def _figure_block(explanation: Explanation, figure: StoredFigure) -> str:
    lines = [
        f"{one_line(explanation.name)} (figure)",
        _field("caption", figure.caption),
        _field("alt text", figure.alt),
        _field("record", _short(explanation.folder)),
        _field("source data", f"{_short(figure.data_file)}: {_state(figure)}"),
        _field("sha256", figure.data_sha256),
    ]
    values = [
        f"{key}: {number(estimate.value, digits=6)} {estimate.unit}" for key, estimate in explanation.estimates.items()
    ]
    absent = [
        f"{key}: not among the values of this record" for key in figure.estimates if key not in explanation.estimates
    ]
    return "\n".join([*lines, *_bullets("values drawn or quoted", [*values, *absent])])


def _state(figure: StoredFigure) -> str:
    if figure.found_sha256 is None:
        return "the file is missing"
    return "as recorded" if figure.matches else f"NOT as recorded; the file now has {figure.found_sha256}"


def _figure_tree(figure: StoredFigure) -> dict[str, object]:
    return {
        "caption": figure.caption,
        "alt": figure.alt,
        "estimates": list(figure.estimates),
        "sources": list(figure.sources),
        "source_data": {
            "file": str(figure.data_file),
            "sha256": figure.data_sha256,
            "found_sha256": figure.found_sha256,
            "matches": figure.matches,
        },
    }


def _parameters(explanation: Explanation) -> str:
    title = f"Parameters of the run of {one_line(explanation.notebook)}"
    if not explanation.parameters:
        return f"{title}: none on record"
    lines = [f"  {one_line(name)} = {one_line(repr(value))}" for name, value in sorted(explanation.parameters.items())]
    return "\n".join([f"{title}:", *lines])


def _rows(explanation: Explanation, limit: int) -> str:
    trail = explanation.trail
    folder = _short(trail.folder)
    if trail.problem:
        return _wrapped(f"Evidence in {folder} cannot be read, so its rows and pages are not shown: {trail.problem}")
    lines = [_wrapped(text) for text in (_evidence_state(trail, folder), _what_rows(explanation))]
    named = set(trail.named)
    lines += [line for row in trail.rows[:limit] for line in _row_lines(row, folder, starred=row.row_id in named)]
    lines += _rest(len(trail.rows), limit)
    return "\n".join(lines)


def _rest(total: int, limit: int) -> list[str]:
    return [f"  and {total - limit} more (--limit {total} shows all)"] if total > limit else []


def _evidence_state(trail: Trail, folder: str) -> str:
    if trail.moved is None:
        return f"Evidence in {folder}; the record does not say whether it is what the run read."
    if not trail.moved:
        return f"Evidence in {folder}: the files the run read, byte for byte."
    return f"Evidence in {folder}: NOT what the run read; other bytes in {', '.join(trail.moved)}."


def _what_rows(explanation: Explanation) -> str:
    """Say what the rows are: an estimate records its sources, not its rows."""
    trail = explanation.trail
    how = "on its sources" if explanation.figure is None else "on its sources, or named by its source data"
    text = (
        f"Rows read {how}, in the tables {one_line(explanation.notebook)} reads ({', '.join(trail.tables)}): "
        f"{len(trail.rows)}. The record keeps sources, not rows: not each of them need have been used."
    )
    if not trail.named:
        return text
    figures = [explanation.name] if explanation.figure is not None else list(explanation.drawn_in)
    return f"{text} {len(trail.named)} of them, marked *, stand in the source data of {', '.join(figures)}."


def _row_lines(row: EvidenceRow, folder: str, *, starred: bool) -> list[str]:
    mark = "*" if starred else " "
    reports = ", ".join(f"{name} {text}" for name, text in row.reports.items() if name != "comparator")
    comparator = row.reports.get("comparator", "=")
    stated = "" if comparator == "=" else f" (stated with {comparator})"
    key, page, party = (one_line(text) for text in (row.row_id, row.source_id, row.party))
    lines = [f"{mark} {folder}/{row.file}:{row.line}  {key}  {page}  [{party}]"]
    lines += _indented(f"{reports}{stated}")
    if row.set_aside:
        lines += _indented(f"set aside, not used: {row.set_aside}")
    lines += [line for text in row.corrections for line in _indented(f"corrected: {text}")]
    return lines


def _sources(trail: Trail, limit: int) -> str:
    lines = [f"Sources ({len(trail.sources)}):"]
    for source in trail.sources[:limit]:
        lines.append(f"  {one_line(source.source_id)}: {one_line(source.originator)} [{one_line(source.party)}]")
        lines += _indented(_citation(source, trail))
    lines += _rest(len(trail.sources), limit)
    return "\n".join(lines)


def _citation(source: CitedSource, trail: Trail) -> str:
    if source.citation:
        return source.citation + ("" if source.address else " (no web address on record)")
    return "the evidence could not be read" if trail.problem else "this evidence has no such source"


def _field(label: str, text: str) -> str:
    return _wrapped(f"  {label:<{_LABEL}}{one_line(text)}", indent=2 + _LABEL)


def _bullets(title: str, texts: Sequence[str]) -> list[str]:
    if not texts:
        return [_field(title, "none recorded")] if len(title) < _LABEL else [f"  {title}: none"]
    return [f"  {title}", *(_wrapped(f"    - {one_line(text)}", indent=6) for text in texts)]


def _indented(text: str) -> list[str]:
    return [_wrapped(f"      {one_line(text)}", indent=6)] if one_line(text) else []


def _wrapped(text: str, *, indent: int = 0) -> str:
    return textwrap.fill(
        text, width=_WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )


def _short(path: Path) -> str:
    whole = path.resolve()
    return whole.relative_to(REPOSITORY).as_posix() if whole.is_relative_to(REPOSITORY) else str(path)
