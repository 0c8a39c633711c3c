"""Files of geometry that people bring: GeoPackage, GeoJSON, Shapefile, a table with coordinates; each with its CRS."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.errors import EvidenceError, Fault
from analysis.evidence.geometry_formats import check_content, check_format
from analysis.settings import size_limits

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

COORDINATE_COLUMNS: Final = (
    ("longitude", "latitude"),
    ("lon", "lat"),
    ("lng", "lat"),
    ("easting", "northing"),
    ("x", "y"),
)
TEXT_COLUMNS: Final = ("wkt", "geometry")
CRS_COLUMN: Final = "crs"
LAYER_MARK: Final = "|"


def refuse(
    file: str, rule: str, *, value: str | None = None, row: int | None = None, column: str | None = None
) -> EvidenceError:
    """Return the error for a file of geometry that cannot be used; to be raised by the caller."""
    return EvidenceError([Fault(file=file, rule=rule, value=value, row=row, column=column)])


def read_frames(path: str, *, crs: str) -> tuple[str, list[GeoDataFrame]]:
    """Return the file's name and its features, one frame a CRS, each with its CRS set.

    Parameters
    ----------
    path
        The file; for one layer of several ``file.gpkg|layer``. A table (.csv) has columns longitude and latitude, lon
        and lat, easting and northing, x and y, or wkt.
    crs
        CRS of the coordinates; empty to take the file's own. A table may instead have a column `crs`, one value a row.

    Raises
    ------
    EvidenceError
        If the file cannot be read, has no CRS, or another than the one that was stated.
    """
    file, _, layer = path.partition(LAYER_MARK)
    name = Path(file).name
    if not Path(file).is_file():
        raise refuse(name, "the file must exist")
    check_format(Path(file))
    frame = _table(Path(file)) if Path(file).suffix.lower() == ".csv" else _features(Path(file), layer)
    if CRS_COLUMN in frame and frame.crs is None:
        if crs:
            raise refuse(name, f"a table with a column {CRS_COLUMN} takes no other CRS", value=crs)
        return name, _by_crs(name, frame)
    return name, [_with_crs(name, frame, crs)]


def _features(path: Path, layer: str) -> GeoDataFrame:
    import pyogrio

    try:
        layers = [str(found) for found, kind in pyogrio.list_layers(path) if kind is not None]
        if layer and layer not in layers:
            raise refuse(path.name, f"the file has the layers {', '.join(layers)}", value=layer)
        if len(layers) != 1 and not layer:
            raise refuse(
                path.name,
                "one layer with geometry is needed; name it as file|layer",
                value=", ".join(layers) or "no layer with geometry",
            )
        known = pyogrio.read_info(path, layer=layer or layers[0])
        check_content(path, rows=int(known["features"]), columns=tuple(map(str, known["fields"])))
        frame = pyogrio.read_dataframe(path, layer=layer or layers[0], force_2d=True, on_invalid="ignore")
        _require_built(path, layer or layers[0], frame)
        return frame
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise refuse(path.name, "the file must be a readable file of geometry", value=str(error)) from error


def _require_built(path: Path, layer: str, frame: GeoDataFrame) -> None:
    """Refuse a shape that cannot be built, which the library otherwise hands over as one that is missing."""
    import pyogrio

    missing = frame.geometry.isna().to_numpy()
    if not missing.any():
        return
    _, _, shapes, _ = pyogrio.raw.read(path, layer=layer, columns=[], force_2d=True)
    refused = missing & [shape is not None for shape in shapes]
    if refused.any():
        rule = f"feature {int(refused.argmax()) + 1}: the shape cannot be built; a ring needs four points, closed"
        raise refuse(path.name, rule, value=f"{int(refused.sum())} of {len(frame)} features")


def _table(path: Path) -> GeoDataFrame:
    import geopandas

    try:
        table = pd.read_csv(path, dtype={CRS_COLUMN: "string"}, nrows=size_limits().table_rows + 1)
    except (ValueError, OSError) as error:
        raise refuse(path.name, "the table must be CSV in UTF-8", value=str(error)) from error
    check_content(path, rows=len(table), columns=tuple(map(str, table.columns)))
    names = {str(column).strip().lower(): column for column in table.columns}
    for text in TEXT_COLUMNS:
        if text in names:
            return _from_text(path.name, table, names[text])
    for east, north in COORDINATE_COLUMNS:
        if east in names and north in names:
            _require_numbers(path.name, table, (names[east], names[north]))
            stated = table[[names[east], names[north]]].notna().all(axis=1)
            points = geopandas.GeoSeries(geopandas.points_from_xy(table[names[east]], table[names[north]]))
            # A row without a coordinate is a feature without geometry, as in any other format.
            return geopandas.GeoDataFrame(table, geometry=points.where(stated.to_numpy()))
    pairs = "; ".join(" and ".join(pair) for pair in COORDINATE_COLUMNS)
    raise refuse(path.name, f"the table needs a column wkt or one of the pairs {pairs}", value=", ".join(names))


def _from_text(name: str, table: pd.DataFrame, column: str) -> GeoDataFrame:
    import geopandas

    texts = table[column]
    shapes = geopandas.GeoSeries.from_wkt(texts, on_invalid="ignore")
    broken = shapes.isna() & texts.notna()
    if broken.any():
        place = int(broken.to_numpy().argmax())
        raise refuse(name, "well-known text is needed", row=place + 2, column=column, value=str(texts.iloc[place])[:60])
    return geopandas.GeoDataFrame(table.drop(columns=column), geometry=shapes)


def _require_numbers(name: str, table: pd.DataFrame, columns: tuple[str, str]) -> None:
    for column in columns:
        numbers = pd.to_numeric(table[column], errors="coerce")
        broken = (numbers.isna() & table[column].notna()) | numbers.isin([math.inf, -math.inf])
        if broken.any():
            place = int(broken.to_numpy().argmax())
            value = str(table[column].iloc[place])
            raise refuse(name, "a coordinate is a finite number", row=place + 2, column=column, value=value)


def _by_crs(name: str, frame: GeoDataFrame) -> list[GeoDataFrame]:
    missing = frame[CRS_COLUMN].isna()
    if missing.any():
        row = int(missing.to_numpy().argmax()) + 2
        raise refuse(name, "every row needs its CRS, such as EPSG:4326", row=row, column=CRS_COLUMN)
    return [_set_crs(name, frame[frame[CRS_COLUMN] == own], str(own)) for own in sorted(frame[CRS_COLUMN].unique())]


def _with_crs(name: str, frame: GeoDataFrame, stated: str) -> GeoDataFrame:
    if frame.crs is None and not stated:
        raise refuse(name, "the file states no CRS and none was given; say which, for example EPSG:4326")
    if frame.crs is None:
        return _set_crs(name, frame, stated)
    if stated and _set_crs(name, frame.iloc[:0].set_crs(None, allow_override=True), stated).crs != frame.crs:
        raise refuse(name, f"the file states another CRS than the one given ({stated})", value=str(frame.crs.name))
    return frame


def _set_crs(name: str, frame: GeoDataFrame, crs: str) -> GeoDataFrame:
    try:
        return frame.set_crs(crs)
    except (ValueError, RuntimeError) as error:
        raise refuse(name, "a CRS is an authority code such as EPSG:4326", value=crs) from error
