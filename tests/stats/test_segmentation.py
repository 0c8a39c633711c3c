"""Exact segmentation against published results, brute force, and costs worked by hand."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InsufficientEvidence
from analysis.stats.segmentation import best_segmentations, chosen_by, poisson_costs

# British coal mining explosions that killed ten or more, by year, 1851 to 1962 (191 events of R's boot::coal; Hand et
# al. 1994; Jarrett 1979 Biometrika 66:191-193).
# fmt: off
COAL = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4,
    2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2,
    1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 3, 3, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0,
    0, 1, 0, 1,
]
# fmt: on

# Car drivers killed or seriously injured in Great Britain by month, January 1969 to December 1984 (R's UKDriverDeaths;
# Harvey and Durbin 1986, Journal of the Royal Statistical Society A 149:187-227).
# fmt: off
DRIVERS = [
    1687, 1508, 1507, 1385, 1632, 1511, 1559, 1630, 1579, 1653, 2152, 2148, 1752, 1765, 1717, 1558, 1575, 1520,
    1805, 1800, 1719, 2008, 2242, 2478, 2030, 1655, 1693, 1623, 1805, 1746, 1795, 1926, 1619, 1992, 2233, 2192,
    2080, 1768, 1835, 1569, 1976, 1853, 1965, 1689, 1778, 1976, 2397, 2654, 2097, 1963, 1677, 1941, 2003, 1813,
    2012, 1912, 2084, 2080, 2118, 2150, 1608, 1503, 1548, 1382, 1731, 1798, 1779, 1887, 2004, 2077, 2092, 2051,
    1577, 1356, 1652, 1382, 1519, 1421, 1442, 1543, 1656, 1561, 1905, 2199, 1473, 1655, 1407, 1395, 1530, 1309,
    1526, 1327, 1627, 1748, 1958, 2274, 1648, 1401, 1411, 1403, 1394, 1520, 1528, 1643, 1515, 1685, 2000, 2215,
    1956, 1462, 1563, 1459, 1446, 1622, 1657, 1638, 1643, 1683, 2050, 2262, 1813, 1445, 1762, 1461, 1556, 1431,
    1427, 1554, 1645, 1653, 2016, 2207, 1665, 1361, 1506, 1360, 1453, 1522, 1460, 1552, 1548, 1827, 1737, 1941,
    1474, 1458, 1542, 1404, 1522, 1385, 1641, 1510, 1681, 1938, 1868, 1726, 1456, 1445, 1456, 1365, 1487, 1558,
    1488, 1684, 1594, 1850, 1998, 2079, 1494, 1057, 1218, 1168, 1236, 1076, 1174, 1139, 1427, 1487, 1483, 1513,
    1357, 1165, 1282, 1110, 1297, 1185, 1222, 1284, 1444, 1575, 1737, 1763,
]
# fmt: on


def rates(ends, counts, exposures):
    starts = (0, *ends[:-1])
    return [sum(counts[a:b]) / sum(exposures[a:b]) for a, b in zip(starts, ends, strict=True)]


def test_coal_has_the_changes_the_reference_software_finds():
    # R changepoint 2.3, Poisson: one change after 1891, rates 3.097560976 and 0.9014084507; PELT with penalty 2 log 112
    # for each change after 1891 and 1947, rates 3.097560976, 1.071428571, 0.2666666667.
    years = [1] * len(COAL)
    cuts = best_segmentations(poisson_costs(COAL, years), most_changes=6)
    assert 1850 + cuts[1].ends[0] == 1891
    assert rates(cuts[1].ends, COAL, years) == pytest.approx([3.097560976, 0.9014084507], abs=1e-9)
    chosen = cuts[chosen_by([cut.bic(len(COAL)) for cut in cuts])]
    assert [1850 + end for end in chosen.ends[:-1]] == [1891, 1947]
    assert rates(chosen.ends, COAL, years) == pytest.approx([3.097560976, 1.071428571, 0.2666666667], abs=1e-9)


def least_squares_costs(design, response):
    size = len(response)
    costs = np.full((size, size + 1), np.inf)
    for first in range(size):
        for last in range(first + design.shape[1] + 1, size + 1):
            x, y = design[first:last], response[first:last]
            rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
            costs[first, last] = rest @ rest
    return costs


def gaussian_bic(cut, size, regressors):
    # R strucchange: n (log RSS + 1 - log n + log 2 pi) + log n x (regressors + 1) x pieces.
    pieces = len(cut.ends)
    fit = size * (math.log(cut.cost) + 1 - math.log(size) + math.log(2 * math.pi))
    return fit + math.log(size) * (regressors + 1) * pieces


def test_coal_by_least_squares_breaks_earlier():
    # R strucchange 1.5-3: one break after 1886; RSS 299.2768, 172.6974; BIC 437.3607, 385.2169; sup F 80.625061.
    response = np.array(COAL, dtype=float)
    cuts = best_segmentations(least_squares_costs(np.ones((112, 1)), response), most_changes=1, shortest=17)
    assert 1850 + cuts[1].ends[0] == 1886
    assert [cut.cost for cut in cuts] == pytest.approx([299.2768, 172.6974], abs=1e-4)
    assert [gaussian_bic(cut, 112, 1) for cut in cuts] == pytest.approx([437.3607, 385.2169], abs=1e-4)
    assert (cuts[0].cost - cuts[1].cost) / (cuts[1].cost / 110) == pytest.approx(80.625061, abs=1e-5)


def test_seat_belts_break_where_the_reference_output_says():
    # R strucchange, saved output of its examples (Zeileis et al. 2003): log10 deaths on lags 1 and 12, 1970 to 1984, at
    # least 18 months a piece. Breaks after observation 46, and 46 and 157; BIC prefers none.
    logs = np.log10(DRIVERS)
    design = np.column_stack([np.ones(180), logs[11:-1], logs[:-12]])
    cuts = best_segmentations(least_squares_costs(design, logs[12:]), most_changes=2, shortest=18)
    assert [cut.cost for cut in cuts] == pytest.approx([0.3297, 0.2967, 0.2676], abs=5e-5)
    assert [cut.ends[:-1] for cut in cuts] == [(), (46,), (46, 157)]
    criteria = [gaussian_bic(cut, 180, 3) for cut in cuts]
    assert criteria == pytest.approx([-602.8611, -601.0539, -598.9042], abs=1e-3)
    assert chosen_by(criteria) == 0


def test_costs_worked_by_hand():
    # Two intervals of 10 and 30 days with 5 and 3 events: common rate 8 / 40 = 0.2, expected 2 and 6.
    costs = poisson_costs([5, 3], [10, 30])
    assert costs[0, 2] == pytest.approx(2 * (5 * math.log(5 / 2) + 3 * math.log(3 / 6)))
    assert costs[0, 1] == costs[1, 2] == 0
    assert np.isinf(costs[1, 1])
    cuts = best_segmentations(costs, most_changes=3)
    assert [cut.ends for cut in cuts] == [(2,), (1, 2)]
    assert cuts[1].bic(2) == pytest.approx(2 * math.log(2))
    # 3 log 2 for the change, log(1/2) for each of two pieces of half the length.
    assert cuts[1].modified_bic(2) == pytest.approx(3 * math.log(2) + 2 * math.log(0.5))
    assert cuts[0].bic(2, dispersion=2) == pytest.approx(costs[0, 2] / 2)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=3, max_size=7).filter(
        lambda rows: any(count for count, _ in rows)
    )
)
def test_it_is_as_good_as_trying_every_cut(observed):
    counts, exposures = zip(*observed, strict=True)
    costs, size = poisson_costs(counts, exposures), len(counts)
    for cut in best_segmentations(costs, most_changes=size):
        every = [
            sum(costs[a, b] for a, b in zip((0, *inner), (*inner, size), strict=True))
            for inner in combinations(range(1, size), cut.changes)
        ]
        assert cut.cost == pytest.approx(min(every), abs=1e-7)


def test_of_equal_cuts_the_earlier_is_taken_and_order_of_time_is_all_that_counts():
    # 0, 6, 0: a piece of the first or of the last alone costs the same.
    assert best_segmentations(poisson_costs([0, 6, 0], [1, 1, 1]), most_changes=1)[1].ends == (1, 3)


def test_merging_equal_rates_changes_no_cost():
    apart = best_segmentations(poisson_costs([2, 4, 9, 9], [10, 20, 10, 10]), most_changes=1)
    merged = best_segmentations(poisson_costs([6, 18], [30, 20]), most_changes=1)
    assert apart[1].ends == (2, 4)
    assert [cut.cost for cut in apart] == pytest.approx([cut.cost for cut in merged], abs=1e-9)


def test_bad_input_is_refused():
    with pytest.raises(InsufficientEvidence, match="no events in any of 2 intervals"):
        poisson_costs([0, 0], [1, 1])
    with pytest.raises(ValueError, match="as many as counts are needed"):
        poisson_costs([], [])
    with pytest.raises(ValueError, match="counts: every count must be 0 or more"):
        poisson_costs([1, -1], [1, 1])
    with pytest.raises(ValueError, match="exposures: every exposure must be above 0"):
        poisson_costs([1, 1], [1, 0])
    with pytest.raises(InsufficientEvidence, match=r"2 observations are fewer than a piece needs \(3\)"):
        best_segmentations(poisson_costs([1, 1], [1, 1]), most_changes=1, shortest=3)
    with pytest.raises(ValueError, match="most_changes, shortest"):
        best_segmentations(poisson_costs([1, 1], [1, 1]), most_changes=-1)
