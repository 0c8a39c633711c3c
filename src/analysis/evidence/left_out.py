"""An evidence package's tables without the rows of some originators or parties."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.evidence.originators import ORIGINATORS, SOURCE_ORIGINATORS, SOURCES

# What says who is who stays whole, so that whoever is left can still be cited.
_WHOLE = (SOURCES, ORIGINATORS, SOURCE_ORIGINATORS)


def tables_without(tables: Mapping[str, pd.DataFrame], names: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return the tables by name without the rows of these originators or parties; the lists of sources stay whole."""
    return {name: frame if name in _WHOLE else _without(frame, [*names]) for name, frame in tables.items()}


def _without(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    if not names or not {"originator", "party"} <= {*frame.columns}:
        return frame
    return frame[~(frame["originator"].isin(names) | frame["party"].isin(names))].reset_index(drop=True)
