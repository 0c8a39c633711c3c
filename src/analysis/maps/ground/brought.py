"""The inputs of the study: files that a reader brings, or a made-up world where none is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import EvidenceError, Fault, ParameterError
from analysis.estimate import sorted_union
from analysis.evidence.user_geometry import Layer, read_layer
from analysis.evidence.user_tables import read_checks, read_control_pairs
from analysis.maps.ground.inputs import FullSurvey, PresenceOnly, ProbabilitySample, Records
from analysis.maps.ground.one_place import require_one_place
from analysis.maps.ground.world import LABEL, WorldSettings, made_up_world
from analysis.stats.map_accuracy import StratifiedChecks
from analysis.stats.overlay import coordinates
from analysis.stats.polygon_algebra import box_of, dissolved, hull

_MARGIN_M: Final = 1000.0
GENERATED: Final = "generated:made-up-world"
"""Stands in place of a source where the numbers were drawn by the notebook itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files by what they hold; empty text for none. Columns are those of the files named before them."""

    records: str = ""
    points: str = ""
    checks: str = ""
    survey_area: str = ""
    survey_found: str = ""
    strata: str = ""
    region: str = ""
    control_pairs: str = ""
    records_crs: str = ""
    points_crs: str = ""
    metric_crs: str = ""
    records_date_column: str = ""
    points_date_column: str = ""
    caused_column: str = ""
    strata_column: str = ""

    @property
    def named(self) -> bool:
        """Whether any file is named."""
        layers = (self.records, self.points, self.survey_area, self.survey_found, self.strata, self.region)
        return any((*layers, self.checks, self.control_pairs))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Brought:
    """All inputs; None for what was not brought.

    Parameters
    ----------
    label
        What the inputs are, for captions.
    records, points, sample, survey, control
        The inputs.
    region
        Area of uniform relocation.
    strata
        Areas of relocation within strata, by name; empty for none.
    counts
        What was read, left out and repaired: one row a file and what was done.
    sources
        What stands in place of source_ids.
    """

    label: str
    records: Records | None
    points: PresenceOnly | None
    sample: ProbabilitySample | None
    survey: FullSurvey | None
    control: pd.DataFrame | None
    region: object
    strata: Mapping[str, object]
    counts: pd.DataFrame
    sources: tuple[str, ...]


def bring(files: Files, *, seed: int) -> Brought:
    """Return the inputs from the files, or a made-up world from the seed when no file is named.

    Raises
    ------
    EvidenceError
        For a file that cannot be used.
    ParameterError
        If points, a survey, strata or a region are named without records.
    """
    if not files.named:
        return _made_up(seed)
    if not files.records and any((files.points, files.survey_area, files.survey_found, files.strata, files.region)):
        raise ParameterError("records: name the file of records that the other areas and points are held against")
    layers = _layers(files)
    require_one_place(layers)
    records = _records(layers["records"], files) if "records" in layers else None
    tables = [Path(path).name for path in (files.checks, files.control_pairs) if path]
    names = list(dict.fromkeys([layer.name for layer in layers.values()] + tables))
    return Brought(
        label=", ".join(names),
        records=records,
        points=_points(layers["points"], files) if "points" in layers else None,
        sample=_sample(files.checks),
        survey=_survey(layers),
        control=read_control_pairs(files.control_pairs) if files.control_pairs else None,
        region=_region(layers),
        strata=_strata(layers.get("strata"), files.strata_column),
        counts=_counts(layers),
        sources=sorted_union(f"file:{name}" for name in names),
    )


def _made_up(seed: int) -> Brought:
    settings = WorldSettings()
    world = made_up_world(settings, np.random.default_rng(seed))
    made = {"records": len(world.records.shapes), "points": len(world.points.xy)}
    return Brought(
        label=LABEL,
        records=world.records,
        points=world.points,
        sample=world.sample,
        survey=world.survey,
        control=world.control,
        region=box_of(0, 0, settings.side_m, settings.side_m),
        strata=world.strata,
        counts=pd.DataFrame([{"file": LABEL, "features": f"{name}, made up", "number": n} for name, n in made.items()]),
        sources=(GENERATED,),
    )


def _layers(files: Files) -> dict[str, Layer]:
    """Return every layer that is named, all in the metric CRS of the first."""
    layers: dict[str, Layer] = {}
    for name in ("records", "points", "survey_area", "survey_found", "strata", "region"):
        path = getattr(files, name)
        if not path:
            continue
        metric = files.metric_crs or next((layer.crs for layer in layers.values()), "")
        layers[name] = read_layer(
            path,
            kind="points" if name == "points" else "polygons",
            crs=getattr(files, f"{name}_crs", ""),
            metric_crs=metric,
            region=files.region if name in ("records", "points") else "",
        )
    return layers


def _records(layer: Layer, files: Files) -> Records:
    days = _days(layer, files.records_date_column)
    known = days[~np.isnat(days)]
    # The set is as old as its latest record; with some undated, nobody can say when it was complete.
    as_of = known.max().astype(date) if len(known) == len(days) and len(known) else None
    return Records(name=layer.name, shapes=layer.shapes, as_of=as_of, centre=layer.centre)


def _points(layer: Layer, files: Files) -> PresenceOnly:
    caused = np.zeros(len(layer.shapes), dtype=bool)
    if files.caused_column:
        told = _column(layer, files.caused_column).astype("string").str.strip().str.lower()
        caused = told.isin(["1", "true", "yes"]).to_numpy()
    dates = _days(layer, files.points_date_column)
    return PresenceOnly(name=layer.name, xy=coordinates(layer.shapes), dates=dates, caused=caused)


def _days(layer: Layer, column: str) -> NDArray[np.datetime64]:
    """Return the day of each feature, NaT where empty or where no column is named."""
    if not column:
        return np.full(len(layer.shapes), np.datetime64("NaT", "D"))
    told = _column(layer, column)
    days = pd.to_datetime(told, errors="coerce", format="ISO8601")
    broken = days.isna() & told.notna() & (told.astype("string").str.strip() != "")
    if broken.any():
        value = str(told[broken].iloc[0])
        raise EvidenceError([Fault(file=layer.name, column=column, rule="a date is written YYYY-MM-DD", value=value)])
    return days.to_numpy().astype("datetime64[D]")


def _column(layer: Layer, column: str) -> pd.Series:
    if column not in layer.attributes:
        has = ", ".join(map(str, layer.attributes.columns)) or "none"
        raise EvidenceError([Fault(file=layer.name, rule=f"the file has the columns {has}", value=column)])
    return layer.attributes[column]


def _sample(path: str) -> ProbabilitySample | None:
    if not path:
        return None
    table = read_checks(path)
    sizes = table.groupby("stratum")["stratum_size"].first()
    checks = StratifiedChecks(
        stratum=tuple(table["stratum"]),
        map_class=tuple(table["map_class"]),
        reference_class=tuple(table["reference_class"]),
        stratum_sizes={str(name): float(size) for name, size in sizes.items()},
    )
    return ProbabilitySample(name="checks", checks=checks)


def _survey(layers: Mapping[str, Layer]) -> FullSurvey | None:
    if "survey_area" not in layers and "survey_found" not in layers:
        return None
    missing = [name for name in ("survey_area", "survey_found") if name not in layers]
    if missing:
        raise ParameterError(f"{missing[0]}: a full survey needs both the area searched and all that was found in it")
    found = layers["survey_found"]
    return FullSurvey(name=found.name, area=layers["survey_area"].shapes, found=found.shapes)


def _region(layers: Mapping[str, Layer]) -> object:
    if "region" in layers:
        return dissolved(layers["region"].shapes)
    shapes = [layers[name].shapes for name in ("records", "points") if name in layers]
    return hull(np.concatenate(shapes), margin_m=_MARGIN_M) if shapes else None


def _strata(layer: Layer | None, column: str) -> dict[str, object]:
    if layer is None:
        return {}
    names = _column(layer, column).astype(str) if column else pd.Series(range(len(layer.shapes))).map("{:06d}".format)
    return {str(name): dissolved(layer.shapes[(names == name).to_numpy()]) for name in sorted(names.unique())}


def _counts(layers: Mapping[str, Layer]) -> pd.DataFrame:
    rows = [
        {"file": layer.name, "features": what, "number": number}
        for layer in layers.values()
        for what, number in layer.counts.items()
    ]
    return pd.DataFrame(rows, columns=["file", "features", "number"])
