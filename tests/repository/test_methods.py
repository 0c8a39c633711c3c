"""The methods page: every name exists, every formula section has its source and its limits, sources are in the code."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`(analysis\.[a-z0-9_.]+\.[A-Za-z0-9_]+)`", PAGE)))
SECTIONS = dict(
    zip(
        re.findall(r"^### (.+)$", PAGE, re.M),
        [part.partition("\n## ")[0] for part in re.split(r"^### .+$", PAGE, flags=re.M)[1:]],
        strict=True,
    )
)


def resolved(name: str) -> object:
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_a_public_function_or_class(name: str) -> None:
    assert callable(resolved(name))
    assert not name.rpartition(".")[2].startswith("_")


@pytest.mark.parametrize("title", SECTIONS)
def test_every_method_has_function_source_conditions_and_limits(title: str) -> None:
    text = SECTIONS[title]
    assert re.search(r"`analysis\.", text)
    assert re.findall(r"^- \*\*(Source|Conditions|Cannot show)\*\*: \S", text, re.M) == [
        "Source",
        "Conditions",
        "Cannot show",
    ]


def cited(text: str) -> list[tuple[str, str]]:
    line = re.search(r"^- \*\*Source\*\*: (.+)$", text, re.M)
    assert line is not None
    return re.findall(r"([A-Z]\w+)[^();]*\((\d{4})\)", line[1])


@pytest.mark.parametrize("title", SECTIONS)
def test_the_sources_are_those_of_the_functions(title: str) -> None:
    """First author and year stand in the module of a function that the section names."""
    modules = [name.rpartition(".")[0] for name in NAMES if f"`{name}`" in SECTIONS[title]]
    code = "\n".join(inspect.getsource(importlib.import_module(module)) for module in modules)
    missing = [(who, year) for who, year in cited(SECTIONS[title]) if not re.search(rf"{who}\b[^\n]*{year}", code)]
    assert missing == []
    assert cited(SECTIONS[title]) or title == "Density that stated totals need"


def test_mathematics_is_balanced() -> None:
    assert PAGE.count("$$") % 2 == 0
    assert PAGE.replace("$$", "").count("$") % 2 == 0


def test_a_name_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(AttributeError):
        resolved("analysis.stats.rates.no_such_function")
