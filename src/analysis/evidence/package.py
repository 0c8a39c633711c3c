"""An evidence package in memory: checked tables, their sources, and what was set aside or corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.errors import EvidenceError, Fault, InsufficientEvidence
from analysis.evidence.amendments import (
    CORRECTIONS,
    EXCLUSIONS,
    all_rows_known,
    corrected_tables,
    pointed_rows,
    row_places,
)
from analysis.evidence.cells import cell_faults, typed_frame
from analysis.evidence.counted_accidents import outside_count_faults
from analysis.evidence.csv_file import RawTable, read_bytes, read_table
from analysis.evidence.descriptor import Descriptor, read_descriptor
from analysis.evidence.keys import key_faults, unchecked_faults
from analysis.evidence.layout import layout_faults
from analysis.evidence.left_out import tables_without
from analysis.evidence.originators import (
    ORIGINATORS,
    ROW_ORIGINATORS,
    SOURCE_ORIGINATORS,
    SOURCES,
    originator_faults,
    parties,
    row_originators,
)
from analysis.evidence.personal_data import personal_data_faults
from analysis.evidence.polygons import DISTRICTS_FILE, polygon_faults
from analysis.evidence.row_rules import row_faults
from analysis.evidence.schema import DESCRIPTOR, TableSchema
from analysis.paths import DATA
from analysis.settings import SizeLimits, size_limits

_NEEDED = (SOURCES, ORIGINATORS, SOURCE_ORIGINATORS)
# Columns that say when something was reported or happened; ends of plans and periods lie elsewhere.
_DATED = ("published_on", "as_of", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A loaded evidence package. Every table that leaves it is a copy.

    Parameters
    ----------
    folder
        Where it was read.
    title, version
        As its descriptor gives them.
    checksums
        SHA-256 of every file read, by path inside the folder.
    """

    folder: Path
    title: str
    version: str
    checksums: Mapping[str, str]
    _schemas: Mapping[str, TableSchema]
    _used: Mapping[str, pd.DataFrame]
    _printed: Mapping[str, pd.DataFrame]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables, in the order of the descriptor."""
        return tuple(self._schemas)

    def schema(self, name: str) -> TableSchema:
        """Return what the descriptor says about a table."""
        self._check_name(name)
        return self._schemas[name]

    def table(self, name: str) -> pd.DataFrame:
        """Return the table as used: without the rows set aside, with printed slips corrected.

        Columns are those of the file; each date column X has X_first, X_last and X_precision beside it; tables with
        a source have `originator` and `party`; `line` is the line in the file. Missing means not reported.
        """
        self._check_name(name)
        return self._used[name].copy()

    def printed(self, name: str) -> pd.DataFrame:
        """Return the table as transcribed: nothing set aside, nothing corrected; columns as in :meth:`table`."""
        self._check_name(name)
        return self._printed[name].copy()

    def without(self, names: Collection[str]) -> Evidence:
        """Return the package without the rows of these originators or parties; its checksums name who is left out."""
        known = {**self.checksums, "rows left out": ", ".join(sorted({*names}))} if names else self.checksums
        used, printed = (tables_without(tables, names) for tables in (self._used, self._printed))
        return replace(self, checksums=known, _used=used, _printed=printed)

    @property
    def sources(self) -> pd.DataFrame:
        """The sources by `source_id`, with `originator` and `party`."""
        return self.table(SOURCES).set_index("source_id")

    @property
    def exclusions(self) -> pd.DataFrame:
        """The rows set aside, with reason and day of the decision; empty when the package has none."""
        return self.table(EXCLUSIONS) if EXCLUSIONS in self._schemas else _empty("row_id", "reason", "decided_on")

    @property
    def corrections(self) -> pd.DataFrame:
        """The printed slips, what is used instead and why; empty when the package has none."""
        columns = ("row_id", "column", "printed", "used", "reason", "decided_on")
        return self.table(CORRECTIONS) if CORRECTIONS in self._schemas else _empty(*columns)

    @property
    def last_date(self) -> date:
        """The latest day on which anything was published, reported or happened: 'today' for every analysis.

        Of a month or a year the first day counts, because the rest of it may lie in the future.

        Raises
        ------
        InsufficientEvidence
            When no row has a date.
        """
        firsts = [
            frame[f"{column}_first"].max()
            for frame in self._printed.values()
            for column in _DATED
            if f"{column}_first" in frame.columns
        ]
        latest = max((first for first in firsts if not pd.isna(first)), default=None)
        if latest is None:
            raise InsufficientEvidence("no row of the evidence has a date, so there is no last day")
        return pd.Timestamp(latest).date()

    def findings(self) -> pd.DataFrame:
        """Return where the evidence disagrees with itself: columns rule, table, rows, size, detail.

        The checks run on the tables as printed. A finding is a result to be shown, not a fault.
        """
        from analysis.evidence.consistency import findings

        return findings(self)

    def _check_name(self, name: str) -> None:
        if name not in self._schemas:
            rule = f"the package has no table of this name; it has {', '.join(self._schemas)}"
            raise EvidenceError([Fault(file=DESCRIPTOR, rule=rule, value=name)])


def load_evidence(data: str | Path = "", *, limits: SizeLimits | None = None) -> Evidence:
    """Return the evidence package in a folder, checked against its ``datapackage.json``.

    Parameters
    ----------
    data
        Folder with the same layout as the repository's ``data/``; empty for the repository's own.
    limits
        Largest file and longest table that are read; None for what holds for the run, see :mod:`analysis.settings`.

    Raises
    ------
    EvidenceError
        When anything breaks the package's own description; carries all faults, each with file, line, column, rule and
        value. A descriptor that points outside the folder is refused before any other file is opened, and so is one
        with columns beyond the repository's own that look like personal data.
    ParameterError
        When a limit of the run is no number in its range.
    """
    folder = Path(data) if str(data) else DATA
    descriptor = read_descriptor(folder)
    _check_layout(folder, descriptor)
    raw, checksums, faults = _read_files(folder, descriptor, limits or size_limits())
    for each in raw.values():
        faults += cell_faults(each)
    faults += [*key_faults(raw), *unchecked_faults(raw, descriptor.tables), *originator_faults(raw)]
    places, clashes = row_places(raw)
    all_known = all_rows_known(raw, descriptor.tables)
    excluded, unknown_rows = pointed_rows(EXCLUSIONS, raw, places, all_known=all_known)
    _, undecided = pointed_rows(ROW_ORIGINATORS, raw, places, all_known=all_known)
    corrected, misfits = corrected_tables(raw, places, all_known=all_known)
    faults += [*clashes, *unknown_rows, *undecided, *misfits]
    if faults:
        faults += _row_faults_of_sound_tables(corrected, descriptor.tables, excluded, faults)
        raise EvidenceError(_in_order(faults, descriptor))
    printed = {name: _frame(each, raw) for name, each in raw.items()}
    used = {name: printed[name] if raw[name] is each else _frame(each, raw) for name, each in corrected.items()}
    for name, rows in _rows_by_table(excluded).items():
        used[name] = used[name].drop(index=rows).reset_index(drop=True)
    faults = [fault for name, frame in used.items() for fault in row_faults(frame, descriptor.tables[name])]
    faults += outside_count_faults(used)
    if faults:
        raise EvidenceError(_in_order(faults, descriptor))
    return Evidence(
        folder=folder,
        title=descriptor.title,
        version=descriptor.version,
        checksums=checksums,
        _schemas=descriptor.tables,
        _used=used,
        _printed=printed,
    )


def _check_layout(folder: Path, descriptor: Descriptor) -> None:
    """Refuse a package whose tables lack what the studies read, or hold what they must not.

    An installed copy without own data cannot tell.
    """
    if folder.resolve() == DATA.resolve() or not (DATA / DESCRIPTOR).is_file():
        return
    own = read_descriptor(DATA)
    faults = [*personal_data_faults(descriptor, own), *layout_faults(descriptor, own)]
    if faults:
        raise EvidenceError(faults)


def _read_files(
    folder: Path, descriptor: Descriptor, limits: SizeLimits
) -> tuple[dict[str, RawTable], dict[str, str], list[Fault]]:
    faults = [
        Fault(file=DESCRIPTOR, rule="the package must describe this table", value=name)
        for name in _NEEDED
        if name not in descriptor.tables
    ]
    schemas = {schema.file: schema for schema in descriptor.tables.values()}
    raw: dict[str, RawTable] = {}
    checksums: dict[str, str] = {}
    polygons: bytes | None = None
    for file in (DESCRIPTOR, *descriptor.files):
        content, problems = read_bytes(folder, file, max_bytes=limits.file_bytes)
        faults += problems
        checksums[file] = hashlib.sha256(content).hexdigest()
        if file == DISTRICTS_FILE and not problems:
            polygons = content
        if file in schemas and not problems:
            table, problems = read_table(content, schemas[file], max_rows=limits.table_rows)
            faults += problems
            if table is not None:
                raw[schemas[file].name] = table
    if polygons is not None:
        faults += polygon_faults(polygons, raw.get("districts"))
    return raw, checksums, faults


def _frame(raw: RawTable, tables: Mapping[str, RawTable]) -> pd.DataFrame:
    """Return the typed table, with who counted or spoke where its rows have a source."""
    frame = typed_frame(raw)
    originators = row_originators(raw, tables)
    if originators is not None:
        frame["originator"] = pd.array(originators, dtype="str")
        frame["party"] = pd.array(parties(originators, tables), dtype="str")
    return frame


def _row_faults_of_sound_tables(
    tables: Mapping[str, RawTable],
    schemas: Mapping[str, TableSchema],
    excluded: set[tuple[str, int]],
    faults: list[Fault],
) -> list[Fault]:
    """Return the broken rules between columns of the tables without other faults, in a package that has some.

    Nothing is said while a decision is at fault: the rows that it sets aside or corrects may break a rule.
    """
    faulty = {fault.file for fault in faults}
    if any(schemas[name].file in faulty for name in (EXCLUSIONS, CORRECTIONS) if name in schemas):
        return []
    rows = _rows_by_table(excluded)
    return [
        fault
        for name, raw in tables.items()
        if raw.schema.file not in faulty
        for fault in row_faults(typed_frame(raw).drop(index=rows.get(name, [])), raw.schema)
    ]


def _rows_by_table(places: set[tuple[str, int]]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for table, row in sorted(places):
        rows.setdefault(table, []).append(row)
    return rows


def _in_order(faults: list[Fault], descriptor: Descriptor) -> list[Fault]:
    """Return the faults in the order in which a person mends them: file by file, line by line."""
    order = {file: rank for rank, file in enumerate((DESCRIPTOR, *descriptor.files))}
    return sorted(faults, key=lambda fault: (order.get(fault.file, -1), fault.row or 0))


def _empty(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
