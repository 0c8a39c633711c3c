"""Every trap is a finding, and nothing else is."""

from __future__ import annotations

import pytest

from analysis.casualties.findings import findings_by_rule, reading_findings


@pytest.fixture(scope="module")
def found(totals):
    rows = totals(
        {"as_of": "2021-08-11", "civilian_killed": 23, "civilian_injured": 36},
        {"as_of": "2022-06", "total": 225},
        {"as_of": "2022-10-06", "total": 257, "killed": 44, "injured": 213},
        {"as_of": "2022-10-06", "total": 260},
        {"as_of": "2022-12-14", "total": 278},
        {"as_of": "2022-12-15", "total": 276},
        {"as_of": "2023-01-15", "total": 276},
        {"as_of": "2024-04-12", "total": 351, "killed": 65, "injured": 288},
        {"as_of": "2024-05-28", "total": 350, "comparator": ">"},
    )
    table = reading_findings(rows)
    return {rule: sorted(lines["row_id"]) for rule, lines in table.groupby("rule")}


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("counts civilians only; never read as a total", ["t-1"]),
        ("dated by month or year; read as bounds at its ends", ["t-2"]),
        ("originator printed two totals for this date", ["t-3", "t-4"]),
        ("total is below an earlier one of the same originator", ["t-6", "t-7"]),
        ("repeats an earlier total although a higher one had been printed", ["t-7"]),
        ("total differs from killed plus injured as printed", ["t-8"]),
        ("total is below the sum of its own parts", ["t-8"]),
        ("stated as more than, fewer than or about", ["t-9"]),
    ],
)
def test_each_trap_is_found_in_its_row_only(found, rule, rows):
    assert found[rule] == rows


def test_a_clean_table_has_no_finding(totals):
    rows = totals({"as_of": "2021-01-01", "total": 5}, {"as_of": "2021-02-01", "total": 7, "killed": 2, "injured": 5})
    assert reading_findings(rows).empty
    assert findings_by_rule(reading_findings(rows)).empty
