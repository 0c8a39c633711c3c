"""How well the reconciliation recovers a known path from running totals of which some are wrong."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from analysis.calibration.printed_world import Corruption, TruePath, printed_rows, true_path
from analysis.calibration.provenance import Provenance, changes_since, made_with, read_provenance, write_provenance
from analysis.calibration.seeds import seed_of
from analysis.calibration.source import module_closure
from analysis.calibration.table import FOLDER, write_rows
from analysis.casualties.running_totals import RegisteredPath, reconcile

NAME: Final = "reconciliation of running totals"
TABLE: Final = "recovery.csv"
MADE_WITH: Final = "recovery.json"
RUNS: Final = 200
PRINTS: Final = 120
KINDS: Final[tuple[Corruption, ...]] = (
    "stale",
    "misprint",
    "civilians only",
    "civilians as total",
    "more than",
    "by month",
    "every kind",
)
SETTINGS: Final[dict[str, tuple[Corruption, float]]] = {
    f"{kind}, {amount:g} of rows": (kind, amount) for kind, amount in (("none", 0.0), *product(KINDS, (0.1, 0.3)))
}
_MODULES: Final = ("analysis.casualties.running_totals",)
_SIMULATING: Final = tuple(f"analysis.calibration.{name}" for name in ("printed_world", "recovery", "seeds", "worlds"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What became of a known path: a line of the table.

    Parameters
    ----------
    corruption, rows_wrong
        What goes wrong with the printed rows, and with which share of them.
    runs, prints
        Simulated paths, and rows printed about each.
    dates
        Mean number of dates of the reconciled path.
    held, held_se
        Share of these dates at which the true total lies in the range of equally good readings; Monte Carlo standard
        error by runs.
    held_within_5
        The same for the range of readings within 5 % of the least disagreement.
    exact
        Share of dates at which the path has the true total.
    killed_held
        Share of dates at which the true number of killed lies in its range of equally good readings.
    mean_error, largest_error
        Distance of the path from the true total, in persons: mean over dates, and the mean over runs of the largest.
    """

    corruption: str
    rows_wrong: float
    runs: int
    prints: int
    dates: float
    held: float
    held_se: float
    held_within_5: float
    exact: float
    killed_held: float
    mean_error: float
    largest_error: float


def recover(corruption: Corruption, amount: float, *, runs: int, seed: int, prints: int = PRINTS) -> Recovery:
    """Return how often the truth is recovered; the seed of a setting follows from `seed` and its name alone."""
    streams = seed_of(f"{NAME}: {corruption}, {amount:g}", seed=seed).spawn(runs)
    scores = []
    for stream in streams:
        rng = np.random.default_rng(stream)
        truth = true_path(rng)
        rows = printed_rows(truth, rng, corruption=corruption, amount=amount, prints=prints)
        scores.append(score(reconcile(rows), truth))
    mean = pd.DataFrame(scores).mean()
    spread = float(np.std([each["held"] for each in scores]))
    return Recovery(
        corruption=corruption,
        rows_wrong=amount,
        runs=runs,
        prints=prints,
        held_se=spread / math.sqrt(runs),
        **{str(name): float(value) for name, value in mean.items()},
    )


def score(registered: RegisteredPath, truth: TruePath) -> dict[str, float]:
    """Return what one reconciled path recovers of the true one, by the names of :class:`Recovery`."""
    inside = registered.path["day"].between(1, len(truth.parts))  # a month can end after the path, or begin before it
    path = registered.path[inside].reset_index(drop=True)
    known = truth.table.loc[path["day"]].reset_index(drop=True)
    error = (path["total"] - known["total"]).abs()
    return {
        "dates": float(len(path)),
        "held": _share_held(path, known, "total", percent=0),
        "held_within_5": _share_held(path, known, "total", percent=5),
        "exact": float((error == 0).mean()),
        "killed_held": _share_held(path, known, "killed", percent=0),
        "mean_error": float(error.mean()),
        "largest_error": float(error.max()),
    }


def store(lines: Iterable[Recovery], made: Provenance, folder: Path = FOLDER) -> None:
    """Write the table and what it was made with."""
    write_rows(folder / TABLE, [asdict(line) for line in lines], [field.name for field in fields(Recovery)])
    write_provenance(folder / MADE_WITH, made)


def made_here(*, seed: int) -> Provenance:
    """Return what the table is made with here."""
    modules = (*module_closure(_MODULES), *_SIMULATING)
    return {NAME: made_with(tuple(sorted(set(modules) - {"analysis.errors"})), seed=seed)}


def stored_recovery(folder: Path = FOLDER) -> tuple[Recovery, ...]:
    """Return the stored lines in their order; none before the first calibration."""
    path = folder / TABLE
    if not path.exists():
        return ()
    kinds = {"corruption": str, "runs": int, "prints": int}
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Recovery(**{name: kinds.get(name, float)(text) for name, text in row.items()})
            for row in csv.DictReader(file)
        )


def recovery_table(folder: Path = FOLDER) -> pd.DataFrame:
    """Return the stored lines as a table: corruption, rows_wrong, held, held_within_5, exact, killed_held, errors."""
    shown = ["corruption", "rows_wrong", "held", "held_within_5", "exact", "killed_held", "mean_error", "largest_error"]
    return pd.DataFrame([asdict(line) for line in stored_recovery(folder)])[shown]


def outdated_recovery(folder: Path = FOLDER) -> dict[str, str]:
    """Return the reconciliation with what changed since its table, or nothing."""
    return changes_since(read_provenance(folder / MADE_WITH))


def _share_held(path: pd.DataFrame, known: pd.DataFrame, quantity: str, *, percent: int) -> float:
    low, high = path[f"{quantity}_low_{percent}"], path[f"{quantity}_high_{percent}"]
    return float(((low <= known[quantity]) & (known[quantity] <= high)).mean())
