"""The repository's folders, found once.

The package is installed in place, so its own location gives the repository; an installed copy without a
repository around it can still be used on a folder given by path.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
REPOSITORY = PACKAGE.parents[1]
DATA = REPOSITORY / "data"
NOTEBOOKS = REPOSITORY / "notebooks"
FIGURES = REPOSITORY / "figures"
BUILD = REPOSITORY / "build"
LOCK = REPOSITORY / "requirements.lock"
