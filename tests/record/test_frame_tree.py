from __future__ import annotations

import json
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.errors import ReproductionError
from analysis.record.frame_tree import frame_from, frame_tree


def there_and_back(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table after it went through text, as it does through a file."""
    return frame_from(json.loads(json.dumps(frame_tree(frame))))


def assert_same(frame: pd.DataFrame) -> None:
    made = there_and_back(frame)
    assert_frame_equal(made, frame, check_exact=True, check_index_type=True, check_column_type=True)
    for name in frame.select_dtypes("float"):
        assert made[name].to_numpy().tobytes() == frame[name].to_numpy().tobytes()


COLUMNS = {
    "whole": [1, -2, 2**62],
    "share": [0.1 + 0.2, -0.0, np.nan],
    "end": [np.inf, -np.inf, 5e-324],
    "small": np.array([1.1, 2.2, 3.3], dtype="float32"),
    "unsigned": np.array([1, 2, 2**64 - 1], dtype="uint64"),
    "flag": [True, False, True],
    "word": pd.array(["a,b\n", None, "\x1b\u202e"], dtype="str"),
    "string": pd.array(["a", None, ""], dtype="string"),
    "count": pd.array([1, None, 3], dtype="Int64"),
    "known": pd.array([True, None, False], dtype="boolean"),
    "day": pd.to_datetime(["2020-11-10", None, "2026-03-13"]),
    "moment": np.array(["2020-01-01T00:00:00.000000001", "NaT", "1969-12-31"], dtype="datetime64[ns]"),
    "span": pd.to_timedelta([1, 2, None], unit="D"),
    "kind": pd.Categorical(["b", None, "b"], categories=["b", "a"], ordered=True),
    "year": pd.Categorical([2020, 2021, 2020]),
    "mixed": pd.Series([("s1", "s2"), None, {"a": [1, 1.0, date(2020, 1, 1)]}], dtype="object"),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_kind_of_column_comes_back_as_it_was(name: str) -> None:
    assert_same(pd.DataFrame({name: COLUMNS[name]}))


def test_all_kinds_together_and_no_rows_at_all() -> None:
    frame = pd.DataFrame(COLUMNS)
    assert_same(frame)
    assert_same(frame.iloc[:0])
    assert_same(pd.DataFrame(columns=pd.Index([], dtype="str")))


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(5, 11, 2, name="row"),
        pd.Index(["b", "a", "b"], name="operator"),
        pd.Index([0.5, np.nan, 1.5]),
        pd.DatetimeIndex(["2020-01-01", "2021-01-01", "2022-01-01"]),
        pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["who", None]),
    ],
    ids=["range", "text", "numbers", "days", "two levels"],
)
def test_the_index_comes_back(index: pd.Index) -> None:
    made = there_and_back(pd.DataFrame({"n": [1, 2, 3]}, index=index))
    assert type(made.index) is type(index)
    assert made.index.equals(index)
    assert list(made.index.names) == list(index.names)
    assert str(made.index.dtype) == str(index.dtype)


@given(st.lists(st.floats(allow_nan=False, width=64)), st.lists(st.text()))
def test_any_number_and_any_text_come_back_to_the_last_bit(numbers: list[float], words: list[str]) -> None:
    rows = min(len(numbers), len(words))
    texts = [word.encode("utf-8", "replace").decode("utf-8") for word in words[:rows]]
    assert_same(pd.DataFrame({"n": np.array(numbers[:rows], dtype="float64"), "w": pd.array(texts, dtype="str")}))


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pd.DataFrame({1: [2]}), "columns with names of their own, found 1"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "found 'a'"),
        (pd.DataFrame({"a": [object()]}), "column 'a': object has no exact text"),
        (pd.DataFrame({"a": pd.to_datetime(["2020-01-01"], utc=True)}), "has no exact text"),
        (pd.DataFrame({"a": pd.Series([datetime(2020, 1, 1, tzinfo=UTC)], dtype="object")}), "datetime has no exact"),
        (pd.DataFrame({"a": [1]}, index=pd.Index([1], name=5)), "index names that are text, found 5"),
    ],
)
def test_what_has_no_exact_text_is_refused(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(ReproductionError, match=said):
        frame_tree(frame)
