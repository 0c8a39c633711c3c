"""Handovers: both accounts side by side, totals apart, nothing added twice."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import InsufficientEvidence
from analysis.maps import handovers as ho
from analysis.maps.study import MapReliability


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("mr-1", "2021-06-12", "Aghdam", 100, None, "", "azerbaijan_authorities", "mfa"),
        ("mr-2", "2021-06-12", "Aghdam", 100, None, "", "azerbaijan_authorities", "mfa"),
        ("mr-3", "2021-06-12", None, None, None, "", "armenia_authorities", "nss"),
        ("mr-4", "2021-07-03", "Fuzuli", 20, None, "", "azerbaijan_authorities", "mfa"),
        ("mr-5", "2021", None, None, 9, "AGGREGATE ROW: do not add", "armenia_authorities", "nss"),
        ("mr-6", "2024", None, None, 3, "Announcement, not receipt", "armenia_authorities", "nss"),
    ]
    names = ["row_id", "handed_over_on", "districts", "mines_recorded", "forms_or_maps", "notes", "party", "originator"]
    frame = pd.DataFrame(rows, columns=names)
    last = frame["handed_over_on"].map(lambda text: pd.Timestamp(text if len(text) == 10 else f"{text}-12-31"))
    frame = frame.astype({"mines_recorded": "Int64", "forms_or_maps": "Int64"})
    return frame.assign(
        handed_over_on_first=last, handed_over_on_last=last, handed_over_on_precision="day", context="c",
        source_id="page-" + frame["row_id"],
    )  # fmt: skip


def test_a_transfer_printed_by_two_pages_counts_once(table: pd.DataFrame) -> None:
    announced = ho.mines_announced(table)
    assert announced["mines"].tolist() == [100, 20]  # 100 on two pages, 20 on one: 120 in all
    assert announced["sources"].iloc[0] == "page-mr-1, page-mr-2"


def test_pages_that_disagree_on_one_transfer_are_refused(table: pd.DataFrame) -> None:
    table.loc[1, "mines_recorded"] = 101
    with pytest.raises(InsufficientEvidence, match="pages disagree on the mines of the transfer of 2021-06-12"):
        ho.mines_announced(table)


def test_no_number_is_said_in_words(table: pd.DataFrame) -> None:
    with pytest.raises(InsufficientEvidence, match=r"no single transfer .* states a number of mines"):
        ho.mines_announced(table[table["mines_recorded"].isna()])


def test_a_total_is_no_transfer(table: pd.DataFrame) -> None:
    kinds = ho.accounts(table).set_index("row_id")["kind"]
    assert kinds["mr-5"] == ho.TOTAL
    assert kinds["mr-6"] == ho.ANNOUNCED
    table.loc[4, "mines_recorded"] = 5000
    assert ho.mines_announced(table)["mines"].sum() == 120


def test_each_date_shows_what_each_side_says(table: pd.DataFrame) -> None:
    sides = ho.side_by_side(table).set_index("handed_over_on")
    assert sides.loc["2021-06-12", ho.AZERBAIJANI] == "Aghdam; 100 mines"
    assert sides.loc["2021-06-12", ho.ARMENIAN] == "stated, no number"
    assert pd.isna(sides.loc["2021-07-03", ho.ARMENIAN])
    assert sides.loc["2021", ho.ARMENIAN] == "9 forms"


def test_a_month_that_holds_another_date_is_not_counted_again(table: pd.DataFrame) -> None:
    # 12 June (both sides) and 3 July; the total of 2021 and the announcement of 2024 are no dates of transfers.
    assert ho.dates_named(ho.side_by_side(table)) == (1, 2)
    month = table.iloc[[3]].assign(row_id="mr-7", handed_over_on="2021-07")
    assert ho.dates_named(ho.side_by_side(pd.concat([table, month]))) == (1, 2)
    other = month.assign(handed_over_on="2021-08")
    assert ho.dates_named(ho.side_by_side(pd.concat([table, other]))) == (1, 3)


def test_december_2021_and_its_fourth_day_are_one_date(study: MapReliability) -> None:
    transfers = study.said.side_by_side.query("kind == @ho.TRANSFER")
    assert {"2021-12", "2021-12-04"} <= set(transfers["handed_over_on"])
    assert ho.dates_named(study.said.side_by_side)[1] == len(transfers) - 1


def test_the_real_rows_hold_972_forms_as_a_total_and_189000_mines_in_two_transfers(study: MapReliability) -> None:
    # Evidence README, trap 13; 97,000 + 92,000 = 189,000 (ma-0039 prints the same sum).
    forms = ho.forms_stated(study.rows.handovers)
    assert set(forms.loc[forms["kind"] == ho.TOTAL, "forms"]) == {972}
    assert 972 not in set(forms.loc[forms["kind"] != ho.TOTAL, "forms"])
    assert ho.mines_announced(study.rows.handovers)["mines"].sum() == 189_000


def test_the_armenian_list_has_five_dates_and_december_2021_is_named_by_one_side_only(study: MapReliability) -> None:
    sides = study.said.side_by_side.set_index("handed_over_on")
    nss = ["2021-06-12", "2021-07-03", "2021-10-19", "2021-11-01", "2021-11-29"]
    assert sides.loc[nss, ho.ARMENIAN].notna().all()
    assert pd.isna(sides.loc["2021-12-04", ho.ARMENIAN])
    assert sides.loc["2021-12-04", ho.AZERBAIJANI] == "stated, no number"
