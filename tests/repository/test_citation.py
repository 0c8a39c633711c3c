"""CITATION.cff is valid and says the same as the project file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

import analysis

ROOT = Path(__file__).resolve().parents[2]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The official schema of the Citation File Format 1.2.0, unchanged.
SCHEMA = jsonschema.Draft7Validator(
    json.loads((Path(__file__).parent / "cff-schema-1.2.0.json").read_text(encoding="utf-8"))
)


def faults(citation: object) -> list[str]:
    return [error.message for error in SCHEMA.iter_errors(citation)]


def test_valid() -> None:
    assert faults(CITATION) == []


@pytest.mark.parametrize(
    "damage",
    [{"cff-version": "1.1.0"}, {"authors": []}, {"license": "free"}, {"titel": "misspelt"}],
    ids=lambda damage: next(iter(damage)),
)
def test_damaged_copy_is_refused(damage: dict[str, object]) -> None:
    assert faults({**CITATION, **damage}) != []


def test_collective_author_is_an_entity() -> None:
    assert CITATION["authors"] == [{"name": author["name"]} for author in PROJECT["authors"]]


def test_version_is_the_same_everywhere() -> None:
    assert CITATION["version"] == PROJECT["version"] == analysis.__version__


def test_keywords_are_those_of_the_project_file() -> None:
    assert CITATION["keywords"] == PROJECT["keywords"]
