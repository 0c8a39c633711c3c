"""A grid written in a YAML file: plain values under ``grid`` or ``runs``, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

import yaml

from analysis.errors import ParameterError
from analysis.parameters import Parameter
from analysis.parameters.checks import range_problems
from analysis.parameters.given import unknown_name, wrong_type

_MAX_BYTES: Final = 1_000_000
_DEEPEST: Final = 50
_FORM: Final = (
    "write either `grid:` with a list of values for each parameter (every combination is run) or `runs:` with a list "
    "of parameters and their values (each is one run)"
)


def read_grid_file(
    path: Path, declared: Mapping[str, Parameter]
) -> tuple[dict[str, list[object]], list[dict[str, object]]]:
    """Return what the file holds: values by parameter, and runs. One of the two is empty.

    Parameters
    ----------
    path
        The file, at most 1 MB. Loaded as plain values; a date without quotes is taken as its text.
    declared
        The notebook's parameters by name.

    Raises
    ------
    ParameterError
        With everything in it that cannot be used, one a line.
    """
    tree = _loaded(path)
    if not isinstance(tree, dict) or len(tree) != 1 or not {"grid", "runs"} & {*tree}:
        raise ParameterError(f"{path}: {_FORM}")
    problems: list[str] = []
    if "grid" in tree:
        grid = _grid(tree["grid"], declared, problems)
        _refuse(path, problems)
        return grid, []
    runs = _runs(tree["runs"], declared, problems)
    _refuse(path, problems)
    return {}, runs


def _refuse(path: Path, problems: list[str]) -> None:
    if problems:
        raise ParameterError("\n".join(f"{path.name}: {problem}" for problem in problems))


def _loaded(path: Path) -> object:
    """Return the plain values in the file; anchors are refused, since a few lines of them can stand for billions."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ParameterError(f"{path}: more than {_MAX_BYTES} bytes; a grid is a short file")
        text = path.read_text(encoding="utf-8")
        _refuse_at_a_look(text, path)
        _refuse_repeats(yaml.compose(text, Loader=yaml.SafeLoader), path)
        return yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise ParameterError(f"{path} cannot be read as YAML: {' '.join(str(error).split())}") from error


def _refuse_at_a_look(text: str, path: Path) -> None:
    """Refuse what would cost much to read, before it does: aliases, and brackets in brackets in brackets."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ParameterError(f"{path}: anchors and aliases (&, *) are not allowed; write the values out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ParameterError(f"{path} cannot be read as YAML: nested too deeply")


def _refuse_repeats(node: yaml.Node | None, path: Path) -> None:
    """Refuse a name that stands twice in one place: YAML would take the last and say nothing."""
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        if twice:
            raise ParameterError(f"{path}, line {node.start_mark.line + 1}: {', '.join(twice)} stands there twice")
    for child in _children(node):
        _refuse_repeats(child, path)


def _children(node: yaml.Node | None) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _grid(tree: object, declared: Mapping[str, Parameter], problems: list[str]) -> dict[str, list[object]]:
    if not isinstance(tree, dict) or not tree:
        problems.append(f"grid: {_FORM}")
        return {}
    grid: dict[str, list[object]] = {}
    for name, values in tree.items():
        parameter = _known(name, declared, problems)
        if parameter is None:
            continue
        if not isinstance(values, list) or not values:
            problems.append(f"{name}: write a list of values, [a, b]; a list of lists where each value is a list")
        else:
            grid[parameter.name] = [_typed(value, parameter, problems) for value in values]
    return grid


def _runs(tree: object, declared: Mapping[str, Parameter], problems: list[str]) -> list[dict[str, object]]:
    if not isinstance(tree, list) or not tree:
        problems.append(f"runs: {_FORM}")
        return []
    runs = []
    for number, one in enumerate(tree, start=1):
        found: list[str] = []
        if isinstance(one, dict):
            known = [(_known(name, declared, found), value) for name, value in one.items()]
            runs.append({own.name: _typed(value, own, found) for own, value in known if own is not None})
        else:
            found.append("write parameters with their values, {name: value}; {} for the defaults")
        problems += [f"run {number}: {problem}" for problem in found]
    return runs


def _known(name: object, declared: Mapping[str, Parameter], problems: list[str]) -> Parameter | None:
    if isinstance(name, str) and name in declared:
        return declared[name]
    problems.append(unknown_name(str(name)[:80], declared))
    return None


def _typed(value: object, parameter: Parameter, problems: list[str]) -> object:
    """Return the value, dates as text; note one of another type than the declared, or out of its range."""
    plain = _without_dates(value)
    if not parameter.kind.accepts(plain):
        hint = "; a text that looks like a number needs quotes" if parameter.kind.base == "str" else ""
        problems.append(wrong_type(parameter, value) + hint)
    else:
        problems += range_problems({parameter.name: plain})
    return plain


def _without_dates(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return [_without_dates(member) for member in value] if isinstance(value, list) else value
