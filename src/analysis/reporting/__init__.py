"""What a notebook sees: a study opened on the evidence, tables for print, sources for citation.

The study draws and displays; the command line explains and compares without either, so it is imported when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.reporting.study import Study, open_study

__all__ = ["Study", "open_study"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis.reporting import study

    return getattr(study, name)
