"""The set-up decides rightly when to build, says what is wrong, and never leaves a half-made environment in use."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
import textwrap
import venv
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / ".ci" / "environment"
FITTING = {
    "executable": "/usr/bin/python3",
    "prefix": "/usr",
    "version": [3, 12, 4],
    "implementation": "cpython",
    "missing": [],
}


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(FOLDER)
    spec = importlib.util.spec_from_file_location("bootstrap", FOLDER / "__main__.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    for name in ("interpreter", "installer", "messages", "stamp"):
        sys.modules.pop(name, None)


@pytest.fixture
def interpreter(bootstrap: ModuleType) -> ModuleType:
    return sys.modules[bootstrap.choose.__module__]


@pytest.fixture
def installer(bootstrap: ModuleType) -> ModuleType:
    return sys.modules[bootstrap.Installer.__module__]


class Filled:
    """Stands in for the installation: makes an environment without packages and remembers why."""

    def __init__(self) -> None:
        self.reasons: list[list[str]] = []

    def __call__(self, installer: object, changed: list[str]) -> None:
        self.reasons.append(changed)
        venv.create(installer.venv, with_pip=False, clear=True, symlinks=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements.lock").write_text("uv==1.0 \\\n    --hash=sha256:aa\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


@pytest.fixture
def filled(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Filled:
    stand_in = Filled()
    monkeypatch.setattr(bootstrap, "fill", stand_in)
    return stand_in


def test_second_set_up_finds_the_environment_ready(bootstrap: ModuleType, filled: Filled, project: Path) -> None:
    bootstrap.set_up(project, ".venv")
    bootstrap.set_up(project, ".venv")
    assert filled.reasons == [["environment"]]


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_changed_file_is_named_and_installed(bootstrap: ModuleType, filled: Filled, project: Path, name: str) -> None:
    bootstrap.set_up(project, ".venv")
    (project / name).write_text("# changed\n")
    bootstrap.set_up(project, ".venv")
    assert filled.reasons[1:] == [[name]]


def test_line_endings_do_not_count_as_a_change(bootstrap: ModuleType, filled: Filled, project: Path) -> None:
    bootstrap.set_up(project, ".venv")
    lock = project / "requirements.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    bootstrap.set_up(project, ".venv")
    assert len(filled.reasons) == 1


def test_moved_folder_is_set_up_anew(bootstrap: ModuleType, filled: Filled, project: Path, tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.mkdir()
    for name in ("requirements.lock", "pyproject.toml"):
        (project / name).rename(original / name)
    bootstrap.set_up(original, ".venv")
    moved = original.rename(tmp_path / "moved")
    bootstrap.set_up(moved, ".venv")
    assert filled.reasons[1:] == [["folder"]]


def test_other_interpreter_is_set_up_anew(
    bootstrap: ModuleType, filled: Filled, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.set_up(project, ".venv")
    monkeypatch.setattr(bootstrap, "choose", lambda _: FITTING)
    bootstrap.set_up(project, ".venv")
    assert filled.reasons[1:] == [["python", "interpreter"]]


@pytest.mark.parametrize("stamp", [None, "", "{", "[]"])
def test_unfinished_environment_is_built_anew(
    bootstrap: ModuleType, filled: Filled, project: Path, stamp: str | None
) -> None:
    bootstrap.set_up(project, ".venv")
    path = project / ".venv" / "stamp.json"
    path.unlink() if stamp is None else path.write_text(stamp)
    bootstrap.set_up(project, ".venv")
    assert filled.reasons[1:] == [["set-up"]]


def test_environment_whose_python_is_gone_is_built_anew(bootstrap: ModuleType, filled: Filled, project: Path) -> None:
    bootstrap.set_up(project, ".venv")
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(project / "no-longer-there")
    bootstrap.set_up(project, ".venv")
    assert filled.reasons[1:] == [["set-up"]]


def test_interrupted_update_leaves_no_stamp(
    bootstrap: ModuleType, filled: Filled, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.set_up(project, ".venv")
    (project / "requirements.lock").write_text("# changed\n")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "fill", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.set_up(project, ".venv")
    (project / "requirements.lock").write_text("uv==1.0 \\\n    --hash=sha256:aa\n")  # as it was: still unfinished
    bootstrap.set_up(project, ".venv")
    assert filled.reasons[1:] == [["set-up"]]


def test_two_set_ups_at_once_install_once(project: Path) -> None:
    driver = project / "driver.py"
    driver.write_text(
        textwrap.dedent(f"""
        import importlib.util, subprocess, sys, time
        from pathlib import Path
        sys.path.insert(0, {str(FOLDER)!r})
        spec = importlib.util.spec_from_file_location("bootstrap", {str(FOLDER / "__main__.py")!r})
        bootstrap = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(bootstrap)

        def fill(installer, changed):
            with open("fills", "a") as log:
                log.write("x")
            time.sleep(1)
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", installer.venv], check=True)

        bootstrap.fill = fill
        bootstrap.set_up(Path.cwd(), ".venv")
        """)
    )
    both = [
        subprocess.Popen([sys.executable, driver], cwd=project, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    printed = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert (project / "fills").read_text() == "x"
    assert sum("waiting for it" in text for text in printed) == 1


def test_foreign_folder_is_not_removed(bootstrap: ModuleType, project: Path) -> None:
    (project / ".venv").mkdir()
    (project / ".venv" / "diary.txt").write_text("mine")
    with pytest.raises(bootstrap.SetupError, match="is not a Python environment; move it away and repeat"):
        bootstrap.set_up(project, ".venv")
    assert (project / ".venv" / "diary.txt").read_text() == "mine"


# Ways to install, in their order


class Ways:
    """An installer whose ways fail as told."""

    def __init__(self, error: type[Exception], failing: set[str]) -> None:
        self.error, self.failing, self.taken = error, failing, []

    def __getattr__(self, name: str) -> object:
        def way() -> None:
            self.taken.append(name)
            if name in self.failing:
                raise self.error(f"{name} failed:\nno route to host")

        return way


@pytest.mark.parametrize(
    ("changed", "failing", "taken"),
    [
        (["environment"], set(), ["build", "finish"]),
        (["requirements.lock"], set(), ["update", "finish"]),
        (["requirements.lock", "python"], set(), ["build", "finish"]),
        (["set-up"], {"build"}, ["build", "build_with_pip", "finish"]),
        (["pyproject.toml"], {"update"}, ["update", "build", "finish"]),
    ],
)
def test_quickest_way_that_works(
    bootstrap: ModuleType, installer: ModuleType, changed: list[str], failing: set[str], taken: list[str]
) -> None:
    ways = Ways(bootstrap.SetupError, failing)
    installer.fill(ways, changed)
    assert ways.taken == taken


def test_failure_of_every_way_is_an_error(bootstrap: ModuleType, installer: ModuleType) -> None:
    ways = Ways(bootstrap.SetupError, {"build", "build_with_pip"})
    with pytest.raises(bootstrap.SetupError, match="no route to host"):
        installer.fill(ways, ["environment"])


# Interpreters


def test_wrong_interpreters_are_named_with_what_to_do(bootstrap: ModuleType) -> None:
    answers = {
        "python3": {**FITTING, "executable": "/usr/bin/python3", "version": [3, 9, 2]},
        "python3.11": {**FITTING, "implementation": "pypy", "version": [3, 11, 9]},
        "python3.13": {"problem": "does not run: command not found"},
    }
    with pytest.raises(bootstrap.SetupError) as caught:
        bootstrap.choose([[name] for name in answers], ask=lambda command: answers[command[0]])
    message = str(caught.value)
    assert "needs Python 3.11 to 3.13" in message
    assert "  python3 is Python 3.9.2 (/usr/bin/python3)" in message
    assert "  python3.11 is pypy 3.11.9, not CPython" in message
    assert "  python3.13 does not run: command not found" in message
    assert "apt-get install python3.11 python3.11-venv" in message


def test_missing_venv_module_is_named_with_its_package(bootstrap: ModuleType) -> None:
    found = {**FITTING, "missing": ["ensurepip"]}
    with pytest.raises(bootstrap.SetupError, match=r"no module ensurepip(.|\n)*apt-get install python3\.12-venv"):
        bootstrap.choose([["python3"]], ask=lambda _: found)


def test_complete_interpreter_is_taken_before_an_incomplete_one(bootstrap: ModuleType) -> None:
    answers = {"a": {**FITTING, "missing": ["venv", "ensurepip"]}, "b": {**FITTING, "version": [3, 13, 0]}}
    assert bootstrap.choose([["a"], ["b"]], ask=lambda command: answers[command[0]]) == answers["b"]


def test_an_interpreter_named_by_a_person_is_used_or_refused(
    bootstrap: ModuleType, interpreter: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interpreter.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert interpreter.candidates(only_this=True) == [[sys.executable]]
    assert ["python3.12"] in interpreter.candidates()
    tooold = {**FITTING, "version": [3, 9, 2]}
    monkeypatch.setattr(bootstrap, "choose", lambda commands: interpreter.choose(commands, ask=lambda _: tooold))
    monkeypatch.setattr(sys, "argv", ["environment", "--only-this-python"])
    assert bootstrap.main() == 1


def test_make_hands_over_whether_somebody_named_the_interpreter() -> None:
    def planned(*arguments: str, **settings: str) -> str:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHON"} | settings
        command = ["make", "--dry-run", "--no-print-directory", *arguments, "setup"]
        return subprocess.run(
            command, cwd=FOLDER.parents[1], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert planned() == "python3 .ci/environment"
    assert planned("PYTHON=python3.9") == "python3.9 .ci/environment --only-this-python"
    assert planned(PYTHON="python3.9") == "python3.9 .ci/environment --only-this-python"


def test_stand_in_for_an_absent_version_is_reported(interpreter: ModuleType, tmp_path: Path) -> None:
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\necho 'python3.12: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert interpreter.probe([str(shim)]) == {"problem": "does not run: python3.12: command not found"}


def test_running_interpreter_answers(interpreter: ModuleType) -> None:
    found = interpreter.probe([sys.executable])
    assert found["version"] == list(sys.version_info[:3])
    assert found["prefix"] == sys.base_prefix


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_old_python_can_read_the_set_up(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_refusal_is_printed_without_traceback(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("")
    code = textwrap.dedent(f"""
        import runpy, sys
        sys.path.insert(0, {str(FOLDER)!r})
        import interpreter
        interpreter.OLDEST, interpreter.NEWEST = (2, 0), (2, 7)
        sys.argv = ["environment"]
        runpy.run_path({str(FOLDER / "__main__.py")!r}, run_name="__main__")
    """)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Set-up stopped: this project needs Python 3.0 to 3.7. Found:")
    assert "Traceback" not in done.stderr


# What the installation is given


def test_entry_of_the_lock_comes_with_its_hashes(bootstrap: ModuleType, installer: ModuleType) -> None:
    entry = installer.locked_entry
    first = "uv==1.2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    second = "uvloop==3 \\\n    --hash=sha256:cc\n"
    lock = first + "    # via me\n" + second
    assert entry(lock, "uv") == first
    assert entry(lock, "uvloop") == second
    with pytest.raises(bootstrap.SetupError, match="names no hatchling"):
        entry(lock, "hatchling")


def test_settings_keep_the_proxy_and_drop_what_misleads(installer: ModuleType) -> None:
    settings = installer.install_settings(
        {"https_proxy": "http://proxy:3128", "PIP_CERT": "/certs", "PYTHONDONTWRITEBYTECODE": "1", "PIP_USER": "1"}
    )
    assert settings["https_proxy"] == "http://proxy:3128"
    assert settings["SSL_CERT_FILE"] == "/certs"
    assert settings["UV_COMPILE_BYTECODE"] == "1"
    assert "PYTHONDONTWRITEBYTECODE" not in settings
    assert "PIP_USER" not in settings


def test_what_uv_does_in_silence_is_announced(
    installer: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "held").open("w") as held:
        made = installer.Installer(tmp_path, tmp_path / ".venv", {}, held.fileno())
        made.run([sys.executable, "-c", "print('Installed 2 packages in 1ms')"], show=installer.UV_PROGRESS)
    assert capsys.readouterr().out.splitlines() == ["    Installed 2 packages in 1ms", installer.COMPILING]


def test_certificates_meant_for_uv_are_kept(installer: ModuleType) -> None:
    settings = installer.install_settings({"PIP_CERT": "/pip", "SSL_CERT_FILE": "/all"})
    assert settings["SSL_CERT_FILE"] == "/all"


def test_index_of_pip_is_read_and_the_last_one_holds(installer: ModuleType) -> None:
    index = installer.pip_index
    assert index("global.index-url='https://a.example/simple'\n:env:.index-url='https://b.example/simple'\n") == (
        "https://b.example/simple"
    )
    assert index("global.extra-index-url='https://c.example/simple'\n") == ""


@pytest.mark.skipif(os.name == "nt", reason="the parent is killed by a signal")
def test_lock_outlives_a_killed_set_up_while_its_installer_runs(bootstrap: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "build" / "environment.lock"
    code = textwrap.dedent(f"""
        import os, signal, subprocess, sys
        sys.path.insert(0, {str(FOLDER)!r})
        from pathlib import Path
        from installer import Installer
        import importlib.util
        spec = importlib.util.spec_from_file_location("bootstrap", {str(FOLDER / "__main__.py")!r})
        bootstrap = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(bootstrap)
        with bootstrap.only_one(Path({str(lock)!r})) as held:
            installer = Installer(Path.cwd(), Path(".venv"), {{}}, held)
            installer.run([sys.executable, "-c", "import os, signal, time; os.kill(os.getppid(), 9); time.sleep(1.5)"])
    """)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert done.returncode == -9
    with lock.open() as handle:
        assert not bootstrap.taken(handle.fileno())
    with bootstrap.only_one(lock):
        pass  # free again once the installer has ended
