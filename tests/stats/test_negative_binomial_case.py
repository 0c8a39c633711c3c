"""Published case of the negative binomial model whose NB2 form the trend table prints.

Case count_quine_negbin: days absent from school of 146 pupils, glm.nb(Days ~ Eth + Sex + Age + Lrn) of R's MASS;
Venables, Ripley (2002) Modern Applied Statistics with S, 4th ed., section 7.4; Aitkin (1978) JRSS A 141:223-232.

The score and the log likelihood are linear in a pupil's days but for one term in the days alone. So the number of
pupils and their days in each cell of the design, and how often each number of days occurs, hold all they need.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from analysis.stats.composite_link import negative_binomial_log_likelihood, negative_binomial_score

INTERCEPT, ETH_N, SEX_M = 2.894580017, -0.5693717034, 0.0823202641
AGES = {"F0": 0.0, "F1": -0.4484281486, "F2": 0.08808013971, "F3": 0.3569009478}
LRN_SL = 0.2921091428
THETA, TWICE_LOG_LIKELIHOOD = 1.274892646, -1093.151018

# Eth, Sex, Age, Lrn (first letter): pupils, days of all of them together.
_CELLS = """
AMF0S 3 27; AMF0A 5 65; AMF1S 3 27; AMF1A 2 21; AMF2S 4 148; AMF2A 7 192; AMF3A 7 190; AFF0S 1 3; AFF0A 4 85;
AFF1S 10 226; AFF1A 5 57; AFF2S 8 291; AFF2A 1 2; AFF3A 9 131; NMF0S 3 90; NMF0A 6 32; NMF1S 7 43; NMF1A 2 7;
NMF2S 3 88; NMF2A 7 64; NMF3A 7 191; NFF0S 1 25; NFF0A 4 74; NFF1S 11 66; NFF1A 6 66; NFF2S 9 56; NFF2A 1 1;
NFF3A 10 135
"""
# Days: pupils absent for so many.
_PUPILS_BY_DAYS = """
0 9; 1 4; 2 6; 3 6; 4 1; 5 19; 6 8; 7 6; 8 4; 9 2; 10 4; 11 7; 12 2; 13 3; 14 8; 15 3; 16 3; 17 4; 18 1; 19 1;
20 3; 21 1; 22 4; 23 3; 24 1; 25 2; 27 2; 28 2; 30 2; 32 2; 33 1; 34 1; 36 3; 37 1; 38 1; 40 2; 41 1; 43 1; 45
1; 46 1; 47 1; 48 1; 53 2; 54 1; 57 1; 60 1; 67 1; 69 1; 81 1
"""
CELLS = {cell: (int(pupils), int(days)) for cell, pupils, days in (entry.split() for entry in _CELLS.split(";"))}
PUPILS_BY_DAYS = {int(days): int(pupils) for days, pupils in (entry.split() for entry in _PUPILS_BY_DAYS.split(";"))}

PUPILS, DAYS = (np.array(column, dtype=np.float64) for column in zip(*CELLS.values(), strict=True))
DESIGN = np.array(
    [
        [1, cell[0] == "N", cell[1] == "M", *(cell[2:4] == age for age in ("F1", "F2", "F3")), cell[4] == "S"]
        for cell in CELLS
    ],
    dtype=np.float64,
)
MEANS = np.exp(DESIGN @ [INTERCEPT, ETH_N, SEX_M, AGES["F1"], AGES["F2"], AGES["F3"], LRN_SL])


def over_all_pupils(total_of) -> float:
    """Return the sum over pupils of f(days, mean), from total_of(counts, means), which sums f over its arguments.

    f(y, m) = a(y) + b(m) + y c(m), so it is f(y, 1) for every pupil and f(mean days, m) - f(mean days, 1) in each cell.
    """
    values = np.repeat(np.array(list(PUPILS_BY_DAYS), dtype=np.float64), list(PUPILS_BY_DAYS.values()))
    total = total_of(values, np.ones_like(values))
    for pupils, days, mean in zip(PUPILS, DAYS, MEANS, strict=True):
        here, one = np.array([days / pupils]), np.ones(1)
        total += pupils * (total_of(here, np.array([mean])) - total_of(here, one))
    return float(total)


def score_in_log_alpha(theta: float) -> float:
    return over_all_pupils(lambda days, means: negative_binomial_score(days, means, alpha=1 / theta, family="nb2")[1])


def test_the_two_tables_are_of_the_same_pupils():
    assert PUPILS.sum() == sum(PUPILS_BY_DAYS.values()) == 146
    assert DAYS.sum() == sum(days * pupils for days, pupils in PUPILS_BY_DAYS.items())


def test_the_published_coefficients_solve_the_score_equations():
    in_means, _ = negative_binomial_score(DAYS / PUPILS, MEANS, alpha=1 / THETA, family="nb2")
    information = (DESIGN * (PUPILS * MEANS / (1 + MEANS / THETA))[:, None]).T @ DESIGN
    # One Newton step from the published coefficients: how far the likelihood's maximum is from them.
    step = np.linalg.solve(information, DESIGN.T @ (PUPILS * in_means))
    assert step == pytest.approx(np.zeros(7), abs=1e-5)


def test_the_published_theta_solves_its_score_equation():
    found = optimize.brentq(score_in_log_alpha, 0.5, 5.0)
    assert found == pytest.approx(THETA, abs=1e-4)


def test_the_published_log_likelihood():
    found = over_all_pupils(
        lambda days, means: negative_binomial_log_likelihood(days, means, alpha=1 / THETA, family="nb2")
    )
    assert 2 * found == pytest.approx(TWICE_LOG_LIKELIHOOD, abs=1e-4)
