"""Where a notebook's values and figures go."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from analysis.errors import ParameterError
from analysis.paths import BUILD

OUTPUT_VARIABLE = "ANALYSIS_OUTPUT"
"""Environment variable by which the runner names the folder of this notebook's run."""

STAGES_VARIABLE = "ANALYSIS_STAGES_ANEW"
"""Environment variable that, set to anything, has long computations done anew instead of read from build/stages/."""

FIGURES_VARIABLE = "ANALYSIS_FIGURES"
"""Environment variable by which the runner says that a run is wanted for its values only."""
NO_FIGURES = "none"
"""What it is set to for such a run."""

_SAFE_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def destination(notebook: str) -> Path:
    """Return the folder for the outputs of `notebook`, made if needed.

    The runner names it in the kernel's environment. Without a runner (JupyterLab, bare papermill) it is
    ``build/interactive/<notebook>/``, and one line on standard error says so.

    Raises
    ------
    ParameterError
        When the name could leave the folder.
    """
    check_name(notebook, "notebook")
    named = os.environ.get(OUTPUT_VARIABLE, "")
    folder = Path(named) if named else BUILD / "interactive" / notebook
    folder.mkdir(parents=True, exist_ok=True)
    if not named:
        print(f"Outputs go to {folder}; only `analysis reproduce` writes figures/.", file=sys.stderr)  # noqa: T201
    return folder


def figures_are_wanted() -> bool:
    """Return whether this run writes figures; a sweep wants its values only, and drawing takes half of the time."""
    return os.environ.get(FIGURES_VARIABLE, "") != NO_FIGURES


def check_name(name: str, what: str) -> None:
    """Refuse a name that is not made of lower-case letters, digits and single hyphens or underscores.

    Raises
    ------
    ParameterError
        Naming what was wrong with it.
    """
    if not _SAFE_NAME.fullmatch(name):
        raise ParameterError(
            f"{what} name {name!r}: lower-case letters and digits joined by single hyphens or underscores are allowed"
        )
