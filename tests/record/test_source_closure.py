from __future__ import annotations

import ast
from pathlib import Path

import pytest

from analysis.paths import PACKAGE
from analysis.record.source_closure import SourceTree, imported_names


def tree(folder: Path, files: dict[str, str]) -> SourceTree:
    for name, text in files.items():
        path = folder / "analysis" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return SourceTree(folder=folder)


@pytest.fixture
def small(tmp_path: Path) -> SourceTree:
    return tree(
        tmp_path,
        {
            "__init__.py": "",
            "py.typed": "",
            "errors.py": "",
            "mines/__init__.py": "",
            "mines/counts.py": "import numpy\nfrom analysis.errors import Wrong\n",
            "mines/tables.py": "from analysis import plots\n",
            "plots/__init__.py": "",
            "plots/fonts/a.ttf": "font",
            "plots/fonts/.hidden": "",
            "plots/__pycache__/style.pyc": "",
            "plots/style.py": "def late():\n    from analysis.late import x\n",
            "late.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import analysis.mines.counts\n",
            "loop/__init__.py": "from .one import f\n",
            "loop/one.py": "from . import two\n",
            "loop/two.py": "from ..errors import x\nfrom analysis.loop import one\n",
            "broken.py": "from analysis import (",
        },
    )


ALWAYS = ("analysis/__init__.py", "analysis/py.typed")
MINES = "analysis/mines/__init__.py"
STYLE = "analysis/plots/style.py"
PLOTS = ("analysis/plots/__init__.py", "analysis/plots/fonts/a.ttf")


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("analysis.errors", ("analysis/errors.py",)),
        ("analysis.errors.Wrong", ("analysis/errors.py",)),
        ("analysis.mines", (MINES,)),
        ("analysis.mines.counts.total", ("analysis/errors.py", MINES, "analysis/mines/counts.py")),
        ("analysis.mines.tables", (MINES, "analysis/mines/tables.py", *PLOTS)),
        (
            "analysis.plots.style",  # by an import inside a function, and there by one for types only
            ("analysis/errors.py", "analysis/late.py", MINES, "analysis/mines/counts.py", *PLOTS, STYLE),
        ),
        (
            "analysis.loop.two",
            ("analysis/errors.py", "analysis/loop/__init__.py", "analysis/loop/one.py", "analysis/loop/two.py"),
        ),
        ("analysis.broken", ("analysis/broken.py",)),
    ],
)
def test_what_a_module_depends_on(small: SourceTree, name: str, files: tuple[str, ...]) -> None:
    assert small.closure([name]) == tuple(sorted((*ALWAYS, *files)))


def test_other_packages_and_modules_that_are_not_there_are_passed_over(small: SourceTree) -> None:
    assert small.closure(["numpy.random", "analysistics.errors", "errors"]) == ()
    assert small.closure(["analysis.nothing"]) == ALWAYS


def test_everything_is_every_file_that_is_neither_hidden_nor_made(small: SourceTree) -> None:
    found = small.everything()
    assert len(found) == 14
    assert not [name for name in found if "__pycache__" in name or ".hidden" in name]


def test_hashes_are_of_the_content(small: SourceTree) -> None:
    hashes = small.hashes(["analysis/errors.py", "analysis/py.typed", "analysis/nothing.py"])
    assert hashes["analysis/errors.py"] == hashes["analysis/py.typed"] != ""
    assert hashes["analysis/nothing.py"] == ""


def test_the_names_of_every_form_of_import() -> None:
    code = "import a.b as c, d\nfrom e.f import g as h, i\nfrom . import j\nfrom ..k import l\n"
    found = imported_names(ast.parse(code), package=("p", "q"))
    assert found == ("a.b", "d", "e.f.g", "e.f.i", "p.q.j", "p.k.l")


def test_the_package_itself_is_seen_as_it_is() -> None:
    """The studies stand beside each other; the fonts come with what draws."""
    whole = SourceTree(folder=PACKAGE.parent)
    mines = whole.closure(["analysis.contamination.study", "analysis.reporting.open_study"])
    assert "analysis/contamination/density.py" in mines
    assert "analysis/evidence/package.py" in mines
    assert "analysis/plots/fonts/LiberationSans-Regular.ttf" in mines
    assert not [name for name in mines if name.startswith(("analysis/maps", "analysis/pipeline", "analysis/claims"))]
    assert {*mines} < {*whole.everything()}


def test_the_package_imports_nothing_by_names_made_at_run_time() -> None:
    # The template of forked kernels imports libraries by name, never this package, and is itself hashed as a file.
    template = PACKAGE / "pipeline/warm/ipykernel_template.py"
    dynamic = [
        path.name
        for path in sorted({*PACKAGE.rglob("*.py")} - {template})
        if any(word in path.read_text(encoding="utf-8") for word in ("import_module(", "__import__("))
    ]
    assert dynamic == []
