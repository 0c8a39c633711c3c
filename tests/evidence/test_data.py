"""Every row of the repository's own evidence, and what its README says about it."""

from __future__ import annotations

import csv
import json
import re
from datetime import date

import pandas as pd
import pytest

from analysis.evidence.partial_dates import parse
from analysis.paths import DATA

# Rows as gathered: none may be lost, none added without a new count here.
GATHERED = {
    "sources": 769,
    "casualties_running_total": 227,
    "casualties_period": 113,
    "accidents": 117,
    "accidents_coverage": 6,
    "accidents_outside_count": 7,
    "clearance_period": 350,
    "contamination_estimate": 79,
    "map_record": 19,
    "map_assessment": 82,
    "claims": 351,
    "districts": 14,
    "returns": 24,
}
FIGURES = ("casualties_running_total", "casualties_period")
# What no text may tell of anybody hurt: age, kin, or what the injury was.
AGE = r"\d+.years?.old|\baged? (of )?\d|\d+ years of age|\b(elderly|teenagers?|young (man|woman))\b"
KIN = (
    r"\b(grand)?(mothers?|fathers?|sons?|daughters?)\b|\b(brothers?|sisters?|husband|wife|spouse|uncle|aunt|cousin|nephew"
    r"|niece|widow(er)?|siblings?)\b"
)
INJURY = r"\bamputat|\blost (a|an|his|her|both|one)\b|\b(legs?|foot|feet|eyesight)\b"


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_gathered_row_is_here(evidence) -> None:
    assert {name: len(evidence.printed(name)) for name in GATHERED} == GATHERED
    assert sum(count for name, count in GATHERED.items() if name != "sources") == 1382 + 7


def test_what_is_loaded_is_what_is_written(evidence) -> None:
    """Cell by cell, read here with nothing but the csv module."""
    for name in evidence.names:
        table = evidence.printed(name)
        for written, loaded in zip(rows_of(name), table.to_dict("records"), strict=True):
            for column, text in written.items():
                value = loaded[column]
                if text == "":
                    assert pd.isna(value), (name, written, column)
                elif isinstance(value, float):
                    assert float(text) == value, (name, written, column)
                else:
                    assert text == str(value).replace("True", "true").replace("False", "false"), (name, written, column)


@pytest.mark.parametrize("rule", [AGE, KIN, INJURY])
def test_no_text_tells_age_kin_or_injury_of_anybody(evidence, rule: str) -> None:
    found = [
        (name, next(iter(row.values())), column)
        for name in evidence.names
        for row in rows_of(name)
        for column, text in row.items()
        if column != "url" and re.search(rule, text, re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (AGE, "One incident killing a 90-year-old man."),
        (AGE, "a man aged 90 injured"),
        (AGE, "a woman 90 years old"),
        (KIN, "a man and his brother"),
        (INJURY, "one lost a hand"),
    ],
)
def test_the_rules_see_what_they_are_for(rule: str, text: str) -> None:
    assert re.search(rule, text, re.IGNORECASE)


def test_every_date_exists(evidence) -> None:
    for name in evidence.names:
        table = evidence.printed(name)
        for field in evidence.schema(name).fields:
            if f"{field.name}_first" not in table:
                continue
            for text, first, last in zip(
                table[field.name], table[f"{field.name}_first"], table[f"{field.name}_last"], strict=True
            ):
                if pd.isna(text):
                    assert pd.isna(first)
                    assert pd.isna(last)
                else:
                    span = parse(text)
                    assert (first.date(), last.date()) == (span.first, span.last)


def test_nothing_was_reported_after_the_last_date(evidence) -> None:
    assert evidence.last_date == date(2026, 3, 13)
    assert "**Latest date seen: 13 March 2026.**" in (DATA / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FIGURES)
def test_every_casualty_row_can_hold_together(evidence, name: str) -> None:
    for row in evidence.table(name).to_dict("records"):
        parts = [row[column] for column in ("killed", "injured") if not pd.isna(row[column])]
        if row["comparator"] == "=" and not pd.isna(row["total"]):
            assert row["total"] >= sum(parts), row["row_id"]
        for whole in ("killed", "injured"):
            split = [row[f"{kind}_{whole}"] for kind in ("civilian", "military")]
            if not pd.isna(row[whole]):
                assert row[whole] >= sum(each for each in split if not pd.isna(each)), row["row_id"]


def test_a_used_total_falls_only_where_a_finding_says_so(evidence) -> None:
    found = evidence.findings()
    shown = " ".join(found.loc[found["rule"] == "a figure falls over time for the same originator", "rows"])
    used = evidence.table("casualties_running_total")
    used = used[(used["comparator"] == "=") & used["total"].notna() & used["period_start"].eq("2020-11-10")]
    for _, series in used[used["originator"] != "unknown"].groupby("originator"):
        for row in series.to_dict("records"):
            earlier = series[series["as_of_last"] < row["as_of_first"]]
            assert earlier.empty or earlier["total"].max() <= row["total"] or row["row_id"] in shown, row["row_id"]


def test_decisions_name_the_rows_that_show_them(evidence) -> None:
    known = {key for name in evidence.names for key in evidence.printed(name).get("row_id", pd.Series(dtype=str))}
    known |= set(evidence.printed("claims")["claim_id"])
    for table in (evidence.exclusions, evidence.corrections):
        for row in table.to_dict("records"):
            named = set(re.findall(r"\b(?:rt|cp|cl|ce|mr|ma|gap)-\d{3,4}\b", row["reason"]))
            assert named <= known, row["row_id"]
            assert named or "Slip of the transcription" in row["reason"], row["row_id"]
            assert len(row["reason"]) > 60, row["row_id"]


def test_corrected_clearance_totals_follow_by_arithmetic(evidence) -> None:
    """The total 'to 14 February 2024' is that of 31 January: with February's devices it gives the one of 1 March."""
    rows = evidence.table("clearance_period").set_index("row_id")
    february = rows.loc["cl-0227", ["ap_mines", "at_mines", "uxo"]].sum()
    assert february == 437 + 159 + 1941
    assert rows.loc["cl-0225", "all_devices"] + february == rows.loc["cl-0228", "all_devices"] == 114_730


def test_every_field_is_described_with_its_unit() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert {"name", "title", "version", "description", "licenses", "sources"} <= set(package)
    for resource in package["resources"]:
        assert resource["description"]
        assert resource["licenses"]
        for field in resource.get("schema", {}).get("fields", ()):
            assert field["description"].endswith("."), (resource["name"], field["name"])
            assert field["type"] not in ("integer", "number") or field["unit"], (resource["name"], field["name"])


def test_nothing_in_the_descriptor_points_outside() -> None:
    text = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert not re.search(r'"(?:path|profile|\$schema|\$ref)": "[^"]*(?::|\.\.|^/)', text)
    assert re.findall(r'"https?:', text) == []


def test_optional_columns_stay_empty_where_nothing_is_known(evidence) -> None:
    assert evidence.sources[["archived_url", "read_on"]].isna().all(axis=None)
    for name in (*FIGURES, "clearance_period", "contamination_estimate", "map_assessment", "claims", "accidents"):
        assert evidence.table(name)["locator"].isna().all()


def test_the_readme_counts_the_rows(evidence) -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name in evidence.names:
        assert f"| {name}.csv | {len(rows_of(name))} |" in text
    assert "CC BY 4.0" in text
    assert "the facts and the cited pages\nbelong to their publishers" in text


def test_accidents_hold_nothing_personal(evidence) -> None:
    columns = set(evidence.schema("accidents").columns)
    assert not columns & {"name", "age", "village", "settlement", "place", "injury", "relation"}
    words = evidence.printed("accidents")[["notes", "activity", "device"]].fillna("").agg(" ".join, axis=1)
    assert not words.str.contains(r"year-old|\bson\b|father|brother|\bwife\b|leg\b|amputat", case=False).any()


@pytest.mark.slow
def test_frictionless_accepts_the_package() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["type", "title", "message"])
