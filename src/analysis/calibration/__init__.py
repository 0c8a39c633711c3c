"""How often the intervals of this package hold the truth, by simulation, and the table in which that is kept.

A *method* is what a study calls; a *setting* is one world it is tried in. :mod:`register` lists both,
:mod:`campaign` runs them (``analysis calibrate``), :mod:`table` keeps the result beside the code and says which methods
changed after it. :mod:`recovery` does the same for the reconciliation of running totals.
"""

from analysis.calibration.table import coverage_of, shortfalls_of

__all__ = ["coverage_of", "shortfalls_of"]
