"""Warm kernels: what they have in common with plain ones, and what becomes of them when something is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from analysis.paths import DATA, NOTEBOOKS
from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.kernel import kernel_manager
from analysis.pipeline.result import FailureKind, Result, RunSpec
from analysis.pipeline.run_one import run_one
from analysis.pipeline.warm import template as module
from analysis.pipeline.warm.process import WarmProcess
from analysis.pipeline.warm.template import ADDRESS_VARIABLE, offered, warm_kernels
from analysis.settings import PLAIN_KERNELS

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
]

WHO = "import os; print(os.getpid(), os.getppid(), flush=True)"


@pytest.fixture
def own(monkeypatch):
    """Offer warm kernels of a template that this test may kill."""
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    with warm_kernels(environment()):
        yield


def environment() -> dict[str, str]:
    return kernel_environment(None, private=Path(os.devnull))


@pytest.fixture
def run(bare, make, tmp_path: Path):
    def running(*cells: str, name: str = "study", timeout: int = 60) -> Result:
        return run_one(
            RunSpec(
                notebook=bare.write(name, make(cells, parameters=None)),
                executed=tmp_path / "run" / f"{name}.ipynb",
                output=tmp_path / "run" / name,
                cell_timeout_s=timeout,
            )
        )

    return running


def printed(result: Result) -> list[str]:
    path = result.spec.executed if result.ok else result.failure.partial
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(output.get("text", [])).strip() for cell in cells for output in cell.get("outputs", [])]


def gone(pid: int) -> bool:
    """Return whether a process has ended, waiting a little: signals take their time on a busy machine."""
    for _ in range(300):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def wait_for(path: Path, words: int) -> list[int]:
    for _ in range(600):
        if path.is_file() and len(path.read_text().split()) == words:
            return [int(word) for word in path.read_text().split()]
        time.sleep(0.1)
    raise AssertionError(f"{path} was not written")


@pytest.mark.usefixtures("own")
def test_a_warm_kernel_is_a_process_of_its_own_in_the_stated_environment(run, monkeypatch) -> None:
    monkeypatch.setenv("ANALYSIS_OUTPUT", "/elsewhere")
    result = run(
        "import os, sys; print(os.environ['ANALYSIS_OUTPUT'], os.environ['IPYTHONDIR'], os.getcwd(), sep='|')",
        "print(os.environ['PYTHONHASHSEED'], hash('a'), 'ANALYSIS_WARM_KERNELS' in os.environ)",
        "print(open('/proc/self/cmdline').read().replace(chr(0), ' '))",
        "print(os.getsid(0) == os.getpid(), __name__)",
        "print('analysis' in sys.modules, 'ipykernel_template' in ' '.join(sys.modules))",
        "print(open(f'/proc/{os.getppid()}/cmdline').read().split(chr(0))[1])",
    )
    assert result.ok, result.failure
    where, seed, command, session, modules, parent = printed(result)
    output, ipython, cwd = where.split("|")
    assert output == str(result.spec.output)
    assert Path(ipython).parent.name.startswith("analysis-")
    assert cwd == str(result.spec.notebook.parent)
    expected = subprocess.run(
        [sys.executable, "-c", "print(hash('a'))"], env=environment(), check=True, capture_output=True, text=True
    ).stdout.strip()
    assert seed == f"{environment()['PYTHONHASHSEED']} {expected} False"
    assert f"{sys.executable} -m ipykernel_launcher -f " in command
    assert session == "True __main__"
    assert modules == "False False"
    assert parent.endswith("ipykernel_template.py")


@pytest.mark.usefixtures("own")
def test_a_kernel_finds_modules_and_warns_as_a_plain_one(run, monkeypatch) -> None:
    tell = [
        "import os, sys, warnings, pandas, matplotlib.figure, scipy.stats; print(sys.path, sys.flags)",
        "print(sys.argv[0], sys.orig_argv[:3], sorted(vars(sys.modules['__main__'])))",
        "print(warnings.filters, dict(matplotlib.rcParams), matplotlib.get_backend())",
        "print(pandas.get_option('display.width'), sys.getswitchinterval(), sys.getrecursionlimit(), os.umask(0o22))",
    ]
    warm = printed(run(*tell))
    monkeypatch.setenv(PLAIN_KERNELS, "1")
    assert warm == printed(run(*tell))


@pytest.mark.usefixtures("own")
def test_kernels_share_no_random_state(run) -> None:
    draw = "import random, numpy; print(random.random(), numpy.random.random())"
    first, second = (printed(run(draw))[0].split() for _ in range(2))
    assert set(first).isdisjoint(second)


@pytest.mark.usefixtures("own")
def test_a_killed_kernel_is_told_and_ends_nothing_else(run) -> None:
    (first,) = printed(run(WHO))
    failure = run("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)").failure
    assert failure.kind is FailureKind.KERNEL_DIED
    assert "SIGKILL" in failure.detail
    (after,) = printed(run(WHO))
    assert first.split()[1] == after.split()[1]  # the same template
    assert gone(int(first.split()[0]))


@pytest.mark.usefixtures("own")
def test_a_kernel_that_exits_or_hangs_is_told_as_a_plain_one(run) -> None:
    assert "exit status 3" in run("import os\nos._exit(3)").failure.detail
    hanging = run(WHO, "while True: pass", timeout=2)
    assert hanging.failure.kind is FailureKind.TIMED_OUT
    assert gone(int(printed(hanging)[0].split()[0]))


@pytest.mark.usefixtures("own")
def test_a_template_that_dies_costs_a_second_attempt_in_a_plain_kernel(run, tmp_path: Path) -> None:
    once = f"import os, pathlib, time\nonce = pathlib.Path({str(tmp_path / 'once')!r})"
    kill = "if not once.exists():\n    once.touch()\n    os.kill(os.getppid(), 9)\n    time.sleep(60)"
    result = run(once, kill, "print(os.getppid())")
    assert result.ok, result.failure
    assert result.attempts == 2
    assert printed(result) == [str(os.getpid())]  # a child of this process
    assert run(WHO).attempts == 1  # without a template the first attempt is plain


@pytest.mark.usefixtures("own")
def test_what_would_differ_gets_a_plain_kernel(run, bare, monkeypatch) -> None:
    parent = "import os; print(os.getppid())"
    assert printed(run(parent)) != [str(os.getpid())]
    (bare.layout.notebooks / "matplotlibrc").write_text("font.size: 3\n")
    assert printed(run(parent)) == [str(os.getpid())]
    (bare.layout.notebooks / "matplotlibrc").unlink()
    (bare.layout.notebooks / "numpy.py").write_text("raise ImportError\n")
    assert printed(run(parent)) == [str(os.getpid())]
    (bare.layout.notebooks / "numpy.py").unlink()
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert printed(run(parent, "print(os.environ['PYTHONHASHSEED'])")) == [str(os.getpid()), "7"]


@pytest.mark.parametrize("why", ["option", "system", "long name"])
def test_where_there_are_none(run, monkeypatch, tmp_path: Path, why: str) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    if why == "option":
        monkeypatch.setenv(PLAIN_KERNELS, "1")
    elif why == "system":
        monkeypatch.setattr(module.sys, "platform", "darwin")
    else:
        deep = tmp_path / ("long" * 25)
        deep.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with warm_kernels(environment()):
        assert offered() is None
    assert printed(run("import os; print(os.getppid())")) == [str(os.getpid())]


def test_nothing_is_left_when_the_block_ends(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    private = tmp_path / "p"
    private.mkdir()
    with warm_kernels(environment()):
        manager = kernel_manager(private, client_class="jupyter_client.blocking.BlockingKernelClient")
        manager.start_kernel(cwd=str(tmp_path), env=environment())
        assert isinstance(manager.provisioner.process, WarmProcess)
        pid, address = manager.provisioner.process.pid, offered()
        assert manager.is_alive()
    assert gone(pid)
    assert not manager.is_alive()
    assert manager.provisioner.process.returncode == -signal.SIGKILL
    assert not address.parent.exists()
    manager.cleanup_resources()


KILLED = """
import os, sys
from pathlib import Path
from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.result import RunSpec
from analysis.pipeline.warm.template import warm_kernels
from analysis.pipeline.workers import run_all
if __name__ == "__main__":
    notebook, out = Path(sys.argv[1]), Path(sys.argv[2])
    spec = RunSpec(notebook=notebook, executed=out / notebook.name, output=out / "study")
    with warm_kernels(kernel_environment(None, private=Path(os.devnull))):
        list(run_all([spec], workers=1, on_cell=print, on_start=print, on_wait=lambda: None))
"""


@pytest.mark.parametrize("plain", [False, True], ids=["warm", "plain"])
def test_a_run_that_is_killed_leaves_no_process_behind(bare, make, tmp_path: Path, monkeypatch, plain: bool) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    if plain:
        monkeypatch.setenv(PLAIN_KERNELS, "1")
    told, script = tmp_path / "pids", tmp_path / "run.py"
    script.write_text(KILLED)
    tell = f"import os, time\nopen({str(told)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}')"
    path = bare.write("study", make([tell, "time.sleep(600)"], parameters=None))
    running = subprocess.Popen([sys.executable, script, path, tmp_path / "out"], stdout=subprocess.DEVNULL)
    try:
        pids = wait_for(told, 2)
        family = [pid for pid in _children(running.pid) if pid not in pids]
    finally:
        running.kill()
        running.wait()
    assert all(gone(pid) for pid in [*pids, *family])


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.slow
@pytest.mark.usefixtures("own")
def test_both_kinds_give_the_same_bytes_on_a_real_notebook(tmp_path: Path, monkeypatch) -> None:
    name = "district_accidents"
    files = {}
    for kind in ("warm", "plain"):
        if kind == "plain":
            monkeypatch.setenv(PLAIN_KERNELS, "1")
        folder = tmp_path / kind
        (folder / "notebooks").mkdir(parents=True)
        notebook = shutil.copy(NOTEBOOKS / f"{name}.ipynb", folder / "notebooks")
        spec = RunSpec(
            notebook=Path(notebook),
            executed=folder / f"{name}.ipynb",
            output=folder / name,
            parameters={"data": str(DATA)},
        )
        result = run_one(spec)
        assert result.ok, result.failure
        assert result.attempts == 1
        made = [*sorted(folder.glob(f"{name}/*")), spec.executed]
        files[kind] = {path.name: path.read_bytes() for path in made}
    assert len(files["warm"]) > 5
    assert files["warm"] == files["plain"]
