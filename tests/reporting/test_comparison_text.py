"""The table of moves: largest first, n/a where there is no measure, and every other change told beneath."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.record.movement import Comparison, Movement
from analysis.record.tolerance import Difference
from analysis.reporting.comparison_text import comparison_text, comparison_tree

BASE = Estimate(
    quantity="level",
    value=10.0,
    unit="persons",
    interval=Interval(low=8.0, high=16.0, kind=IntervalKind.CONFIDENCE, level=0.95),
    method="typed",
    n=3,
    n_unit="rows",
    period=Period(start=date(2021, 1, 1), end=date(2021, 12, 31)),
    geography="Azerbaijan",
    sources=("page-a",),
)
COUNT = replace(BASE, interval=None)
OLD, NEW = Path("one"), Path("other")


def comparison(*movements: Movement, **parts: object) -> Comparison:
    whole = {"movements": movements, "parameters": (), "agreeing": 5, "only_old": (), "only_new": (), **parts}
    return Comparison(**whole)  # type: ignore[arg-type]


def table(*movements: Movement) -> list[list[str]]:
    text = comparison_text(comparison(*movements), old=OLD, new=NEW)
    lines = text.split("\n\n")[2].splitlines()
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]


def test_a_move_is_shown_in_its_unit_and_in_half_widths() -> None:
    # Half-width (16 - 8) / 2 = 4; 13 - 10 = 3; 3 / 4 = 0.75.
    moved = Movement(key="a.x", old=BASE, new=replace(BASE, value=13.0), changed=("value",))
    assert table(moved)[1] == ["a.x", "10", "13", "+3", "+0.75", "95 % confidence interval", "value"]


def test_without_an_interval_there_is_no_half_width() -> None:
    moved = Movement(key="a.x", old=COUNT, new=replace(COUNT, value=9.0), changed=("value",))
    assert table(moved)[1] == ["a.x", "10", "9", "-1", "n/a", "none", "value"]


def test_what_appeared_or_vanished_is_said_so() -> None:
    rows = table(Movement(key="a.new", old=None, new=COUNT), Movement(key="a.gone", old=BASE, new=None))
    assert rows[1] == ["a.new", "-", "10", "appeared"]
    assert rows[2] == ["a.gone", "10", "-", "95 % confidence interval", "vanished"]


def test_a_move_that_four_digits_hide_is_shown_with_more() -> None:
    moved = Movement(key="a.x", old=COUNT, new=replace(COUNT, value=10.000001), changed=("value",))
    assert table(moved)[1][1:4] == ["10", "10.000001", "+0.000001"]


def test_other_changes_are_told_with_both_sides() -> None:
    new = replace(
        BASE,
        interval=Interval(low=8.0, high=math.inf, kind=IntervalKind.BOUND),
        method="another",
        n=4,
        sources=("page-b", "page-c"),
        assumptions=("rates go on",),
    )
    changed = ("assumptions", "interval", "method", "n", "sources")
    text = comparison_text(comparison(Movement(key="a.x", old=BASE, new=new, changed=changed)), old=OLD, new=NEW)
    assert "Values: 1 changed otherwise; 5 agree in everything." in text
    assert text.splitlines()[-6:] == [
        "a.x",
        "  assumptions: none -> rates go on",
        "  interval: 8 to 16 (95 % confidence interval) -> 8 to no upper limit (bound)",
        "  method: typed -> another",
        "  n: 3 rows -> 4 rows",
        "  sources: 2 more, 1 fewer: +page-b, +page-c, -page-a",
    ]


def test_long_lists_of_sources_are_counted() -> None:
    new = replace(BASE, sources=tuple(f"page-{letter}" for letter in "abcdefg"))
    moved = Movement(key="a.x", old=BASE, new=new, changed=("sources",))
    text = comparison_text(comparison(moved), old=OLD, new=NEW)
    assert text.endswith("sources: 6 more, 0 fewer: +page-b, +page-c, +page-d, +page-e and 2 others")


def test_parameters_and_notebooks_that_differ_are_named_first() -> None:
    parameters = (Difference(where="a.level", old="0.95", new="0.9"),)
    text = comparison_text(comparison(parameters=parameters, only_old=("b",), only_new=("c",)), old=OLD, new=NEW)
    assert text.split("\n\n") == [
        "A  one\nB  other",
        "Only in A, not compared: b\nOnly in B, not compared: c",
        "Parameters that differ:\n  a.level: 0.95 -> 0.9",
        "Nothing moved: 5 values agree within tolerance, in everything said about them.",
    ]


def test_hostile_text_stays_on_its_line() -> None:
    moved = Movement(
        key="a.x\nNothing moved", old=BASE, new=replace(BASE, method="m\r\nNothing moved: 9"), changed=("method",)
    )
    text = comparison_text(comparison(moved), old=OLD, new=NEW)
    assert not [line for line in text.splitlines() if line.startswith("Nothing moved")]


def test_the_tree_has_null_where_there_is_no_measure() -> None:
    infinite = replace(BASE, interval=Interval(low=8.0, high=math.inf, kind=IntervalKind.BOUND))
    moved = (
        Movement(key="a.x", old=BASE, new=replace(BASE, value=13.0), changed=("value",)),
        Movement(key="a.y", old=infinite, new=replace(infinite, value=13.0), changed=("value",)),
        Movement(key="a.z", old=None, new=COUNT),
    )
    tree = json.loads(json.dumps(comparison_tree(comparison(*moved), old=OLD, new=NEW), allow_nan=False))
    assert [(one["what"], one["change"], one["change_in_half_widths"]) for one in tree["moved"]] == [
        ("moved", 3.0, 0.75),
        ("moved", 3.0, None),
        ("appeared", None, None),
    ]
    assert tree["moved"][1]["a"]["interval"]["high"] == "inf"
    assert tree["moved"][2]["a"] is None
    assert (tree["a"], tree["b"], tree["agreeing"]) == ("one", "other", 5)
