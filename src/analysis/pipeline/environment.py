"""The environment a kernel runs in: the same for the runner and for nbval."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from analysis.pipeline.font_list import font_list_folder
from analysis.pipeline.warm.template import ADDRESS_VARIABLE
from analysis.record.destination import FIGURES_VARIABLE, NO_FIGURES, OUTPUT_VARIABLE, STAGES_VARIABLE
from analysis.settings import HOUSE, JOURNAL

FIXED: Final[dict[str, str]] = {
    # Dates inside PDF and SVG files; any constant would do.
    "SOURCE_DATE_EPOCH": "1577836800",
    # The number of threads changes the order of additions and with it the last digits.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # Without it the debugger prints a warning to standard error in some Python builds.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_HASH_SEED: Final = "0"


def kernel_environment(
    output: Path | None, *, private: Path, anew: bool = False, figures: bool = True, journal: str = HOUSE
) -> dict[str, str]:
    """Return the environment of a kernel whose outputs go to `output`.

    Parameters
    ----------
    output
        Folder of this notebook's run; None lets the notebook write to its own folder in build/.
    private
        An empty folder of this run. It stands for the reader's own IPython folder, whose start-up files could change
        results.
    anew
        Have long computations done anew instead of reading their kept results.
    figures
        Whether figures are drawn and saved; False where only the values are wanted.
    journal
        What they are drawn for. One that the caller's environment names is not: the record has the house style.

    Notes
    -----
    A PYTHONHASHSEED set by the caller is kept: results must not depend on it, and a run with another one shows that.
    """
    environment = {**os.environ, **FIXED, **font_list_folder(), "IPYTHONDIR": str(private / "ipython")}
    environment.pop("MATPLOTLIBRC", None)  # names a reader's own settings, too
    for variable in (OUTPUT_VARIABLE, STAGES_VARIABLE, FIGURES_VARIABLE, JOURNAL, ADDRESS_VARIABLE):
        environment.pop(variable, None)
    # Set in many images; without bytecode every kernel spends seconds on compiling what it imports.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if output is not None:
        environment[OUTPUT_VARIABLE] = str(output)
    if anew:
        environment[STAGES_VARIABLE] = "1"
    if not figures:
        environment[FIGURES_VARIABLE] = NO_FIGURES
    if journal != HOUSE:
        environment[JOURNAL] = journal
    environment.setdefault("PYTHONHASHSEED", _HASH_SEED)
    return environment
