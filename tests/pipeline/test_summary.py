from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analysis.pipeline.report import Report
from analysis.pipeline.result import Result, RunSpec
from analysis.pipeline.summary import summary
from analysis.record.comparison import Outcome, Verdict
from analysis.record.layout import Layout
from analysis.record.tolerance import Difference


def report(tmp_path: Path, *verdicts: Verdict, attempts: int = 1) -> Report:
    spec = RunSpec(notebook=Path("alpha.ipynb"), executed=tmp_path / "alpha.ipynb", output=tmp_path / "alpha")
    return Report(
        results=(Result(spec=spec, failure=None, seconds=1.25, attempts=attempts),),
        verdicts=verdicts,
        folder=tmp_path / "build" / "reproduce",
        published=True,
        replaced=(),
        unlisted=(),
        seconds=2.0,
    )


def test_the_number_comes_before_what_explains_it_and_long_lists_are_counted(tmp_path: Path) -> None:
    where = ["assumptions[0]", "interval.high", "interval.low", "method", "n", "sources[0]", "unit", "value"]
    differences = tuple(Difference(where=place, old="1", new="2") for place in where)
    verdict = Verdict(kind="value", name="alpha.main", outcome=Outcome.CHANGED, differences=differences)
    text = summary(report(tmp_path, verdict), Layout(root=tmp_path))
    start = text.index("    value alpha.main")
    assert text[start:].splitlines()[:8] == [
        "    value alpha.main",
        "      value: 1 -> 2",
        "      interval.high: 1 -> 2",
        "      interval.low: 1 -> 2",
        "      assumptions[0]: 1 -> 2",
        "      method: 1 -> 2",
        "      n: 1 -> 2",
        "      and 2 more",
    ]


def test_counts_by_outcome_and_a_second_start(tmp_path: Path) -> None:
    verdicts = [
        Verdict(kind="figure", name="a", outcome=Outcome.IDENTICAL),
        Verdict(kind="figure", name="b", outcome=Outcome.IDENTICAL),
        Verdict(kind="figure", name="c", outcome=Outcome.AGREES),
    ]
    text = summary(report(tmp_path, *verdicts, attempts=2), Layout(root=tmp_path))
    assert "Against the record: 2 identical, 1 agrees; not bit-identical on this machine" in text
    assert "figure a" not in text
    assert "figure c" in text
    assert "alpha     1.2 s  (its kernel was started twice)" in text


def test_changed_evidence_is_listed_once_and_not_with_each_figure(tmp_path: Path) -> None:
    moved = Difference(where="evidence.table.csv", old="a" * 64, new="b" * 64)
    caption = Difference(where="caption", old="c", new="d")
    verdicts = [
        Verdict(kind="figure", name="same", outcome=Outcome.CHANGED, differences=(moved,)),
        Verdict(kind="figure", name="other", outcome=Outcome.CHANGED, differences=(moved, caption)),
    ]
    evidence = (
        Difference(where="new.csv", old="", new="f" * 64),
        Difference(where="table.csv", old="a" * 64, new="b" * 64),
    )
    text = summary(replace(report(tmp_path, *verdicts), changed_evidence=evidence), Layout(root=tmp_path))
    start = text.index("Against the record")
    assert text[start:].split("\n\n")[0].splitlines() == [
        "Against the record: 2 changed",
        "  evidence that is not what the record was made from:",
        "    new.csv: no such file -> ffffffff",
        "    table.csv: aaaaaaaa -> bbbbbbbb",
        "  changed:",
        "    figure same: same numbers and picture; made from changed evidence",
        "    figure other",
        "      caption: c -> d",
    ]


def test_a_parameter_that_a_notebook_does_not_have_is_said(tmp_path: Path) -> None:
    ignored = {"period_start": ("claims_audit", "maps")}
    text = summary(replace(report(tmp_path), ignored_by=ignored), Layout(root=tmp_path))
    assert "\nperiod_start does not apply to claims_audit, maps\n" in text
