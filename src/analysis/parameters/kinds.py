"""The closed list of types a parameter can have, read from an annotation by a table and never evaluated."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass
from typing import Final

SCALARS: Final = ("bool", "int", "float", "str")
ALLOWED: Final = (
    "bool, int, float, str, list[...] or dict[str, ...] of these, Literal[...] of strings, each also with | None"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The declared type of a parameter.

    Parameters
    ----------
    base
        'bool', 'int', 'float', 'str', 'list', 'dict' or 'Literal'.
    item
        Type of the members, for lists and of the values for dicts; None otherwise.
    choices
        The strings a Literal allows; empty otherwise.
    optional
        Whether None is allowed as well.
    """

    base: str
    item: str | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False

    def __str__(self) -> str:
        text = self.base
        if self.base == "list":
            text = f"list[{self.item}]"
        elif self.base == "dict":
            text = f"dict[str, {self.item}]"
        elif self.base == "Literal":
            text = "one of " + ", ".join(repr(choice) for choice in self.choices)
        return f"{text} | None" if self.optional else text

    def accepts(self, value: object) -> bool:
        """Return whether `value` is of this type; an int is a float, a bool is neither, NaN and infinity are not."""
        if value is None:
            return self.optional
        if self.base == "list":
            return isinstance(value, list) and all(_is_scalar(item, self.item) for item in value)
        if self.base == "dict":
            return isinstance(value, dict) and all(
                isinstance(key, str) and _is_scalar(item, self.item) for key, item in value.items()
            )
        if self.base == "Literal":
            return isinstance(value, str) and value in self.choices
        return _is_scalar(value, self.base)


def _is_scalar(value: object, base: str | None) -> bool:
    if base == "bool" or isinstance(value, bool):
        return base == "bool" and isinstance(value, bool)
    if base == "float":
        return isinstance(value, (int, float)) and math.isfinite(value)
    return isinstance(value, int if base == "int" else str)


def kind_of(annotation: ast.expr) -> Kind | None:
    """Return the type an annotation names, or None when it is not on the closed list."""
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        kind, none = kind_of(annotation.left), annotation.right
        if kind is None or kind.optional or not (isinstance(none, ast.Constant) and none.value is None):
            return None
        return Kind(base=kind.base, item=kind.item, choices=kind.choices, optional=True)
    if isinstance(annotation, ast.Name):
        return Kind(base=annotation.id) if annotation.id in SCALARS else None
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        return _subscripted(annotation.value.id, annotation.slice)
    return None


def _subscripted(name: str, inner: ast.expr) -> Kind | None:
    members = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if name == "Literal":
        choices = [member.value for member in members if isinstance(member, ast.Constant)]
        strings = [choice for choice in choices if isinstance(choice, str)]
        return Kind(base="Literal", choices=tuple(strings)) if len(strings) == len(members) else None
    names = [member.id for member in members if isinstance(member, ast.Name) and member.id in SCALARS]
    if len(names) != len(members):
        return None
    if name == "list" and len(names) == 1:
        return Kind(base="list", item=names[0])
    if name == "dict" and len(names) == 2 and names[0] == "str":
        return Kind(base="dict", item=names[1])
    return None
