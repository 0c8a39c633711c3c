"""Case run_ohchr_totals_vs_months: increments of a running total are not the events of the period.

OHCHR, Ukraine: civilian casualty updates as quoted in the press. Killed by 26 December 2022: 6,884 (frognews.bg
261500); by 1 May 2023: 8,709; killed by month as published on 2 May 2023 (open4business.com.ua), February 2023 as
published on 7 March 2023 (SBS/Ukrinform), March to May 2022 as published in February 2024 (ena.lu).
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.casualties.annual import disagreements
from analysis.casualties.increments import increments
from analysis.casualties.occurred import LISTED, link_violations
from analysis.casualties.running_totals import RegisteredPath
from analysis.estimate import Period

KILLED = (362, 4094, 798, 534, 426, 379, 336, 393, 305, 186, 206, 198, 141, 181, 169)
KILLED_BY_MONTH = dict(zip(pd.period_range("2022-02", "2023-04", freq="M").astype("str"), KILLED, strict=True))
OTHER_VINTAGES = {"2023-02": 138, "2022-03": 4289, "2022-04": 840, "2022-05": 586}


def registered() -> RegisteredPath:
    path = pd.DataFrame({"date": pd.to_datetime(["2022-12-26", "2023-05-01"]), "total": [6884, 8709]})
    counts = ("total", "killed", "injured")
    path["killed"], path["injured"] = path["total"], 0
    ends = {f"{name}_{side}_0": path[name] for name in counts for side in ("low", "high")}
    return RegisteredPath(path=path.assign(**ends), figures=pd.DataFrame(), disagreement=0, sources=("ohchr",))


def months() -> pd.DataFrame:
    periods = pd.PeriodIndex(KILLED_BY_MONTH, freq="M")
    listed = pd.DataFrame(
        {"start": periods.start_time, "end": periods.end_time.normalize(), "casualties": list(KILLED_BY_MONTH.values())}
    )
    # The update of 1 May closes the list of months.
    listed.loc[listed.index[-1], "end"] = pd.Timestamp("2023-05-01")
    return listed.assign(basis=LISTED)


def test_the_increment_holds_hundreds_who_died_before_it():
    none = pd.DataFrame({name: [] for name in ("start", "end", "days", "casualties", "killed", "injured", "basis")})
    period = Period(start=date(2022, 12, 27), end=date(2023, 5, 1))
    (line,) = increments(none, registered(), period=period, minimum_interval_days=1).to_dict("records")
    assert (line["casualties"], line["days"], line["kind"]) == (1825, 126, "registered")
    listed = months().set_index("start")["casualties"]
    in_period = int(listed["2023-01":].sum())
    assert in_period == 689
    # All of December 2022 is the most that 26 to 31 December can hold: 1825 - 689 - 206.
    assert line["casualties"] - in_period - int(listed["2022-12-01"]) == 930


def test_the_months_add_to_one_less_than_the_running_total():
    found = link_violations(months(), registered())
    assert found[["registered", "occurred_at_most", "excess"]].to_numpy().tolist() == [[8709, 8708, 1]]


def test_a_closed_month_is_revised_later():
    # A month stands where the table of years has a year.
    rows = [*KILLED_BY_MONTH.items(), *OTHER_VINTAGES.items()]
    counts = pd.DataFrame(rows, columns=["year", "total"]).assign(area="Ukraine", originator="ohchr", comparator="=")
    counts["row_id"] = [f"o-{place}" for place in range(len(counts))]
    revised = disagreements(counts).set_index("year")["difference"]
    assert revised.to_dict() == {"2022-03": 195, "2022-04": 42, "2022-05": 52, "2023-02": 3}
