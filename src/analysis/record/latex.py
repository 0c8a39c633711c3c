"""values.tex: every headline number as a macro, so that a paper never types one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from analysis.record.printed import printed_kind, printed_range, printed_value

_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': r"\textquotedbl{}",
    "|": r"\textbar{}",
}

_HEAD: Final = r"""% Written by `analysis reproduce`; do not edit. \input this file, then write for example
%   \analysisprinted{casualty_trends.some_key} (\analysisprintedinterval{casualty_trends.some_key})
% Fields: printed and printedinterval (as a text prints them: value and ends rounded alike, shares in per cent), value
% and interval (four significant digits, in the unit), unit, n, method, sources, quantity. Load fontenc with T1.
\makeatletter
\providecommand{\analysis@field}[2]{%
  \ifcsname analysis@#1@#2\endcsname\csname analysis@#1@#2\endcsname
  \else\PackageError{analysis}{no value #2}{See figures/values.json for the keys.}\fi}
"""

_FIELDS: Final = ("printed", "printedinterval", "value", "interval", "unit", "n", "method", "sources", "quantity")


def escaped(text: str) -> str:
    """Return `text` for LaTeX: special characters as themselves, control characters and line ends as blanks."""
    return "".join(_ESCAPES.get(character, character if character.isprintable() else " ") for character in text)


def published(value: float | str) -> str:
    r"""Return a number as papers print it: whole numbers in full, others to four significant digits, no exponent.

    Infinite ends become ``\infty`` in mathematics.
    """
    number = float(value)
    if math.isinf(number):
        return r"$\infty$" if number > 0 else r"$-\infty$"
    if number == 0:
        return "0"
    if number.is_integer() and abs(number) < 1e15:
        return _signed(f"{int(number)}")
    decimals = max(0, 3 - math.floor(math.log10(abs(number))))
    return _signed(f"{number:.{decimals}f}")


def as_printed(text: str) -> str:
    """Return a printed number for LaTeX, with a minus in mathematics and a narrow space that does not break."""
    kept = {"\N{MINUS SIGN}": "$-$", "\N{NO-BREAK SPACE}": "\\,"}
    return "".join(kept.get(character) or escaped(character) for character in text)


def _signed(digits: str) -> str:
    return f"$-${digits[1:]}" if digits.startswith("-") else digits


def as_latex(values: Mapping[str, Mapping[str, Any]]) -> str:
    r"""Return the text of values.tex for values as they stand in values.json.

    Each key has the macros ``\analysisvalue{key}``, ``\analysisinterval{key}`` and so on.
    """
    lines = [_HEAD.rstrip("\n")]
    lines += [rf"\providecommand{{\analysis{field}}}[1]{{\analysis@field{{{field}}}{{#1}}}}" for field in _FIELDS]
    for key in sorted(values):
        for field, text in zip(_FIELDS, _texts(values[key]), strict=True):
            lines.append(rf"\expandafter\def\csname analysis@{field}@{key}\endcsname{{{text}}}")
    return "\n".join([*lines, r"\makeatother"]) + "\n"


def _texts(value: Mapping[str, Any]) -> Sequence[str]:
    return (
        as_printed(printed_value(value)),
        as_printed(f"{printed_kind(value)} {printed_range(value)}".strip()),
        published(value["value"]),
        _interval(value["interval"]),
        escaped(value["unit"]),
        f"{value['n']} {escaped(value['n_unit'])}",
        escaped(value["method"]),
        escaped(", ".join(value["sources"])),
        escaped(value["quantity"]),
    )


def _interval(interval: Mapping[str, Any] | None) -> str:
    r"""Return '95\% confidence interval 1.2 to 3.4'; empty for a plain reported count."""
    if interval is None:
        return ""
    level = interval["level"]
    label = interval["kind"] if level is None else f"{100 * level:g}% {interval['kind']} interval"
    return f"{escaped(label)} {published(interval['low'])} to {published(interval['high'])}"
