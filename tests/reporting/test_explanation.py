"""A value or figure is found by what people type, and its chain holds what was recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ParameterError
from analysis.paths import FIGURES
from analysis.record.reading import StoredRecord, read_record
from analysis.record.run_record import RunRecord
from analysis.reporting.explanation import explain, resolved


def test_a_value_comes_with_its_estimate_parameters_and_figures(record: StoredRecord, run: RunRecord) -> None:
    found = explain(record, "casualty_trends.registered")
    assert found.estimate == run.estimates["registered"]
    assert (found.notebook, found.parameters) == ("casualty_trends", {"data": "", "seed": 7})
    assert found.drawn_in == ("two-dots",)
    assert explain(record, "casualty_trends.plain").drawn_in == ()


def test_rows_are_those_of_the_sources_and_the_figure_only_marks_them(record: StoredRecord) -> None:
    # The figure names rt-0031, which was read on another page, and maps-001, which was read on the seed article.
    value = explain(record, "casualty_trends.registered").trail
    assert {row.source_id for row in value.rows} == {"report-2026-03-13-mfa-419", "seed-article"}
    assert value.named == ("maps-001",)
    assert value.rows[0].row_id == "maps-001"
    assert value.moved == ()


def test_a_figure_has_the_rows_its_data_name_whatever_their_page(record: StoredRecord) -> None:
    found = explain(record, "two-dots")
    assert found.trail.named == ("rt-0031", "maps-001")
    assert list(found.estimates) == ["casualty_trends.registered"]
    assert found.figure is not None
    assert (found.figure.caption, found.figure.alt) == ("Two dots.", "A dot below a dot.")
    assert found.figure.matches


@pytest.mark.parametrize("name", ["two-dots", "two-dots.pdf", "figures/two-dots.csv", "some\\folder\\two-dots.svg"])
def test_a_figure_may_be_typed_as_one_of_its_files(record: StoredRecord, name: str) -> None:
    assert resolved(record, name) == "two-dots"


def test_the_notebook_may_be_left_out_where_only_one_has_the_key(tmp_path: Path) -> None:
    record = StoredRecord(folder=tmp_path, parameters={}, trees={"a.main": {}, "b.main": {}, "a.only": {}}, figures={})
    assert resolved(record, "only") == "a.only"
    with pytest.raises(ParameterError, match=r"'main' is a value of several notebooks; name one of a\.main, b\.main"):
        resolved(record, "main")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("casualty_trends.total_registred", "casualty_trends.total_registered"),
        ("civilian_shar", "casualty_trends.civilian_share"),
        ("casualty-rates", "casualty-rate"),
        ("map_timeline", "map-timeline"),
    ],
)
def test_a_misspelt_name_is_answered_with_what_may_have_been_meant(typed: str, meant: str) -> None:
    with pytest.raises(ParameterError, match=f"no value or figure '{typed}'; did you mean .*'{meant}'"):
        explain(read_record(FIGURES), typed)


@pytest.mark.parametrize("name", ["", "../figures/values.json", "/etc/passwd", "values", "MANIFEST.json", "x" * 5000])
def test_names_that_are_none_find_no_file(name: str) -> None:
    with pytest.raises(ParameterError) as caught:
        explain(read_record(FIGURES), name)
    assert "has no value or figure" in str(caught.value)
    assert len(str(caught.value)) < 400
