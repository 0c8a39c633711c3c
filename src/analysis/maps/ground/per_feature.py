"""Results for single points, to a local file outside the repository and nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import ParameterError
from analysis.maps.ground.brought import Brought
from analysis.maps.scope import WARNING
from analysis.paths import REPOSITORY
from analysis.stats.overlay import Ground


def write_per_feature(brought: Brought, path: str, *, within_m: float) -> str:
    """Write one row a point (its number, inside or not, distance) and return one sentence; nothing without a path.

    Such a table can point at single places, so it is made only when a file is named, never shown, and never kept with
    figures and values.

    Raises
    ------
    ParameterError
        If the file lies in the repository, or there are no points and records to write of.
    """
    if not path:
        return "Results for single points were not asked for and are not kept."
    target = Path(path).resolve()
    if target.is_relative_to(REPOSITORY.resolve()):
        raise ParameterError(f"per_feature_file: choose a file outside the repository, found {target.name}")
    if brought.points is None or brought.records is None:
        raise ParameterError("per_feature_file: points and records are needed")
    apart = Ground(brought.records.shapes).distances(brought.points.xy, within_m=within_m)
    table = pd.DataFrame({"point": np.arange(1, len(apart) + 1), "inside": apart == 0, "distance_m": apart})
    target.parent.mkdir(parents=True, exist_ok=True)
    table.replace({np.inf: np.nan}).to_csv(target, index=False)
    return f"Results for {len(table)} single points were written to the local file {target.name}. {WARNING}"
