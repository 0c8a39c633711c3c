"""The conda environment lists what the project file lists, in ranges that hold the locked versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE))
FROM_CONDA = [line for line in CONDA["dependencies"] if isinstance(line, str)]
FROM_PIP = [line for part in CONDA["dependencies"] if isinstance(part, dict) for line in part["pip"]]
LISTED = {name: SpecifierSet(limits) for name, _, limits in (line.partition(" ") for line in [*FROM_CONDA, *FROM_PIP])}
NEEDED = [
    Requirement(text)
    for texts in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for text in texts
]

# Names that differ on conda-forge: name in the project file, name there.
CONDA_NAMES = {"jupyter-client": "jupyter_client"}


def conda_name(needed: Requirement) -> str:
    return CONDA_NAMES.get(needed.name, needed.name)


def test_only_conda_forge() -> None:
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]


def test_named_after_the_project_and_without_a_prefix() -> None:
    assert CONDA["name"] == PROJECT["name"]
    assert "prefix" not in CONDA


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
def test_range_is_that_of_the_project_file_and_holds_the_locked_version(needed: Requirement) -> None:
    limits = LISTED[conda_name(needed)]
    assert limits == needed.specifier
    assert LOCKED[needed.name] in limits


def test_nothing_else_is_listed() -> None:
    assert sorted(LISTED) == sorted([*map(conda_name, NEEDED), "pip", "python"])


def test_python_range_is_that_of_the_project_file() -> None:
    assert LISTED["python"] == SpecifierSet(PROJECT["requires-python"])


def test_no_build_strings() -> None:
    assert [line for line in [*FROM_CONDA, *FROM_PIP] if len(line.split()) > 2] == []
