"""Dockerfile and Binder install by the set-up everything else uses; checked as far as that goes without an engine."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
BINDER = ROOT / ".binder"
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
REQUIRES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
RECORD = json.loads((ROOT / "figures" / "MANIFEST.json").read_text(encoding="utf-8"))["versions"]["python"]


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def position(name: str, words: str) -> int:
    found = [place for place, (one, rest) in enumerate(instructions()) if one == name and words in rest]
    assert len(found) == 1, f"{name} ... {words} stands {len(found)} times in the Dockerfile"
    return found[0]


def test_only_known_instructions() -> None:
    known = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "EXPOSE", "CMD"}
    assert [name for name, _ in instructions() if name not in known] == []


def test_the_python_is_the_one_the_record_was_made_with() -> None:
    image = re.fullmatch(r"python:(3\.\d+)-slim-\w+", instructions()[0][1])
    assert image is not None
    assert image[1] == RECORD
    assert image[1] in SpecifierSet(REQUIRES)
    assert (BINDER / "runtime.txt").read_text(encoding="utf-8") == f"python-{RECORD}\n"


def test_packages_are_installed_by_make_setup_and_nothing_else() -> None:
    runs = " ".join(rest for name, rest in instructions() if name == "RUN")
    assert not re.search(r"\b(pip|uv|conda|curl|wget)\b", runs)
    assert position("COPY", ". .") < position("RUN", "make setup") < position("CMD", "jupyterlab")
    assert re.search(r"^setup:.*\n\t@\$\(PYTHON\) \.ci/environment", MAKEFILE, flags=re.MULTILINE)


def test_nothing_runs_as_root_but_the_system_packages() -> None:
    assert position("RUN", "apt-get") < position("USER", "reader") < position("RUN", "make setup")
    assert position("COPY", "--chown=reader") < position("USER", "reader")


def test_system_packages_are_known_to_ci() -> None:
    run = instructions()[position("RUN", "apt-get install")][1]
    listed = re.search(r"--no-install-recommends ([a-z -]+?) *&&", run)
    assert listed is not None
    packages = listed[1].split()
    assert (BINDER / "apt.txt").read_text(encoding="utf-8").split() == packages
    assert [name for name in packages if not re.search(rf"packages\+=\(.*\b{name}\b", CI)] == []


def test_the_container_starts_what_make_lab_starts() -> None:
    command = json.loads(instructions()[-1][1])
    lab = re.search(r"^lab: setup.*\n\t\$\(IN\)(.+)$", MAKEFILE, flags=re.MULTILINE)
    assert lab is not None
    own = [word for word in command if word not in {"--ip=0.0.0.0", "--no-browser"}]
    assert own == shlex.split(f".venv/bin/{lab[1]}")


def test_what_a_machine_made_for_itself_stays_out_of_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".venv/", "build/"} <= {*ignored}


@pytest.mark.skipif(os.name != "posix", reason="postBuild is for Binder's Linux")
def test_binder_s_kernel_is_that_of_the_environment(tmp_path: Path) -> None:
    """Run postBuild with a `make` that writes down its target and takes this environment for the one it set up."""
    programs, prefix = tmp_path / "programs", tmp_path / "server"
    programs.mkdir()
    make = programs / "make"
    make.write_text(
        f'#!/bin/sh\necho "$@" > asked\nmkdir -p .venv/bin\nprintf \'#!/bin/sh\\nexec {sys.executable} "$@"\\n\''
        " > .venv/bin/python\nchmod +x .venv/bin/python\n",
        encoding="utf-8",
    )
    make.chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NB_PYTHON_PREFIX": str(prefix)}
    subprocess.run(["bash", str(BINDER / "postBuild")], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "setup\n"
    kernel = json.loads((prefix / "share/jupyter/kernels/python3/kernel.json").read_text(encoding="utf-8"))
    assert kernel["argv"][0] == sys.executable
    assert kernel["display_name"] == "Python 3 (ipykernel)"
