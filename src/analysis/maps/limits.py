"""What the published figures do not allow, with the reason for each."""

from __future__ import annotations

from typing import Final

from analysis.errors import InsufficientEvidence

_REASONS: Final = {
    "accuracy of the records": "no numerator, denominator or method was published with any figure, and accurate, "
    "useful and trusted are used in turn; the meanings in use stand in the table of definitions",
    "sampling error of the share outside the records": "the number of accidents behind it was not published; the "
    "counts outside the former line of contact are another quantity and their n is not used for it",
    "coverage by mined area": "the area of recorded minefields was not published; the share of accidents gives a curve "
    "in r and not a number",
    "mines laid": "the published numbers come without method and in part as 'more than'",
    "mines on records not handed over": "one party gives a number without basis, the other says that none are left",
    "change of the share outside the records": "one figure is repeated over the years without counts or periods, so "
    "neither change nor constancy can be shown",
    "change of the share outside the former line": "the counts are nested, their increments small, and the first "
    "casualty count contradicts the second",
    "effect of a handover on accidents": "accidents on recorded and on other land are not published apart",
    "which explanation of the casualty counts holds": "the printed counts fit several explanations",
}


def not_estimable() -> dict[str, InsufficientEvidence]:
    """Return each quantity a reader may look for that no published figure gives, with the reason."""
    return {quantity: InsufficientEvidence(reason) for quantity, reason in _REASONS.items()}
