import pytest

from analysis.errors import ParameterError
from analysis.parameters import parse_cell, parse_given

DECLARED = parse_cell(
    """\
flag: bool = True  # a switch
seed: int = 1  # start
level: float = 0.95  # level
data: str = ""  # folder
end: str | None = None  # last day
bodies: list[str] = []  # left out
years: list[int] = []  # years
weights: dict[str, float] = {}  # weights
rows: Literal["as printed", "as bounds"] = "as printed"  # inexact
"""
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("flag=false", False),
        ("flag=True", True),
        ("seed=7", 7),
        ("seed=-3", -3),
        ("level=1e-3", 0.001),
        ("level=1", 1.0),
        ("data=/a b/c=d", "/a b/c=d"),
        ("data=007", "007"),
        ("end=none", None),
        ("end=2024-01-01", "2024-01-01"),
        ("bodies=anama, azcbl", ["anama", "azcbl"]),
        ('bodies=["anama", "a,b"]', ["anama", "a,b"]),
        ("bodies=", []),
        ("years=2020,2021", [2020, 2021]),
        ('weights={"a": 1, "b": 2.5}', {"a": 1, "b": 2.5}),
        ("rows=as bounds", "as bounds"),
    ],
)
def test_text_becomes_the_declared_type(text: str, value: object) -> None:
    ((_, given),) = parse_given([text], DECLARED).items()
    assert given == value
    assert type(given) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "flag=0",
        "flag=",
        "seed=007",
        "seed=1.0",
        "seed=1_000",
        "seed=none",
        "seed=\u0661",
        "level=nan",
        "level=inf",
        "level=1e999",
        "level=0.9; import os",
        "years=2020,x",
        "years=[2020, '2021']",
        "bodies=[__import__('os')]",
        "bodies=[" * 4000,
        "weights=a:1",
        "weights={1: 2}",
        "rows=As Bounds",
    ],
)
def test_ill_typed_values_are_refused_with_type_value_and_default(text: str) -> None:
    name = text.partition("=")[0]
    with pytest.raises(ParameterError, match=rf"  {name} takes .*, found .* \(default "):
        parse_given([text], DECLARED)


def test_a_misspelt_name_gets_the_nearest_and_the_list() -> None:
    with pytest.raises(ParameterError) as caught:
        parse_given(["sead=1"], DECLARED, where="study.ipynb")
    assert str(caught.value) == (
        "parameters of study.ipynb that cannot be used:\n"
        "  'sead' is not known; did you mean 'seed'? "
        "(known: flag, seed, level, data, end, bodies, years, weights, rows)"
    )


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(ParameterError) as caught:
        parse_given(["sead=1", "flag=maybe", "level", "seed=1", "seed=2"], DECLARED)
    message = str(caught.value)
    for part in ("'sead' is not known", "flag takes bool", "'level': write name=value", "seed is given twice"):
        assert part in message
