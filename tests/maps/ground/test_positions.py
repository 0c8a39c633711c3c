"""One fit that cannot be had leaves the other rows of the table; reasons stand in its place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.positions import check_point_errors, control_errors, recorded_errors

AFTER = ["after a similarity fitted to the other pairs", "after an affine map fitted to the other pairs"]
AT_CHECKS = ["check points, after a similarity", "check points, after an affine map"]


def pairs(fit: int, check: int, *, on_a_line: bool = False) -> pd.DataFrame:
    """Pairs recorded 100 m too far east, with an error of 5 m on each axis."""
    rng = np.random.default_rng(3)
    number = fit + check
    true = rng.uniform(0, 5000, size=(number, 2))
    if on_a_line:
        true[:, 1] = 2000.0
    recorded = true + rng.normal(0, 0 if on_a_line else 5, size=true.shape) + (100, 0)
    columns = {"recorded_x": recorded[:, 0], "recorded_y": recorded[:, 1], "true_x": true[:, 0], "true_y": true[:, 1]}
    return pd.DataFrame(columns | {"use": ["fit"] * fit + ["check"] * check})


def test_without_a_pair_to_fit_the_error_as_recorded_stands() -> None:
    given = pairs(0, 30)
    control, checks = control_errors(given), check_point_errors(given)
    assert control["checks"].iloc[0] == checks["checks"].iloc[0] == 30
    assert control["mean_east_m"].iloc[0] == pytest.approx(100, abs=3)
    assert control["rule"][AFTER].str.contains("^not estimable: all pairs are set aside").all()
    assert checks["rule"][AT_CHECKS].str.startswith("not estimable: ").all()
    assert control[["checks", "rmse_m"]].loc[AFTER].isna().all(axis=None)


def test_few_fitted_pairs_cannot_be_judged_among_themselves_but_at_check_points() -> None:
    given = pairs(10, 20)
    control, checks = control_errors(given), check_point_errors(given)
    assert control["checks"].iloc[0] == 30
    assert control["rule"][AFTER].str.contains("got 10").all()
    assert checks["checks"].tolist() == [20, 20, 20]
    assert (checks["rmse_m"][AT_CHECKS] < 15).all()


def test_on_a_line_a_similarity_stands_and_an_affine_map_does_not() -> None:
    given = pairs(25, 25, on_a_line=True)
    for table in (control_errors(given), check_point_errors(given)):
        assert table["rmse_m"].iloc[0] == pytest.approx(100)
        assert table["rmse_m"].iloc[1] == pytest.approx(0, abs=1e-6)
        assert "not estimable: the points lie on a line" in table["rule"].iloc[2]


def test_the_error_as_recorded_is_the_first_row() -> None:
    given = pairs(25, 25)
    alone, row = recorded_errors(given), control_errors(given).iloc[0]
    assert (alone.checks, alone.rmse_m, alone.ce95_m) == (row["checks"], row["rmse_m"], row["ce95_m"])
    with pytest.raises(InsufficientEvidence, match="they have to be independent"):
        recorded_errors(None)
