"""The facts of a figure read back from its JSON, and whether its source data are still those it was drawn from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from analysis.errors import ReproductionError
from analysis.record.estimate_tree import texts_in
from analysis.record.reading import StoredRecord, parsed_object

_ROW_COLUMNS = ("row_id", "accident_id", "claim_id", "claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFigure:
    """What the record says about one figure.

    Parameters
    ----------
    name, notebook
        Name, and the notebook that drew it.
    caption, alt
        Caption for print; description for readers who cannot see the picture.
    parameters
        Of the run that drew it.
    estimates
        Full keys of the values drawn or quoted.
    sources
        Every `source_id` behind the numbers drawn.
    data_file
        The CSV with the numbers drawn.
    data_sha256
        Its hash as recorded.
    found_sha256
        Its hash now; None when the file is not there.
    evidence
        Hash by evidence file it was made from.
    row_ids
        Evidence rows that the CSV names; empty when it names none or is not the recorded one.
    """

    name: str
    notebook: str
    caption: str
    alt: str
    parameters: Mapping[str, object]
    estimates: tuple[str, ...]
    sources: tuple[str, ...]
    data_file: Path
    data_sha256: str
    found_sha256: str | None
    evidence: Mapping[str, str]
    row_ids: tuple[str, ...]

    @property
    def matches(self) -> bool:
        """Whether the source data on disk are those the figure was drawn from."""
        return self.data_sha256 == self.found_sha256


def read_figure(path: Path) -> StoredFigure:
    """Return the facts in a figure's JSON file.

    Raises
    ------
    ReproductionError
        When the file is not what this package writes.
    """
    tree = parsed_object(path)
    try:
        data = _table(tree, "source_data")
        file = path.with_name(f"{path.stem}.csv")
        if data["file"] != file.name:
            raise ValueError(f"its source data must be {file.name}, found {data['file']!r:.60}")
        content = file.read_bytes() if file.is_file() else None
        found = None if content is None else sha256(content).hexdigest()
        return StoredFigure(
            name=path.stem,
            notebook=str(tree["notebook"]),
            caption=str(tree["caption"]),
            alt=str(tree["alt"]),
            parameters=_table(tree, "parameters"),
            estimates=tuple(_table(tree, "estimates")),
            sources=texts_in(tree, "sources"),
            data_file=file,
            data_sha256=str(data["sha256"]),
            found_sha256=found,
            evidence={name: str(value) for name, value in _table(tree, "evidence").items()},
            row_ids=_row_ids(content) if content is not None and found == data["sha256"] else (),
        )
    except KeyError as error:
        raise ReproductionError(f"{path} cannot be read: it has no {error}") from error
    except (OSError, ValueError, TypeError, csv.Error) as error:
        raise ReproductionError(f"{path} cannot be read: {error}") from error


def stored_figures(record: StoredRecord) -> dict[str, StoredFigure]:
    """Return the facts of every figure of a record by name, in order of name.

    Raises
    ------
    ReproductionError
        When a file is not what this package writes.
    """
    return {name: read_figure(record.figures[name]) for name in sorted(record.figures)}


def _table(tree: Mapping[str, object], name: str) -> dict[str, object]:
    found = tree[name]
    if not isinstance(found, dict):
        raise TypeError(f"{name} must be an object, found {found!r:.60}")
    return found


def _row_ids(content: bytes) -> tuple[str, ...]:
    """Return the keys of evidence rows that a figure's table names, each once, in its order."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    cells = (row.get(column) or "" for row in rows for column in _ROW_COLUMNS)
    return tuple(dict.fromkeys(part.strip() for cell in cells for part in cell.split(",") if part.strip()))
