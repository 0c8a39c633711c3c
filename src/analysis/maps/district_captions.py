"""Texts of the notebook on accidents by district: sentences, caption, description, drawn numbers; all computed."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.maps.captions import FigureText
from analysis.maps.district_accidents import CANNOT_TELL, NOT_NAMED, POWER, DistrictAccidents
from analysis.maps.scope import WARNING, party_words

_NOT_ESTIMABLE: Final = {
    "accidents in a district": "the list holds what press and agencies printed and could be dated, not every accident; "
    "no office publishes accidents by district and date",
    "risk in a district": "neither the people exposed nor the mined area is published by district",
    "effect of a handover": "returns, work, clearance and reporting changed at the same time, and no page says whether "
    "an accident lay on recorded land",
}


def whose_sentence(found: DistrictAccidents) -> str:
    """Return whose reports the list rests on."""
    parties = found.listed["party"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    rest = ", ".join(f"{count} from {party_words(str(party))}" for party, count in parties.iloc[1:].items())
    total = len(found.listed)
    return (
        f"{parties.iloc[0]} of {total} listed accidents ({100 * parties.iloc[0] / total:.0f} %) were read on pages "
        f"whose figures come from {party_words(str(parties.index[0]))}; without them there remain {rest or 'none'}. "
        f"{found.undated} more have no date and are left out."
    )


def printed_districts(found: DistrictAccidents) -> pd.DataFrame:
    """Return the table of districts as printed."""
    return found.by_district.set_index("district")


def printed_handovers(found: DistrictAccidents) -> pd.DataFrame:
    """Return the table of handovers as printed, without the sources, which the notebook lists at its end."""
    return found.around.drop(columns="sources").set_index(["district", "handed_over_on"])


def note(found: DistrictAccidents) -> str:
    """Return the lines under the figure."""
    return (
        f"{len(found.listed)} dated accidents listed from {found.start:%Y-%m-%d} to {found.end:%Y-%m-%d}: press "
        "reports, no complete count. Polygons: Natural Earth, simplified.\n"
        f"Grey is not low risk: no accident was found in the reports read. {WARNING}"
    )


def district_text(found: DistrictAccidents) -> FigureText:
    """Return the text of the figure; carries the warning."""
    counts = found.by_district[found.by_district["accidents"] > 0]
    listed = "; ".join(f"{row['district']} {row['accidents']}" for _, row in counts.iterrows())
    without = counts.loc[(counts["polygon"] != "yes") & (counts["district"] != NOT_NAMED), "district"]
    tells = int((found.around["reading"] != CANNOT_TELL).sum())
    caption = (
        f"Accidents with explosive ordnance by district in a list of press reports, {found.start:%Y-%m-%d} to "
        f"{found.end:%Y-%m-%d} (n = {len(found.listed)} with a date): {listed}. The list is not a complete count, and "
        "reporting differs by place and time. Left: map; areas of the polygons differ from reported areas by up to a "
        f"third, and {', '.join(without) or 'no district'} has no polygon. Right: counts in up to {found.window_days} "
        "days before and after records of a district were handed over, each beside all other districts in the same "
        f"days. In {tells} of {len(found.around)} cases could a halving be found with power {100 * POWER:g} %"
        f"{'' if tells else ', so these counts cannot tell whether anything changed'}. {WARNING}"
    )
    alt = f"Left, a map of districts shaded by the number of listed accidents: {listed}. Right, pairs of counts."
    drawn = pd.concat(
        [
            found.by_district.drop(columns=["first", "last"]).assign(panel="districts"),
            found.around.drop(columns="sources").assign(panel="handovers"),
        ],
        ignore_index=True,
    )
    pages = [text.split(", ") for text in found.around["sources"]]
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=sorted_union(found.listed["source_id"], *pages))


def not_estimable() -> dict[str, InsufficientEvidence]:
    """Return what the list does not allow, with reasons."""
    return {quantity: InsufficientEvidence(reason) for quantity, reason in _NOT_ESTIMABLE.items()}
