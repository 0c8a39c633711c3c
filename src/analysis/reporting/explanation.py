"""The chain behind a value or a figure: how it was made, from which rows of the evidence, read on which pages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import ParameterError
from analysis.estimate import Estimate, sorted_union
from analysis.record.reading import StoredRecord
from analysis.record.stored_figure import StoredFigure, read_figure
from analysis.reporting.trail import Trail, follow

_ENDINGS: Final = (".csv", ".json", ".pdf", ".png", ".svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known about one value or one figure.

    Parameters
    ----------
    name
        Full key of the value, or name of the figure.
    folder
        The record it was found in.
    notebook, parameters
        What made it, with which parameters.
    estimate
        The value; None for a figure.
    figure
        The figure's facts; None for a value.
    estimates
        Of a figure: the values drawn or quoted, by full key.
    drawn_in
        Of a value: the figures that draw or quote it.
    trail
        From here to the evidence.
    """

    name: str
    folder: Path
    notebook: str
    parameters: Mapping[str, object]
    estimate: Estimate | None
    figure: StoredFigure | None
    estimates: Mapping[str, Estimate]
    drawn_in: tuple[str, ...]
    trail: Trail


def explain(record: StoredRecord, name: str, *, data: Path | None = None) -> Explanation:
    """Return the chain behind a value or figure of `record`.

    Parameters
    ----------
    record
        Where it was recorded.
    name
        Full key, key without its notebook where only one notebook has it, or name of a figure.
    data
        Evidence folder; by default the one its run was given, and the repository's own when it was given none.

    Raises
    ------
    ParameterError
        When there is neither a value nor a figure of that name, with the nearest ones that exist.
    ReproductionError
        When the record is not what this package writes.
    """
    found = resolved(record, name)
    if found in record.trees:
        return _of_value(record, found, data)
    return _of_figure(record, read_figure(record.figures[found]), data)


def resolved(record: StoredRecord, name: str) -> str:
    """Return the full key or figure name that `name` means.

    Raises
    ------
    ParameterError
        When it means none, or several.
    """
    figure = _without_ending(name)
    if name in record.trees:
        return name
    if figure in record.figures:
        return figure
    full = [key for key in record.trees if key.partition(".")[2] == name]
    if len(full) == 1:
        return full[0]
    if full:
        raise ParameterError(f"{name!r} is a value of several notebooks; name one of {', '.join(sorted(full))}")
    raise ParameterError(_unknown(record, name))


def _without_ending(name: str) -> str:
    """Return the name of a figure typed as one of its files."""
    file = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = file.rpartition(".")
    return stem if f"{dot}{ending}" in _ENDINGS else name


def _unknown(record: StoredRecord, name: str) -> str:
    full = [*sorted(record.trees), *sorted(record.figures)]
    short = {key.partition(".")[2]: key for key in sorted(record.trees)}
    near = difflib.get_close_matches(name, full, n=3) or [
        short[key] for key in difflib.get_close_matches(name, list(short), n=3)
    ]
    hint = f"; did you mean {' or '.join(repr(each) for each in near)}?" if near else ""
    shown = name if len(name) <= 80 else f"{name[:77]}..."
    return f"{record.folder} has no value or figure {shown!r}{hint} (`analysis explain` alone lists all)"


def _of_value(record: StoredRecord, key: str, data: Path | None) -> Explanation:
    estimate = record.estimate(key)
    notebook = key.partition(".")[0]
    parameters = record.parameters.get(notebook, {})
    own = [figure for figure in _figures(record) if figure.notebook == notebook]
    drawing = [figure for figure in own if key in figure.estimates]
    trail = follow(
        notebook=notebook,
        parameters=parameters,
        data=data,
        sources=estimate.sources,
        drawn=drawing,
        made_from=own[0].evidence if own else {},
    )
    return Explanation(
        name=key,
        folder=record.folder,
        notebook=notebook,
        parameters=parameters,
        estimate=estimate,
        figure=None,
        estimates={},
        drawn_in=tuple(figure.name for figure in drawing),
        trail=trail,
    )


def _of_figure(record: StoredRecord, figure: StoredFigure, data: Path | None) -> Explanation:
    estimates = {key: record.estimate(key) for key in figure.estimates if key in record.trees}
    trail = follow(
        notebook=figure.notebook,
        parameters=figure.parameters,
        data=data,
        sources=sorted_union(figure.sources),
        drawn=[figure],
        made_from=figure.evidence,
        every_row_drawn=True,
    )
    return Explanation(
        name=figure.name,
        folder=record.folder,
        notebook=figure.notebook,
        parameters=figure.parameters,
        estimate=None,
        figure=figure,
        estimates=estimates,
        drawn_in=(),
        trail=trail,
    )


def _figures(record: StoredRecord) -> Iterable[StoredFigure]:
    return (read_figure(path) for _, path in sorted(record.figures.items()))
