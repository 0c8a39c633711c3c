"""Which sets of linear statements cannot all hold: every smallest infeasible subset of a system.

A member is a statement with one or more linear rows; rows that always hold (a whole is the sum of its parts) belong to
no member. A minimal infeasible subset is a set of members that cannot all hold although each of its proper subsets can.
All of them are enumerated by hitting-set dualization (Bailey and Stuckey 2005, PADL, LNCS 3350:174-186,
doi 10.1007/978-3-540-30557-6_14): what is left without a minimal set that hits every subset found so far is either
feasible or holds a further one, to which the deletion filter shrinks it (Chinneck and Dravnieks 1991, ORSA Journal on
Computing 3:157-168, doi 10.1287/ijoc.3.2.157). Feasibility is decided by HiGHS (scipy.optimize.milp).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_STRICT: Final = 1e-6
"""Room that open ends must leave, as a share of a row's scale; above the tolerance of the solver (1e-7)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearRow:
    """``low <= sum of coefficient x quantity <= high``; ends may be infinite, an open end is not allowed itself.

    Parameters
    ----------
    terms
        Coefficient by quantity; never empty.
    low, high
        The ends.
    open_low, open_high
        Whether the end itself is left out.
    """

    terms: Mapping[str, float]
    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    def __post_init__(self) -> None:
        if not self.terms or not all(math.isfinite(one) for one in self.terms.values()):
            raise ValueError(f"terms: quantities with finite coefficients are needed, got {dict(self.terms)}")
        if math.isnan(self.low) or math.isnan(self.high) or self.low == math.inf or self.high == -math.inf:
            raise ValueError(f"low and high: ends that some number can meet are needed, got {self.low}, {self.high}")


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Statements by name, and what holds whoever is right.

    Parameters
    ----------
    members
        The rows of each statement.
    always
        Rows that hold in any case.
    whole_numbers
        Quantities that are counts; the others may have any value.
    lowest
        The least that any quantity can be: 0 for counts, areas and shares.
    """

    members: Mapping[str, Sequence[LinearRow]]
    always: Sequence[LinearRow] = ()
    whole_numbers: frozenset[str] = frozenset()
    lowest: float = 0.0


class Solver:
    """Feasibility of sets of members of one system, each set solved once."""

    def __init__(self, system: System) -> None:
        self.names = tuple(sorted(system.members))
        rows = [*system.always, *(row for name in self.names for row in system.members[name])]
        if not rows:
            raise ValueError("a system needs at least one row")
        self._quantities = {name: place for place, name in enumerate(sorted({q for row in rows for q in row.terms}))}
        self._owner = np.array(
            [-1] * len(system.always) + [i for i, name in enumerate(self.names) for _ in system.members[name]]
        )
        self._matrix, self._low, self._high = self._arrays(rows, system)
        whole = [float(name in system.whole_numbers) for name in self._quantities]
        self._integrality, self._lowest = np.array(whole), system.lowest
        self._known: dict[frozenset[str], bool] = {}

    def feasible(self, chosen: frozenset[str]) -> bool:
        """Return whether all members named can hold together."""
        if chosen not in self._known:
            self._known[chosen] = self._solve(chosen, np.zeros(len(self._quantities))) is not None
        return self._known[chosen]

    def reach(self, terms: Mapping[str, float], *, given: frozenset[str]) -> tuple[float, float] | None:
        """Return the least and greatest value of an expression that the members named allow; None if none is.

        An end that nothing bounds is infinite.
        """
        if not self.feasible(given):
            return None
        aim = np.zeros(len(self._quantities))
        for name, coefficient in terms.items():
            aim[self._quantities[name]] += coefficient
        ends = [self._solve(given, sign * aim) for sign in (1.0, -1.0)]
        low, high = (math.inf if end is None else end for end in ends)
        return (-math.inf if low == math.inf else low), (math.inf if high == math.inf else -high)

    def _arrays(self, rows: Sequence[LinearRow], system: System) -> tuple[csr_array, Floats, Floats]:
        """Return the rows as one matrix with their ends."""
        data, places, columns = [], [], []
        low, high = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
        for place, row in enumerate(rows):
            scale, low[place], high[place] = _scaled(row, whole=system.whole_numbers >= set(row.terms))
            data += [one / scale for one in row.terms.values()]
            columns += [self._quantities[name] for name in row.terms]
            places += [place] * len(row.terms)
        shape = (len(rows), len(self._quantities))
        return csr_array((np.array(data), (np.array(places), np.array(columns))), shape=shape), low, high

    def _solve(self, chosen: frozenset[str], aim: Floats) -> float | None:
        """Return the least value of the aim; None where nothing is feasible or nothing bounds it."""
        kept = np.array([owner < 0 or self.names[owner] in chosen for owner in self._owner])
        if (self._low[kept] > self._high[kept]).any():
            return None
        rows = np.flatnonzero(kept)
        limits = [LinearConstraint(self._matrix[rows], self._low[rows], self._high[rows])] if len(rows) else []
        bounds = Bounds(np.full(len(aim), self._lowest), np.full(len(aim), np.inf))
        found = milp(aim, constraints=limits, bounds=bounds, integrality=self._integrality)
        # 0: solved, 2: infeasible, 3: unbounded; anything else is a failure of the solver, not an answer.
        if found.status not in (0, 2, 3, 4):
            raise ArithmeticError(f"HiGHS stopped with status {found.status}: {found.message}")
        return float(found.fun) if found.status == 0 else None


def _scaled(row: LinearRow, *, whole: bool) -> tuple[float, float, float]:
    """Return what a row is divided by, and its ends after that.

    Whole multiples of counts keep their size and get whole ends; other rows are divided by their largest number, and
    open ends are moved inwards by a small share of it.
    """
    if whole and all(float(one).is_integer() for one in row.terms.values()):
        low = math.ceil(row.low) if math.isfinite(row.low) else row.low
        high = math.floor(row.high) if math.isfinite(row.high) else row.high
        return 1.0, low + (row.open_low and low == row.low), high - (row.open_high and high == row.high)
    ends = [abs(end) for end in (row.low, row.high) if math.isfinite(end)]
    scale = max([*ends, *(abs(one) for one in row.terms.values())]) or 1.0
    # A narrow row keeps half of its width, so that it does not contradict itself.
    room = min(_STRICT, (row.high - row.low) / scale / 4)
    return scale, row.low / scale + room * row.open_low, row.high / scale - room * row.open_high


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """What cannot all hold.

    Parameters
    ----------
    minimal_infeasible
        Every smallest infeasible subset, smaller ones first, then by name.
    smallest_removal
        A set as small as possible without which the rest can all hold; of several the first by name.
    """

    minimal_infeasible: tuple[tuple[str, ...], ...]
    smallest_removal: tuple[str, ...]


def conflicts(system: System, *, most: int = 5000) -> Conflicts:
    """Return every minimal infeasible subset of the members.

    Parameters
    ----------
    system
        The statements; a result does not depend on their order.
    most
        Largest number of corrections looked at before giving up; their number can grow exponentially.

    Raises
    ------
    ValueError
        If the rows that always hold cannot hold, or there are more than `most` corrections.
    """
    found, removal = [], frozenset[str]()
    for part in _components(system):
        subsets, correction = _dualized(Solver(part), most=most)
        found += subsets
        removal |= correction
    return Conflicts(
        minimal_infeasible=tuple(tuple(sorted(one)) for one in sorted(found, key=_by_size)),
        smallest_removal=tuple(sorted(removal)),
    )


def _components(system: System) -> list[System]:
    """Return the parts of a system that share no quantity; conflicts lie within one part."""
    rows = [(name, row) for name, own in system.members.items() for row in own] + [("", row) for row in system.always]
    label: dict[str, str] = {}
    for _, row in rows:
        joined = {label.get(quantity, quantity) for quantity in row.terms}
        lowest = min(joined)
        label |= dict.fromkeys(row.terms, lowest)
        label |= {quantity: lowest for quantity, old in label.items() if old in joined}
    of_member = {name: {label[q] for row in own for q in row.terms} for name, own in system.members.items()}
    # A member with rows in two parts joins them.
    for labels in of_member.values():
        label |= {quantity: min(labels) for quantity, old in label.items() if old in labels}
    return [
        System(
            members={n: own for n, own in system.members.items() if own and label[min(own[0].terms)] == part},
            always=[row for row in system.always if label[min(row.terms)] == part],
            whole_numbers=system.whole_numbers,
            lowest=system.lowest,
        )
        for part in sorted({*label.values()})
    ]


def _dualized(solver: Solver, *, most: int) -> tuple[list[frozenset[str]], frozenset[str]]:
    """Return the minimal infeasible subsets, and a smallest set that hits them all."""
    if not solver.feasible(frozenset()):
        raise ValueError("always: the rows that hold in any case contradict each other")
    found: list[frozenset[str]] = []
    corrections = {frozenset[str]()}
    confirmed: set[frozenset[str]] = set()
    everything = frozenset(solver.names)
    while waiting := sorted(corrections - confirmed, key=_by_size):
        candidate = waiting[0]
        if solver.feasible(everything - candidate):
            confirmed.add(candidate)
            continue
        found.append(_shrunk(solver, everything - candidate))
        corrections = _hitting(corrections, found[-1])
        if len(corrections) > most:
            raise ValueError(f"more than {most} ways to make the rest hold; split the system into smaller ones")
    return found, min(corrections, key=_by_size)


def _hitting(sets: set[frozenset[str]], new: frozenset[str]) -> set[frozenset[str]]:
    """Return the minimal sets that hit `new` too (Berge 1989, Hypergraphs, the step of his multiplication)."""
    hit = {one for one in sets if one & new}
    longer = {one | {name} for one in sets - hit for name in new}
    return hit | {one for one in longer if not any(other < one for other in hit | longer)}


def _shrunk(solver: Solver, infeasible: frozenset[str]) -> frozenset[str]:
    """Return a minimal infeasible subset: members are left out while what remains is infeasible.

    They are left out in blocks that get smaller, so that few solutions are needed where the subset is small; the last
    round, one by one, is the deletion filter.
    """
    kept = sorted(infeasible)
    size = max(1, len(kept) // 2)
    while True:
        start = len(kept)
        while start > 0:
            fewer = kept[: max(0, start - size)] + kept[start:]
            if not solver.feasible(frozenset(fewer)):
                kept = fewer
            start -= size
        if size == 1:
            return frozenset(kept)
        size = max(1, size // 2)


def _by_size(names: frozenset[str]) -> tuple[int, tuple[str, ...]]:
    return len(names), tuple(sorted(names))
