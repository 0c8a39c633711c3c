"""The audit as tables: statements with verdicts, reasons, pairs, and counts by party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from analysis.claims.audit import AuditedStatement
from analysis.claims.beside import JudgedPair
from analysis.claims.scope import ScopePart
from analysis.claims.verdict import Judgement, Statement, Verdict
from analysis.claims.wording import difference_words, range_words, stated_words
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.evidence import Evidence
from analysis.maps.scope import party_words

SELECTION: Final = (
    "The selection of claims is not random: they are the statements of one article, so the counts of verdicts describe "
    "that article and say nothing about how reliable a party is."
)


def statements_table(audited: Iterable[AuditedStatement], *, sources: pd.DataFrame) -> pd.DataFrame:
    """Return one row a statement: claim, who, statement, stated, counterpart, difference, pages, own_party, verdict.

    `counterpart` is what decided the verdict, `difference` how far it lies from the printed figure, `pages` how many
    pages it was read on and `own_party` the share of them (0 to 1, two decimals) that come from the party of the
    statement: agreement with those is agreement of prints, not confirmation. All are missing where nothing decided.

    Parameters
    ----------
    audited
        The statements.
    sources
        Sources of the evidence by `source_id`, with their party.
    """
    rows = [
        {
            "claim": each.claim.claim_id,
            "who": each.claim.attributed_to,
            "statement": each.claim.statement,
            "stated": stated_words(each.statement.number, each.statement.scope.unit),
            "counterpart": _counterpart_words(each.judgement, each.statement),
            "difference": _difference_words(each.judgement, each.statement),
            **_pages(each, sources),
            "verdict": each.judgement.label,
        }
        for each in audited
    ]
    columns = ["claim", "who", "statement", "stated", "counterpart", "difference", "pages", "own_party", "verdict"]
    return pd.DataFrame(rows, columns=columns).set_index("claim")


def counterparts_table(audited: Iterable[AuditedStatement], *, names: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a statement and counterpart found: what it is, its range, who counted, sources, the bridge.

    `decides` says which counterpart the verdict rests on; `names` are the originators in words.
    """
    rows = [
        {
            "claim": each.claim.claim_id,
            "counterpart": one.label,
            "range": " or ".join(range_words(reading, one.scope.unit) for reading in one.readings),
            "counted_by": "; ".join(names.get(body, body) for body in one.originators),
            "pages": len(one.sources),
            "decides": one is each.judgement.decided_by,
            "assumption": "" if one.bridge is None else one.bridge.assumption,
        }
        for each in audited
        for one in each.search.counterparts
    ]
    columns = ["claim", "counterpart", "range", "counted_by", "pages", "decides", "assumption"]
    return pd.DataFrame(rows, columns=columns).set_index("claim")


def short_names(evidence: Evidence) -> dict[str, str]:
    """Return the originators in words: the abbreviation a name gives of itself, else the name."""
    names = evidence.table("originators").set_index("originator_id")["name"]
    short = names.str.extract(r"\(([A-Za-z]{2,})\)", expand=False)
    return {str(body): str(name) for body, name in short.fillna(names).items()}


def reasons(audited: Iterable[AuditedStatement]) -> dict[str, InsufficientEvidence]:
    """Return why each statement without a comparable counterpart has none, by claim and statement."""
    compared = (Verdict.AGREES, Verdict.AGREES_AS_A_BOUND, Verdict.DIFFERS)
    return {
        f"{each.claim.claim_id} {each.reading.short}": InsufficientEvidence(
            f"{each.judgement.verdict}: {each.judgement.reason}"
        )
        for each in audited
        if each.judgement.verdict not in compared
    }


def would_change(audited: Iterable[AuditedStatement]) -> pd.DataFrame:
    """Return what evidence would change each verdict."""
    rows = [
        {
            "claim": each.claim.claim_id,
            "verdict": each.judgement.label,
            "evidence that would change it": each.reading.would_change,
        }
        for each in audited
    ]
    return pd.DataFrame(rows).set_index("claim")


def pairs_table(pairs: Iterable[JudgedPair]) -> pd.DataFrame:
    """Return one row a pair of statements: who said what, what must hold, and whether both can be true.

    `differ_in` names the parts of the scope in which the two differ, `bridged` those that an assumption makes
    comparable, and `assumption` says it for each of them; the verdict holds only under it. Where a part that differs is
    not bridged the pair is shown and not judged.
    """
    rows = [
        {
            "beside": pair.reading.about,
            "first": f"{pair.who[0]}: {_said(pair.first)}",
            "second": f"{pair.who[1]}: {_said(pair.second)}",
            "must_hold": str(pair.reading.relation),
            "differ_in": _part_words(pair.first.scope.differing_parts(pair.second.scope)),
            "bridged": "" if pair.reading.bridge is None else _part_words(pair.reading.bridge.crosses),
            "assumption": pair.judgement.reason if pair.reading.bridge is None else pair.reading.bridge.assumption,
            "verdict": pair.judgement.label,
        }
        for pair in pairs
    ]
    columns = ["beside", "first", "second", "must_hold", "differ_in", "bridged", "assumption", "verdict"]
    return pd.DataFrame(rows, columns=columns).set_index("beside")


def counts_by_party(audited: Sequence[AuditedStatement]) -> pd.DataFrame:
    """Return how many statements of each party got each verdict, with the number of statements each had.

    Verdicts that nobody got are columns of zeros, so that the closed list is seen whole.
    """
    frame = pd.DataFrame(
        {"party": [each.party for each in audited], "verdict": [str(each.judgement.verdict) for each in audited]}
    )
    counts = pd.crosstab(frame["party"], frame["verdict"]).reindex(
        columns=[str(verdict) for verdict in Verdict], fill_value=0
    )
    counts.insert(0, "statements", counts.sum(axis=1))
    counts.columns.name = None
    return counts


def whose_statements(beside: pd.DataFrame) -> pd.DataFrame:
    """Return how many statements beside the audited ones come from each party, most first."""
    counted = beside.drop_duplicates("row").groupby("party", sort=True).size().rename("statements").reset_index()
    return counted.sort_values(["statements", "party"], ascending=[False, True]).set_index("party")


def split_by_party(beside: pd.DataFrame, audited: Iterable[AuditedStatement]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what other parties say beside the statements, and what the statements' own party says."""
    party = {each.claim.claim_id: each.party for each in audited}
    own = beside["party"] == beside["beside"].map(party)
    columns = ["row", "who", "as_of", "figure", "says"]
    other, same = (part.set_index("beside")[columns] for part in (beside[~own], beside[own]))
    return other, same


def whose_figures(audited: Sequence[AuditedStatement], beside: pd.DataFrame, *, sources: pd.DataFrame) -> str:
    """Return how much of what the audit reads comes from the authorities of one party, and what remains without."""
    pages = sorted_union(
        *(one.sources for each in audited for one in each.search.counterparts),
        beside["source_id"],
        [each.claim.source_id for each in audited],
    )
    counted = sources.loc[list(pages), "party"].value_counts().rename_axis("party").reset_index(name="pages")
    ordered = counted.sort_values(["pages", "party"], ascending=[False, True])
    largest, others = ordered.iloc[0], ordered.iloc[1:]
    share = 100 * largest["pages"] / len(pages)
    rest = ", ".join(f"{row['pages']} from {party_words(str(row['party']))}" for _, row in others.iterrows())
    return (
        f"{largest['pages']} of the {len(pages)} pages read for this audit ({share:.0f} per cent) come from "
        f"{party_words(str(largest['party']))}; without them there remain {rest or 'none'}. "
        "Agreement with them is agreement of prints, not confirmation."
    )


def _pages(each: AuditedStatement, sources: pd.DataFrame) -> dict[str, object]:
    if each.judgement.decided_by is None:
        return {"pages": None, "own_party": None}
    parties = sources.loc[list(each.judgement.decided_by.sources), "party"]
    return {"pages": len(parties), "own_party": round(float((parties == each.party).mean()), 2)}


def _part_words(parts: Iterable[ScopePart]) -> str:
    return ", ".join(str(part) for part in parts)


def _said(statement: Statement) -> str:
    return stated_words(statement.number, statement.scope.unit) or "no figure"


def _counterpart_words(judgement: Judgement, statement: Statement) -> str:
    if judgement.decided_by is None:
        return ""
    return " or ".join(range_words(reading, statement.scope.unit) for reading in judgement.decided_by.readings)


def _difference_words(judgement: Judgement, statement: Statement) -> str:
    if judgement.decided_by is None or statement.number is None:
        return ""
    return difference_words(statement.number, judgement.decided_by.hull, statement.scope.unit)
