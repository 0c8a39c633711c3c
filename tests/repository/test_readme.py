"""The README's numbers are those of the record; its commands are those that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from analysis.paths import FIGURES, REPOSITORY
from analysis.reporting.tables import number

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
VALUES = json.loads((FIGURES / "values.json").read_text(encoding="utf-8"))["values"]
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| (?P<value>[^|]+) \| (?P<interval>[^|]+) \| `(?P<key>[a-z_]+\.[a-z0-9_]+)` \|$", re.M
)
ROWS = [match.groupdict() for match in ROW.finditer(README)]


def shown(value: float | str, unit: str) -> str:
    """A number as the README shows it: shares in per cent, the rest with three significant digits, counts whole."""
    exact = float(value)
    if "share" in unit:
        return f"{number(100 * exact, digits=3)} %"
    return number(exact, digits=6 if exact.is_integer() and exact >= 100 else 3)


NOTEBOOKS = sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb"))


def test_the_readme_has_headline_numbers() -> None:
    assert len(ROWS) >= 10
    assert {row["key"].split(".")[0] for row in ROWS} <= set(NOTEBOOKS)


def test_the_readme_names_every_notebook_with_its_question() -> None:
    named = re.findall(r"^\| `notebooks/([a-z_]+)\.ipynb` \| [^|]{15,} \|$", README, re.M)
    assert sorted(named) == NOTEBOOKS


@pytest.mark.parametrize("row", ROWS, ids=[row["key"] for row in ROWS])
def test_each_number_is_the_one_on_record(row: dict[str, str]) -> None:
    estimate = VALUES[row["key"]]
    assert row["value"] == shown(estimate["value"], estimate["unit"])
    interval = estimate["interval"]
    if interval is None:
        assert row["interval"] == "no interval"
        return
    kind = f"{100 * interval['level']:g} % {interval['kind']}" if interval["level"] else interval["kind"]
    ends = f"{shown(interval['low'], estimate['unit'])} to {shown(interval['high'], estimate['unit'])}"
    assert row["interval"] == f"{ends} ({kind})"


def test_every_make_target_named_in_the_readme_exists() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.M))
    assert named
    assert named <= targets


def test_every_folder_named_in_the_readme_exists_or_is_made() -> None:
    named = re.findall(r"^([a-z./]+/) {2,}", README, re.M)
    assert "data/" in named
    missing = [name for name in named if not Path(REPOSITORY / name).is_dir() and name != "build/"]
    assert missing == []
