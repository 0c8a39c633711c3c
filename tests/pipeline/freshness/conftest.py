"""The tiny repository with a package of its own, evidence in files, and both notebooks up to date."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.pipeline.result import RunSpec

SOURCE = {
    "__init__.py": "",
    "mines/__init__.py": "",
    "mines/counts.py": "from analysis import shared\n",
    "maps.py": "def late():\n    from analysis import shared\n",
    "shared.py": "",
    "unrelated.py": "",
    "plots/__init__.py": "",
    "plots/fonts/a.ttf": "a font",
    "pipeline/__init__.py": "",
    "pipeline/run_one.py": "",
    "pipeline/warm/__init__.py": "",
    "pipeline/warm/ipykernel_template.py": "",
}
IMPORTS = {
    "alpha": "from analysis.mines import counts",
    "beta": "import analysis.maps, analysis.plots\n%matplotlib inline",
}


class Fresh:
    """The repository, and which notebooks a run runs."""

    def __init__(self, project, quick) -> None:
        self.project, self.quick, self.layout = project, quick, project.layout
        for name, text in SOURCE.items():
            path = self.layout.source / "analysis" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.write("data/table.csv", "a\n1\n")
        for name, code in IMPORTS.items():
            quick.happens[name] = self.ends
            self.edit_notebook(name, lambda tree, code=code: tree["cells"][2].update(source=code))
        project.reproduce()
        del quick.ran[:]

    @staticmethod
    def ends(spec: RunSpec) -> None:
        """Let a notebook come out as it is."""
        shutil.copy(spec.notebook, spec.executed)

    def path(self, name: str) -> Path:
        return self.layout.root / name

    def write(self, name: str, text: str) -> None:
        self.path(name).write_text(text, encoding="utf-8")
        files = sorted(self.layout.data.iterdir())
        self.project.evidence = {file.name: sha256(file.read_bytes()).hexdigest() for file in files}

    def edit_notebook(self, name: str, edit) -> None:
        path = self.layout.notebooks / f"{name}.ipynb"
        tree = json.loads(path.read_bytes())
        edit(tree)
        path.write_text(json.dumps(tree, indent=1) + "\n", encoding="utf-8")

    def run(self, *notebooks: str, **asked: object) -> list[str]:
        """Return the names of the notebooks that were run."""
        self.report = self.project.reproduce(*notebooks, **{"force": False, **asked})
        ran = sorted(spec.name for spec in self.quick.ran)
        del self.quick.ran[:]
        return ran


@pytest.fixture
def fresh(project, quick) -> Fresh:
    return Fresh(project, quick)
