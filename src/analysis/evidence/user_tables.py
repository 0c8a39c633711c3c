"""Tables that belong to user geometry: checks drawn by design, and positions measured again on the ground."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from analysis.evidence.geometry_file import refuse

CHECK_COLUMNS: Final = ("stratum", "stratum_size", "map_class", "reference_class")
CONTROL_COLUMNS: Final = ("recorded_x", "recorded_y", "true_x", "true_y")
CONTROL_USES: Final = ("fit", "check")


def read_checks(path: str) -> pd.DataFrame:
    """Return checks of a probability sample: stratum, its size, what the map says, what was found.

    Checks are taken as drawn at random within their stratum, so that its size over its number of checks is the inverse
    of the inclusion probability; without a size there is no design and the table is refused.

    Raises
    ------
    EvidenceError
        Naming file, row and column.
    """
    name, table = _read(path, CHECK_COLUMNS)
    sizes = _numbers(name, table, "stratum_size")
    if not (sizes > 0).all():
        row = int((sizes <= 0).to_numpy().argmax()) + 2
        raise refuse(name, "a stratum has a size above 0", row=row, column="stratum_size")
    texts = table[["stratum", "map_class", "reference_class"]].astype("string")
    for column in texts:
        if texts[column].isna().any():
            row = int(texts[column].isna().to_numpy().argmax()) + 2
            raise refuse(name, "a check needs an entry", row=row, column=str(column))
    several = sizes.groupby(texts["stratum"]).nunique()
    if (several > 1).any():
        stratum = str(several.index[several > 1][0])
        raise refuse(name, "all checks of a stratum state one size", column="stratum_size", value=stratum)
    return texts.astype(object).assign(stratum_size=sizes.astype(float))


def read_control_pairs(path: str) -> pd.DataFrame:
    """Return recorded and true positions of the same things, in metres of one CRS, and what each is used for.

    A column `use`, where there is one, says fit or check: pairs to check have no part in any fit. Without it all pairs
    are there to be fitted.

    Raises
    ------
    EvidenceError
        Naming file, row and column.
    """
    name, table = _read(path, CONTROL_COLUMNS)
    pairs = pd.DataFrame({column: _numbers(name, table, column).astype(float) for column in CONTROL_COLUMNS})
    return pairs.assign(use=_uses(name, table) if "use" in table else "fit")


def _uses(name: str, table: pd.DataFrame) -> pd.Series:
    told = table["use"].astype("string").str.strip().str.lower().fillna("")
    unknown = ~told.isin(CONTROL_USES).to_numpy()
    if unknown.any():
        place = int(unknown.argmax())
        raise refuse(name, "a pair is there to fit or to check", row=place + 2, column="use", value=told.iloc[place])
    return told.astype(object)


def _read(path: str, columns: tuple[str, ...]) -> tuple[str, pd.DataFrame]:
    name = Path(path).name
    if not Path(path).is_file():
        raise refuse(name, "the file must exist")
    try:
        table = pd.read_csv(path)
    except ValueError as error:
        raise refuse(name, "the table must be CSV in UTF-8", value=str(error)) from error
    missing = [column for column in columns if column not in table]
    if missing:
        raise refuse(name, f"the table needs the columns {', '.join(columns)}", value=f"without {', '.join(missing)}")
    if table.empty:
        raise refuse(name, "the table needs at least one row")
    return name, table


def _numbers(name: str, table: pd.DataFrame, column: str) -> pd.Series:
    numbers = pd.to_numeric(table[column], errors="coerce")
    broken = ~np.isfinite(numbers.to_numpy(dtype=np.float64, na_value=np.nan))
    if broken.any():
        place = int(broken.argmax())
        value = str(table[column].iloc[place])
        raise refuse(name, "a finite number is needed", row=place + 2, column=column, value=value)
    return numbers
