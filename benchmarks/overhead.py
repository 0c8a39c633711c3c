"""What running the notebooks costs beyond their computations, beside the targets.

Everything is measured in a temporary copy of the repository; the record is not touched. Times depend on the machine and
on what else it does: measure on an idle one with two free cores.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT: Final = Path(__file__).resolve().parent.parent
COPIES: Final = 4
ROUNDS: Final = 3
SHORT_REPEATS: Final = 5

# Opens a study as every notebook does, and records one value, without which a notebook has no outputs.
SMALL: Final = (
    'data: str = ""  # evidence folder; empty for the repository\'s own',
    """\
from analysis.estimate import Estimate, Period
from analysis.reporting import open_study
study = open_study("{name}", data=data)
study.values({{"sources": Estimate(
    quantity="sources", value=float(len(study.evidence.sources)), unit="sources", interval=None, method="counted",
    n=len(study.evidence.sources), n_unit="rows", period=Period(start=study.evidence.last_date,
    end=study.evidence.last_date), geography="all", sources=(str(study.evidence.sources.index[0]),))}})""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table: what was measured, in what unit, and the target; None where there is none."""

    what: str
    value: float
    unit: str
    target: float | None = None

    def text(self) -> str:
        """Return the line as printed."""
        if self.target is None:
            return f"{self.what:<72} {self.value:8.2f} {self.unit}"
        verdict = "met" if self.value <= self.target else "MISSED"
        return f"{self.what:<72} {self.value:8.2f} {self.unit:<12} at most {self.target:g}: {verdict}"


def announce(what: str) -> None:
    """Say on standard error what is measured now; the table is on standard output."""
    print(f"... {what}", file=sys.stderr, flush=True)


class Copy:
    """A temporary copy of the repository's committed files as they are in the work tree."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        listed = subprocess.run(  # noqa: S603
            ["git", "-C", str(ROOT), "ls-files", "-z"],  # noqa: S607
            check=True,
            capture_output=True,
        ).stdout
        for name in listed.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        compileall.compile_dir(folder / "src", quiet=1)
        self.environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def seconds(self, *arguments: str) -> float:
        """Run a module or program text of Python in the copy and return the wall time, in seconds."""
        command = [sys.executable, *arguments]
        started = perf_counter()
        done = subprocess.run(  # noqa: S603
            command, cwd=self.root, env=self.environment, check=False, capture_output=True, text=True
        )
        taken = perf_counter() - started
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return taken

    def papermill(self) -> float:
        """Return the time `papermill` takes for all notebooks, called as from a shell, one after the other."""
        out = self.root / "build" / "papermill"
        out.mkdir(parents=True, exist_ok=True)
        taken = 0.0
        for path in self.notebooks():
            announce(f"papermill on {path.name}")
            arguments = ("--cwd", "notebooks", "--no-progress-bar", str(path), str(out / path.name))
            taken += self.seconds("-m", "papermill", *arguments)
        return taken

    def notebooks(self) -> list[Path]:
        """Return the notebooks of the copy."""
        return sorted((self.root / "notebooks").glob("*.ipynb"))

    def cell_seconds(self) -> float:
        """Return the time the last run spent in cells, summed over the notebooks."""
        facts = json.loads((self.root / "build" / "run.json").read_bytes())
        return float(sum(one["cell_seconds"] for one in facts["notebooks"].values()))


def real_notebooks(copy: Copy) -> Iterator[Line]:
    """Measure the committed notebooks: overhead, and the ratio to papermill beside its floor."""
    count = len(copy.notebooks())
    forked = floor = 0.0
    for option, title in (((), "forked kernels"), (("--plain-kernels",), "plain kernels")):
        announce(f"{count} real notebooks with {title}; some minutes")
        wall = copy.seconds("-m", "analysis", "reproduce", "--force", *option)
        cells = copy.cell_seconds()
        overhead = (wall - cells / 2) / count
        yield Line(what=f"{count} real notebooks, {title}: wall", value=wall, unit="s")
        yield Line(what="  time in cells, summed", value=cells, unit="s")
        target = None if option else 1.0
        yield Line(what="  (wall - cells / 2) / notebooks", value=overhead, unit="s a notebook", target=target)
        if not option:
            forked, floor = wall, cells / 2
    papermill = copy.papermill()
    yield Line(what=f"{count} real notebooks, papermill from the shell, one by one: wall", value=papermill, unit="s")
    yield Line(what="  ratio of forked kernels to papermill", value=forked / papermill, unit="")
    what = "  floor of that ratio: half the time in cells over papermill's time"
    yield Line(what=what, value=floor / papermill, unit="")


def small_notebooks(copy: Copy) -> Iterator[Line]:
    """Measure copies of a notebook that opens a study and counts its sources."""
    shutil.rmtree(copy.root / "figures")
    (copy.root / "figures").mkdir()
    for path in copy.notebooks():
        path.unlink()
    for number in range(1, COPIES + 1):
        _write_small(copy.root / "notebooks" / f"copy_{number}.ipynb")
    head = f"{COPIES} copies of a notebook that opens a study"
    announce(f"{head}, {ROUNDS} times; about two minutes")
    copy.seconds("-m", "analysis", "reproduce")  # makes the record that the measured runs are compared with
    kinds = {"forked kernels": (), "plain kernels": ("--plain-kernels",)}
    walls: dict[str, list[float]] = {title: [] for title in (*kinds, "papermill")}
    # In turns, since how fast a machine is changes within minutes.
    for _ in range(ROUNDS):
        for title, option in kinds.items():
            walls[title].append(copy.seconds("-m", "analysis", "reproduce", "--force", *option))
        walls["papermill"].append(copy.papermill())
    what = f"{head}: papermill from the shell, one by one, median of {ROUNDS}"
    yield Line(what=what, value=median(walls["papermill"]), unit="s")
    for title in kinds:
        yield Line(what=f"  analysis reproduce, {title}: wall", value=median(walls[title]), unit="s")
        ratios = [ours / theirs for ours, theirs in zip(walls[title], walls["papermill"], strict=True)]
        target = 0.35 if title == "forked kernels" else None
        what = f"  ratio to papermill, median of {min(ratios):.2f} to {max(ratios):.2f}"
        yield Line(what=what, value=median(ratios), unit="", target=target)


def _write_small(path: Path) -> None:
    parameters, body = SMALL
    cells = [
        new_markdown_cell("# Sources", id="title"),  # type: ignore[no-untyped-call]
        new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),  # type: ignore[no-untyped-call]
        new_code_cell(body.format(name=path.stem), id="result"),  # type: ignore[no-untyped-call]
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    made = new_notebook(cells=cells, metadata={"kernelspec": kernel})  # type: ignore[no-untyped-call]
    nbformat.write(made, path)  # type: ignore[no-untyped-call]


def short_commands(copy: Copy, *, reproduced: bool) -> Iterator[Line]:
    """Measure what should come at once; nothing to do only where everything was reproduced before."""
    announce("short commands")
    asked: list[tuple[str, Sequence[str], float]] = [
        ("import analysis, beyond python itself", ("-c", "import analysis"), 0.2),
        ("analysis --help", ("-m", "analysis", "--help"), 0.4),
    ]
    if reproduced:
        asked.append(("analysis reproduce with nothing to do", ("-m", "analysis", "reproduce"), 1.5))
    bare = _shortest(copy, ("-c", "pass"))
    for what, arguments, target in asked:
        value = _shortest(copy, arguments) - (bare if arguments[0] == "-c" else 0.0)
        yield Line(what=what, value=value, unit="s", target=target)


def _shortest(copy: Copy, arguments: Sequence[str]) -> float:
    return min(copy.seconds(*arguments) for _ in range(SHORT_REPEATS))


def main() -> int:
    """Measure and print; the exit status is 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="leave the real notebooks out (about half a minute instead of a quarter of an hour)",
    )
    quick = parser.parse_args().quick
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="overhead-") as folder:
        copies = [Copy(Path(folder) / name) for name in ("real", "small")]
        for measured in (
            () if quick else real_notebooks(copies[0]),
            short_commands(copies[0], reproduced=not quick),
            small_notebooks(copies[1]),
        ):
            for line in measured:
                print(line.text(), flush=True)
                lines.append(line)
    missed = [line for line in lines if line.target is not None and line.value > line.target]
    print(f"\n{len(missed)} of {sum(line.target is not None for line in lines)} targets missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
