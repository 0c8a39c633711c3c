"""Reading a parameters cell: annotated literals with a comment each, by syntax only."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass

from analysis.errors import ParameterError
from analysis.parameters.kinds import ALLOWED, Kind, kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One declared parameter: its name, type, default value and the comment that explains it."""

    name: str
    kind: Kind
    default: object
    help: str


def parse_cell(source: str) -> tuple[Parameter, ...]:
    """Return the parameters a cell declares, in its order.

    Parameters
    ----------
    source
        Text of the cell tagged ``parameters``. Only comments, imports of ``Literal`` from typing, and lines of the form
        ``name: type = literal  # comment`` are allowed.

    Raises
    ------
    ParameterError
        With every line that has another form.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ParameterError(f"the parameters cell is not valid Python: line {error.lineno}: {error.msg}") from None
    comments = _comments(source)
    found: dict[str, Parameter] = {}
    problems: list[str] = []
    for statement in tree.body:
        if _imports_literal(statement):
            continue
        outcome = _declared(statement, comments)
        if isinstance(outcome, str):
            problems.append(f"line {statement.lineno}: {outcome}")
        elif outcome.name in found:
            problems.append(f"line {statement.lineno}: {outcome.name} is declared twice")
        else:
            found[outcome.name] = outcome
    if problems:
        raise ParameterError("the parameters cell cannot be read:\n" + "\n".join(f"  {text}" for text in problems))
    return tuple(found.values())


def _declared(statement: ast.stmt, comments: dict[int, str]) -> Parameter | str:
    """Return the parameter, or what is wrong with the statement."""
    if not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)):
        return "only `name: type = literal  # comment` is allowed here"
    name = statement.target.id
    kind = kind_of(statement.annotation)
    if kind is None:
        return f"{name}: the type {ast.unparse(statement.annotation)} is not one of {ALLOWED}"
    if statement.value is None:
        return f"{name} needs a default value"
    try:
        default: object = ast.literal_eval(statement.value)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return f"{name}: the default must be a plain literal, found {ast.unparse(statement.value)}"
    if not kind.accepts(default):
        return f"{name}: the default {default!r} is not {kind}"
    last = statement.end_lineno or statement.lineno
    help_text = comments.get(last) or comments.get(statement.lineno - 1, "")
    return Parameter(name=name, kind=kind, default=default, help=help_text)


def _imports_literal(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.ImportFrom)
        and statement.module == "typing"
        and all(alias.name == "Literal" and alias.asname is None for alias in statement.names)
    )


def _comments(source: str) -> dict[int, str]:
    """Return the comment text by line number."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("#").strip() for token in tokens if token.type == tokenize.COMMENT}
