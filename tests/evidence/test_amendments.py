"""A decision that points at nothing fails; one that fits changes exactly its row."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.evidence import Evidence, load_evidence


def append(path, *rows: str) -> int:
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return text.count("\n") + 1


def test_excluded_rows_are_in_the_printed_table_only(evidence: Evidence) -> None:
    for row_id in evidence.exclusions["row_id"]:
        name = "casualties_running_total"
        assert row_id in set(evidence.printed(name)["row_id"])
        assert row_id not in set(evidence.table(name)["row_id"])


def test_corrections_change_one_cell(evidence: Evidence) -> None:
    printed = evidence.printed("casualties_running_total").set_index("row_id")
    used = evidence.table("casualties_running_total").set_index("row_id")
    assert printed.loc["rt-0174", "total"] == 365
    assert used.loc["rt-0174", "total"] == 356
    # beside the two corrected cells nothing differs in the rows that both tables have
    common = printed.loc[used.index].drop(columns="line")
    differs = (common != used.drop(columns="line")) & ~(common.isna() & used.drop(columns="line").isna())
    assert differs.sum().sum() == 2


def test_a_correction_to_nothing_makes_the_cell_missing(evidence: Evidence) -> None:
    used = evidence.table("clearance_period").set_index("row_id")
    assert used.loc[["cl-0181", "cl-0182"], "area_ha"].isna().all()
    assert used.loc["cl-0182", "uxo"] == 214


def test_a_corrected_date_moves_its_span(evidence: Evidence) -> None:
    used = evidence.table("clearance_period").set_index("row_id")
    assert used.loc["cl-0224", "period_end_last"] == pd.Timestamp("2024-01-31")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "rt-9999,gone,2026-03-13",
            "exclusions.csv, line {line}, column row_id: the row must exist in one of the evidence",
        ),
        (
            "rt-0105,again,2026-03-13",
            "exclusions.csv, line {line}, column row_id: the value must stand in one row only",
        ),
        ("seed-article,a page,2026-03-13", "exclusions.csv, line {line}, column row_id: the row must exist"),
        ("rt-0001,,2026-03-13", "exclusions.csv, line {line}, column reason: the cell must not be empty"),
        ("rt-0001,why,2026-03", "exclusions.csv, line {line}, column decided_on: the cell must match the pattern"),
        ("rt-0001,why,2026-02-30", "exclusions.csv, line {line}, column decided_on: February 2026 has 28 days"),
    ],
)
def test_an_exclusion_that_does_not_fit(copy, faults_of, row: str, message: str) -> None:
    line = append(copy / "exclusions.csv", row)
    assert str(faults_of(copy)[0]).startswith(message.format(line=line))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("rt-9999,total,1,2,why,2026-03-13", "column row_id: the row must exist in one of the evidence tables"),
        (
            "rt-0001,sum,1,2,why,2026-03-13",
            "column column: a correction names a column of casualties_running_total.csv",
        ),
        ("rt-0001,row_id,rt-0001,rt-9,why,2026-03-13", "column column: a correction names a column of"),
        ("rt-0001,source_id,x,y,why,2026-03-13", "column column: a correction names a column of"),
        (
            "rt-0001,total,1216,1217,why,2026-03-13",
            "column printed: casualties_running_total.csv no longer holds this value; it holds '1215'; found '1216'",
        ),
        ("rt-0001,total,1215,1215,why,2026-03-13", "column used: a correction changes the value"),
        (
            "rt-0001,total,1215,many,why,2026-03-13",
            "column used: the corrected value breaks the rule of total: the cell",
        ),
        (
            "rt-0001,comparator,=,,why,2026-03-13",
            "column used: the corrected value breaks the rule of comparator: the cell",
        ),
        ("rt-0174,total,365,355,why,2026-03-13", "column row_id, column: the value must stand in one row only"),
        ("rt-0001,total,,3,why,2026-03-13", "column printed: the cell must not be empty"),
    ],
)
def test_a_correction_that_does_not_fit(copy, faults_of, row: str, message: str) -> None:
    line = append(copy / "corrections.csv", row)
    found = [str(fault) for fault in faults_of(copy)]
    assert any(fault.startswith(f"corrections.csv, line {line}, {message}") for fault in found), found


def test_a_correction_fails_when_the_table_was_mended(copy, faults_of, edit) -> None:
    edit(copy / "casualties_running_total.csv", "rt-0174", "total", "356")
    assert "no longer holds this value; it holds '356'; found '365'" in str(faults_of(copy)[0])


def test_a_correction_can_break_a_rule_between_columns(copy, faults_of) -> None:
    append(copy / "corrections.csv", "rt-0175,total,356,300,why,2026-03-13")
    assert any("total must not be below killed + injured" in fault.rule for fault in faults_of(copy))


def test_an_excluded_row_may_contradict_itself(copy, faults_of) -> None:
    """The misprint of rt-0171 is a fault as soon as the decision about it is taken away."""
    path = copy / "exclusions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("rt-0171")), encoding="utf-8")
    (fault,) = faults_of(copy)
    assert (fault.file, fault.column) == ("casualties_running_total.csv", "total")
    assert fault.value == "total=351, killed=65, injured=288"


def test_a_row_with_a_longer_key_can_be_set_aside(copy) -> None:
    append(copy / "exclusions.csv", "caliber-2024-07-31-returns|2024-07-31|all,why,2026-03-13")
    assert len(load_evidence(copy).table("returns")) == len(load_evidence().table("returns")) - 1


def test_a_key_in_two_tables_is_refused(copy, faults_of, edit) -> None:
    package = copy / "datapackage.json"
    text = package.read_text(encoding="utf-8").replace(r'"mr-\\d{4}"', r'"[a-z]{2}-\\d{4}"')
    package.write_text(text, encoding="utf-8")
    edit(copy / "map_record.csv", "mr-0001", "row_id", "ma-0001")
    rule = "a key must not stand in two tables; it stands in map_record.csv too"
    assert f"map_assessment.csv, line 2, column row_id: {rule}; found 'ma-0001'" in [
        str(each) for each in faults_of(copy)
    ]
