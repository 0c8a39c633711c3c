"""What known mistakes would do to the headlines; none of them is one of the choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.printed import figures, statements
from analysis.casualties.study import Choices, casualty_series
from analysis.contamination.sensitivity import mixed_month_sums
from analysis.contamination.study import study_contamination
from analysis.evidence import Evidence
from analysis.multiverse.curve import default_row, same_results
from analysis.multiverse.table import StoredTable
from analysis.stats import monotone

REPRINTS: Final = "reprints as votes"
TOTAL: Final = "casualty_trends.total_registered"
_SAME_VOTE: Final = ["originator", "date", "quantity", "kind", "value"]
_ROOM_ABOVE: Final = 10
_TOLERANCE: Final = 0.05
_VALUES: Final = ["value", "low", "high"]


def mistakes_table(tables: Sequence[StoredTable], evidence: Evidence) -> pd.DataFrame:
    """Return what each known mistake makes of each headline, beside what the study finds.

    Returns
    -------
    DataFrame
        key, headline, mistake, value, low, high, value_of_study, low_of_study, high_of_study.
    """
    rows = []
    for table in tables:
        for headline in table.multiverse.headlines:
            first = default_row(table, headline)
            right = {f"{name}_of_study": first[name] for name in _VALUES}
            wrong = table.mistakes_of(headline.key)[["mistake", *_VALUES]]
            if headline.key == TOTAL:
                reprints = pd.DataFrame([_total_with_reprints(evidence)]).assign(mistake=REPRINTS)
                wrong = pd.concat([wrong, reprints], ignore_index=True)
            rows.append(wrong.assign(key=headline.key, headline=headline.label, **right))
    columns = ["key", "headline", "mistake", *_VALUES, *(f"{name}_of_study" for name in _VALUES)]
    return pd.concat(rows, ignore_index=True)[columns]


def moving(mistakes: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the mistakes of one headline that move its value or interval; the others show nothing beside its curve.

    Parameters
    ----------
    mistakes
        As :func:`mistakes_table` returns them.
    key
        Of the headline.
    """
    own = mistakes[mistakes["key"] == key]
    study = own[[f"{name}_of_study" for name in _VALUES]].set_axis(_VALUES, axis="columns")
    return own[same_results(own) != same_results(study)].reset_index(drop=True)


def joined_months(evidence: Evidence) -> pd.DataFrame:
    """Return what joining months of one agency to months of all operators does to the sums of years, in ha.

    Returns
    -------
    DataFrame
        See :func:`analysis.contamination.sensitivity.mixed_month_sums`.
    """
    return mixed_month_sums(study_contamination(evidence))


def _total_with_reprints(evidence: Evidence) -> dict[str, float]:
    """Return the last total, with its range, of the path for which every reprint of a figure votes again."""
    read = figures(casualty_series(evidence, Choices()).rows)
    votes = statements(read.assign(vote=read.groupby(_SAME_VOTE)["vote"].transform("max")))
    largest = max(vote.value for vote in votes) + _ROOM_ABOVE
    pair = monotone.reconcile_pair(
        votes,
        positions=np.array(sorted({vote.position for vote in votes}), dtype=np.int64),
        max_first=max(vote.value for vote in votes if vote.target == "first") + _ROOM_ABOVE,
        max_second=largest,
    )
    near = monotone.ranges(pair, tolerance=_TOLERANCE)
    return {"value": float(pair.sum[-1]), "low": float(near.sum_low[-1]), "high": float(near.sum_high[-1])}
