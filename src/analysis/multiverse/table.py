"""The stored table of all specifications of a study, and what it was made from."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.errors import ReproductionError
from analysis.multiverse.choice import Multiverse
from analysis.paths import PACKAGE

FOLDER: Final = PACKAGE / "multiverse"
MADE_FROM: Final = "provenance.json"
REPAIR: Final = "run `make multiverse`, then `make reproduce`"
NUMBERS: Final = ("value", "low", "high", "level")
RESULT: Final = ("key", "value", "unit", "low", "high", "interval_kind", "level")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredTable:
    """What is stored of one study.

    Parameters
    ----------
    multiverse
        Its declaration.
    rows
        A row a specification, or known mistake, and headline: run, mistake (empty for a specification), a column a
        choice with the label of the option, key, value, unit, low, high, interval_kind, level. Missing numbers: the
        value is not estimable there, or has no interval or level.
    made_from
        Hashes of notebook, code, evidence and versions, as ``analysis sweep`` writes them; and under "headlines", by
        key, the words, period and sources that the values have.
    """

    multiverse: Multiverse
    rows: pd.DataFrame
    made_from: Mapping[str, Any]

    def of(self, key: str) -> pd.DataFrame:
        """Return the specifications' rows of one headline, the study's defaults first."""
        return self.rows[(self.rows["key"] == key) & (self.rows["mistake"] == "")].reset_index(drop=True)

    def mistakes_of(self, key: str) -> pd.DataFrame:
        """Return the known mistakes' rows of one headline."""
        return self.rows[(self.rows["key"] == key) & (self.rows["mistake"] != "")].reset_index(drop=True)


def stored_table(multiverse: Multiverse, folder: Path = FOLDER) -> StoredTable:
    """Return what is stored of the study.

    Raises
    ------
    ReproductionError
        If nothing is stored, or other choices than are declared.
    """
    path = folder / f"{multiverse.notebook}.csv"
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        made_from = read_made_from(folder)[multiverse.notebook]
    except (OSError, KeyError) as error:
        raise ReproductionError(f"no table of {multiverse.notebook} is stored in {folder}: {REPAIR}") from error
    rows[list(NUMBERS)] = rows[list(NUMBERS)].replace("", "nan").astype("float64")
    _refuse_other_choices(multiverse, rows)
    return StoredTable(multiverse=multiverse, rows=rows, made_from=made_from)


def read_made_from(folder: Path = FOLDER) -> dict[str, Any]:
    """Return what each study's table was made from, by notebook; empty before the first table."""
    path = folder / MADE_FROM
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def store(
    multiverse: Multiverse, rows: Iterable[Mapping[str, str]], made_from: Mapping[str, Any], folder: Path = FOLDER
) -> None:
    """Write the table and what it was made from; what is stored of other studies stays."""
    with (folder / f"{multiverse.notebook}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns(multiverse), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    known = read_made_from(folder) | {multiverse.notebook: made_from}
    text = json.dumps(dict(sorted(known.items())), indent=1, sort_keys=True, ensure_ascii=False)
    (folder / MADE_FROM).write_text(text + "\n", encoding="utf-8")


def columns(multiverse: Multiverse) -> Sequence[str]:
    """Return the columns of the study's table."""
    return ["run", "mistake", *(choice.name for choice in multiverse.choices), *RESULT]


def other_evidence(table: StoredTable, checksums: Mapping[str, str]) -> list[str]:
    """Return the evidence files that are not those the table was made from, sorted."""
    stored = table.made_from["evidence"]
    return sorted(name for name in {*stored, *checksums} if stored.get(name) != checksums.get(name))


def _refuse_other_choices(multiverse: Multiverse, rows: pd.DataFrame) -> None:
    """Refuse a table whose specifications are not the declared ones, in their order."""
    names = [choice.name for choice in multiverse.choices]
    declared = [tuple(one.options[name] for name in names) for one in multiverse.specifications()]
    if list(rows.columns) == columns(multiverse):
        whole = rows[(rows["mistake"] == "") & (rows["key"] == multiverse.headlines[0].key)]
        mistakes = list(dict.fromkeys(rows.loc[rows["mistake"] != "", "mistake"]))
        if [*whole[names].itertuples(index=False, name=None)] == declared and mistakes == [
            one.name for one in multiverse.mistakes
        ]:
            return
    raise ReproductionError(f"the stored table of {multiverse.notebook} is of other choices than declared: {REPAIR}")
