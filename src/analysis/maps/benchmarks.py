"""How good minefield records were elsewhere: each figure with its own definition, never pooled or averaged."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.evidence.comparators import bounds

_PREFIX: Final = re.compile(r"^BENCHMARK; ?(?:per cent of |per cent; )?")
_PER_CENT: Final = re.compile(r"^BENCHMARK; per cent")
_RANGE: Final = re.compile(r"Stated as (\d+)-(\d+)")
_GROUPS: Final = (
    ("records and what they held", r"records existed|maps recovered"),
    ("mines found, or left, of those recorded or laid", r"mines (?:cleared|unaccounted)"),
    ("searched or suspected land and what it held", r"area|cleared land|tasks"),
)

_PLACES: Final = {
    "bosnia_and_herzegovina": "Bosnia and Herzegovina",
    "colombia_simulated_minefield": "Colombia (simulated minefield)",
    "cyprus_north": "Cyprus (north)",
    "denmark_skallingen": "Denmark (Skallingen)",
    "falkland_islands": "Falkland Islands",
    "germany_former_inner_border": "Inner German border",
    "jordan_jordan_valley": "Jordan (Jordan Valley)",
    "jordan_northern_border": "Jordan (northern border)",
    "lebanon_south": "Lebanon (south)",
    "lebanon_southern_border": "Lebanon (southern border)",
    "sri_lanka": "Sri Lanka",
    "states_parties_to_the_mine_ban_treaty": "Mine Ban Treaty states",
    "world_most_countries": "Most countries",
}


def benchmark_shares(benchmarks: pd.DataFrame) -> pd.DataFrame:
    """Return the benchmarks that are shares, one row each, grouped by what they measure.

    Returns
    -------
    DataFrame
        `group`, `place`, `year`, `share`, `low`, `high` (0 to 1; what comparator or stated range allows), `comparator`,
        `definition`, `counts` (numerator and denominator where printed), `attributed_to`, `row_id`, `source_id`.

    Raises
    ------
    InsufficientEvidence
        If no benchmark share is left.
    """
    rows = benchmarks[benchmarks["definition"].str.contains(_PER_CENT) & benchmarks["value"].notna()].copy()
    if rows.empty:
        raise InsufficientEvidence("no benchmark in the selection is a share")
    exact = 100 * rows["numerator"] / rows["denominator"]
    rows["value"] = exact.fillna(rows["value"])
    stated = bounds(rows, "value").clip(0.0, 100.0) / 100
    ranges = rows["notes"].fillna("").str.extract(_RANGE).astype("Float64") / 100
    table = pd.DataFrame(
        {
            "group": rows["definition"].map(_group),
            "place": rows["geography"].map(_place),
            "year": rows["as_of"].str[:4],
            "share": (rows["value"] / 100).astype(float),
            "low": ranges[0].fillna(stated["low"]).astype(float),
            "high": ranges[1].fillna(stated["high"]).astype(float),
            "comparator": rows["comparator"],
            "definition": rows["definition"].map(_plain),
            "counts": _counts(rows),
            "attributed_to": rows["attributed_to"],
            "row_id": rows["row_id"],
            "source_id": rows["source_id"],
        }
    )
    rank = table["group"].map({name: number for number, (name, _) in enumerate(_GROUPS)})
    ordered = table.assign(rank=rank).sort_values(["rank", "share", "row_id"], ascending=[True, False, True])
    return ordered.drop(columns="rank").reset_index(drop=True)


def other_benchmarks(benchmarks: pd.DataFrame) -> pd.DataFrame:
    """Return the benchmarks that are counts, distances or words: place, year, value, comparator, definition, who."""
    rows = benchmarks[~(benchmarks["definition"].str.contains(_PER_CENT) & benchmarks["value"].notna())]
    return pd.DataFrame(
        {
            "place": rows["geography"].map(_place),
            "year": rows["as_of"].str[:4],
            "value": rows["value"].fillna(rows["numerator"]),
            "comparator": rows["comparator"],
            "definition": rows["definition"].map(_plain),
            "attributed_to": rows["attributed_to"],
            "row_id": rows["row_id"],
            "source_id": rows["source_id"],
        }
    ).reset_index(drop=True)


def _group(definition: str) -> str:
    for name, wording in _GROUPS:
        if re.search(wording, definition):
            return name
    return _GROUPS[-1][0]


def _plain(definition: str) -> str:
    return _PREFIX.sub("", definition)


def _place(geography: str) -> str:
    if geography in _PLACES:
        return _PLACES[geography]
    words = geography.replace("_", " ")
    return words[:1].upper() + words[1:]


def _counts(rows: pd.DataFrame) -> pd.Series:
    both = rows["numerator"].notna() & rows["denominator"].notna()
    texts = [
        f"{numerator:,.10g} of {denominator:,.10g}" if given else ""
        for numerator, denominator, given in zip(rows["numerator"], rows["denominator"], both, strict=True)
    ]
    return pd.Series(np.array(texts, dtype=object), index=rows.index, dtype="str")
