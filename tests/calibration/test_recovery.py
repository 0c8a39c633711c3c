"""The reconciliation recovers a known path, and how well is what the table says."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from analysis.calibration import recovery
from analysis.calibration.printed_world import printed_rows, true_path
from analysis.calibration.recovery import SETTINGS, outdated_recovery, recover, recovery_table, stored_recovery
from analysis.casualties import running_totals

STORED = {f"{line.corruption}, {line.rows_wrong:g} of rows": line for line in stored_recovery()}
SEED = 7  # not the seed of the table


def test_every_setting_is_in_the_table():
    assert list(STORED) == list(SETTINGS)
    assert min(line.runs for line in STORED.values()) >= 200
    assert len(recovery_table()) == len(SETTINGS)


def test_right_rows_are_recovered_without_exception():
    line = STORED["none, 0 of rows"]
    assert (line.held, line.exact, line.mean_error) == (1.0, 1.0, 0.0)


@pytest.mark.parametrize("kind", ["civilians only", "more than", "by month"])
def test_rows_that_say_what_they_are_never_put_the_truth_outside_the_range(kind):
    for amount in ("0.1", "0.3"):
        assert STORED[f"{kind}, {amount} of rows"].held == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("kind", ["stale", "misprint", "civilians as total", "every kind"])
def test_more_wrong_rows_recover_less(kind):
    assert STORED[f"{kind}, 0.3 of rows"].exact < STORED[f"{kind}, 0.1 of rows"].exact < 1


@pytest.mark.parametrize("name", ["none, 0 of rows", "stale, 0.1 of rows", "every kind, 0.3 of rows"])
def test_a_few_paths_fit_the_table(name):
    corruption, amount = SETTINGS[name]
    small, stored = recover(corruption, amount, runs=2, seed=SEED), STORED[name]
    spread = stored.held_se * stored.runs**0.5  # of one path
    assert small.held == pytest.approx(stored.held, abs=4 * spread / 2**0.5 + 1e-9)


def test_a_reconciliation_that_takes_civilians_for_all_is_noticed(monkeypatch):
    # As if the rule "a figure for civilians only is never a total" were not there.
    def without_civilian_columns(rows):
        names = [name for name in rows if name.startswith(("civilian_", "military_"))]
        return rows.assign(**{name: rows[name].where(rows[name] < 0) for name in names})

    real = running_totals.reconcile
    monkeypatch.setattr(recovery, "reconcile", lambda rows: real(without_civilian_columns(rows)))
    assert recover("civilians only", 0.3, runs=2, seed=SEED).held < 0.9


def test_seeds_follow_from_the_setting():
    one, two = (recover("stale", 0.1, runs=1, seed=SEED) for _ in range(2))
    assert asdict(one) == asdict(two)
    assert one.held != recover("stale", 0.3, runs=1, seed=SEED).held


def test_scores_by_hand():
    truth = true_path(np.random.default_rng(1))
    rows = printed_rows(truth, np.random.default_rng(2), corruption="none", amount=0.0, prints=20)
    found = running_totals.reconcile(rows)
    found.path.loc[0, ["total", "total_low_0", "total_high_0"]] += 4
    scored = recovery.score(found, truth)
    dates = len(found.path)
    assert scored["held"] == scored["exact"] == pytest.approx(1 - 1 / dates)
    assert (scored["mean_error"], scored["largest_error"]) == (pytest.approx(4 / dates), 4)


def test_the_table_names_nothing_else_as_changed():
    assert dict(outdated_recovery()) == {}
