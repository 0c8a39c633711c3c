"""Names in words of those who counted or spoke."""

from __future__ import annotations

from analysis.evidence.package import Evidence


def originator_names(evidence: Evidence) -> dict[str, str]:
    """Return the name in words of each originator."""
    table = evidence.table("originators")
    return dict(zip(table["originator_id"], table["name"], strict=True))
