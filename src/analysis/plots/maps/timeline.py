"""Who handed over what, by both sides' accounts, and every statement of how good the records are."""

from __future__ import annotations

import textwrap
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from analysis.maps.handovers import ANNOUNCED, ARMENIAN, AZERBAIJANI, OTHER, TOTAL, dates_named
from analysis.maps.outcomes import records
from analysis.maps.statements import COVERED, OUTSIDE_LINE, OUTSIDE_RECORDS, RIGHT, is_unverified
from analysis.plots.dates import date_axis
from analysis.plots.maps.blank import blank
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_LANES: Final = (ARMENIAN, AZERBAIJANI, OTHER)
_LANE_COLOURS: Final = {ARMENIAN: PALETTE["vermilion"], AZERBAIJANI: PALETTE["blue"], OTHER: PALETTE["grey"]}
_TOPICS: Final = {
    RIGHT: (PALETTE["blue"], "records right,\nuseful or trusted"),
    COVERED: (PALETTE["purple"], "mines covered"),
    OUTSIDE_RECORDS: (PALETTE["vermilion"], "accidents outside\nthe records"),
    OUTSIDE_LINE: (PALETTE["green"], "outside the\nformer line"),
}
_MARKERS: Final = {">": "^", ">=": "^", "<": "v", "<=": "v"}
_ACCOUNT_PT: Final = 6.0
_SLOT_CHARACTERS: Final = 13
"""Letters of the house size that a column holds."""
_NO_FIGURE: Final = {AZERBAIJANI: -9.0, ARMENIAN: -17.0, OTHER: -25.0}


@house_style()
def handovers_and_statements(side_by_side: pd.DataFrame, statements: pd.DataFrame, *, note: str) -> Figure:
    """Return the figure: above, handovers with one column a printed date; below, statements in time.

    Parameters
    ----------
    side_by_side
        Table of :func:`analysis.maps.handovers.side_by_side`.
    statements
        Dated statements, as :func:`analysis.maps.tables.timeline_statements` returns them.
    note
        Line of sources under the figure.
    """
    accounts = 1.2 * text_pt(_ACCOUNT_PT) / _ACCOUNT_PT  # larger text has more lines there
    figure, (above, below) = new_figure(
        width_mm=DOUBLE_MM, height_mm=152, rows=2, gridspec_kw={"height_ratios": [accounts, 1.75]}
    )
    if side_by_side.empty:
        blank(above, "handovers")
    else:
        _handovers(above, side_by_side)
    drawn = statements[statements["topic"].isin(_TOPICS) | statements["share"].isna()]
    if drawn.empty:
        blank(below, "statements")
    else:
        _statements(below, drawn)
    source_note(figure, note)
    return figure


def _handovers(axis: Axes, table: pd.DataFrame) -> None:
    lanes = [lane for lane in _LANES if table[lane].notna().any()]
    for slot, values in enumerate(records(table)):
        for height, lane in enumerate(reversed(lanes)):
            if not pd.isna(values[lane]):
                _account(axis, slot, height, str(values[lane]), str(values["kind"]), _LANE_COLOURS[lane])
    axis.set_xlim(-0.5, len(table) - 0.5)
    axis.set_ylim(-0.72, len(lanes) - 0.7)
    axis.set_xticks(range(len(table)), [_date_label(str(printed)) for printed in table["handed_over_on"]])
    axis.set_yticks(range(len(lanes)), [lane.replace(" ", "\n") for lane in reversed(lanes)])
    axis.tick_params(length=0)
    for line in range(1, len(lanes)):
        axis.axhline(line - 0.66, color=PALETTE["pale"], linewidth=0.6)
    for side in ("left", "bottom"):
        axis.spines[side].set_visible(False)
    both, dates = dates_named(table)
    title(
        axis,
        f"Both sides name the same date for {both} of {dates} dates of handovers",
        detail="Columns in order of time, not to scale. Filled: a transfer; open square: a total of several transfers, "
        "never added to them;\nopen circle: announced, not yet made. A month that holds another printed date is not "
        "counted as a date of its own",
    )


def _account(axis: Axes, slot: int, height: int, text: str, kind: str, colour: str) -> None:
    marker = "s" if kind == TOTAL else "o"
    open_marker = kind in (TOTAL, ANNOUNCED)
    axis.plot(
        [slot],
        [height],
        marker=marker,
        color=colour,
        markerfacecolor="white" if open_marker else colour,
        markersize=4.5,
    )
    shown = "no number\nstated" if text == "stated, no number" else _wrapped(text)
    axis.annotate(
        shown,
        xy=(slot, height),
        xytext=(0, -4.5),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=text_pt(_ACCOUNT_PT),
    )


def _wrapped(text: str) -> str:
    room = int(_SLOT_CHARACTERS * _ACCOUNT_PT / text_pt(_ACCOUNT_PT))
    parts = [part.split(" (")[0] for part in text.split("; ")]
    places = [part for part in parts if not part[0].isdigit()]
    counts = [line for part in parts if part[0].isdigit() for line in textwrap.wrap(part, room)]
    return "\n".join([*counts, *textwrap.wrap(", ".join(places), room)])


def _date_label(printed: str) -> str:
    parts = printed.split("-")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    if len(parts) == 1:
        return f"{parts[0]}\n(year)"
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{months[int(parts[1]) - 1]}\n{parts[0]}"


def _statements(axis: Axes, table: pd.DataFrame) -> None:
    first, last = table["as_of_first"].min(), table["as_of_last"].max()
    end = last + (last - first) * 0.17
    for row in records(table.assign(unverified=is_unverified(table))):
        _statement(axis, row)
    for lane, height in _NO_FIGURE.items():
        if (table["share"].isna() & (table["lane"] == lane)).any():
            axis.axhline(height, color=PALETTE["pale"], linewidth=0.5, zorder=0)
    date_axis(axis, first - pd.Timedelta(days=40), end)
    axis.set_ylim(-30, 82)
    lanes = [lane for lane in _NO_FIGURE if (table["share"].isna() & (table["lane"] == lane)).any()]
    words = [f"no share: {lane.split()[0]}" for lane in lanes]
    ticks = [0, 20, 40, 60, 80]
    axis.set_yticks([*[_NO_FIGURE[lane] for lane in lanes], *ticks], [*words, *[f"{tick} %" for tick in ticks]])
    _label_topics(axis, table, last)
    stated = table[(table["topic"] == RIGHT) & table["share"].notna()]
    counted = int((stated["number"].notna() & stated["denominator"].notna()).sum())
    told = "none prints what was counted" if counted == 0 else f"{counted} print what was counted"
    title(
        axis,
        f"{len(stated)} statements put a number on how much of the records is right; {told}",
        detail="Share as printed. Triangle up: more than; down: below; square: of casualties; line: a date or share "
        "printed as a range,\nmark at its middle; open: not an authority; cross: unverified, of a part of one "
        "district.\nTicks below: no share (black: mines laid or recorded, which records exist)",
    )


def _statement(axis: Axes, row: dict[str, Any]) -> None:
    middle = row["as_of_first"] + (row["as_of_last"] - row["as_of_first"]) / 2
    colour = _TOPICS.get(row["topic"], (PALETTE["black"], ""))[0]
    moment = _on_axis(middle)
    if pd.isna(row["share"]):
        axis.plot([moment], [_NO_FIGURE[row["lane"]]], marker="|", color=colour, markersize=5)
        return
    share = 100 * row["share"]
    ends = (_on_axis(row["as_of_first"]), _on_axis(row["as_of_last"]))
    axis.plot(ends, [share, share], color=colour, linewidth=0.5, alpha=0.7)
    if row["comparator"] == "~":
        axis.plot([moment] * 2, [100 * row["share_low"], 100 * row["share_high"]], color=colour, linewidth=0.7)
    official = str(row["party"]).endswith("authorities")
    counted = "s" if row["unit_counted"] == "casualty" else "o"
    marker = "x" if row["unverified"] else _MARKERS.get(str(row["comparator"]), counted)
    axis.plot([moment], [share], marker=marker, color=colour, markerfacecolor=colour if official else "white")


def _on_axis(moment: pd.Timestamp) -> float:
    return float(date2num(moment))  # type: ignore[no-untyped-call]


def _label_topics(axis: Axes, table: pd.DataFrame, last: pd.Timestamp) -> None:
    placed: list[float] = []
    for topic, (colour, words) in _TOPICS.items():
        shares = table.loc[(table["topic"] == topic) & table["share"].notna(), "share"].astype(float)
        if shares.empty:
            continue
        height = 100 * float(shares.median())
        # Labels closer than 9 per cent would touch; the later one moves up.
        while any(abs(height - other) < 10 for other in placed):
            height += 1.0
        placed.append(height)
        axis.annotate(
            words,
            xy=(_on_axis(last), height),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontsize=text_pt(6.5),
        )
