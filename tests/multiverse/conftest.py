"""A small made-up multiverse: two choices, one of them inert for the first headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from analysis.multiverse.choice import Choice, Headline, Mistake, Multiverse, Option
from analysis.multiverse.table import StoredTable, store, stored_table


def option(label: str, value: object, name: str) -> Option:
    return Option(label=label, reason="because it can be done", parameters={name: value})


SMALL = Multiverse(
    notebook="made_up",
    choices=(
        Choice(name="length", options=(option("short", 1, "days"), option("long", 9, "days"))),
        Choice(name="rows", options=(option("all", "all", "rows"), option("exact", "exact", "rows"))),
    ),
    mistakes=(Mistake(name="wrong", why="it is", parameters={"rows": "wrong"}),),
    headlines=(
        Headline(key="made_up.change", label="change", axis="share", reference=0.0),
        Headline(key="made_up.ratio", label="ratio", axis="ratio"),
    ),
)
WORDS = {
    "quantity": "q",
    "unit": "share",
    "method": "m",
    "geography": "somewhere",
    "period": {"start": "2021-01-01", "end": "2021-12-31"},
    "sources": ["page-1"],
}
CHANGE = [("-2", "-3", "-1"), ("-2", "-3", "-1"), ("-1", "-3", "1"), ("-1", "-3", "1"), ("5", "4", "6")]
RATIO = [("1", "0", "inf"), ("2", "1", "inf"), ("3", "2", "4"), ("8", "3", "9"), ("", "", "")]


def rows(change: Sequence[tuple[str, str, str]], ratio: Sequence[tuple[str, str, str]]) -> list[Mapping[str, str]]:
    runs = [*((one.options, "") for one in SMALL.specifications()), (SMALL.specifications()[0].options, "wrong")]
    return [
        {"run": str(place), "mistake": mistake, **options, "key": key, "value": value, "unit": "share", "low": low}
        | {"high": high, "interval_kind": "scenario", "level": ""}
        for place, (options, mistake) in enumerate(runs)
        for key, (value, low, high) in (("made_up.change", change[place]), ("made_up.ratio", ratio[place]))
    ]


def made_from() -> dict[str, object]:
    headlines = {one.key: WORDS for one in SMALL.headlines}
    return {"evidence": {"a.csv": "1", "b.csv": "2"}, "headlines": headlines, "runs": 5}


@pytest.fixture
def small(tmp_path: Path) -> StoredTable:
    store(SMALL, rows(CHANGE, RATIO), made_from(), tmp_path)
    return stored_table(SMALL, tmp_path)
