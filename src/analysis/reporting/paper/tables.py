"""Values as tables of a paper: one text, in the forms that LaTeX, word processors and spreadsheets take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from analysis.record.latex import as_printed
from analysis.record.printed import printed_kind, printed_range, printed_value
from analysis.reporting.paper.headlines import HEADLINES
from analysis.reporting.spreadsheet import spreadsheet_csv
from analysis.reporting.web_page import web_page

FIRST: Final = "headlines"
_NONE: Final = "\N{EN DASH}"
_WIDTHS: Final = ("0.40", "0.12", "0.16", "0.20")


def paper_tables(values: Mapping[str, Mapping[str, Any]]) -> dict[str, pd.DataFrame]:
    """Return the table of headline values and one a notebook, by name; values without a place in print are in none.

    Parameters
    ----------
    values
        As they stand in values.json, by full key.
    """
    notebooks = sorted({key.partition(".")[0] for key in values})
    tables = {FIRST: [key for key in HEADLINES if key in values]}
    tables |= {name: [key for key in sorted(values) if key.startswith(f"{name}.")] for name in notebooks}
    return {name: _table(keys, values) for name, keys in tables.items() if keys}


def _table(keys: Iterable[str], values: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    rows = [
        {
            "Quantity": _with_unit(values[key]),
            "Value": printed_value(values[key]),
            "Range": printed_range(values[key]) or _NONE,
            "Kind of range": printed_kind(values[key]) or _NONE,
            "Period": f"{values[key]['period']['start']} to {values[key]['period']['end']}",
            "n": f"{values[key]['n']} {values[key]['n_unit']}",
        }
        for key in keys
    ]
    return pd.DataFrame(rows)


def _with_unit(value: Mapping[str, Any]) -> str:
    """Return the quantity, with its unit where neither its words nor a per cent sign say it."""
    quantity, unit = str(value["quantity"]), str(value["unit"])
    said = unit in quantity or unit.split()[0] in {"share", "ratio", "probability"}
    return quantity if said else f"{quantity} ({unit})"


def table_files(name: str, frame: pd.DataFrame) -> dict[str, str]:
    """Return the files of one table by name: LaTeX to input, a page to paste into a document, CSV for a spreadsheet."""
    return {
        f"{name}.tex": _tabular(frame[["Quantity", "Value", "Range", "Kind of range"]]),
        f"{name}.html": web_page(frame, title=name.replace("_", " ")),
        f"{name}.csv": spreadsheet_csv(frame),
    }


def _tabular(frame: pd.DataFrame) -> str:
    r"""Return a tabular of the width of a line, which needs no package and can be put into a table with a caption."""
    columns = "".join(rf"p{{{width}\linewidth}}" for width in _WIDTHS)
    rows = [" & ".join(as_printed(str(cell)) for cell in row) + r" \\" for row in (list(frame), *frame.to_numpy())]
    body = [r"\hline", rows[0], r"\hline", *rows[1:], r"\hline"]
    return "\n".join([rf"\begin{{tabular}}{{{columns}}}", *body, r"\end{tabular}"]) + "\n"
