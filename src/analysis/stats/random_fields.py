"""Rectangles strewn along a line, and points drawn in them: the geometry of a made-up world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rectangles:
    """Rectangles by centre, half sides and direction.

    Parameters
    ----------
    centres
        One row each, m.
    half_sides
        Half length and half width, m.
    angles
        Direction of the length, radians.
    """

    centres: NDArray[np.float64]
    half_sides: NDArray[np.float64]
    angles: NDArray[np.float64]

    @property
    def areas_m2(self) -> NDArray[np.float64]:
        """Area of each, m2."""
        areas: NDArray[np.float64] = 4 * self.half_sides.prod(axis=1)
        return areas

    def moved(self, by: NDArray[np.float64]) -> Rectangles:
        """Return the rectangles moved by one vector each, or all by one."""
        return Rectangles(centres=self.centres + by, half_sides=self.half_sides, angles=self.angles)

    def chosen(self, which: ArrayLike) -> Rectangles:
        """Return some of the rectangles, in the order asked for."""
        index = np.asarray(which)
        return Rectangles(centres=self.centres[index], half_sides=self.half_sides[index], angles=self.angles[index])

    def at(self, relative: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return one position in each rectangle, given as shares (-1 to 1) of its half sides."""
        along = relative * self.half_sides
        cosine, sine = np.cos(self.angles), np.sin(self.angles)
        turned = np.column_stack([cosine * along[:, 0] - sine * along[:, 1], sine * along[:, 0] + cosine * along[:, 1]])
        return self.centres + turned

    def polygons(self) -> NDArray[np.object_]:
        """Return the rectangles as polygons."""
        import shapely

        signs = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
        corners = np.stack([self.at(np.broadcast_to(sign, self.centres.shape)) for sign in signs], axis=1)
        return np.asarray(shapely.polygons(corners), dtype=object)


def along_a_line(number: int, *, side_m: float, rng: np.random.Generator) -> Rectangles:
    """Return rectangles near a wavy line across a square of side `side_m`, most of them along it.

    They lie at a normal distance from the line (standard deviation a twentieth of the side), are 80 to 320 m long and
    30 to 90 m wide, and stay within the square.
    """
    east = rng.uniform(0.05, 0.95, number) * side_m
    wave = 2 * np.pi * east / side_m
    north = side_m / 2 + 0.15 * side_m * np.sin(wave) + rng.normal(scale=side_m / 20, size=number)
    direction = np.arctan(0.3 * np.pi * np.cos(wave)) + rng.normal(scale=0.2, size=number)
    half_sides = np.column_stack([rng.uniform(40, 160, number), rng.uniform(15, 45, number)])
    return Rectangles(centres=np.column_stack([east, north]), half_sides=half_sides, angles=direction)


def overlap_shares(rectangles: Rectangles, others: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the share of each rectangle's area that the other polygons cover, overlaps once."""
    import shapely

    own = rectangles.polygons()
    covered = shapely.intersection(own, shapely.union_all(others))
    shares: NDArray[np.float64] = shapely.area(covered) / shapely.area(own)
    return shares
