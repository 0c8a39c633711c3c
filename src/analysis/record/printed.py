"""Numbers as a text prints them: shares in per cent, a value and the ends of its interval rounded alike."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

NO_LIMIT: Final = {True: "no upper limit", False: "no lower limit"}
_MINUS: Final = "\N{MINUS SIGN}"
_SPACE: Final = "\N{NO-BREAK SPACE}"


def printed_value(tree: Mapping[str, Any]) -> str:
    """Return the value of an estimate as a text prints it: '14.8', '34.7 %', '419', '249,000'.

    Whole numbers are printed whole, others with three significant digits; shares are in per cent.

    Parameters
    ----------
    tree
        The estimate as it stands in values.json.
    """
    value = _in_print(tree["value"], tree["unit"])
    return _number(value, _decimals(value)) + _sign(tree["unit"])


def printed_range(tree: Mapping[str, Any]) -> str:
    """Return the ends of an estimate's interval as a text prints them: '10.8 to 19.7'; empty without an interval.

    Both ends have as many decimals as the value, more only where an end would otherwise keep fewer than two significant
    digits. Ends of a whole value are rounded as values are.
    """
    interval = tree["interval"]
    if interval is None:
        return ""
    value = _in_print(tree["value"], tree["unit"])
    ends = [_in_print(interval[end], tree["unit"]) for end in ("low", "high")]
    digits = 3 if _is_whole(value) else 2
    decimals = max([_decimals(value), *(_decimals(end, digits=digits) for end in ends if not _is_whole(end))])
    low, high = (_number(end, decimals) for end in ends)
    sign = _sign(tree["unit"])
    return f"{low} to {high}{sign}" if math.isfinite(ends[1]) else f"{low}{sign} to {high}"


def printed_kind(tree: Mapping[str, Any]) -> str:
    """Return what the ends mean, in words: '95 % confidence interval', 'scenario'; empty without an interval."""
    interval = tree["interval"]
    if interval is None:
        return ""
    if interval["level"] is None:
        return str(interval["kind"])
    return f"{100 * interval['level']:g}{_SPACE}% {interval['kind']} interval"


def printed_whole(tree: Mapping[str, Any]) -> str:
    """Return value and interval in one: '14.8 (95 % confidence interval 10.8 to 19.7)'."""
    kind = printed_kind(tree)
    return f"{printed_value(tree)} ({kind} {printed_range(tree)})" if kind else printed_value(tree)


def _in_print(value: float | str, unit: str) -> float:
    """Return the number to print: of a share in per cent six digits, so that 50 % with noise behind it stays whole."""
    number = float(value)
    return float(f"{100 * number:.6g}") if _is_share(unit) else number


def _is_share(unit: str) -> bool:
    return unit.split()[0] == "share"


def _sign(unit: str) -> str:
    return f"{_SPACE}%" if _is_share(unit) else ""


def _is_whole(number: float) -> bool:
    return math.isinf(number) or number == round(number)


def _decimals(number: float, *, digits: int = 3) -> int:
    """Return how many decimals leave `digits` significant ones; negative where digits before the point go too."""
    return 0 if _is_whole(number) else digits - 1 - math.floor(math.log10(abs(number)))


def _number(number: float, decimals: int) -> str:
    if math.isinf(number):
        return NO_LIMIT[number > 0]
    text = f"{abs(round(number, decimals)):,.{max(decimals, 0)}f}"
    return f"{_MINUS}{text}" if number < 0 and text.strip("0.,") else text
