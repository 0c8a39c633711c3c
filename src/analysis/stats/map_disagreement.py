"""How two maps differ: in quantity, by exchange between pairs of classes, and by shift among several classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Parts of the disagreement, in the unit of the matrix; they add up to all that lies off its diagonal.

    Parameters
    ----------
    quantity
        The map shows more or less of a class than there is.
    exchange
        Two places are swapped between two classes.
    shift
        Places are moved among three classes or more; always 0 with two classes.
    """

    quantity: float
    exchange: float
    shift: float

    @property
    def allocation(self) -> float:
        """Exchange and shift together: the right quantity at the wrong places."""
        return self.exchange + self.shift

    @property
    def total(self) -> float:
        """All disagreement."""
        return self.quantity + self.allocation


def disagreement(matrix: ArrayLike) -> Disagreement:
    """Return the three parts of the disagreement in an error matrix (rows map, columns reference).

    Parameters
    ----------
    matrix
        Square table of counts, areas or shares. Counts of a sample that was not drawn in proportion to area have to go
        through :func:`population_matrix` first.

    References
    ----------
    Pontius, Millones (2011) International Journal of Remote Sensing 32:4407-4429; Pontius, Santacruz (2014), there,
    35:7543-7554.
    """
    table = _checked(matrix)
    row_sums, column_sums, both = table.sum(axis=1), table.sum(axis=0), np.diag(table)
    quantity = np.abs(row_sums - column_sums)
    allocation = 2 * np.minimum(row_sums - both, column_sums - both)
    swapped = np.minimum(table, table.T)
    exchange = 2 * (swapped.sum(axis=1) - np.diag(swapped))
    return Disagreement(
        quantity=float(quantity.sum()) / 2,
        exchange=float(exchange.sum()) / 2,
        shift=float((allocation - exchange).sum()) / 2,
    )


def population_matrix(counts: ArrayLike, mapped_sizes: ArrayLike) -> NDArray[np.float64]:
    """Return the matrix in shares of the area, from counts sampled within map classes of known size.

    Raises
    ------
    InsufficientEvidence
        If a map class has no check.
    """
    table, sizes = _checked(counts), np.asarray(mapped_sizes, dtype=np.float64)
    if sizes.shape != (table.shape[0],) or not np.all(sizes > 0):
        raise ValueError("mapped_sizes: one size above 0 for each map class is needed")
    checked = table.sum(axis=1)
    if not np.all(checked > 0):
        raise InsufficientEvidence(f"map class {int(np.argmin(checked)) + 1} of {len(sizes)} has no check")
    shares: NDArray[np.float64] = (sizes / sizes.sum() / checked)[:, None] * table
    return shares


def _checked(matrix: ArrayLike) -> NDArray[np.float64]:
    table = np.asarray(matrix, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or table.shape[0] < 2:
        raise ValueError(f"matrix: a square table of at least two classes is needed, got shape {table.shape}")
    if not np.all(np.isfinite(table) & (table >= 0)):
        raise ValueError("matrix: finite numbers of at least 0 are needed")
    return table
