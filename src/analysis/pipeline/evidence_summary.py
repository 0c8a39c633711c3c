"""What the evidence holds, in a few lines."""

from __future__ import annotations

from pathlib import Path

from analysis.evidence import load_evidence
from analysis.pipeline.messages import counted, printable


def evidence_summary(folder: Path | None) -> str:
    """Check the evidence in `folder` (None: the repository's) and return what is in it.

    Raises
    ------
    EvidenceError
        With all faults.
    """
    evidence = load_evidence("" if folder is None else folder)
    rows = {name: len(evidence.printed(name)) for name in evidence.names}
    width = max(len(name) for name in rows)
    lines = [f"{evidence.folder}: no faults.", ""]
    lines += [f"  {name:<{width}}  {count:6d}" for name, count in rows.items()]
    set_aside, corrected = len(evidence.exclusions), len(evidence.corrections)
    lines += [
        "",
        f"{counted(len(rows), 'table')}, {sum(rows.values())} rows, {counted(len(evidence.sources), 'source')}",
    ]
    lines += [f"latest date: {evidence.last_date}"]
    lines += [f"set aside: {counted(set_aside, 'row')}; corrected: {counted(corrected, 'cell')}"]
    lines += ["findings (nothing is dropped for them; the notebooks show them):"]
    found = evidence.findings().groupby("rule", sort=True).size()
    lines += [f"  {count:4d}  {rule}" for rule, count in found.items()] or ["  none"]
    return printable("\n".join(lines))
