"""Scopes match part by part; a bridge crosses only the parts it names, and never without an assumption."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.claims.scope import Bridge, Scope, ScopePart, unbridged_parts

SCOPE = Scope(
    quantity="casualties",
    unit="persons",
    population="all",
    area="azerbaijan",
    period="1991 to 2025-04",
    originator="anama",
)


@pytest.mark.parametrize("part", list(ScopePart))
def test_each_part_alone_keeps_two_figures_apart_until_it_is_bridged(part: ScopePart) -> None:
    other = replace(SCOPE, **{part.value: "another"})
    assert SCOPE.differing_parts(other) == (part,)
    assert unbridged_parts(SCOPE, other, None) == (part,)
    assert unbridged_parts(SCOPE, other, Bridge(crosses=(part,), assumption="they are one")) == ()


def test_a_bridge_leaves_the_other_parts_apart() -> None:
    other = replace(SCOPE, unit="accidents", area="lachin")
    bridge = Bridge(crosses=(ScopePart.AREA,), assumption="all of them are in Lachin")
    assert unbridged_parts(SCOPE, other, bridge) == (ScopePart.UNIT,)


def test_a_bridge_without_parts_or_assumption_is_refused() -> None:
    with pytest.raises(ValueError, match="names the parts it crosses and the assumption"):
        Bridge(crosses=(ScopePart.AREA,), assumption=" ")
    with pytest.raises(ValueError, match="names the parts it crosses and the assumption"):
        Bridge(crosses=(), assumption="they are one")


def test_an_empty_part_is_refused_because_two_unknowns_would_match() -> None:
    with pytest.raises(ValueError, match="scope: period must not be empty"):
        replace(SCOPE, period="")
