"""One thing that is wrong with a figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Where a figure breaks a rule.

    Parameters
    ----------
    figure
        Its name.
    rule
        What it breaks: 'width', 'height', 'text size', 'outside', 'overlap', 'contrast', 'fonts', 'resolution', 'file'.
    found
        What was found and what is allowed.
    """

    figure: str
    rule: str
    found: str
