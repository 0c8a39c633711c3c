"""The evidence rows read on given pages, each with its place in the file and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.evidence.amendments import NOT_EVIDENCE
from analysis.evidence.package import Evidence
from analysis.evidence.schema import Field, Kind, TableSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One row as transcribed.

    Parameters
    ----------
    table, file, line
        Where it stands; line 1 is the header.
    row_id
        Its key; parts joined by '|'.
    source_id, originator, party
        The page it was read on; who counted or spoke, and for whom.
    reports
        Its dates, figures and coded columns, by column, as printed; free text is left to the file.
    set_aside
        Why no study uses the row; empty when it is used.
    corrections
        Printed slips of the row and what is used instead, in words.
    """

    table: str
    file: str
    line: int
    row_id: str
    source_id: str
    originator: str
    party: str
    reports: Mapping[str, str]
    set_aside: str
    corrections: tuple[str, ...]


def evidence_tables(evidence: Evidence) -> tuple[str, ...]:
    """Return the tables whose rows are reports read on a page, in the order of the package."""
    return tuple(name for name in evidence.names if name not in NOT_EVIDENCE and evidence.schema(name).has("source_id"))


def rows_of(
    evidence: Evidence, *, tables: Iterable[str], sources: Collection[str], row_ids: Collection[str] = ()
) -> tuple[EvidenceRow, ...]:
    """Return the rows of `tables` that were read on one of `sources` or have one of the keys `row_ids`.

    They come in the order of the tables and lines. Rows set aside are among them, and say so; a table that the
    package does not have has none.
    """
    reasons = dict(zip(evidence.exclusions["row_id"], evidence.exclusions["reason"], strict=True))
    corrections = _corrections(evidence)
    known = [name for name in evidence_tables(evidence) if name in set(tables)]
    return tuple(
        _row(row, evidence.schema(name), reasons, corrections)
        for name in known
        for row in _matching(evidence.printed(name), evidence.schema(name), sources, row_ids)
    )


def _matching(
    frame: pd.DataFrame, schema: TableSchema, sources: Collection[str], row_ids: Collection[str]
) -> list[dict[str, object]]:
    wanted = frame["source_id"].isin(list(sources))
    if len(schema.primary_key) == 1:
        wanted |= frame[schema.primary_key[0]].isin(list(row_ids))
    columns = [*schema.columns, "originator", "party", "line"]
    records = frame.loc[wanted.to_numpy(dtype=bool), columns].to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


def _row(
    row: Mapping[str, object],
    schema: TableSchema,
    reasons: Mapping[str, str],
    corrections: Mapping[str, list[str]],
) -> EvidenceRow:
    key = "|".join(str(row[column]) for column in schema.primary_key)
    shown = [field for field in schema.fields if _is_shown(field, schema) and not pd.isna(row[field.name])]  # type: ignore[call-overload]
    return EvidenceRow(
        table=schema.name,
        file=schema.file,
        line=int(str(row["line"])),
        row_id=key,
        source_id=str(row["source_id"]),
        originator=str(row["originator"]),
        party=str(row["party"]),
        reports={field.name: _text(row[field.name]) for field in shown},
        set_aside=reasons.get(key, ""),
        corrections=tuple(corrections.get(key, ())),
    )


def _is_shown(field: Field, schema: TableSchema) -> bool:
    """Dates, numbers and codes; not free text, which may name people and villages."""
    if field.name in schema.primary_key:
        return False
    return field.kind is not Kind.TEXT or bool(field.allowed) or field.pattern is not None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _corrections(evidence: Evidence) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record in evidence.corrections.to_dict("records"):
        text = f"{record['column']}: {_known(record['printed'])} printed, {_known(record['used'])} used"
        found.setdefault(str(record["row_id"]), []).append(text)
    return found


def _known(value: object) -> str:
    return value if isinstance(value, str) and value else "nothing"
