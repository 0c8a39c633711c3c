"""Where the kernels' matplotlib keeps its list of fonts: one folder of ours, whatever the reader's home allows.

In a home that cannot be written matplotlib says so on standard error, which would become part of a notebook; and the
settings a reader keeps there would change figures.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from typing import Final

from analysis.paths import BUILD

VARIABLE: Final = "MPLCONFIGDIR"
_LIST: Final = "fontlist*.json"


def font_list_folder() -> dict[str, str]:
    """Return the variable that names the folder, which is made; empty where it cannot be made.

    Each version of matplotlib has its own, so that a list that is there is one it can use.
    """
    folder = BUILD / "matplotlib" / metadata.version("matplotlib")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return {}
    return {VARIABLE: str(folder)}


def make_font_list(environment: Mapping[str, str]) -> None:
    """Have matplotlib make its list of fonts, once, before kernels start.

    A kernel that had to make it would say so on standard error when that takes more than five seconds.
    """
    folder = BUILD / "matplotlib" / metadata.version("matplotlib")
    if environment.get(VARIABLE) != str(folder) or any(folder.glob(_LIST)):
        return
    subprocess.run(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        env=dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # a kernel that cannot import it says so in the cell that needs it
    )
