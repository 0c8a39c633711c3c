"""Points against polygons at growing size, beside a plain GeoPandas spatial join of the same data in the same run.

Run: python benchmarks/ground.py [--points 1000000] [--polygons 100000] [--tolerance 100]

Prints processor seconds (one thread, so seconds on an idle machine) and peak memory of this process for 1/16, 1/4 and
all of the points, each against all polygons, the join with the same points, and how cost grows with size. Join and
index must give the same count inside.
"""

from __future__ import annotations

import argparse
import resource
from time import perf_counter, process_time

import geopandas
import numpy as np
import shapely

from analysis.stats.overlay import Ground
from analysis.stats.random_fields import along_a_line

SIDE_M = 400_000.0


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--polygons", type=int, default=100_000)
    parser.add_argument("--tolerance", type=float, default=100.0)
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    polygons = along_a_line(options.polygons, side_m=SIDE_M, rng=rng).polygons()
    xy = spread(options.points, rng)
    print(f"{options.points:,} points, {options.polygons:,} polygons, made up; tolerance {options.tolerance:g} m")
    print(
        f"{'points':>10} {'index s':>8} {'inside s':>9} {'distance s':>11} {'join s':>7} {'inside':>8} {'peak GB':>8}"
    )
    started = perf_counter()
    seconds = [row(xy[: options.points // part], polygons, options.tolerance) for part in (16, 4, 1)]
    growth = np.log(seconds[2] / seconds[1]) / np.log(4)
    print(f"cost of distances grows as points to the power {growth:.2f} over the last factor of 4")
    print(f"all sizes and joins took {perf_counter() - started:.0f} s by the clock, other programs included")


def spread(number: int, rng: np.random.Generator) -> np.ndarray:
    """Return points about the same line as the polygons."""
    east = rng.uniform(0.05, 0.95, number) * SIDE_M
    north = SIDE_M / 2 + 0.15 * SIDE_M * np.sin(2 * np.pi * east / SIDE_M) + rng.normal(scale=SIDE_M / 20, size=number)
    return np.column_stack([east, north])


def row(xy: np.ndarray, polygons: np.ndarray, tolerance_m: float) -> float:
    """Measure one size and print it; return the seconds for distances."""
    started = process_time()
    ground = Ground(polygons)
    indexed = process_time()
    inside = int(ground.inside(xy).sum())
    placed = process_time()
    distances = ground.distances(xy, within_m=tolerance_m)
    measured = process_time()
    joined = join(xy, polygons)
    finished = process_time()
    if not inside == joined == int((distances == 0).sum()):
        raise SystemExit(f"counts differ: {inside} inside, {joined} by the join")
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"{len(xy):>10,} {indexed - started:>8.2f} {placed - indexed:>9.2f} {measured - placed:>11.2f} "
        f"{finished - measured:>7.2f} {inside:>8,} {peak_gb:>8.2f}",
        flush=True,
    )
    return measured - placed


def join(xy: np.ndarray, polygons: np.ndarray) -> int:
    """Return how many points a plain spatial join finds in a polygon."""
    left = geopandas.GeoDataFrame(geometry=shapely.points(xy), crs="EPSG:32638")
    right = geopandas.GeoDataFrame(geometry=polygons, crs="EPSG:32638")
    return int(geopandas.sjoin(left, right, predicate="intersects").index.nunique())


if __name__ == "__main__":
    main()
