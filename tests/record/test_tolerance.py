import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.record.serialise import rounded
from analysis.record.tolerance import (
    Difference,
    csv_differences,
    json_differences,
    numbers_agree,
    shown_apart,
    texts_agree,
)


@pytest.mark.parametrize(
    ("old", "new", "agree"),
    [
        (1.0, 1.0 + 9e-9, True),
        (1.0, 1.0 + 1.1e-8, False),
        (0.0, 5e-14, True),  # what is left of a zero
        (0.0, 2e-13, False),
        (float("inf"), float("inf"), True),
        (float("inf"), 1e308, False),
        (float("inf"), float("-inf"), False),
        (1, 1.0, True),
    ],
)
def test_numbers(old: float, new: float, agree: bool) -> None:
    assert numbers_agree(old, new) is agree
    assert numbers_agree(new, old) is agree


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_rounding_for_the_record_stays_within_the_tolerance(value: float) -> None:
    assert numbers_agree(value, float(rounded(value)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rate 1.2345678901 a year", "rate 1.2345678902 a year"),
        ("-1.0e-3; 5", "-1.00000000001e-3; 5"),
        ("1", "0.9999999999"),  # ten digits of the same number
        ("<td>0.5000000001</td>", "<td>0.5</td>"),
    ],
)
def test_texts_with_numbers_that_agree(old: str, new: str) -> None:
    assert texts_agree(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rate 1.23457", "rate 1.23458"),  # one digit of six
        ("3 of 10", "3 of 11"),
        ("3 of 100000000000", "3 of 100000000001"),  # whole numbers are counts, whatever their size
        ("2024-06-03", "2024-06-04"),
        ("a", "b"),
        ("a 1.5", "a 1.5 "),
        ("hash 12e400ab", "hash 13e400ab"),
        ("12e400", "13e400"),  # both infinite as numbers
        ("1.5 km", "1.5 ha"),
        ("v1.0.1", "v1.0.2"),
        ("", "0"),
    ],
)
def test_texts_that_differ(old: str, new: str) -> None:
    assert not texts_agree(old, new)


def test_json_differences_name_every_leaf_that_differs() -> None:
    old = {"a": {"b": [1.0, 2.0]}, "text": "x", "gone": 1, "flag": True, "n": 1}
    new = {"a": {"b": [1.0 + 1e-12, 2.1]}, "text": "y", "new": None, "flag": 1, "n": 1.0}
    assert [str(found) for found in json_differences(old, new)] == [
        "a.b[1]: 2.0 -> 2.1",
        "flag: True -> 1",
        "gone: 1 -> nothing",
        "new: nothing -> None",
        "text: x -> y",
    ]


def test_json_lists_of_other_length_differ_as_a_whole() -> None:
    assert json_differences([1], [1, 2], where="x") == [Difference(where="x", old="[1]", new="[1, 2]")]


def test_infinite_ends_are_words_in_json_and_differ_from_numbers() -> None:
    assert json_differences({"high": "inf"}, {"high": "inf"}) == []
    assert len(json_differences({"high": "inf"}, {"high": 1.0})) == 1


def test_csv_cells_are_compared_one_by_one() -> None:
    old = 'year,rate,note\n2024,1.2345678901,"a, b"\n2025,2,\n'
    assert csv_differences(old, old.replace("1.2345678901", "1.2345678902")) == []
    assert [str(one) for one in csv_differences(old, old.replace("2025,2,", "2025,3,c"))] == [
        "line 3, rate: 2 -> 3",
        "line 3, note:  -> c",
    ]


def test_csv_of_another_shape() -> None:
    assert csv_differences("a,b\n1,2\n", "a,b\n1,2\n3,4\n")[0].where == "rows"
    assert csv_differences("a,b\n1,2\n", "a,c\n1,2\n")[0].where == "columns"
    assert len(csv_differences("a,b\n1,2\n", "a,b\n1\n")) == 1


def test_long_texts_are_cut_around_the_first_difference() -> None:
    (found,) = json_differences("a" * 200 + "old" + "z" * 200, "a" * 200 + "new" + "z" * 200, where="note")
    assert found.old.startswith("..." + "a" * 40 + "old")
    assert found.new.startswith("..." + "a" * 40 + "new")
    assert max(len(found.old), len(found.new)) < 130


def test_a_word_and_a_value_that_print_alike_are_told_apart() -> None:
    assert [str(one) for one in json_differences("True", True, where="x")] == ["x: 'True' -> True"]


def test_long_lists_print_what_was_added_and_removed() -> None:
    words = [f"source-{number:02d}" for number in range(20)]
    expected = "x: 20 members; removed: source-03 -> 20 members; added: source-99"
    assert [str(one) for one in json_differences(words, [*words[:3], *words[4:], "source-99"], where="x")] == [expected]
    expected = "x: 20 members; removed: none -> 21 members; added: source-99"
    assert [str(one) for one in json_differences(words, [*words, "source-99"], where="x")] == [expected]
    expected = "x: 20 members -> the same in another order"
    assert [str(one) for one in json_differences(words, words[::-1], where="x")] == [expected]


@given(st.text(max_size=400), st.text(max_size=400))
def test_texts_that_differ_never_print_alike(old: str, new: str) -> None:
    prefix = "p" * 150
    for one, other in ((old, new), (prefix + old, prefix + new)):
        shown = shown_apart(one, other)
        assert (shown[0] == shown[1]) is (one == other)
