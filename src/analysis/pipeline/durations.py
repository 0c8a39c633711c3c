"""How long each notebook took when it last ran here, so that the longest can start first."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from analysis.pipeline.result import Result
from analysis.record.atomic import write_text
from analysis.record.layout import Layout


def longest_first(notebooks: Sequence[Path], layout: Layout) -> tuple[Path, ...]:
    """Return the notebooks with the longest first: one that starts last and takes long is waited for alone.

    Those that never ran here come before the others, the larger file first: what took long tends to have much to show.
    """
    known = _durations(layout)

    def place(path: Path) -> tuple[float, int, str]:
        """Return the place in the order: never run here, then longest, then by name."""
        seconds = known.get(path.stem, math.inf)
        return -seconds, -path.stat().st_size if math.isinf(seconds) else 0, path.stem

    return tuple(sorted(notebooks, key=place))


def keep_durations(results: Iterable[Result], layout: Layout) -> None:
    """Keep how long the notebooks took that ran to their end; a folder that cannot be written only costs the order."""
    taken = {result.spec.name: round(result.seconds, 3) for result in results if result.ok}
    try:
        layout.build.mkdir(parents=True, exist_ok=True)
        write_text(_file(layout), json.dumps({**_durations(layout), **taken}, indent=1, sort_keys=True) + "\n")
    except OSError:
        return


def _durations(layout: Layout) -> Mapping[str, float]:
    """Return the seconds by notebook; nothing when they cannot be read."""
    try:
        tree = json.loads(_file(layout).read_bytes())
        return {str(name): float(seconds) for name, seconds in tree.items() if 0 <= seconds < math.inf}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _file(layout: Layout) -> Path:
    return layout.build / "durations.json"
