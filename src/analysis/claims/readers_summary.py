"""The audit on one page, in plain words, without a verdict on anybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from analysis.claims.audit import AuditedStatement
from analysis.claims.verdict import Judgement, Statement, Verdict
from analysis.claims.wording import range_words, stated_words

_PLAIN: Final = {
    Verdict.AGREES: "The published figures are the same.",
    Verdict.AGREES_AS_A_BOUND: "The published figures do not exclude it.",
    Verdict.DIFFERS: "The published figures are others.",
    Verdict.CANNOT_BOTH_BE_TRUE: "It and another statement exclude each other.",
    Verdict.SAME_FIGURE: "The same number is published for something else.",
    Verdict.NOT_DERIVABLE: "Nothing published allows a check.",
    Verdict.LEGAL_OR_INTENT: "It is about law or motive, which figures do not show.",
    Verdict.NOT_A_QUANTITY: "It says who did or said something; there is no number to check.",
}
"""What each verdict means to a reader; it is said of the figures and never of who speaks."""


def readers_summary(audited: Iterable[AuditedStatement]) -> pd.DataFrame:
    """Return one row a statement: what is said, what was published, what follows, and what would settle it."""
    rows = [
        {
            "what is said": one.reading.short,
            "figure": stated_words(one.statement.number, one.statement.scope.unit).removeprefix("in words: "),
            "what is published": _published(one.judgement, one.statement),
            "what follows": _PLAIN[one.judgement.verdict],
            "what would settle it": one.reading.would_change,
        }
        for one in audited
    ]
    columns = ["what is said", "figure", "what is published", "what follows", "what would settle it"]
    return pd.DataFrame(rows, columns=columns).set_index("what is said")


def _published(judgement: Judgement, statement: Statement) -> str:
    if judgement.decided_by is None:
        return ""
    unit = judgement.decided_by.scope.unit or statement.scope.unit
    return " or ".join(range_words(reading, unit) for reading in judgement.decided_by.readings)
