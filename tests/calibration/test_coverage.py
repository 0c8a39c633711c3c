"""The stored coverage still holds: a small part is simulated again, with other numbers, and has to fit."""

from __future__ import annotations

from functools import partial

import pytest

from analysis.calibration import bands, change_dates, clearance, dated_changes, predictions, rates, shares, trends
from analysis.calibration.register import METHODS, methods_named
from analysis.calibration.settings import Method
from analysis.calibration.simulation import Coverage, agrees, simulate
from analysis.calibration.table import coverage_of, shortfalls_of, stored_coverage
from analysis.estimate import Interval

SEED = 7  # not the seed of the table
STORED = {(line.method, line.setting): line for line in stored_coverage()}


TOGETHER = "all settings together"
MOST_ERRORS = 3.3  # standard errors the small runs of a method, taken together, may lie from the table
# Where the settings' own small number of runs would not tell 90 % from 95 %, or is too small for a normal error.
AT_LEAST = {"change per year, nb1": 300, "change per year, nb2": 300, "set of the date of one step": 60}


def failures(method: Method, *, at_least: int = 0) -> list[str]:
    """Settings in which a small run does not fit the stored coverage, and whether all of them together do not.

    One setting is held to its own exact limits, which are wide for a small run; together the runs of a method tell a
    fall from 95 to 90 per cent.
    """
    pairs = [
        (
            simulate(method, setting, runs=max(at_least, setting.quick_runs), seed=SEED),
            STORED[method.name, setting.name],
        )
        for setting in method.settings
        if setting.quick_runs
    ]
    apart = [small.setting for small, stored in pairs if not agrees(small, stored)]
    return apart if errors_apart(pairs) <= MOST_ERRORS else [*apart, TOGETHER]


def errors_apart(pairs: list[tuple[Coverage, Coverage]]) -> float:
    """Return how far the runs held the truth more or less often than the table says, in binomial standard errors.

    The variance of an answer is p (1 - p), and the table's own error counts with the answers it stands for.
    """
    gap = sum(small.covered - small.answered * stored.coverage for small, stored in pairs)
    variance = sum(
        stored.coverage * (1 - stored.coverage) * small.answered * (1 + small.answered / stored.answered)
        for small, stored in pairs
    )
    return abs(gap) / max(variance, 1e-9) ** 0.5


def test_every_setting_is_in_the_table_and_nothing_else():
    assert list(STORED) == [(method.name, setting.name) for method in METHODS for setting in method.settings]
    planned = {(method.name, setting.name): setting.runs for method in METHODS for setting in method.settings}
    assert [line.setting for key, line in STORED.items() if line.runs < planned[key]] == []


def test_only_methods_that_simulate_or_search_in_every_run_have_few_runs():
    few = {line.method for line in STORED.values() if line.runs < 4000}
    slow = (bands, change_dates, dated_changes, predictions, clearance)
    assert few <= {method.name for module in slow for method in module.METHODS}


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS, ids=[method.name for method in METHODS])
def test_a_small_run_fits_the_stored_coverage(method: Method):
    assert any(setting.quick_runs for setting in method.settings)
    assert failures(method, at_least=AT_LEAST.get(method.name, 0)) == []


def narrowed(interval: Interval) -> Interval:
    """0.84 of the width: what holds the truth in 95 of 100 cases holds it in 90 (1.645 / 1.960 of a normal one)."""
    middle, half = (interval.low + interval.high) / 2, 0.84 * (interval.high - interval.low) / 2
    return Interval(low=middle - half, high=middle + half, kind=interval.kind, level=interval.level)


@pytest.mark.parametrize(
    ("module", "function", "method"),
    [
        (shares, "proportion_interval", "share, wilson"),
        (shares, "proportion_interval", "share, clopper-pearson"),
        (rates, "poisson_interval", "rate, Garwood"),
        (rates, "rate_ratio_interval", "ratio of rates, exact conditional"),
    ],
)
def test_a_broken_interval_is_noticed(module, function, method, monkeypatch):
    real = getattr(module, function)
    monkeypatch.setattr(module, function, lambda *args, **options: narrowed(real(*args, **options)))
    (broken,) = methods_named([method])
    assert failures(broken)


@pytest.mark.slow
@pytest.mark.parametrize("family", ["quasi-poisson", "nb1"])  # nb2 makes its interval as nb1 does
def test_a_trend_with_a_wrong_interval_is_noticed(family, monkeypatch):
    real = trends.fit_log_linear
    # 90 % where 95 % is said.
    monkeypatch.setattr(trends, "fit_log_linear", lambda *args, **options: real(*args, **{**options, "level": 0.9}))
    (broken,) = methods_named([f"change per year, {family}"])
    assert failures(broken, at_least=300)


def of(method: str) -> list[Coverage]:
    return [line for line in STORED.values() if line.method == method]


def test_exact_methods_never_fall_short_in_their_own_world():
    exact = [line for line in STORED.values() if line.rule == "exact" and "accidents" not in line.world]
    assert len(exact) >= 20
    assert [line.setting for line in exact if line.verdict == "falls short"] == []


def test_persons_taken_as_independent_are_shown_to_fail():
    for method in ("rate of persons, accidents ignored", "change per year, poisson", "rate, Garwood"):
        clustered = [line for line in of(method) if "accidents" in line.world]
        assert sum(line.verdict == "falls short" for line in clustered) >= len(clustered) - 1
        assert min(line.coverage for line in clustered) < 0.88


def test_coverage_of_is_a_short_table():
    table = coverage_of("change per year, quasi-poisson")
    assert list(table) == [
        "setting",
        "level",
        "runs",
        "answered",
        "coverage",
        "monte_carlo_se",
        "rule",
        "verdict",
        "mean_width",
    ]
    assert len(table) == len(methods_named(["change per year, quasi-poisson"])[0].settings)


def test_shortfalls_are_the_lines_that_fall_short_and_no_others():
    table = shortfalls_of(["change per year, poisson", "share, wilson", "change per year, quasi-poisson"])
    assert set(table["verdict"]) == {"falls short"}
    expected = [line.setting for line in of("change per year, poisson") if line.verdict == "falls short"]
    assert table.loc[table["method"] == "change per year, poisson", "setting"].tolist() == expected
    assert "20 trials, share 0.05" in table.loc[table["method"] == "share, wilson", "setting"].tolist()
    assert shortfalls_of(["change per year, quasi-poisson"]).empty


def test_names_of_settings_are_unique_and_simulations_can_be_sent_to_another_process():
    for method in METHODS:
        names = [setting.name for setting in method.settings]
        assert len(set(names)) == len(names)
        assert all(isinstance(setting.simulate, partial) for setting in method.settings)
