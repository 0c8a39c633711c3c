"""Every text file of the paper kit by its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from analysis.record.latex import as_latex
from analysis.record.printed import printed_kind, printed_range, printed_value, printed_whole
from analysis.record.serialise import as_json
from analysis.record.stored_figure import StoredFigure
from analysis.reporting.paper.references import References
from analysis.reporting.paper.tables import paper_tables, table_files
from analysis.reporting.submission import latex_captions

EXAMPLE: Final = "example.typ"

_README: Final = """\
# For a paper

Made by `analysis paper` from the record; the next such command replaces it. Take from here, and never type a number.

| file | what it is |
|---|---|
| `values.tex` | macros for LaTeX: `\\input{{values}}`, then `\\analysisprinted{{key}}` and so on |
| `values.json` | the same as printed text for Typst, Quarto and other programs |
| `tables/` | {tables} tables, each as `.tex` to input, `.html` to paste into a document, `.csv` for a spreadsheet |
| `figures/` | {figures} figures as `.pdf`, `.svg` and `.png` |
| `captions/`, `alt-texts/` | a caption and a description for readers who cannot see it, one file a figure |
| `captions.tex` | the captions as macros: `\\caption{{\\analysiscaption{{casualty-rate}}}}` |
| `references.bib` | {references} pages behind values and figures, for BibTeX, biber and Typst |
| `example.typ`, `example.pdf` | a short paper that uses all of these (`typst compile example.typ`) |

Printed values: whole numbers in full, others with three significant digits, shares in per cent; the ends of a range
with the decimals of the value. The full digits are in `figures/values.json` of the repository.

Of the pages behind the record {withheld} are not in `references.bib`: their title or address would name the place of an
accident or tell of a person hurt in it. `data/sources.csv` has them.

Every statement is attributed to who made it: keep the attribution when shortening a caption. Not for navigation,
clearance or any decision on safety.
"""


def paper_texts(
    values: Mapping[str, Mapping[str, Any]], figures: Mapping[str, StoredFigure], cited: References
) -> dict[str, str]:
    """Return the text of each file by its path in the kit.

    Parameters
    ----------
    values
        As they stand in values.json, by full key.
    figures
        Facts of each figure by name.
    cited
        References of both.
    """
    tables = paper_tables(values)
    captions = {name: figure.caption for name, figure in figures.items()}
    texts = {
        "values.tex": as_latex(values),
        "values.json": as_json({key: _for_print(values[key], cited) for key in sorted(values)}),
        "captions.tex": latex_captions(captions),
        "references.bib": cited.bibliography,
        EXAMPLE: (Path(__file__).parent / EXAMPLE).read_text(encoding="utf-8"),
        "README.md": _README.format(
            tables=len(tables), figures=len(figures), references=len(cited.source_ids), withheld=cited.withheld
        ),
    }
    for name, frame in tables.items():
        texts |= {f"tables/{file}": text for file, text in table_files(name, frame).items()}
    texts |= {f"captions/{name}.txt": f"{caption}\n" for name, caption in captions.items()}
    texts |= {f"alt-texts/{name}.txt": f"{figure.alt}\n" for name, figure in figures.items()}
    return texts


def _for_print(value: Mapping[str, Any], cited: References) -> dict[str, object]:
    return {
        "whole": printed_whole(value),
        "value": printed_value(value),
        "range": printed_range(value),
        "kind": printed_kind(value),
        **{name: value[name] for name in ("quantity", "unit", "n", "n_unit", "method", "geography", "period")},
        "sources": [source_id for source_id in value["sources"] if source_id in cited.source_ids],
    }
