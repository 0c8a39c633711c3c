"""Whether what is in figures/ can be read as one record."""

from __future__ import annotations

from analysis.errors import ReproductionError
from analysis.record.layout import Layout
from analysis.record.manifest import read_manifest, record_damage
from analysis.record.publication import is_interrupted


def doubt_about_record(layout: Layout) -> str:
    """Return in one line why the record cannot be relied on, and what to do; empty when nothing speaks against it."""
    if is_interrupted(layout):
        return "a publication was interrupted, and figures/ may be partly old; `analysis reproduce` finishes it"
    try:
        damage = record_damage(layout, read_manifest(layout))
    except ReproductionError as error:
        return str(error)
    more = f" (and {len(damage) - 1} more)" if len(damage) > 1 else ""
    return f"the record is damaged: {damage[0]}{more}; `analysis status` says what to do" if damage else ""
