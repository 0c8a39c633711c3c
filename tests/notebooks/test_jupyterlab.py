"""JupyterLab in a browser: the start page opens, the kernel is found, Run All works.

Two small notebooks stand for all; ANALYSIS_LAB_ALL=1 in the environment runs every one, which takes long.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from analysis.paths import NOTEBOOKS, REPOSITORY

TOKEN = "for-this-test-only"  # noqa: S105 - of a server that only this machine reaches
SMALL = ("inspection", "records_as_a_test")
EVERY = "ANALYSIS_LAB_ALL" in os.environ
RUN = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")) if EVERY else SMALL
PATIENCE_S = 1200.0 if EVERY else 240.0
NUMBERED = re.compile(r"\[[*\d]+\]")
ACCEPT = ".jp-Dialog button.jp-mod-accept"
START = ".jp-NotebookPanel .jp-RenderedMarkdown h1"


def test_the_kernel_of_the_notebooks_is_that_of_this_environment() -> None:
    found = KernelSpecManager().get_kernel_spec("python3")
    # A kernel that names plain "python" is started with the interpreter of the server, which is this one.
    assert found.argv[0] in {"python", sys.executable} or Path(found.argv[0]).samefile(sys.executable)
    assert found.display_name == "Python 3 (ipykernel)"


def test_make_lab_opens_the_start_page_and_the_page_leads_to_files_that_exist() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert "/lab/tree/explore/start_here.ipynb" in makefile
    start = NOTEBOOKS / "explore" / "start_here.ipynb"
    page = "".join(json.loads(start.read_text(encoding="utf-8"))["cells"][0]["source"])
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert len(links) >= 5
    assert [link for link in links if not (start.parent / link).exists()] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the notebooks without outputs, so that what stands there afterwards was made in the browser."""
    copy = tmp_path_factory.mktemp("lab") / "notebooks"
    shutil.copytree(NOTEBOOKS, copy, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    for path in copy.glob("*.ipynb"):
        tree = json.loads(path.read_text(encoding="utf-8"))
        for cell in tree["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        path.write_text(json.dumps(tree), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Start what `make lab` starts, on the copy; return the address it says it is at."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    command = re.search(r"^lab:.*\n\t\$\(IN\)python (.+)$", makefile, re.M)
    assert command is not None
    words = [word for word in shlex.split(command[1]) if word != "notebooks"]
    settings = {f"JUPYTER_{name}_DIR": str(folder.parent / name.lower()) for name in ("CONFIG", "RUNTIME", "DATA")}
    log = folder.parent / "log"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(
            [sys.executable, *words, str(folder), "--no-browser", "--allow-root", "--ServerApp.port=0",
             f"--IdentityProvider.token={TOKEN}"],
            env={**os.environ, **settings}, stdout=stream, stderr=subprocess.STDOUT, cwd=folder.parent,
        )  # fmt: skip
    try:
        yield _said_address(log, server)
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:  # it waits for a connection that nobody answers; nothing of it is tested
            server.kill()
            server.wait()


def _said_address(log: Path, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        found = re.search(r"http://(?:localhost|127\.0\.0\.1):[1-9]\d*/", log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture
def page(browser, address: str) -> Iterator[object]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(1000 * PATIENCE_S)
    opened.goto(f"{address}?token={TOKEN}")
    yield opened
    context.close()


@pytest.mark.slow
@pytest.mark.notebooks
@pytest.mark.pages
def test_it_opens_on_the_start_page_as_text_to_read(page) -> None:
    assert page.inner_text(START).startswith("Start here")


@pytest.mark.slow
@pytest.mark.notebooks
@pytest.mark.pages
@pytest.mark.parametrize("name", RUN)
def test_run_all_runs_a_notebook_to_its_end(page, address: str, folder: Path, name: str) -> None:
    page.wait_for_selector(START)
    run_all_cells(page, address, name)
    code = finished_cells(page, folder / f"{name}.ipynb")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)


def run_all_cells(page, address: str, name: str) -> None:
    # In a workspace of its own, where no other notebook is open that the menu could be about.
    page.goto(f"{address}lab/workspaces/{name}/tree/{name}.ipynb")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
    page.wait_for_selector('.jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status="idle"]')
    assert page.locator(".jp-Dialog").count() == 0, "no question which kernel is meant"
    choose_run_all(page)


def choose_run_all(page) -> None:
    page.click('.lm-MenuBar-item:has-text("Run")')
    page.click('.lm-Menu-item[data-command="runmenu:run-all"]')


def finished_cells(page, path: Path) -> list[dict[str, object]]:
    """Save until every code cell on disk has run or one has failed, and return them."""
    asked: list[str] = []
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1500)
        asked += page.locator(".jp-Dialog").all_inner_texts()
        if page.locator(ACCEPT).count():  # such as whether to save over what it saved a moment ago
            page.click(ACCEPT)
            continue
        # JupyterLab forgets what it was told while it was still connecting to the kernel: tell it again, as one would.
        if NUMBERED.search(_prompts(page)) is None:
            choose_run_all(page)
        code = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
        failed = any(output["output_type"] == "error" for cell in code for output in cell["outputs"])
        if failed or all(cell["execution_count"] for cell in code):
            return code
    pytest.fail(f"{path.name} did not finish in {PATIENCE_S:g} s; prompts: {_prompts(page)}; questions: {asked}")


def _prompts(page) -> str:
    return " ".join(page.locator(".jp-NotebookPanel .jp-InputPrompt").all_inner_texts())
