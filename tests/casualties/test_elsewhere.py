"""Nagorno-Karabakh and Armenia beside each other, and people outside one count."""

from __future__ import annotations

from analysis.casualties.elsewhere import outside_the_count, totals_elsewhere


def test_changes_stand_beside_the_years_in_between(evidence):
    table = totals_elsewhere(evidence).set_index("row_id")
    # HALO: 329 by 2008, 327 by 2009 although 2009 adds 5; 358 by 2015, 368 by 2016 although 2016 adds 1.
    assert table.loc["rt-0012", ["change", "years"]].tolist() == [-2, 5]
    assert table.loc["rt-0025", ["change", "years"]].tolist() == [10, 1]
    # No count of 2011 is published, so nothing is set beside 330 to 342.
    assert table.loc["rt-0018"].isna()["years"]
    assert table.loc["rt-0016", "outcome_unknown"] == 151


def test_people_outside_the_count_are_named_with_who_counted(evidence):
    table = outside_the_count(evidence)
    assert {"halo_trust", "icrc", "nk_de_facto_authorities", "azcbl", "chde"} <= set(table["counted_by"])
    civil = table[table["row_id"] == "rt-0094"].iloc[0]
    assert (civil["who"], civil["stated"]) == ("civilians, since a date not stated", "at least 1,076")
    # The last total of a body, not its first.
    assert table[table["counted_by"] == "landmine_impact_survey"]["stated"].tolist() == ["at least 600"]
    assert "halo_trust" not in set(outside_the_count(evidence, exclude_originators=["halo_trust"])["counted_by"])
