"""Columns that look like personal data are refused in somebody's export; the repository's own are not."""

from __future__ import annotations

import json

import pytest

from analysis.evidence.descriptor import read_descriptor
from analysis.evidence.personal_data import ADVICE, looks_personal
from analysis.paths import DATA


@pytest.mark.parametrize(
    "column",
    [
        "name", "Surname", "victim_name", "Name of victim", "FirstName", "last name", "age", "victim_age", "Ages",
        "date_of_birth", "DateOfBirth", "DOB", "birth_year", "passport_no", "Phone number", "e-mail", "home address",
        "village", "patronymic", "diagnosis", "national_id", "next_of_kin", "Gender",
        "ad", "Soyad", "ata adı", "doğum tarixi", "Yaş", "kənd", "ünvan", "şəxsiyyət vəsiqəsi", "telefon", "FİN",  # noqa: RUF001
        "familiya", "OTCHESTVO", "data_rozhdeniya", "vozrast", "Фамилия", "дата рождения", "возраст", "диагноз",
        "azganun", "hayranun", "tariq", "Ազգանուն", "հեռախոս", "gyugh",
    ],
)  # fmt: skip
def test_what_looks_personal(column: str) -> None:
    assert looks_personal(column)


@pytest.mark.parametrize(
    "column",
    [
        "district", "district_name", "operator_name", "killed", "injured", "device", "activity", "coverage", "stage",
        "percentage", "area_ha", "latitude", "geography", "image", "message", "kind", "reported_on", "polygon", "page",
        "addressed", "notes", "ad_hoc", "reason", "season",
    ],
)  # fmt: skip
def test_what_does_not(column: str) -> None:
    assert not looks_personal(column)


def with_column(folder, table: str, column: str) -> None:
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = next(each["schema"] for each in package["resources"] if each["name"] == table)
    schema["fields"].append({"name": column, "type": "string"})
    path.write_text(json.dumps(package), encoding="utf-8")


def test_a_described_column_is_refused_before_any_table_is_read(copy, faults_of) -> None:
    with_column(copy, "accidents", "victim_surname")
    (copy / "accidents.csv").unlink()  # or there would be more faults
    (fault,) = faults_of(copy)
    place = "datapackage.json, column victim_surname"
    assert str(fault) == f"{place}: a column of table accidents cannot be taken: {ADVICE}"
    assert "take the column out of the file" in ADVICE
    assert "rename it" in ADVICE


def test_a_column_that_is_not_described_is_told_to_be_personal(copy, faults_of) -> None:
    path = copy / "accidents.csv"
    first, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{first},doğum tarixi", *(f"{row}," for row in rows)]) + "\n", encoding="utf-8")
    fault = next(one for one in faults_of(copy) if one.column == "doğum tarixi")
    assert fault.rule == f"the column is not in datapackage.json, and {ADVICE}"


def test_the_repository_s_own_columns_are_taken(copy) -> None:
    from analysis.evidence import load_evidence

    own = read_descriptor(DATA)
    assert looks_personal("name")
    assert "name" in own.tables["originators"].columns
    assert load_evidence(copy).names == tuple(own.tables)
