"""Parameters given as text on the command line, turned into values of the declared type."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Sequence

from analysis.errors import ParameterError
from analysis.parameters.cell import Parameter
from analysis.parameters.kinds import Kind

_INTEGER = re.compile(r"[+-]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MAX_LENGTH = 10_000


def parse_given(texts: Sequence[str], declared: Sequence[Parameter], *, where: str = "") -> dict[str, object]:
    """Return the values given as ``name=value``, in the declared types.

    Parameters
    ----------
    texts
        As typed after ``-p``. A list is written ``a,b`` or ``["a", "b"]``, a dict ``{"a": 1}``, nothing as ``none``
        where the type allows it.
    declared
        What the notebook declares.
    where
        Name of the notebook, for messages.

    Raises
    ------
    ParameterError
        With every misspelt name, ill-typed value and repeated name at once.
    """
    by_name = {parameter.name: parameter for parameter in declared}
    values: dict[str, object] = {}
    problems: list[str] = []
    for text in texts:
        name, equals, given = (part.strip() for part in text.partition("="))
        if not equals:
            problems.append(f"{text!r}: write name=value")
        elif name not in by_name:
            problems.append(unknown_name(name, by_name))
        elif name in values:
            problems.append(f"{name} is given twice")
        else:
            _convert_into(values, by_name[name], given, problems)
    if problems:
        place = f" of {where}" if where else ""
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise ParameterError(f"parameters{place} that cannot be used:\n{lines}")
    return values


def unknown_name(name: str, allowed: Iterable[str]) -> str:
    """Return the message for a name that does not exist: the nearest one that does, and the whole list."""
    names = list(allowed)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    listed = ", ".join(names) if names else "none"
    return f"{name!r} is not known{hint} (known: {listed})"


def _convert_into(values: dict[str, object], parameter: Parameter, given: str, problems: list[str]) -> None:
    try:
        values[parameter.name] = read_value(given, parameter)
    except ParameterError as error:
        problems.append(str(error))


def read_value(given: str, parameter: Parameter) -> object:
    """Return one value given as text, in the declared type.

    Raises
    ------
    ParameterError
        When the text is not of that type.
    """
    try:
        return _converted(given, parameter.kind)
    except ValueError:
        raise ParameterError(wrong_type(parameter, given)) from None


def wrong_type(parameter: Parameter, found: object) -> str:
    """Return the message for a value of another type than the declared one."""
    shown = repr(found)
    shown = shown if len(shown) <= 80 else shown[:77] + "..."
    return f"{parameter.name} takes {parameter.kind}, found {shown} (default {parameter.default!r})"


def _converted(text: str, kind: Kind) -> object:
    if len(text) > _MAX_LENGTH:
        raise ValueError("too long")
    if kind.optional and text.lower() in {"none", "null"}:
        return None
    value = _compound(text, kind) if kind.base in {"list", "dict"} else _scalar(text, kind.base)
    if not kind.accepts(value):
        raise ValueError("not of the declared type")
    return value


def _scalar(text: str, base: str | None) -> object:
    if base == "bool":
        return {"true": True, "false": False}.get(text.lower())
    if base == "int":
        return int(text) if _INTEGER.fullmatch(text) else None
    if base == "float":
        return float(text) if _FLOAT.fullmatch(text) else None
    return text


def _compound(text: str, kind: Kind) -> object:
    if text[:1] in {"[", "{"}:
        try:
            return ast.literal_eval(text)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            raise ValueError("not a literal") from None
    if kind.base == "dict":
        raise ValueError("a dict is written with braces")
    return [_scalar(part.strip(), kind.item) for part in text.split(",")] if text else []
