"""The figures a person asked for, by their names or by the notebooks that draw them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from analysis.errors import ReproductionError
from analysis.pipeline.messages import printable
from analysis.record.layout import Layout
from analysis.record.manifest import read_manifest


def chosen_figures(layout: Layout, names: Sequence[str]) -> dict[str, str]:
    """Return the notebook of each figure asked for, in the order asked; all of the record when nothing is asked.

    Parameters
    ----------
    layout
        The repository; its record says which notebook draws which figure.
    names
        Names of figures, or of notebooks with or without ``.ipynb``, whose figures are all meant.

    Raises
    ------
    ReproductionError
        With every name that is neither, the nearest one that is, and the whole list; and when there is no record.
    """
    manifest = read_manifest(layout)
    made_by = {} if manifest is None else dict(sorted(manifest.made_by.items()))
    if not made_by:
        raise ReproductionError("the record holds no figure; `analysis reproduce` makes it")
    if not names:
        return made_by
    problems = []
    chosen: dict[str, str] = {}
    for name in names:
        found = _named(name, made_by)
        if not found:
            problems.append(_unknown(name, made_by))
        chosen.update(found)
    if problems:
        problems.append(f"  figures: {', '.join(made_by)}")
        problems.append(f"  notebooks: {', '.join(dict.fromkeys(made_by.values()))}")
        raise ReproductionError("names of no figure and no notebook with figures:\n" + "\n".join(problems))
    return chosen


def _named(name: str, made_by: Mapping[str, str]) -> dict[str, str]:
    if name in made_by:
        return {name: made_by[name]}
    notebook = name.removesuffix(".ipynb")
    return {figure: maker for figure, maker in made_by.items() if maker == notebook}


def _unknown(name: str, made_by: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(name, (*made_by, *made_by.values()), n=1)
    return f"  {printable(name)!r}" + (f"; did you mean {near[0]}?" if near else "")
