"""What moved between two records as a table for people, and as a tree for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from analysis.estimate import Estimate
from analysis.record.movement import Comparison, Movement
from analysis.record.serialise import plain
from analysis.reporting.tables import interval_text, number

_HEADER: Final = ("value", "A", "B", "change", "in half-widths", "interval of A", "what changed")
_NOT_AVAILABLE: Final = "n/a"
_SOURCES_SHOWN: Final = 4


def comparison_text(comparison: Comparison, *, old: Path, new: Path) -> str:
    """Return the table of moves, largest first, and what else changed beneath it."""
    blocks = [f"A  {old}\nB  {new}", _left_out(comparison), _parameters(comparison), _verdict(comparison)]
    if comparison.movements:
        blocks += [_table([_HEADER, *(_cells(one) for one in comparison.movements)]), _details(comparison.movements)]
    return "\n\n".join(block for block in blocks if block)


def comparison_tree(comparison: Comparison, *, old: Path, new: Path) -> dict[str, object]:
    """Return the comparison as plain dicts and lists, full digits; null where a measure does not exist."""
    return {
        "a": str(old),
        "b": str(new),
        "agreeing": comparison.agreeing,
        "only_in_a": list(comparison.only_old),
        "only_in_b": list(comparison.only_new),
        "parameters": [{"where": one.where, "a": one.old, "b": one.new} for one in comparison.parameters],
        "moved": [_tree(one) for one in comparison.movements],
    }


def _tree(movement: Movement) -> dict[str, object]:
    return {
        "key": movement.key,
        "what": _what(movement),
        "changed": list(movement.changed),
        "change": plain(movement.shift),
        "change_in_half_widths": plain(movement.shift_in_half_widths),
        "a": plain(movement.old),
        "b": plain(movement.new),
    }


def _left_out(comparison: Comparison) -> str:
    sides = (("A", comparison.only_old), ("B", comparison.only_new))
    return "\n".join(f"Only in {side}, not compared: {', '.join(names)}" for side, names in sides if names)


def _parameters(comparison: Comparison) -> str:
    if not comparison.parameters:
        return ""
    lines = [f"  {one.where}: {_one_line(one.old)} -> {_one_line(one.new)}" for one in comparison.parameters]
    return "\n".join(["Parameters that differ:", *lines])


def _verdict(comparison: Comparison) -> str:
    if not comparison.movements:
        return f"Nothing moved: {comparison.agreeing} values agree within tolerance, in everything said about them."
    counts: dict[str, int] = {}
    for one in comparison.movements:
        counts[_what(one)] = counts.get(_what(one), 0) + 1
    listed = ", ".join(f"{count} {what}" for what, count in counts.items())
    return f"Values: {listed}; {comparison.agreeing} agree in everything."


def _what(movement: Movement) -> str:
    if movement.old is None:
        return "appeared"
    if movement.new is None:
        return "vanished"
    return "moved" if "value" in movement.changed else "changed otherwise"


def _cells(movement: Movement) -> tuple[str, ...]:
    old, new = _values(movement.old, movement.new)
    what = _what(movement)
    widths = movement.shift_in_half_widths
    moved = what == "moved"
    return (
        _one_line(movement.key),
        old,
        new,
        _signed(movement.shift) if movement.shift is not None else (_NOT_AVAILABLE if moved else ""),
        _signed(widths, digits=3) if widths is not None else (_NOT_AVAILABLE if moved else ""),
        "" if movement.old is None else _kind(movement.old),
        ", ".join(movement.changed) if movement.changed else what,
    )


def _values(old: Estimate | None, new: Estimate | None) -> tuple[str, str]:
    """Return both values with four significant digits, or with as many as the record keeps where four hide the move."""
    pair = [each for each in (old, new) if each is not None]
    texts = [number(each.value, digits=4) for each in pair]
    if len(pair) == 2 and texts[0] == texts[1] and pair[0].value != pair[1].value:
        texts = [number(each.value, digits=10) for each in pair]
    shown = iter(texts)
    return ("-" if old is None else next(shown), "-" if new is None else next(shown))


def _signed(value: float, *, digits: int = 4) -> str:
    return ("+" if value > 0 else "") + number(value, digits=digits)


def _kind(estimate: Estimate) -> str:
    return "none" if estimate.interval is None else estimate.interval.label


def _details(movements: Sequence[Movement]) -> str:
    lines = []
    for one in movements:
        if one.old is not None and one.new is not None:
            found = [
                f"  {name}: {_told(one.old, name)} -> {_told(one.new, name)}"
                for name in one.changed
                if name not in ("value", "sources")
            ]
            found += [f"  sources: {_sources(one.old, one.new)}"] if "sources" in one.changed else []
            lines += [_one_line(one.key), *found] if found else []
    return "\n".join(lines)


def _told(estimate: Estimate, name: str) -> str:
    tellers: Mapping[str, str] = {
        "interval": f"{interval_text(estimate.interval)} ({_kind(estimate)})",
        "n": f"{estimate.n:,} {estimate.n_unit}",
        "assumptions": "; ".join(estimate.assumptions) or "none",
    }
    return _one_line(tellers.get(name) or str(getattr(estimate, name)))


def _sources(old: Estimate, new: Estimate) -> str:
    gained = [f"+{source}" for source in new.sources if source not in old.sources]
    lost = [f"-{source}" for source in old.sources if source not in new.sources]
    shown = [*gained[:_SOURCES_SHOWN], *lost[:_SOURCES_SHOWN]]
    rest = len(gained) + len(lost) - len(shown)
    listed = ", ".join(shown) + (f" and {rest} others" if rest else "")
    return _one_line(f"{len(gained)} more, {len(lost)} fewer: {listed}")


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADER))]
    right = {1, 2, 3, 4}
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
