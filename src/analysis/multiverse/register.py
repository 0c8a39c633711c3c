"""Every study that has a multiverse."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from analysis.errors import ParameterError
from analysis.multiverse.casualty_choices import CASUALTIES
from analysis.multiverse.choice import Multiverse
from analysis.multiverse.contamination_choices import CONTAMINATION
from analysis.multiverse.map_choices import MAPS

MULTIVERSES: Final[tuple[Multiverse, ...]] = (CASUALTIES, MAPS, CONTAMINATION)


def multiverses_named(names: Collection[str]) -> tuple[Multiverse, ...]:
    """Return the studies with these names, in the order of the register; all of them without a name.

    Raises
    ------
    ParameterError
        If a name is not one of a study with a multiverse; the message lists them.
    """
    known = [one.notebook for one in MULTIVERSES]
    for name in names:
        if name not in known:
            raise ParameterError(f"study: {name!r} has no multiverse; these have one: {', '.join(known)}")
    return tuple(one for one in MULTIVERSES if not names or one.notebook in names)
