"""A study opened for a notebook checks its parameters, keeps what it is given and cites what it used."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis import reporting
from analysis.errors import ParameterError, ReproductionError
from analysis.estimate import Estimate, Period
from analysis.paths import DATA
from analysis.plots.style import house_style, new_figure
from analysis.record.destination import FIGURES_VARIABLE, NO_FIGURES, OUTPUT_VARIABLE, STAGES_VARIABLE
from analysis.reporting import Study, open_study
from analysis.reporting.tables import estimates_table
from analysis.settings import COORDINATE_DECIMALS


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path))
    return open_study("study", data="", seed=7)


def estimate_from(*sources: str) -> Estimate:
    return Estimate(
        quantity="accidents",
        value=3.0,
        unit="accidents",
        interval=None,
        method="count as reported",
        n=3,
        n_unit="accidents",
        period=Period(start=date(2024, 1, 1), end=date(2024, 1, 2)),
        geography="Azerbaijan",
        sources=sources,
    )


@house_style()
def dot() -> Figure:
    figure, (axis,) = new_figure(height_mm=30, width_mm=40)
    axis.plot([0], [0], "o")
    return figure


def test_a_parameter_out_of_range_stops_before_anything_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.reporting.study.load_evidence", lambda _: pytest.fail("the evidence was loaded"))
    with pytest.raises(ParameterError, match="confidence_level"):
        open_study("study", confidence_level=95.0)


def test_values_are_recorded_and_shown_with_their_key(study: Study) -> None:
    table = study.values({"count": estimate_from("seed-article")})
    assert table.index.tolist() == ["study.count"]
    assert json.loads((study.run.folder / "values.json").read_text())["values"]["count"]["value"] == 3.0


def test_each_generator_starts_the_sequence_of_the_seed(study: Study) -> None:
    assert study.rng().random() == study.rng().random()


def test_nothing_is_drawn_at_random_without_a_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path))
    with pytest.raises(ReproductionError, match="no `seed` parameter"):
        open_study("study", data="").rng()


def test_a_printed_table_is_never_cut_silently(study: Study) -> None:
    frame = pd.DataFrame({"x": range(61)})
    with pytest.raises(ReproductionError, match="the table has 61 rows and at most 60 are printed"):
        study.table(frame)
    assert len(study.table(frame, rows=61)) == 61


def test_a_figure_is_shown_with_its_alternative_text(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr("analysis.reporting.study.display", shown.append)
    study.figure(
        dot(), "one-dot", caption="A dot.", alt="A dot at 0.", drawn=pd.DataFrame({"x": [0]}), sources=["seed-article"]
    )
    ((data, metadata),) = [image._repr_mimebundle_() for image in shown]
    assert metadata["image/png"]["alt"] == "A dot at 0."
    assert (study.run.folder / "one-dot.pdf").exists()
    assert "image/png" in data


def test_where_only_values_are_wanted_figures_are_checked_and_cited_but_not_written(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FIGURES_VARIABLE, NO_FIGURES)
    monkeypatch.setattr("analysis.reporting.study.display", lambda _: pytest.fail("a picture was shown"))
    asked = {"caption": "A dot.", "alt": "A dot at 0.", "drawn": pd.DataFrame({"x": [0]}), "sources": ["seed-article"]}
    study.figure(dot(), "one-dot", **asked)
    assert list(study.run.folder.iterdir()) == []
    assert study.sources().index.tolist() == ["seed-article"]
    with pytest.raises(ReproductionError, match="figure two-dots: caption is missing"):
        study.figure(dot(), "two-dots", **{**asked, "caption": " "})
    with pytest.raises(ReproductionError, match="record the values unknown before drawing them"):
        study.figure(dot(), "two-dots", **asked, estimates=["unknown"])


def test_the_sources_are_those_of_values_and_figures_and_no_others(study: Study) -> None:
    assert study.sources().empty
    study.values({"count": estimate_from("azertag-2025-04-04-suleymanov", "seed-article")})
    table = study.sources()
    assert table.index.tolist() == ["azertag-2025-04-04-suleymanov", "seed-article"]
    assert table.loc["azertag-2025-04-04-suleymanov", "originator"] == "anama"
    assert "http" in table.loc["azertag-2025-04-04-suleymanov", "citation"]


def test_what_no_publisher_stands_behind_is_said(study: Study) -> None:
    study.values({"count": estimate_from("file:own.gpkg", "generated:made-up-world", "seed-article")})
    table = study.sources()
    assert table.index.tolist() == ["seed-article", "file:own.gpkg", "generated:made-up-world"]
    assert "named by whoever ran this" in table.loc["file:own.gpkg", "citation"]
    assert "Made up by this notebook" in table.loc["generated:made-up-world", "citation"]


def test_reporting_offers_the_study_and_nothing_else() -> None:
    assert reporting.open_study is open_study
    with pytest.raises(AttributeError, match="has no attribute 'no_such_thing'"):
        _ = reporting.no_such_thing


def test_pages_on_single_accidents_are_counted_and_not_cited(study: Study) -> None:
    study.values({"count": estimate_from("apa-undated-sarijali", "seed-article")})
    table = study.sources()
    assert table.index.tolist() == ["seed-article", "pages on single accidents: 1"]
    assert "sarijali" not in table.to_string().lower()


def test_a_misspelt_originator_is_refused_by_every_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path))
    with pytest.raises(ParameterError, match=r"'azcbll' is neither an originator_id .*did you mean azcbl"):
        open_study("study", exclude_originators=["azcbll"])
    assert open_study("study", exclude_originators=["azcbl", "azerbaijan_authorities"]).evidence is not None


def test_findings_of_the_tables_a_notebook_reads_are_shown_with_rule_rows_and_size(study: Study) -> None:
    shown = study.findings("casualties_running_total")
    assert list(shown.columns) == ["rule", "rows", "size"]
    misprint = shown[shown["rows"] == "rt-0171"]
    assert misprint["rule"].tolist() == ["a total is below its parts"]
    assert not shown["rows"].str.contains("cl-").any()
    assert len(study.findings("casualties_running_total", "clearance_period")) > len(shown)


def test_a_long_computation_is_done_once(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.reporting.study.BUILD", tmp_path / "build")
    monkeypatch.delenv(STAGES_VARIABLE, raising=False)
    values = {"study.count": estimate_from("seed-article")}
    computed = study.stage(estimates_table, title="a table", estimates=values)
    (file,) = (tmp_path / "build" / "stages").iterdir()
    assert file.name.startswith("reporting.tables.estimates_table-")
    written = file.stat().st_ino
    assert study.stage(estimates_table, title="a table", estimates=values).equals(computed)
    assert file.stat().st_ino == written
    study.stage(estimates_table, estimates={"study.count": estimate_from("report-2026-03-13-mfa-419")})
    assert len(list(file.parent.iterdir())) == 2


def test_coordinates_of_somebody_s_data_are_rounded_in_tables_and_figure_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path / "run"))
    monkeypatch.setenv(COORDINATE_DECIMALS, "1")
    monkeypatch.setattr("analysis.reporting.study.display", lambda _: None)
    places = pd.DataFrame({"latitude": [39.98765], "share": [0.12345]})
    shutil.copytree(DATA, tmp_path / "export")
    for data, latitude in (("", "39.98765"), (str(tmp_path / "export"), "40")):
        study = open_study("study", data=data)
        assert study.table(places).iloc[0].tolist() == [latitude.replace("39.98765", "39.9877"), "0.12345"]
        study.figure(dot(), "one-dot", caption="A dot.", alt="A dot.", drawn=places, sources=["seed-article"])
        drawn = (study.run.folder / "one-dot.csv").read_text(encoding="utf-8")
        assert drawn.splitlines()[1].split(",") in ([latitude, "0.12345"], [f"{latitude}.0", "0.12345"])
        assert ("rounded to 1 decimals of a degree" in capsys.readouterr().err) is bool(data)
