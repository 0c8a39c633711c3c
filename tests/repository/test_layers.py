"""The layer rules hold, and each of them really refuses what it forbids."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "analysis"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the layer check on the package in `folder`."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [program, "--no-cache", "--no-logo", *options, ROOT / "pyproject.toml"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_rules_hold() -> None:
    done = lint(ROOT / "src")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("contract", "module", "statement"),
    [
        ("layers", "errors.py", "import analysis.estimate"),
        ("layers", "stats/door.py", "import analysis.evidence"),
        ("layers", "maps/door.py", "import analysis.casualties"),
        ("layers", "evidence/door.py", "import analysis.record"),
        ("layers", "calibration/door.py", "import analysis.claims"),
        ("layers", "multiverse/door.py", "import analysis.claims"),
        ("layers", "maps/window.py", "import analysis.calibration"),
        ("layers", "pipeline/door.py", "import analysis.site"),
        ("layers", "record/door.py", "def late():\n    import analysis.plots"),
        ("layers", "unplaced.py", ""),
        ("statistics", "casualties/door.py", "import scipy.stats"),
        ("statistics", "maps/door.py", "from shapely import Point"),
        ("drawing", "reporting/door.py", "from matplotlib.figure import Figure"),
        ("drawing", "record/door.py", "import seaborn"),
        ("running", "reporting/door.py", "import papermill"),
        ("running", "record/door.py", "import nbclient"),
        ("typesetting", "reporting/door.py", "import typst"),
        ("pages", "reporting/door.py", "from sphinx.application import Sphinx"),
        ("pages", "pipeline/door.py", "import itables"),
    ],
)
def test_rule_refuses(contract: str, module: str, statement: str, tmp_path: Path) -> None:
    copy = tmp_path / "analysis"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    done = lint(tmp_path, "--contract", contract)
    assert done.returncode == 1, done.stdout
    assert module.removesuffix(".py").replace("/", ".") in done.stdout


def test_every_rule_is_tried() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {
        "layers",
        "statistics",
        "drawing",
        "running",
        "typesetting",
        "pages",
    }


# Files enter by one door too; what reads them is a function of pandas or the standard library, so the calls are read.

TABLE_READERS = {
    "csv.reader", "csv.DictReader", "pd.read_csv", "pd.read_excel", "pd.read_json", "pd.read_table", "np.loadtxt",
    "np.genfromtxt", "pyogrio.read_dataframe", "geopandas.read_file", "gpd.read_file",
}  # fmt: skip
JSON_READERS = {"json.load", "json.loads"}


def readers_called(source: str) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return sorted(name for call in calls if (name := ast.unparse(call.func)) in TABLE_READERS | JSON_READERS)


def forbidden_readers(path: Path) -> list[str]:
    """Reading calls of one module that its place in the package does not allow."""
    allowed = {
        "evidence": TABLE_READERS | JSON_READERS,
        "calibration": TABLE_READERS | JSON_READERS,  # reads back what it wrote itself
        "multiverse": TABLE_READERS | JSON_READERS,  # reads back what was written beside it
        "record": TABLE_READERS | JSON_READERS,  # reads back what it wrote itself
        "pipeline": JSON_READERS,  # notebooks, and what a run wrote
    }.get(path.relative_to(PACKAGE).parts[0], set())
    return [name for name in readers_called(path.read_text(encoding="utf-8")) if name not in allowed]


def test_tables_and_geometry_enter_through_evidence() -> None:
    modules = sorted(PACKAGE.rglob("*.py"))
    assert modules
    assert {str(path.relative_to(PACKAGE)): found for path in modules if (found := forbidden_readers(path))} == {}


def test_reader_is_noticed() -> None:
    source = (
        "import json\nimport pandas as pd\n\ndef f(path):\n    return pd.read_csv(path), json.loads(path.read_text())\n"
    )
    assert readers_called(source) == ["json.loads", "pd.read_csv"]
