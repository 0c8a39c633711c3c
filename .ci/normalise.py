"""Bring notebooks into the form they are committed in; exit status 1 when one had to be changed, as hooks do."""

import sys
from pathlib import Path

from analysis.pipeline.normalise import normalised_text
from analysis.record.atomic import write_text


def normalise(path: Path) -> bool:
    """Whether the file had to be rewritten."""
    before = path.read_text(encoding="utf-8")
    after = normalised_text(before)
    if after == before:
        return False
    write_text(path, after)
    print(f"normalised {path}")
    return True


if __name__ == "__main__":
    changed = [name for name in sys.argv[1:] if normalise(Path(name))]
    sys.exit(1 if changed else 0)
