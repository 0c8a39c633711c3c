"""What a notebook sees: a study opened on the evidence, tables for print, sources for citation."""

from analysis.reporting.study import Study, open_study

__all__ = ["Study", "open_study"]
