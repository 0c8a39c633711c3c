"""The lock installs the same everywhere: one version each, every file by hash, and nothing of the machine in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENTRIES = re.findall(r"^([a-z0-9-]+)==(\S+)(.*(?:\n    --hash=.*)*)", LOCK, flags=re.MULTILINE)
VERSIONS = {name: version for name, version, _ in ENTRIES}
# An address or a path of Windows, a path from the root, a package from elsewhere, an option that is no hash.
TRACE = re.compile(r"\w:[/\\]|(?<![\w.])[/\\]\w|@ |file:|(?<![\w-])--(?!hash=sha256:)\w")
NEEDED = [
    Requirement(text)
    for texts in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for text in texts
]


def test_every_line_is_an_entry_a_hash_or_a_comment() -> None:
    other = [
        line
        for line in LOCK.splitlines()
        if not re.fullmatch(r"(#.*|    #.*||    --hash=sha256:[0-9a-f]{64}( \\)?|[a-z0-9-]+==[\w.]+( ; .+)? \\)", line)
    ]
    assert other == []


def test_every_entry_has_hashes() -> None:
    assert len(ENTRIES) > 100
    assert [name for name, _, rest in ENTRIES if "--hash=sha256:" not in rest] == []


def test_one_version_per_package() -> None:
    assert len(VERSIONS) == len(ENTRIES)


def test_no_address_no_path_and_no_option_but_hashes() -> None:
    assert TRACE.findall(LOCK) == []


@pytest.mark.parametrize(
    "line",
    [
        "# from https:{0}example.net",
        "# at {0}srv/packages",
        "# at C:{0}packages",
        "name @ {0}x",
        "name @ file:x",
        "{1}find-links x",
        "{1}extra-index x",
    ],
)
def test_an_address_a_path_or_an_option_is_noticed(line: str) -> None:
    assert TRACE.search(line.format("/", "--"))


@pytest.mark.parametrize("name", ["uv", "hatchling", "editables", "poetry-core"])
def test_what_installs_the_rest_is_locked_too(name: str) -> None:
    assert name in VERSIONS


def test_slow_optional_package_is_left_out_and_the_reason_given() -> None:
    assert "rfc3987-syntax" not in VERSIONS
    assert "# rfc3987-syntax is left out on purpose." in LOCK


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
def test_every_direct_dependency_is_locked_within_its_range(needed: Requirement) -> None:
    assert VERSIONS[canonicalize_name(needed.name)] in needed.specifier


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
def test_every_range_has_a_lower_end(needed: Requirement) -> None:
    assert any(part.operator == ">=" for part in needed.specifier)


def test_matplotlib_is_held_to_one_minor_version() -> None:
    (needed,) = (needed for needed in NEEDED if needed.name == "matplotlib")
    major, minor = VERSIONS["matplotlib"].split(".")[:2]
    assert needed.specifier == SpecifierSet(f">={major}.{minor},<{major}.{int(minor) + 1}")
