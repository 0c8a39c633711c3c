"""Where the evidence disagrees with itself: findings, not faults."""

from __future__ import annotations

import pandas as pd

from analysis.evidence.package import Evidence


def findings(evidence: Evidence) -> pd.DataFrame:
    """Return the findings of the package: columns rule, table, rows, size, detail."""
    del evidence
    return pd.DataFrame(columns=["rule", "table", "rows", "size", "detail"])
