"""nbval as it is used here, on the tiny repository: same outputs pass, another one fails, a dead kernel is noticed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from nbformat.v4 import new_output

from analysis.paths import NOTEBOOKS

pytestmark = [pytest.mark.notebooks, pytest.mark.faults]


def git(project, *arguments: str) -> str:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    return subprocess.run(command, cwd=project.layout.root, check=True, capture_output=True, text=True).stdout


def test_nbval_tells_right_from_wrong_and_leaves_the_tree_clean(project, make) -> None:
    silent = make(["1;", "import sys; print('where outputs go', file=sys.stderr)", "2"], parameters=None)
    for number, cell in enumerate(silent.cells[1:], start=1):
        cell.execution_count = number
    silent.cells[3].outputs = [new_output("execute_result", {"text/plain": "3"}, execution_count=3)]
    dead = make(["1", "import os; os.kill(os.getpid(), 9)", "2"], parameters=None)
    project.write("silent", silent)
    project.write("dead", dead)
    shutil.copy(NOTEBOOKS / "conftest.py", project.layout.notebooks)
    (project.layout.root / ".gitignore").write_text("build/\n__pycache__/\n", encoding="utf-8")
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "state")

    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-rA", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-W", "error", "notebooks"], cwd=project.layout.root, check=False, capture_output=True, text=True
    )

    def cells(word: str) -> list[str]:
        return sorted(
            {f"{name} {cell}" for name, cell in re.findall(rf"^{word} .*?(\w+)\.ipynb::Cell (\d+)", done.stdout, re.M)}
        )

    assert cells("PASSED") == [
        *(f"alpha {cell}" for cell in range(3)),
        *(f"beta {cell}" for cell in range(3)),
        "dead 0",
        "silent 0",
        "silent 1",
    ]
    assert cells("FAILED") == ["dead 1", "dead 2", "silent 2"], done.stdout
    assert "the kernel died in this cell (exit status -9)" in done.stdout
    assert git(project, "status", "--porcelain") == ""
    assert (project.layout.build / "interactive" / "alpha" / "values.json").is_file()
