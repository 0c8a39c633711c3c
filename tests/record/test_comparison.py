import json
from collections.abc import Callable

import pytest

from analysis.errors import ReproductionError
from analysis.record.comparison import Outcome, committed_values, compare_figure, compare_value

Maker = Callable[..., dict[str, bytes]]


def test_a_figure_that_differs_in_last_digits_only_agrees_as_a_whole(figure: Maker) -> None:
    # CSV, PDF and SVG differ in bytes, and with the CSV its hash in the JSON.
    verdict = compare_figure("f", figure(0.5), figure(0.5 + 1e-12))
    assert (verdict.outcome, verdict.differences) == (Outcome.AGREES, ())


def test_a_changed_number_picture_or_caption_is_named(figure: Maker) -> None:
    assert [str(one) for one in compare_figure("f", figure(0.5), figure(0.6)).differences] == [
        "line 2, level: 0.5 -> 0.6"
    ]
    assert [str(one) for one in compare_figure("f", figure(0.5), figure(0.5, shade=0)).differences] == [
        "picture: as committed -> 400 pixels differ"
    ]
    assert [str(one) for one in compare_figure("f", figure(0.5), figure(0.5, caption="d")).differences] == [
        "caption: c -> d"
    ]


def test_a_hash_of_something_else_in_the_facts_counts(figure: Maker) -> None:
    new = figure(0.5)
    new[".json"] = json.dumps({"caption": "c", "source_data": {"sha256": "0" * 64}}).encode()
    assert compare_figure("f", figure(0.5), new).outcome is Outcome.CHANGED


def test_new_and_gone_figures(figure: Maker) -> None:
    assert compare_figure("f", {}, figure(1)).outcome is Outcome.NEW
    assert compare_figure("f", figure(1), {}).outcome is Outcome.GONE


def test_a_figure_that_lost_a_file_is_made_anew(figure: Maker) -> None:
    old = figure(0.5)
    del old[".svg"]
    assert compare_figure("f", old, figure(0.5)).outcome is Outcome.CHANGED


def test_values(value: Maker) -> None:
    assert compare_value("k", value(1.0), value(1.0)).outcome is Outcome.IDENTICAL
    assert compare_value("k", value(1.0), value(1.0 + 1e-12)).outcome is Outcome.AGREES
    assert compare_value("k", None, value(1.0)).outcome is Outcome.NEW
    assert compare_value("k", value(1.0), None).outcome is Outcome.GONE
    assert [str(one) for one in compare_value("k", value(1.0), value(2.0)).differences] == ["value: 1.0 -> 2.0"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"parameters": 1, "values": 2}'])
def test_a_damaged_values_file_is_named(content: bytes) -> None:
    with pytest.raises(ReproductionError, match=r"figures/values\.json cannot be read"):
        committed_values(content)


def test_a_value_agrees_within_its_own_tolerance(value) -> None:
    assert compare_value("k", value(1.0), value(1.001)).outcome is Outcome.CHANGED
    assert compare_value("k", value(1.0), value(1.001), relative=0.01).outcome is Outcome.AGREES
    assert compare_value("k", value(1.0), value(1.02), relative=0.01).outcome is Outcome.CHANGED
