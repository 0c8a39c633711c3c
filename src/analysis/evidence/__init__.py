"""What was reported: tables, sources, dates, comparators, originators; loading, checking and citing them."""

from analysis.evidence.package import Evidence, load_evidence

__all__ = ["Evidence", "load_evidence"]
