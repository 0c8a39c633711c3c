from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ParameterError
from analysis.parameters import parse_cell
from analysis.pipeline.sweep.notation import read_axis, split_values

WORDS = {parameter.name: parameter for parameter in parse_cell('words: list[str] = []\nname: str = ""')}


@pytest.mark.parametrize(
    ("typed", "name", "values"),
    [
        ("level=0.8,.9, 1", "level", [0.8, 0.9, 1.0]),
        ("seed=1", "seed", [1]),
        ("switch=true,False", "switch", [True, False]),
        ("ceiling=none,3", "ceiling", [None, 3.0]),
        ("period_end=,2024-12-31", "period_end", ["", "2024-12-31"]),
        ("words=,a,a+b", "words", [[], ["a"], ["a", "b"]]),
        ('words=[],["a"],["a,b", "c+d]"]', "words", [[], ["a"], ["a,b", "c+d]"]]),
        (r"words=['it\'s'],x", "words", [["it's"], ["x"]]),
        ("rates=1+2,[1e+3]", "rates", [[1.0, 2.0], [1000.0]]),
        ('weights={"a": 1, "b": 2},{}', "weights", [{"a": 1, "b": 2}, {}]),
        ("inexact_rows=as printed,leave out", "inexact_rows", ["as printed", "leave out"]),
        ("remark=a=b[", "remark", ["a=b["]),  # a bracket inside a text is a character like any other
    ],
)
def test_values_as_typed(declared, typed: str, name: str, values: list[object]) -> None:
    assert read_axis(typed, declared) == (name, values)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("level", "'level': write name=value,value,..."),
        ("levle=1", "'levle' is not known; did you mean 'level'"),
        ("level=0.8,x,y", "level takes float, found 'x' (default 0.95)\nlevel takes float, found 'y' (default 0.95)"),
        ("level=", "level takes float, found ''"),
        ("level=nan,inf", "level takes float, found 'nan'"),
        ("seed=007", "seed takes int, found '007'"),
        ("seed=1.0", "seed takes int, found '1.0'"),
        ("switch=1", "switch takes bool, found '1'"),
        ('words=["a"', "a bracket or quote is not closed in '[\"a\"'"),
        ("words=['a]", "a bracket or quote is not closed"),
        ("words=[a)]", "words takes list[str], found '[a)]'"),
        ('words=["a"]b', 'a comma is missing after ["a"]'),
        ('words=[["a"]]', "words takes list[str]"),
        ("words=[__import__('os')]", "words takes list[str], found \"[__import__('os')]\""),
        ("seed=" + "1," * 6000, "more than 10000 characters; write the values into a file"),
    ],
)
def test_what_cannot_be_read_is_told(declared, typed: str, said: str) -> None:
    with pytest.raises(ParameterError) as refused:
        read_axis(typed, declared)
    assert said in str(refused.value)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=3), min_size=1))
def test_lists_of_any_text_survive_in_brackets(lists: list[list[str]]) -> None:
    typed = "words=" + ",".join(repr(one) for one in lists)
    assert read_axis(typed, WORDS) == ("words", lists)


@given(st.text(max_size=60))
def test_any_text_is_split_or_refused(text: str) -> None:
    try:
        parts = split_values(text)
    except ParameterError:
        return
    assert len(parts) >= 1
    if not {"[", "{"} & {*text}:
        assert parts == [part.strip() for part in text.split(",")]
