"""What the report files look like, and that text of any origin stays text in each of them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from analysis.pipeline.result import Failure, FailureKind, Result, RunSpec
from analysis.pipeline.verification.captions import first_sentence
from analysis.pipeline.verification.codecheck import codecheck_text, scalar
from analysis.pipeline.verification.junit import junit_text
from analysis.pipeline.verification.markdown import code, escaped
from analysis.pipeline.verification.outcome import Verification
from analysis.pipeline.verification.report import report_text
from analysis.pipeline.verification.table import table
from analysis.record.comparison import Outcome
from analysis.record.layout import Layout
from analysis.record.tolerance import Difference
from analysis.record.verification.check import Check, HashedFile

HOSTILE = (
    'a | b\n# c <script>alert(1)</script> [x](javascript:1) `d` ]]> & "e" \\ \x1b]0;f\x07 \x00 \ud800 \ufffe \u202e'
)
SPEC = RunSpec(notebook=Path("n.ipynb"), executed=Path("x/n.ipynb"), output=Path("x/n"))


def check(name: str = "k", *, kind: str = "value", agrees: bool = True, method: str = "within 1e-08") -> Check:
    return Check(
        kind=kind,
        name=name,
        method=method,
        outcome=Outcome.IDENTICAL if agrees else Outcome.CHANGED,
        differences=() if agrees else (Difference(where="value", old="1", new=HOSTILE),),
        files=(HashedFile(path=f"{kind}s/{name}", committed="a" * 64, made="b" * 64),),
    )


def verification(*checks: Check, failure: Failure | None = None) -> Verification:
    facts = {
        "finished_at": "2026-01-02T03:04:05+00:00",
        "seconds": 12.34,
        "commit": "c" * 40,
        "uncommitted_changes": True,
        "workers": 2,
        "machine": {"system": "Linux", "processor": "x86_64", "cores": 2, "python": "3.11.7"},
        "notebooks": {
            "n": {"ok": failure is None, "failure": HOSTILE, "seconds": 5, "cell_seconds": 4, "source_sha256": "d" * 64}
        },
    }
    return Verification(
        checks=checks,
        results=(Result(spec=SPEC, failure=failure, seconds=5),),
        facts=facts,
        used={"numpy": "2.0"},
        stated={"numpy": "1.9", "pandas": "3"},
        folder=Path("/elsewhere"),
    )


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "figures").mkdir()
    return Layout(root=tmp_path)


def test_a_verification_without_any_run_is_no_success() -> None:
    nothing = verification(check())
    assert nothing.ok
    assert not Verification(
        checks=nothing.checks, results=(), facts=nothing.facts, used={}, stated={}, folder=nothing.folder
    ).ok


def test_the_report_says_what_a_checker_needs(layout: Layout) -> None:
    text = report_text(verification(check(), check("f", kind="notebook", agrees=False)), layout)
    for part in (
        "**It is not a certificate",
        "| Checker | \\_",
        "| Date of the check | \\_",
        "VERDICT: the record does not hold. 1 notebook ran in 12.3 s; 1 of 2 comparisons do not agree.",
        f"Commit `{'c' * 40}`, with changes that are not committed.",
        f"| `n` | to the end | 5.0 s | 4.0 s | `{'d' * 64}` |",
        "| processor | x86\\_64 |",
        "| `numpy` | 1.9 | 2.0 |",
        "| `k` | within 1e-08 | identical |",
        f"| `notebooks/f` | within 1e-08 | `{'a' * 64}` | `{'b' * 64}` | **CHANGED** |",
    ):
        assert part in text, part


def test_hostile_text_stays_in_its_cell_of_the_report(layout: Layout) -> None:
    failure = Failure(kind=FailureKind.RAISED, detail=HOSTILE, source=HOSTILE)
    text = report_text(verification(check(HOSTILE, agrees=False, method=HOSTILE), failure=failure), layout)
    assert not {"\x1b", "\x07", "\x00", "\ud800", "\u202e"} & {*text}
    outside_of_code = [line for line in text.splitlines() if not line.startswith("    ")]
    assert [line for line in outside_of_code if "<script" in line.replace("\\<", "")] == []
    rows = [line for line in outside_of_code if "alert" in line]
    assert rows
    assert all(line.startswith("| ") and line.endswith(" |") for line in rows)
    assert {line.replace("\\\\", "").replace("\\|", "").count("|") for line in rows} <= {4, 5, 6}


def test_markdown_takes_every_special_character_literally() -> None:
    assert escaped("a|b\nc *d* <e>") == r"a\|b c \*d\* \<e\>"
    assert code("figures/a.png") == "`figures/a.png`"
    assert code("a`b|c") == r"a\`b\|c"
    assert code("") == "\N{EN DASH}"


def test_junit_is_valid_xml_with_one_case_an_output() -> None:
    failure = Failure(kind=FailureKind.RAISED, detail=HOSTILE, source=HOSTILE, cell=2, cell_id=HOSTILE)
    found = verification(check(), check(HOSTILE, agrees=False), check("f", kind="figure"), failure=failure)
    root = ET.fromstring(junit_text(found, Layout(root=Path())).encode("utf-8"))  # noqa: S314 - we wrote it
    assert root.attrib == {"name": "analysis verify", "time": "12.340", "tests": "4", "failures": "2", "errors": "0"}
    assert {suite.get("name"): (suite.get("tests"), suite.get("failures")) for suite in root} == {
        "run": ("1", "1"),
        "figure": ("1", "0"),
        "value": ("2", "1"),
    }
    (differing,) = root.findall("testsuite[@name='value']/testcase/failure")
    assert "value: 1 -> a | b" in differing.get("message")
    assert "<script>alert(1)</script>" in differing.text
    assert r"\x1b]0;f\x07 \x00 \ud800 \ufffe \u202e" in differing.text


def test_codecheck_lists_figures_with_their_captions_and_marks_what_people_fill_in(layout: Layout) -> None:
    for ending, content in ((".png", "x"), (".json", json.dumps({"caption": f"{HOSTILE} 1.5 km. More."}))):
        (layout.figures / f"f{ending}").write_text(content)
    (layout.figures / "values.json").write_text("{}")
    text = codecheck_text(verification(check("f", kind="figure"), check("gone", kind="figure")), layout)
    assert text.startswith("%YAML 1.1\n---\n")
    tree = yaml.safe_load(text)
    assert tree["version"] == "https://codecheck.org.uk/spec/config/2.0/"
    first, second = tree["manifest"]
    assert first["file"] == "figures/f.png"
    assert first["comment"].endswith("1.5 km.")
    assert second["file"] == "figures/values.json"
    paper, (checker,) = tree["paper"], tree["codechecker"]
    blanks = [paper["title"], paper["authors"][0]["name"], paper["authors"][0]["ORCID"], paper["reference"]]
    blanks += [checker["name"], checker["ORCID"], tree["report"], tree["summary"], tree["check_time"]]
    assert [blank for blank in [*blanks, tree["certificate"]] if not blank.startswith("TO BE FILLED IN")] == []


@pytest.mark.parametrize(
    "text", ["", "a: b # c", "- x", "\"q\" 'r' \\", "\x85 \u2028 \ufeff \x7f", "\U0001f4a3 é", "no"]
)
def test_a_scalar_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(scalar(text)) == text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("A rate of 2.7 per 30 days. Then more.", "A rate of 2.7 per 30 days."),
        ("One\nline? 3 more.", "One line?"),
        ("No end", "No end"),
        ("", ""),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_the_table_counts_what_agrees_and_lists_what_does_not(layout: Layout) -> None:
    found = verification(
        check("a"), check("b"), check("c", method="within 0.01, its own tolerance"), check("d", agrees=False)
    )
    lines = table(found, layout).splitlines()
    assert [line.split("  ")[0] for line in lines[:4]] == ["what", "value c", "2 values", "value d"]
    assert "within 0.01, its own tolerance" in lines[1]
    assert lines[3].endswith("CHANGED")
    assert lines[-1].startswith("VERDICT: the record does not hold.")
