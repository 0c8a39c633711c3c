"""Published statements beside what the evidence gives: who said what, what stands beside it, the verdict and why."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.claims.audit import AuditedStatement
from analysis.claims.more_claims import SELECTION as MORE_SELECTION
from analysis.claims.more_claims import more_claims
from analysis.claims.study import claims_audit
from analysis.claims.tables import SELECTION, statements_table
from analysis.evidence import Evidence
from analysis.maps.scope import party_words
from analysis.site.browser import NO_CONTENTS, Column, browser_html, column_of
from analysis.site.evidence_pages import WITHHELD, pages_html
from analysis.site.markup import raw_html, text_html


def claims_page(evidence: Evidence) -> str:
    """Return the page as Markdown.

    Raises
    ------
    InsufficientEvidence
        When the evidence package does not hold the statements.
    """
    article = claims_audit(evidence).audited
    others = more_claims(evidence).audited
    return (
        f"{NO_CONTENTS}# Published statements\n\n"
        "Each statement with who made it, what published figures give for it, and a verdict by one rule for all. A "
        "verdict is about one printed figure and never about who printed it. How they are reached is in "
        "[the audit of the article](notebooks/claims_audit.ipynb) and in "
        "[that of further statements](notebooks/more_claims.ipynb); which of them exclude each other is in "
        "[their consistency](notebooks/claims_consistency.ipynb).\n\n"
        f"## Statements of the article\n\n{SELECTION}\n\n"
        f"{raw_html(_table(article, evidence, label='Statements of the article'))}\n"
        f"## Further statements of all parties\n\n{MORE_SELECTION}\n\n"
        f"{raw_html(_table(others, evidence, label='Further statements of all parties'))}"
    )


def _table(audited: Sequence[AuditedStatement], evidence: Evidence, *, label: str) -> str:
    frame = statements_table(audited, sources=evidence.sources).reset_index()
    pages = pages_html(evidence)
    columns = [
        column_of(frame, "claim"),
        column_of(frame, "who"),
        column_of(frame, "statement", wide=True),
        column_of(frame, "stated"),
        column_of(frame, "counterpart"),
        column_of(frame, "verdict", choices=True),  # as far as here without scrolling, on a page of 1,280 px
        Column(heading="party", cells=[text_html(party_words(one.party)) for one in audited], choices=True),
        Column(heading="why", cells=[text_html(one.judgement.reason) for one in audited], wide=True),
        Column(heading="page", cells=[pages.get(one.claim.source_id, WITHHELD) for one in audited], wide=True),
    ]
    return browser_html(columns, keys=[str(claim) for claim in frame["claim"]], label=label)
