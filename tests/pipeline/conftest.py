"""A tiny repository with two notebooks that write a value and a figure each, made once and copied for each test."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.pipeline import execution as module
from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.normalise import as_text, normalised
from analysis.pipeline.progress import Progress
from analysis.pipeline.report import Report
from analysis.pipeline.reproduce import reproduce
from analysis.pipeline.request import Request
from analysis.pipeline.result import Failure, Result, RunSpec
from analysis.pipeline.verification.outcome import Verification
from analysis.pipeline.verification.verify import verify
from analysis.pipeline.warm.template import warm_kernels
from analysis.record.layout import Layout

PARAMETERS = """\
data: str = ""  # evidence folder
level: float = 0.95  # a number that is printed
words: list[str] = []  # words that are printed
seed: int = 1  # start of chance
"""

BODY = """\
import io, os
from datetime import date
from pathlib import Path
import pandas as pd
from PIL import Image
from analysis.estimate import Estimate, Period
from analysis.record.run_record import FigureFacts, RunRecord
# Not by destination(), which without a runner (nbval) would choose the real repository's build/.
folder = Path(os.environ.get("ANALYSIS_OUTPUT", "../build/interactive/{name}"))
folder.mkdir(parents=True, exist_ok=True)
run = RunRecord(notebook="{name}", folder=folder, parameters={{"level": level}}, checksums={{}})
period = Period(start=date(2020, 1, 1), end=date(2020, 12, 31))
def_of_all = dict(unit="share", interval=None, method="typed", n=3, n_unit="rows", period=period, geography="nowhere")
run.add_value("main", Estimate(quantity="level", value=level * {factor}, sources=("s1",), **def_of_all))
"""

FIGURE = """\
stream = io.BytesIO()
Image.new("RGB", (30, 20), (int(200 * level), 10, 10)).save(stream, "png")
images = {{"png": stream.getvalue(), "pdf": b"%PDF " + repr(level).encode(), "svg": b"<svg/>"}}
facts = FigureFacts(name="{name}-figure", caption="c", alt="a", sources=("s1",), estimates=("main",))
run.add_figure(facts, images=images, drawn=pd.DataFrame({{"level": [level * {factor}]}}))
print(f"level {{level * {factor}:.6g}}, words {{words}}")
"""


def notebook(cells: Sequence[str], *, parameters: str | None = PARAMETERS) -> nbformat.NotebookNode:
    made = new_notebook(cells=[new_markdown_cell("# A question", id="title")])
    if parameters is not None:
        made.cells.append(new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}))
    made.cells += [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(cells)]
    return normalised(made)


def study(name: str, *, factor: float = 1, more: Sequence[str] = ()) -> nbformat.NotebookNode:
    return notebook([BODY.format(name=name, factor=factor), FIGURE.format(name=name, factor=factor), *more])


def write(folder: Path, name: str, made: nbformat.NotebookNode) -> Path:
    path = folder / f"{name}.ipynb"
    path.write_text(as_text(made), encoding="utf-8")
    return path


class Project:
    """The tiny repository and what tests do with it."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root=root)
        self.said = io.StringIO()
        self.evidence: Mapping[str, str] = {"table.csv": "e" * 64}

    def reproduce(
        self, *notebooks: str, after_rename: Callable[[int], None] = lambda _: None, **asked: object
    ) -> Report:
        asked.setdefault("cell_timeout_s", 60)
        asked.setdefault("force", not asked.get("rewrite"))  # most tests are about what happens when notebooks run
        return reproduce(
            Request(notebooks=notebooks, **asked),  # type: ignore[arg-type]
            self.layout,
            check_evidence=lambda _: self.evidence,
            progress=Progress(total=0, stream=self.said),
            after_rename=after_rename,
        )

    def verify(self, **asked: object) -> Verification:
        asked.setdefault("cell_timeout_s", 60)
        return verify(
            Request(**asked),  # type: ignore[arg-type]
            self.layout,
            check_folder=lambda _: self.evidence,
            progress=Progress(total=0, stream=self.said),
        )

    def verified(self, name: str) -> str:
        """Return one of the files the last verification wrote."""
        return (self.layout.build / "verify" / name).read_text(encoding="utf-8")

    def committed(self) -> dict[str, bytes]:
        """Return every committed file that a run could change."""
        folders = (self.layout.figures, self.layout.notebooks)
        files = [path for folder in folders for path in sorted(folder.iterdir())]
        return {path.relative_to(self.layout.root).as_posix(): path.read_bytes() for path in files}

    def value(self, key: str) -> float:
        tree = json.loads((self.layout.figures / "values.json").read_bytes())
        return float(tree["values"][key]["value"])

    def write(self, name: str, made: nbformat.NotebookNode) -> Path:
        return write(self.layout.notebooks, name, made)


def empty_project(root: Path) -> Project:
    for folder in ("notebooks", "figures", "data", "src", "tests"):
        (root / folder).mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\ndependencies = ["numpy>=2", "nbformat"]\n', encoding="utf-8")
    (root / "requirements.lock").write_text("no-such-package==2.0\n", encoding="utf-8")
    return Project(root)


@pytest.fixture(scope="session")
def _warm() -> Iterator[None]:
    """Offer warm kernels to all tests of this process: where the kind does not matter they save its start."""
    with warm_kernels(kernel_environment(None, private=Path(os.devnull))):
        yield


@pytest.fixture
def bare(_warm: None, tmp_path: Path) -> Project:
    """Return a repository without notebooks."""
    return empty_project(tmp_path / "a repository")


@pytest.fixture(scope="session")
def _published(_warm: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = empty_project(tmp_path_factory.mktemp("template") / "a repository")
    for name, factor in (("alpha", 1), ("beta", 2)):
        project.write(name, study(name, factor=factor))
    assert project.reproduce().ok
    return project.layout.root


@pytest.fixture
def project(_published: Path, tmp_path: Path) -> Project:
    """Return a repository whose two notebooks have been reproduced."""
    root = tmp_path / "a repository"
    shutil.copytree(_published, root)
    return Project(root)


@pytest.fixture(scope="session")
def make_project() -> Callable[[Path], Project]:
    """Return the maker of what tests do with a repository in a folder."""
    return Project


@pytest.fixture(scope="session")
def make_notebook() -> Callable[..., nbformat.NotebookNode]:
    """Return the maker of a notebook from the sources of its cells, for fixtures that outlive a test."""
    return notebook


@pytest.fixture
def make() -> Callable[..., nbformat.NotebookNode]:
    """Return the maker of a notebook from the sources of its cells."""
    return notebook


@pytest.fixture
def make_study() -> Callable[..., nbformat.NotebookNode]:
    """Return the maker of a notebook that writes a value and a figure."""
    return study


class Quick:
    """Stands for the kernels: each notebook 'runs' by copying what it once wrote, after what a test wants to happen."""

    def __init__(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        self.once = project.layout.root.parent / "once"
        shutil.copytree(project.layout.build / "reproduce", self.once)
        # The longest starts first; how long the real kernels took differs by chance, here all take the same.
        durations = project.layout.build / "durations.json"
        durations.write_text(json.dumps(dict.fromkeys(json.loads(durations.read_text()), 1.0)))
        self.happens: dict[str, Callable[[RunSpec], Failure | None]] = {}
        self.ran: list[RunSpec] = []
        monkeypatch.setattr(module, "team", lambda _: nullcontext(self))
        monkeypatch.setattr(module, "warm_kernels", lambda _: nullcontext())

    def prepare(self, count: int) -> None:
        """Start nothing."""

    def run(self, specs: Sequence[RunSpec], **_: object) -> Iterator[Result]:
        for spec in specs:
            self.ran.append(spec)
            source = spec.notebook.read_bytes()
            shutil.copytree(self.once / spec.name, spec.output)
            shutil.copy(self.once / f"{spec.name}.ipynb", spec.executed)
            failure = self.happens.get(spec.name, lambda _: None)(spec)
            if failure is not None:
                spec.executed.rename(spec.partial)
            yield Result(spec=spec, failure=failure, source_sha256=sha256(source).hexdigest(), seconds=1.0)


@pytest.fixture
def quick(project: Project, monkeypatch: pytest.MonkeyPatch) -> Quick:
    """Return the stand-in for kernels, switched on."""
    return Quick(project, monkeypatch)
