import shutil
import subprocess
from pathlib import Path

import pytest

from analysis.record.latex import as_latex, escaped, published

VALUE = {
    "value": -0.123456,
    "unit": "share of 100 %",
    "interval": {"low": -0.2, "high": "inf", "kind": "confidence", "level": 0.95},
    "method": r"a_b & c\d {e} <1> #2 $x$ ~^",
    "n": 12,
    "n_unit": "rows",
    "sources": ["s_1", "s2"],
    "quantity": "share",
}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (3, "3"),
        (123456, "123456"),
        (1234.5678, "1235"),
        (0.95, "0.9500"),
        (0.000123456, "0.0001235"),
        (-2.5, "$-$2.500"),
        (9.99996, "10.000"),
        ("inf", r"$\infty$"),
        ("-inf", r"$-\infty$"),
    ],
)
def test_numbers_are_printed_by_one_rule(value: float | str, text: str) -> None:
    assert published(value) == text


def test_text_cannot_become_a_command() -> None:
    assert escaped("\\input{x}") == r"\textbackslash{}input\{x\}"
    assert escaped("50 % & #1_a") == r"50 \% \& \#1\_a"
    assert escaped("a\nb\tc\x00\u202e") == "a b c  "


def test_every_field_of_a_key_has_its_macro_in_order_of_keys() -> None:
    text = as_latex({"b.key": VALUE, "a.key": VALUE})
    assert text.index("analysis@value@a.key") < text.index("analysis@value@b.key")
    assert (
        r"\expandafter\def\csname analysis@interval@a.key\endcsname{95\% confidence interval $-$0.2000 to $\infty$}"
        in text
    )
    assert r"analysis@printed@a.key\endcsname{$-$12.3\,\%}" in text
    assert r"analysis@printedinterval@a.key\endcsname{95\,\% confidence interval $-$20.0\,\% to no upper limit}" in text
    assert r"\expandafter\def\csname analysis@n@a.key\endcsname{12 rows}" in text
    assert r"\expandafter\def\csname analysis@sources@a.key\endcsname{s\_1, s2}" in text
    assert as_latex({"b.key": VALUE, "a.key": VALUE}) == as_latex({"a.key": VALUE, "b.key": VALUE})


def test_a_plain_count_has_an_empty_interval() -> None:
    assert r"analysis@interval@a\endcsname{}" in as_latex({"a": {**VALUE, "interval": None}})


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="LaTeX is not installed")
def test_a_paper_with_the_macros_compiles(tmp_path: Path) -> None:
    (tmp_path / "values.tex").write_text(as_latex({"a_b.key_c": VALUE}), encoding="utf-8")
    (tmp_path / "paper.tex").write_text(
        r"\documentclass{article}\usepackage[T1]{fontenc}\input{values}\begin{document}"
        r"\analysisvalue{a_b.key_c} \analysisinterval{a_b.key_c} \analysismethod{a_b.key_c}\end{document}",
        encoding="utf-8",
    )
    subprocess.run(["pdflatex", "-halt-on-error", "paper.tex"], cwd=tmp_path, check=True, capture_output=True)
