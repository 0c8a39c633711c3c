"""How the values of one parameter are typed: ``name=a,b,c``. Split by syntax only; nothing is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.errors import ParameterError
from analysis.parameters import Parameter
from analysis.parameters.checks import range_problems
from analysis.parameters.given import read_value, unknown_name

_PAIRS: Final = {"[": "]", "{": "}"}
_LONGEST: Final = 10_000
_SHOWN: Final = 80


def read_axis(text: str, declared: Mapping[str, Parameter]) -> tuple[str, list[object]]:
    """Return the name of a parameter and its values in the declared type, in the order typed.

    Parameters
    ----------
    text
        ``name=a,b,c``. Members of a list are joined by ``+`` or written in brackets: ``a,a+b`` and ``["a"],["a","b"]``
        are the same two lists; an empty place is an empty text or list.
    declared
        The notebook's parameters by name.

    Raises
    ------
    ParameterError
        With every value that cannot be used, one a line.
    """
    name, equals, values = (part.strip() for part in text.partition("="))
    if not equals:
        raise ParameterError(f"{_cut(text)!r}: write name=value,value,...")
    if name not in declared:
        raise ParameterError(unknown_name(_cut(name), declared))
    if len(text) > _LONGEST:
        raise ParameterError(f"{name}: more than {_LONGEST} characters; write the values into a file (--file)")
    found: list[object] = []
    problems = []
    for part in split_values(values):
        try:
            value = _value(part, declared[name])
        except ParameterError as error:
            problems.append(str(error))
        else:
            found.append(value)
            problems += range_problems({name: value})
    if problems:
        raise ParameterError("\n".join(problems))
    return name, found


def split_values(text: str) -> list[str]:
    """Return the parts of `text` between commas; a part that begins with a bracket or brace goes to where it closes.

    Raises
    ------
    ParameterError
        When a bracket is not closed, or text follows after it.
    """
    parts = []
    rest: str | None = text
    while rest is not None:
        rest = rest.lstrip()
        if rest[:1] in _PAIRS:
            end = _closed_at(rest)
            part, rest = rest[:end], rest[end:].lstrip()
            if rest and not rest.startswith(","):
                raise ParameterError(f"a comma is missing after {_cut(part)}")
            rest = rest[1:] if rest else None
        else:
            part, comma, left = rest.partition(",")
            rest = left if comma else None
        parts.append(part.strip())
    return parts


def _closed_at(text: str) -> int:
    """Return the place after the bracket that closes the first one; brackets inside quotes do not count."""
    open_brackets: list[str] = []
    quote = ""
    escaped = False
    for place, character in enumerate(text):
        if quote:
            if not escaped and character == quote:
                quote = ""
            escaped = character == "\\" and not escaped
        elif character in "\"'":
            quote = character
        elif character in _PAIRS:
            open_brackets.append(_PAIRS[character])
        elif open_brackets and character == open_brackets[-1]:
            open_brackets.pop()
            if not open_brackets:
                return place + 1
    raise ParameterError(f"a bracket or quote is not closed in {_cut(text)!r}")


def _value(text: str, parameter: Parameter) -> object:
    """Return one value; ``a+b`` is a list of two for a parameter that takes a list."""
    if parameter.kind.base == "list" and text[:1] != "[":
        text = text.replace("+", ",")
    return read_value(text, parameter)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
