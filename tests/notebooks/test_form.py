"""The form of the committed notebooks: thin, readable, executed in order, without traces of a machine."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from analysis.parameters import parse_cell
from analysis.paths import NOTEBOOKS
from analysis.pipeline.normalise import normalised_text

FILES = sorted(NOTEBOOKS.glob("*.ipynb"))
HEADINGS = ["Evidence", "Method", "Result", "Sensitivity", "What this does not show", "Sources"]
MAX_CODE_CELLS = 15
MAX_LINES = 12
FORBIDDEN_STATEMENTS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.Try,
    ast.Global,
    ast.Delete,
)
ALLOWED_IMPORTS = ("analysis", "pandas", "typing")
FORBIDDEN_IMPORTS = ("analysis.stats", "analysis.pipeline", "analysis.record", "analysis.paths")
FILE_NAME = re.compile(r"(^[/~.]+/)|(\.(csv|json|tex|png|pdf|svg|geojson|ipynb|txt|py)$)")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

pytestmark = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def cells(path: Path, kind: str | None = None) -> list[dict[str, Any]]:
    tree = json.loads(path.read_bytes())
    return [cell for cell in tree["cells"] if kind in (None, cell["cell_type"])]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def is_parameters(cell: dict[str, Any]) -> bool:
    return "parameters" in cell["metadata"].get("tags", [])


def prose(path: Path) -> list[str]:
    return [source(cell) for cell in cells(path, "markdown")]


def headings(path: Path) -> list[str]:
    return [line for text in prose(path) for line in text.splitlines() if re.match(r"#+ ", line)]


def nodes(path: Path) -> list[tuple[int, ast.AST]]:
    """Return every syntax node with the number of its code cell."""
    return [
        (place, node) for place, cell in enumerate(cells(path, "code"), 1) for node in ast.walk(ast.parse(source(cell)))
    ]


def outputs(path: Path) -> list[tuple[int, dict[str, Any]]]:
    return [(place, output) for place, cell in enumerate(cells(path, "code"), 1) for output in cell["outputs"]]


def test_one_title_then_the_six_sections_in_order(path: Path) -> None:
    found = headings(path)
    assert found[0].startswith("# "), "the first heading is the title"
    assert found[1:] == [f"## {name}" for name in HEADINGS]
    assert cells(path)[0]["cell_type"] == "markdown"


def test_one_parameters_cell_of_annotated_commented_literals_before_the_first_section(path: Path) -> None:
    tagged = [cell for cell in cells(path) if is_parameters(cell)]
    assert [cell["cell_type"] for cell in tagged] == ["code"]
    declared = parse_cell(source(tagged[0]))
    assert declared
    assert [parameter.name for parameter in declared if not parameter.help] == [], "parameters without a comment"
    evidence = next(place for place, cell in enumerate(cells(path)) if source(cell).startswith("## Evidence"))
    assert cells(path).index(tagged[0]) < evidence


def test_no_other_tags(path: Path) -> None:
    tags = [tag for cell in cells(path) for tag in cell["metadata"].get("tags", [])]
    assert tags == ["parameters"]


def test_few_and_short_code_cells(path: Path) -> None:
    code = cells(path, "code")
    assert len(code) <= MAX_CODE_CELLS
    long = {cell["id"]: len(source(cell).splitlines()) for cell in code if not is_parameters(cell)}
    assert {name: lines for name, lines in long.items() if lines > MAX_LINES} == {}
    assert all(source(cell).strip() for cell in code), "an empty cell"


def test_no_definitions_loops_or_error_handling(path: Path) -> None:
    found = [(place, type(node).__name__) for place, node in nodes(path) if isinstance(node, FORBIDDEN_STATEMENTS)]
    assert found == []


def test_imports_come_from_the_package_s_studies_only(path: Path) -> None:
    names = []
    for _, node in nodes(path):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    foreign = [name for name in names if name.split(".")[0] not in ALLOWED_IMPORTS]
    assert foreign == []
    assert [name for name in names if name.startswith(FORBIDDEN_IMPORTS)] == []


def test_no_paths(path: Path) -> None:
    texts = [(place, node.value) for place, node in nodes(path) if isinstance(node, ast.Constant)]
    found = [(place, text) for place, text in texts if isinstance(text, str) and FILE_NAME.search(text)]
    assert found == []


def test_executed_from_top_to_bottom(path: Path) -> None:
    counts = [cell["execution_count"] for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))


def test_no_errors_warnings_or_addresses_in_outputs(path: Path) -> None:
    bad = [
        (place, output["output_type"], output.get("name"))
        for place, output in outputs(path)
        if output["output_type"] == "error" or output.get("name") == "stderr"
    ]
    assert bad == []
    texts = [
        (place, json.dumps({key: value for key, value in output.get("data", output).items() if key != "image/png"}))
        for place, output in outputs(path)
    ]
    assert [place for place, text in texts if ADDRESS.search(text)] == []


def test_pictures_have_a_description_and_follow_the_numbers_they_draw(path: Path) -> None:
    code = cells(path, "code")
    pictures = [
        (place, output)
        for place, output in outputs(path)
        if any(kind.startswith("image/") for kind in output.get("data", {}))
    ]
    assert pictures, "a notebook without a figure"
    for place, output in pictures:
        assert "image/png" in output["data"], f"cell {place}: only PNG is skipped by nbval"
        alt = output["metadata"].get("alt") or output["metadata"].get("image/png", {}).get("alt", "")
        assert alt.strip(), f"cell {place}: a picture without a description"
        before = code[place - 2]["outputs"] if place > 1 else []
        shown = [one for one in before if one["output_type"] in {"execute_result", "display_data", "stream"}]
        assert shown, f"cell {place - 1} prints nothing for nbval to compare"


def test_committed_in_the_normal_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert normalised_text(text) == text


def test_cell_ids_are_short_names(path: Path) -> None:
    names = [cell["id"] for cell in cells(path)]
    assert [name for name in names if not ID.fullmatch(name) or len(name) > 40] == []
    assert len({*names}) == len(names)


# What may stand in prose as a number: dates and years, section and issue numbers, formulas, code, links, quotations.
HARMLESS = (
    r"`[^`]*`",
    r"\$\$.*?\$\$",
    r"\$[^$]*\$",
    r"\]\([^)]*\)",
    r"[\"\u201c][^\"\u201d]*[\"\u201d]",
    r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?\b",
    r"\b(19|20)\d\d(-\d\d(-\d\d)?|[\u2013-](19|20)?\d\d)?\b",
)
RESULT = re.compile(
    r"\d[\d,]*\.\d+|\d{1,3}(,\d{3})+|\d{3,}|\d+ ?(%|per cent|percent|ha\b|km|hectares|mines|casualties|people)"
)


def outside_method(path: Path) -> list[str]:
    """Return the prose without the Method section, whose constants (levels, step lengths) are choices, not results."""
    section, kept = "", []
    for text in prose(path):
        for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
            section = part.splitlines()[0] if part.startswith("## ") else section
            kept += [part] if section != "## Method" else []
    return kept


def test_no_result_is_typed_into_the_text(path: Path) -> None:
    found = []
    for text in outside_method(path):
        plain = text
        for pattern in HARMLESS:
            plain = re.sub(pattern, " ", plain, flags=re.DOTALL)
        found += [match.group() for match in RESULT.finditer(plain)]
    assert found == []


def test_sections_are_not_empty(path: Path) -> None:
    kinds = [(cell["cell_type"], source(cell)) for cell in cells(path)]
    bare = [
        text
        for (kind, text), (following, after) in pairwise([*kinds, ("markdown", "## end")])
        if kind == "markdown"
        and re.fullmatch(r"## .*", text.strip())
        and following == "markdown"
        and after.startswith("## ")
    ]
    assert bare == []
