"""The whole way on a small repository of its own: a copy of the package, two notebooks, real kernels."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.paths import DATA, PACKAGE

pytestmark = [pytest.mark.notebooks, pytest.mark.faults]

HEAVY = """
import sys
from analysis.__main__ import main
status = main([sys.argv[1]])
heavy = {"pandas", "numpy", "PIL", "papermill", "nbformat", "IPython", "matplotlib"}
print(status, sorted(heavy & {*sys.modules}))
"""


class Copy:
    """A repository that is the whole world to the program: its package, data and notebooks are its own."""

    def __init__(self, layout) -> None:
        self.layout = layout
        without = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PACKAGE, layout.source / "analysis", ignore=without)
        shutil.copytree(DATA, layout.data, dirs_exist_ok=True)
        self.environment = {**os.environ, "PYTHONPATH": str(layout.source)}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, *arguments], env=self.environment, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        process = self.start("-m", "analysis", *arguments)
        said, complaint = process.communicate()
        assert "Traceback" not in complaint, complaint
        return process.returncode, said

    def ran(self, *arguments: str) -> list[str]:
        """Return the notebooks that ran, as run.json has them."""
        (self.layout.build / "run.json").unlink(missing_ok=True)
        status, said = self.run("reproduce", *arguments)
        assert status == 0, said
        facts = self.layout.build / "run.json"
        return sorted(json.loads(facts.read_bytes())["notebooks"]) if facts.exists() else []

    def stale(self) -> dict[str, list[str]]:
        status, said = self.run("status", "--json")
        found = {
            name: [f"{each['part']}: {each['name']}" for each in one["changes"]]
            for name, one in json.loads(said)["notebooks"].items()
            if not one["up_to_date"]
        }
        assert status == (1 if found else 0)
        return found

    def append(self, path: Path, text: str) -> None:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(text)


@pytest.fixture
def copy(bare, make_study) -> Copy:
    bare.write("alpha", make_study("alpha"))
    bare.write("beta", make_study("beta", factor=2, more=["from analysis.maps import limits"]))
    return Copy(bare.layout)


def test_an_edit_runs_what_depends_on_it_and_nothing_else(copy: Copy) -> None:
    assert copy.stale() == {"alpha": ["outputs: figures/MANIFEST.json", "last run: "]} | {
        "beta": ["outputs: figures/MANIFEST.json", "last run: "]
    }
    assert copy.ran() == ["alpha", "beta"]
    assert copy.stale() == {}
    assert copy.ran() == []
    for command in ("reproduce", "status"):
        said, _ = copy.start("-c", HEAVY, command).communicate()
        assert said.splitlines()[-1] == "0 []"

    copy.append(copy.layout.source / "analysis" / "maps" / "limits.py", "\n# edited\n")
    copy.append(copy.layout.source / "analysis" / "contamination" / "density.py", "\n# edited\n")
    assert copy.stale() == {"beta": ["code: src/analysis/maps/limits.py"]}
    assert copy.ran() == ["beta"]

    notebook = copy.layout.notebooks / "alpha.ipynb"
    text = notebook.read_text(encoding="utf-8")
    assert "A question" in text
    notebook.write_text(text.replace("A question", "Another question"), encoding="utf-8")
    assert copy.stale() == {"alpha": ["notebook: notebooks/alpha.ipynb"]}
    assert copy.ran() == ["alpha"]

    (copy.layout.build / "up-to-date" / "beta.json").write_bytes(b"\0\0")
    assert copy.ran() == ["beta"]
    assert copy.ran("--force", "alpha") == ["alpha"]
    assert copy.stale() == {}


def test_runs_at_the_same_time_leave_one_sound_record_and_what_is_known_of_it(copy: Copy) -> None:
    runs = [copy.start("-m", "analysis", "reproduce", *more) for more in ([], ["--force"], ["alpha"])]
    ends = [(run.communicate(), run.returncode) for run in runs]
    assert [status for _, status in ends] == [0, 0, 0], ends
    assert copy.stale() == {}
    assert copy.ran() == []
    values = json.loads((copy.layout.figures / "values.json").read_bytes())["values"]
    assert (values["alpha.main"]["value"], values["beta.main"]["value"]) == (0.95, 1.9)
