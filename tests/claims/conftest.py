"""The evidence of the repository, loaded once for the tests of the audit."""

from __future__ import annotations

import pytest

from analysis.claims.study import ClaimsAudit, claims_audit
from analysis.evidence import Evidence, load_evidence


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture(scope="session")
def study(evidence: Evidence) -> ClaimsAudit:
    return claims_audit(evidence)
