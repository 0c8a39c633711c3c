"""values.json, each value by its tolerance, and values.tex, which is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.errors import ReproductionError
from analysis.record.comparison import Outcome, committed_values, compare_value
from analysis.record.latex import as_latex
from analysis.record.layout import Layout
from analysis.record.tolerance import RELATIVE, Difference, json_differences
from analysis.record.verification.check import (
    DAMAGE,
    Check,
    HashedFile,
    RunToVerify,
    compared,
    hash_of,
    judged,
    not_compared,
    read,
)


def check_values(layout: Layout, run: RunToVerify) -> list[Check]:
    """Compare every value within its tolerance, the parameters they were made with, and values.tex."""
    content = read(layout.figures / "values.json")
    try:
        old = committed_values(content)
    except ReproductionError as error:
        return [not_compared("text", "figures/values.json", str(error))]
    new = {key: value for one in run.outputs for key, value in one.values.items()}
    tolerances = {key: relative for one in run.outputs for key, relative in one.tolerances.items()}
    checks = [
        _value(key, old, new.get(key), tolerances.get(key), run.failed) for key in sorted({**old["values"], **new})
    ]
    return [*checks, *_parameters(old["parameters"], run), _latex(layout, old["values"])]


def _value(
    key: str,
    old: Mapping[str, Any],
    new: Any | None,  # noqa: ANN401
    tolerance: float | None,
    failed: Mapping[str, str],
) -> Check:
    relative = RELATIVE if tolerance is None else tolerance
    notebook = key.partition(".")[0]
    if new is None and notebook in failed:
        return not_compared("value", key, failed[notebook])
    verdict = compared("value", key, lambda: compare_value(key, old["values"].get(key), new, relative=relative))
    method = f"within {relative:g}" + ("" if tolerance is None else ", its own tolerance")
    stated = old["tolerances"].get(key)
    both = key in old["values"] and new is not None
    return judged(verdict, method, json_differences(stated, tolerance, where="tolerance") if both else [])


def _parameters(old: Mapping[str, Any], run: RunToVerify) -> list[Check]:
    new = {one.notebook: dict(one.parameters) for one in run.outputs}
    checks = []
    for name in sorted({**old, **new}):
        title = f"parameters of {name} in figures/values.json"
        if name not in new and name in run.failed:
            checks.append(not_compared("text", title, run.failed[name]))
            continue
        found = json_differences(old.get(name, "nothing"), new.get(name, "nothing"))
        outcome = Outcome.CHANGED if found else Outcome.IDENTICAL
        checks.append(Check(kind="text", name=title, method="text", outcome=outcome, differences=tuple(found)))
    return checks


def _latex(layout: Layout, values: Mapping[str, Any]) -> Check:
    """Compare values.tex with the text that the values on record make."""
    name = "figures/values.tex"
    content = read(layout.figures / "values.tex")
    try:
        expected = as_latex(values).encode("utf-8")
    except DAMAGE as error:
        return not_compared("text", name, f"values.json has a value without all its parts: {error!r}")
    found = () if content == expected else (Difference(where="text", old="as committed", new="what values.json gives"),)
    return Check(
        kind="text",
        name=name,
        method="text made from figures/values.json",
        outcome=Outcome.CHANGED if found else Outcome.IDENTICAL,
        differences=found,
        files=(HashedFile(path=name, committed=hash_of(content), made=hash_of(expected)),),
    )
