"""What a method did in a run: held, missed, unbounded, or no answer; and the line of the table that comes of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.calibration.settings import Method, Setting, verdict
from analysis.calibration.simulation import agrees, simulate
from analysis.calibration.trials import ends_of, held, held_along, joined
from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind


def method_of(simulate_runs, name: str = "by hand") -> Method:
    one = Setting(name=name, world="by hand", simulate=simulate_runs)
    return Method(name="by hand", rule="exact", modules=(), settings=(one,))


def line_of(simulate_runs, *, runs: int, name: str = "by hand"):
    method = method_of(simulate_runs, name)
    return simulate(method, method.settings[0], runs=runs)


def test_runs_are_held_missed_or_without_an_answer():
    # Truth 2: [1, 3] holds it, [3, 4] does not, [2, inf] holds it at its end, the last run has no answer.
    trials = held([1, 3, 2, np.nan], [3, 4, math.inf, np.nan], 2.0)
    assert trials.answered.tolist() == [True, True, True, False]
    line = line_of(lambda _rng, _runs: trials, runs=4)
    assert (line.runs, line.answered, line.covered, line.unbounded) == (4, 3, 2.0, 1)
    assert line.coverage == pytest.approx(2 / 3)
    assert line.mean_width == pytest.approx((2 + 1) / 2)  # of the bounded answers


def test_a_band_has_an_average_and_a_worst_point():
    # Two runs, three points: held 1, 1, 0 and 1, 0, 0.
    low, high = np.array([[0.0, 0, 9], [0, 9, 9]]), np.array([[2.0, 2, 9], [2, 9, 9]])
    line = line_of(lambda _rng, _runs: held_along(low, high, np.array([1.0, 1, 1])), runs=2)
    assert line.coverage == pytest.approx(3 / 6)
    assert line.worst_point == 0
    assert line.mean_width == pytest.approx((4 / 3 + 2 / 3) / 2)


def test_each_distinct_outcome_is_asked_once_and_refusals_are_no_answer():
    asked = []

    def interval_of(one: int, two: int) -> Interval:
        asked.append((one, two))
        if one == 0:
            raise InsufficientEvidence("none")
        return Interval(low=one, high=two, kind=IntervalKind.BOUND)

    low, high = ends_of([np.array([1, 0, 1]), np.array([5, 5, 5])], interval_of)
    assert asked == [(0, 5), (1, 5)]
    assert np.array_equal(low, [1, np.nan, 1], equal_nan=True)
    assert np.array_equal(high, [5, np.nan, 5], equal_nan=True)


def test_blocks_are_joined_in_order():
    one, two = held([0.0], [1.0], 0.5), held([0.0], [1.0], 2.0)
    assert joined([one, two]).covered.tolist() == [[1.0], [0.0]]


@pytest.mark.parametrize(
    ("coverage", "error", "rule", "expected"),
    [
        (0.9459, 0.002, "exact", "falls short"),  # below 95 % less two errors
        (0.9461, 0.002, "exact", "meets"),
        (0.9541, 0.002, "exact", "conservative"),
        (0.9299, 0.002, "approximate", "falls short"),  # 93 to 97 % at 95 %
        (0.9301, 0.002, "approximate", "meets"),
        (0.9699, 0.002, "approximate", "meets"),
        (0.9701, 0.002, "approximate", "conservative"),
    ],
)
def test_verdicts_follow_the_rule(coverage, error, rule, expected):
    assert verdict(coverage, monte_carlo_se=error, level=0.95, rule=rule) == expected


def test_seeds_follow_from_the_name():
    def drawn(rng: np.random.Generator, runs: int):
        return held(np.zeros(runs), rng.random(runs), 2.0)

    widths = [line_of(drawn, runs=10, name=name).mean_width for name in ("a", "a", "b")]
    assert widths[0] == widths[1] != widths[2]


def line_with(covered: int, runs: int):
    return line_of(
        lambda _rng, size: held(np.zeros(size), np.where(np.arange(size) < covered, 1.0, 0.0), 0.5), runs=runs
    )


def test_a_small_run_agrees_within_exact_binomial_limits_of_both():
    stored = line_with(3800, 4000)  # 95 %
    assert agrees(line_with(190, 200), stored)
    assert agrees(line_with(200, 200), stored)
    # P(at most 181 of 200 | 95 %) is about 0.007, P(at most 170 | 95 %) about 1e-8.
    assert agrees(line_with(181, 200), stored)
    assert not agrees(line_with(170, 200), stored)
    # A method that always held may miss a run or two, not a fifth of them.
    assert agrees(line_with(199, 200), line_with(4000, 4000))
    assert not agrees(line_with(160, 200), line_with(4000, 4000))
