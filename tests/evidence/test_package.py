"""The package loads as a whole or is refused as a whole, with every fault in one report."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import EvidenceError, InsufficientEvidence
from analysis.evidence import load_evidence
from analysis.evidence.csv_file import read_bytes
from analysis.paths import DATA
from analysis.settings import SizeLimits

# One damaged cell in each table: table, key of the row, column, damaged value, what the message says after the place.
DAMAGE = [
    (
        "sources",
        "seed-article",
        "publisher_type",
        "newspaper",
        "the cell must be one of academic, government_azerbaijan",
    ),
    ("sources", "seed-article", "url", "ftp://example.org", "the cell must match the pattern https?://"),
    ("originators", "anama", "party", "azerbaijan", "the cell must be one of azerbaijan_authorities"),
    (
        "originator_labels",
        "AMVA",
        "originator_id",
        "amwa",
        "the value must stand in column originator_id of originators.csv",
    ),
    ("source_originators", "seed-article", "originator_id", "", "the cell must not be empty"),
    ("row_originators", "rt-0003", "row_id", "rt-9999", "the row must exist in one of the evidence tables"),
    ("casualties_running_total", "rt-0001", "as_of", "2003-06-31", "June 2003 has 30 days"),
    ("casualties_running_total", "rt-0001", "total", "-1", "the cell must be at least 0"),
    ("casualties_running_total", "rt-0001", "comparator", "≥", "the cell must be one of =, >, >=, ~, <, <="),
    (
        "casualties_running_total",
        "rt-0012",
        "counted_by",
        "Halo",
        "the value must stand in column label of originator_labels",
    ),
    ("casualties_period", "cp-0001", "killed", "1,80", "the cell must be a whole number, written with digits only"),
    ("casualties_period", "cp-0001", "period_start", "1993-13", "there is no month 13"),
    ("accidents", "inc-2020-001", "district", "Agdam", "the cell must be one of Absheron"),
    ("accidents_outside_count", "inc-2020-006", "killed", "-1", "the cell must be at least 0"),
    ("accidents_coverage", "turan-2024-01-prosecutor", "listed_killed", "", "the cell must not be empty"),
    ("clearance_period", "cl-0001", "area_ha", "111,8", "the cell must be a number, written with digits and a decimal"),
    ("clearance_period", "cl-0001", "alternative", "no", "the cell must be true or false"),
    (
        "contamination_estimate",
        "ce-0001",
        "source_id",
        "halo",
        "the value must stand in column source_id of sources.csv",
    ),
    ("map_record", "mr-0001", "row_id", "mr-1", "the cell must match the pattern mr-"),
    ("map_record", "mr-0002", "row_id", "mr-0001", "the value must stand in one row only; it stands in line 2 too"),
    (
        "map_assessment",
        "ma-0001",
        "attributed_to",
        "Anama",
        "the value must stand in column label of originator_labels.csv",
    ),
    (
        "claims",
        "ca-020",
        "counter_claim_source_id",
        "nobody",
        "the value must stand in column source_id of sources.csv",
    ),
    ("districts", "Aghdam", "area_source_id", "nowhere", "the value must stand in column source_id of sources.csv"),
    ("districts", "Shusha", "former_contact_line", "near", "the cell must be one of behind, crossed"),
    ("returns", "menafn-2023-12-18-fuzuli-returns", "persons", "1392.5", "the cell must be a whole number"),
    ("exclusions", "rt-0105", "decided_on", "yesterday", "a date is written 2024, 2024-06 or 2024-06-03"),
    (
        "corrections",
        "rt-0111",
        "printed",
        "31",
        "casualties_running_total.csv no longer holds this value; it holds '30'",
    ),
]

# One row that contradicts itself in each table with rules between columns.
CONTRADICTIONS = [
    ("casualties_running_total", "rt-0004", "total", "393", "total must not be below killed + injured"),
    ("casualties_running_total", "rt-0006", "as_of", "1990", "as_of must not be before period_start"),
    (
        "casualties_running_total",
        "rt-0124",
        "military_injured",
        "153",
        "injured must not be below civilian_injured + military_",
    ),
    ("casualties_period", "cp-0008", "period_end", "2002-12-31", "period_end must not be before period_start"),
    (
        "casualties_period",
        "cp-0083",
        "civilian_killed",
        "30",
        "killed must not be below civilian_killed + military_killed",
    ),
    (
        "accidents_coverage",
        "turan-2024-01-prosecutor",
        "period_end",
        "2022",
        "period_end must not be before period_start",
    ),
    # The accident has one killed and five injured.
    ("accidents_outside_count", "inc-2020-003", "injured", "6", "no more can be outside the count than accidents.csv"),
    ("clearance_period", "cl-0001", "period_end", "2001", "period_end must not be before period_start"),
    ("clearance_period", "cl-0052", "area_ha", "", "a comparator needs a figure in area_ha, ap_mines"),
    ("contamination_estimate", "ce-0021", "area_ha_low", "90000", "area_ha_low must not be above area_ha_high"),
    ("map_record", "mr-0005", "antitank_recorded", "97001", "mines_recorded must not be below antipersonnel_recorded"),
    ("map_assessment", "ma-0044", "numerator", "157", "numerator must not be above denominator"),
    ("map_assessment", "ma-0003", "value", "101", "value must be at most 100 for this quantity"),
    ("claims", "ca-020", "comparator", "", "a figure needs a comparator"),
]


@pytest.mark.parametrize(("table", "key", "column", "value", "rule"), [*DAMAGE, *CONTRADICTIONS])
def test_a_damaged_copy_is_refused(
    copy, faults_of, edit, table: str, key: str, column: str, value: str, rule: str
) -> None:
    line = edit(copy / f"{table}.csv", key, column, value)
    places = [fault for fault in faults_of(copy) if (fault.file, fault.row) == (f"{table}.csv", line)]
    fault = next(each for each in places if each.rule.startswith(rule))
    assert str(fault).startswith(f"{table}.csv, line {line}, column ")
    # a contradiction shows every column compared, and may stand at another one than the damaged
    assert value in str(fault.value) or fault.column == column


def test_every_table_is_damaged_once(evidence) -> None:
    assert {damage[0] for damage in DAMAGE} == set(evidence.names)


def test_all_faults_come_in_one_report(copy, faults_of, edit) -> None:
    edit(copy / "returns.csv", "menafn-2023-12-18-fuzuli-returns", "persons", "many")
    edit(copy / "sources.csv", "seed-article", "title", "")
    (copy / "claims.csv").unlink()
    with (copy / "map_record.csv").open("ab") as file:
        file.write(b"mr-0020,\xff\n")
    faults = faults_of(copy)
    found = [(fault.file, fault.rule) for fault in faults]
    assert ("claims.csv", "the file is missing, but datapackage.json lists it") in found
    assert ("map_record.csv", "the file must be in UTF-8") in found
    assert ("sources.csv", "the cell must not be empty") in found
    assert ("returns.csv", "the cell must be a whole number, written with digits only") in found
    # in the order of the descriptor, file by file
    files = list(dict.fromkeys(file for file, _ in found))
    assert files.index("sources.csv") < files.index("map_record.csv") < files.index("claims.csv")
    assert str(EvidenceError(faults)).startswith(f"{len(faults)} faults in the evidence:\n  sources.csv, line ")


def _replace_line(path: Path, line: int, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("".join(lines), encoding="utf-8")


def test_a_misnamed_column_hides_and_invents_nothing(copy, faults_of) -> None:
    path = copy / "casualties_running_total.csv"
    _replace_line(path, 1, "killed", "kiled")
    _replace_line(path, 3, "azerbaijan", "azerbaidjan")
    first, second = faults_of(copy)
    assert str(first) == (
        "casualties_running_total.csv, line 1, column killed: the column is missing; another stands in its place; "
        "found 'kiled'"
    )
    assert (second.file, second.row) == ("casualties_running_total.csv", 3)
    assert "azerbaidjan" in str(second.value)


@pytest.mark.parametrize("table", ["claims", "casualties_running_total", "sources", "exclusions", "source_originators"])
def test_a_truncated_last_line_is_one_fault_and_one_note(copy, faults_of, table: str) -> None:
    path = copy / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:-1], lines[-1].split(",")[0] + "\n"]), encoding="utf-8")
    width, *notes = sorted(faults_of(copy), key=lambda fault: fault.row is None)
    assert (width.file, width.value) == (f"{table}.csv", "1 cells")
    note = f"keys into {table}.csv were not checked, since it could not be read whole"
    assert [fault.rule for fault in notes] == ([] if table == "exclusions" else [note])


def test_a_column_too_many_in_the_header_is_one_fault(copy, faults_of) -> None:
    path = copy / "sources.csv"
    _replace_line(path, 1, "\n", ",extra\n")
    (fault,) = faults_of(copy)
    assert str(fault) == "sources.csv, line 1, column extra: the column is not in datapackage.json; found 'extra'"


@pytest.mark.parametrize("table", sorted({name for name, *_ in DAMAGE}))
def test_a_misnamed_key_column_invents_no_fault_elsewhere(copy, faults_of, table: str) -> None:
    path = copy / f"{table}.csv"
    _replace_line(path, 1, path.read_text(encoding="utf-8").split(",")[0], "misnamed")
    faults = faults_of(copy)
    assert {fault.file for fault in faults} == {f"{table}.csv"}
    assert len(faults) <= 2


def test_marks_and_blank_lines_hide_no_cell(copy, faults_of, edit) -> None:
    line = edit(copy / "claims.csv", "ca-020", "comparator", "about")
    content = (copy / "claims.csv").read_bytes()
    (copy / "claims.csv").write_bytes(b"\xef\xbb\xbf" + content + b"\n")
    found = [(fault.row, fault.value) for fault in faults_of(copy)]
    assert found == [(1, "byte order mark"), (line, "about"), (content.count(b"\n") + 1, "0 cells")]


def test_rules_between_columns_are_reported_beside_other_faults(copy, faults_of, edit) -> None:
    edit(copy / "returns.csv", "menafn-2023-12-18-fuzuli-returns", "persons", "many")
    edit(copy / "casualties_running_total.csv", "rt-0004", "total", "393")
    rules = [fault.rule for fault in faults_of(copy)]
    assert rules == [
        "total must not be below killed + injured",
        "the cell must be a whole number, written with digits only",
    ]


@pytest.mark.parametrize("table", ["exclusions", "corrections"])
def test_unreadable_decisions_invent_no_fault_in_the_rows_they_deal_with(copy, faults_of, edit, table: str) -> None:
    edit(copy / "casualties_running_total.csv", "rt-0004", "total", "393")
    (copy / f"{table}.csv").unlink()
    (fault,) = faults_of(copy)
    assert fault.file == f"{table}.csv"


def test_a_source_without_originator_is_refused(copy, faults_of) -> None:
    path = copy / "source_originators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("seed-article,")), encoding="utf-8")
    (fault,) = faults_of(copy)
    assert str(fault).startswith("sources.csv, line ")
    assert fault.rule == "every source has a row in source_originators.csv that says who counted or spoke"
    assert fault.value == "seed-article"


def test_a_large_file_is_refused_unless_the_limit_is_raised(copy, faults_of) -> None:
    faults = faults_of(copy, limits=SizeLimits(file_bytes=100_000, table_rows=10**6))
    rule = "a file may have at most 100000 bytes; if this is meant, raise the limit (--max-mb)"
    unchecked = "keys into sources.csv were not checked, since it could not be read whole"
    assert [(fault.file, fault.rule) for fault in faults] == [
        ("sources.csv", rule),
        ("sources.csv", unchecked),
        ("districts.geojson", rule),
    ]


def test_nothing_outside_is_read(copy, faults_of, tmp_path) -> None:
    (tmp_path / "secret.csv").write_text("source_id\nsecret\n")
    (copy / "claims.csv").unlink()
    (copy / "claims.csv").symlink_to(tmp_path / "secret.csv")
    (fault,) = faults_of(copy)
    assert fault.rule == "a resource path must not leave the folder, not even by a symbolic link"
    assert fault.file == "datapackage.json"


def test_the_copy_loads_and_equals_the_original(copy, evidence) -> None:
    again = load_evidence(copy)
    assert again.checksums == evidence.checksums
    for name in evidence.names:
        pd.testing.assert_frame_equal(again.table(name), evidence.table(name))


def test_results_do_not_depend_on_row_order(copy, evidence) -> None:
    for name in evidence.names:
        path = copy / f"{name}.csv"
        header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(header + "".join(reversed(rows)), encoding="utf-8")
    again = load_evidence(copy)
    pd.testing.assert_frame_equal(again.findings(), evidence.findings())
    assert again.last_date == evidence.last_date


def test_tables_are_copies(evidence) -> None:
    taken = evidence.table("claims")
    taken.loc[0, "statement"] = "changed"
    assert evidence.table("claims").loc[0, "statement"] != "changed"
    printed = evidence.printed("claims")
    del printed["statement"]
    assert "statement" in evidence.printed("claims")


def test_checksums_are_those_of_the_files(evidence) -> None:
    for file, digest in evidence.checksums.items():
        assert sha256(read_bytes(DATA, file, max_bytes=10**9)[0]).hexdigest() == digest
    assert {"datapackage.json", "districts.geojson", "exclusions.csv"} <= set(evidence.checksums)


def test_an_unknown_table_is_named_with_those_there_are(evidence) -> None:
    with pytest.raises(EvidenceError, match=r"has no table of this name; it has sources, .*found 'casualties'"):
        evidence.table("casualties")


def test_another_package_with_the_same_layout_loads(copy) -> None:
    """A user's folder: fewer tables, a table and a column of their own, their own rows."""
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    kept = ("sources", "originators", "originator_labels", "source_originators", "casualties_period")
    package["resources"] = [each for each in package["resources"] if each["name"] in kept]
    own = {"fields": [{"name": "task", "type": "string"}, {"name": "ha", "type": "number"}], "primaryKey": "task"}
    package["resources"].append({"name": "tasks", "path": "own/tasks.csv", "schema": own})
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (copy / "own").mkdir()
    (copy / "own" / "tasks.csv").write_text("task,ha\nA,1.5\n", encoding="utf-8")
    loaded = load_evidence(copy)
    assert loaded.table("tasks")["ha"].tolist() == [1.5]
    assert len(loaded.table("casualties_period")) == 113
    assert loaded.exclusions.empty
    assert loaded.corrections.empty
    assert set(loaded.findings()["table"]) == {"casualties_period"}


def test_evidence_without_dates_has_no_last_day(copy) -> None:
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    kept = ("sources", "originators", "source_originators")
    package["resources"] = [each for each in package["resources"] if each["name"] in kept]
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for name in ("sources", "source_originators"):
        text = (copy / f"{name}.csv").read_text(encoding="utf-8")
        (copy / f"{name}.csv").write_text(text.split("\n", 1)[0] + "\n", encoding="utf-8")
    with pytest.raises(InsufficientEvidence, match="no row of the evidence has a date"):
        _ = load_evidence(copy).last_date


def test_a_package_without_sources_is_refused(tmp_path, faults_of) -> None:
    schema = {"fields": [{"name": "id", "type": "string"}], "primaryKey": "id"}
    package = {"resources": [{"name": "tallies", "path": "tallies.csv", "schema": schema}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (tmp_path / "tallies.csv").write_text("id\na\n", encoding="utf-8")
    found = [(fault.rule, fault.value) for fault in faults_of(tmp_path)]
    needed = ("sources", "originators", "source_originators")
    assert found == [("the package must describe this table", name) for name in needed]
