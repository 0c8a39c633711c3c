"""Whether the verdicts survive other defensible choices."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.casualties.printed import InexactRows
from analysis.claims.audit import audit
from analysis.claims.basis import Basis, basis_of
from analysis.claims.verdict import ABOUT_TOLERANCE
from analysis.evidence import Evidence


def verdicts_by_choice(
    evidence: Evidence,
    *,
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
    period_end: str = "",
    about_tolerance: float = ABOUT_TOLERANCE,
) -> pd.DataFrame:
    """Return the verdict on each statement (rows) under each choice (columns), the first being the one asked for.

    The others differ from it in one thing each: half and twice the tolerance of 'about', inexact rows read as points or
    left out, rows whose originator is unknown left out, and rows of the statements' own party left out.
    """

    def basis(exclude: Collection[str] = exclude_originators, inexact: InexactRows = inexact_rows) -> Basis:
        """Return what statements are compared with under one choice of rows."""
        return basis_of(evidence, exclude_originators=exclude, inexact_rows=inexact, period_end=period_end)

    asked = basis()
    judged = audit(asked, about_tolerance=about_tolerance)
    own = sorted({each.party for each in judged})
    choices: Mapping[str, tuple[Basis, float]] = {
        "as asked": (asked, about_tolerance),
        "half the tolerance": (asked, about_tolerance / 2),
        "twice the tolerance": (asked, min(2 * about_tolerance, 0.99)),
        "inexact rows as printed": (basis(inexact="as printed"), about_tolerance),
        "inexact rows left out": (basis(inexact="leave out"), about_tolerance),
        "without unknown originators": (basis(exclude=[*exclude_originators, "unknown"]), about_tolerance),
        f"without {', '.join(own).replace('_', ' ')}": (basis(exclude=[*exclude_originators, *own]), about_tolerance),
    }
    return pd.DataFrame(
        {
            name: {each.claim.claim_id: each.judgement.label for each in audit(chosen, about_tolerance=tolerance)}
            for name, (chosen, tolerance) in choices.items()
        }
    ).rename_axis("claim")


def changed_only(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the statements whose verdict some choice changes, and of the choices those that change one."""
    first = verdicts.iloc[:, 0]
    differs = verdicts.ne(first, axis=0)
    kept = [verdicts.columns[0], *differs.columns[differs.any()]]
    return verdicts.loc[differs.any(axis=1), kept]
