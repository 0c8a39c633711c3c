import pytest

from analysis.errors import ParameterError
from analysis.parameters import parse_cell

CELL = """\
# What a reader may change.
from typing import Literal

data: str = ""  # evidence folder
period_end: str | None = None  # last day
# share of confidence
confidence_level: float = 0.95
exclude_originators: list[str] = []  # left out
weights: dict[str, float] = {"a": 1}  # by body
inexact_rows: Literal["as printed", "leave out"] = "as printed"  # inexact
seed: int = 1  # start of chance
"""


def test_reads_names_types_defaults_and_comments() -> None:
    read = {parameter.name: parameter for parameter in parse_cell(CELL)}
    assert list(read) == [
        "data",
        "period_end",
        "confidence_level",
        "exclude_originators",
        "weights",
        "inexact_rows",
        "seed",
    ]
    assert [str(parameter.kind) for parameter in read.values()] == [
        "str",
        "str | None",
        "float",
        "list[str]",
        "dict[str, float]",
        "one of 'as printed', 'leave out'",
        "int",
    ]
    assert read["weights"].default == {"a": 1}
    assert read["data"].help == "evidence folder"
    assert read["confidence_level"].help == "share of confidence"


def test_a_default_over_several_lines_keeps_its_comment() -> None:
    (parameter,) = parse_cell('bodies: list[str] = [\n    "a",\n    "b",\n]  # who counts\n')
    assert (parameter.default, parameter.help) == (["a", "b"], "who counts")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("seed = 1", "line 1: only `name: type = literal"),
        ("seed: int = 1 + 1", "the default must be a plain literal"),
        ("seed: int = __import__('os').getpid()", "the default must be a plain literal"),
        ("day: date = None", "the type date is not one of"),
        ("x: __import__('os').system('true') = 1", "is not one of"),
        ("seed: int = 1.5", "the default 1.5 is not int"),
        ("seed: int = True", "the default True is not int"),
        ("flag: bool = 1", "the default 1 is not bool"),
        ("rate: float = 1e999", "is not float"),
        ("seed: int", "needs a default value"),
        ("seed: int = 1\nseed: int = 2", "line 2: seed is declared twice"),
        ("import os", "only `name: type = literal"),
        ("seed: int = ", "line 1: invalid syntax"),
        ("bodies: list[list[str]] = []", "is not one of"),
    ],
)
def test_refuses_other_forms(source: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_cell(source)
    assert message in str(caught.value)


def test_reports_every_bad_line() -> None:
    with pytest.raises(ParameterError) as caught:
        parse_cell("a = 1\nb: int = 'x'\nc: int = 1")
    assert "line 1:" in str(caught.value)
    assert "line 2:" in str(caught.value)
    assert "line 3:" not in str(caught.value)
