"""What records could be worth as a test of each hectare, and what a stated share could be after checks that err."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, title

_COVERAGES = ("blue", "sky", "purple", "green")
_PER_CENT = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


@house_style()
def records_as_test(
    curves: pd.DataFrame, corrections: pd.DataFrame, *, correct_share: float, largest: float | None, note: str
) -> Figure:
    """Return the figure: left, what is found per hectare searched; right, the share behind the stated one.

    Parameters
    ----------
    curves, corrections, correct_share
        Of :class:`analysis.maps.as_test.RecordsAsTest`.
    largest
        Largest share of land that can be mined at the coverage as printed; None where none was printed.
    note
        Lines under the figure, with the warning.
    """
    figure, (left, right) = new_figure(
        width_mm=DOUBLE_MM, height_mm=88, columns=2, gridspec_kw={"width_ratios": [1.6, 1]}
    )
    _worth(left, curves, correct_share, largest)
    _corrected(right, corrections, correct_share)
    source_note(figure, note)
    return figure


def _worth(axis: Axes, curves: pd.DataFrame, correct_share: float, largest: float | None) -> None:
    mined = np.sort(curves["mined_land_share"].unique())
    axis.plot(100 * mined, 100 * mined, color=PALETTE["grey"], linestyle=(0, (4, 2)))
    axis.annotate(
        "at random", (0.13, 0.16), color=PALETTE["grey"], rotation=32, ha="left", va="bottom", rotation_mode="anchor"
    )
    following = curves[curves["possible"] == "yes"].groupby("mined_land_share", sort=True)["found_following"].first()
    axis.plot(100 * following.index.to_numpy(), 100 * following.to_numpy(), color=PALETTE["vermilion"], linewidth=1.6)
    axis.annotate("on the records", (0.11, 108 * correct_share), color=PALETTE["vermilion"], va="bottom")
    by_coverage = list(curves.groupby("coverage", sort=True))
    for place, (coverage, part) in enumerate(by_coverage):
        kept = part.dropna(subset=["found_outside"])
        colour = PALETTE[_COVERAGES[place % len(_COVERAGES)]]
        axis.plot(100 * kept["mined_land_share"], 100 * kept["found_outside"], color=colour, linewidth=0.9)
        last = kept.iloc[-1]
        axis.plot(100 * last["mined_land_share"], 100 * last["found_outside"], "o", color=colour, markersize=2.5)
        axis.annotate(
            f"outside, coverage {100 * float(str(coverage)):.3g} %",
            (0.97, 0.04 + 0.065 * (len(by_coverage) - 1 - place)),  # in the order of the curves
            xycoords="axes fraction",
            color=colour,
            ha="right",
        )
    for set_scale, set_limits, steps in (
        (axis.set_xscale, axis.set_xlim, axis.xaxis),
        (axis.set_yscale, axis.set_ylim, axis.yaxis),
    ):
        set_scale("log")
        set_limits(0.1, 100)
        steps.set_major_locator(FixedLocator(_PER_CENT))
        steps.set_minor_locator(NullLocator())
        steps.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_xlabel("Share of land that is mined, % (not known)")
    axis.set_ylabel("Mined share of the land searched, %")
    border = "" if largest is None else f"; at most {100 * largest:.0f} % can be mined at the coverage as printed"
    title(
        axis,
        f"Records {100 * correct_share:g} % right beat chance where less than {100 * correct_share:g} % is mined",
        detail=f"If {100 * correct_share:g} % is the mined share of recorded land. A dot ends a curve where the\n"
        f"shares cannot hold together{border}",
    )


def _corrected(axis: Axes, corrections: pd.DataFrame, correct_share: float) -> None:
    axis.axhline(100 * correct_share, color=PALETTE["vermilion"], linewidth=0.8)
    colours = ("black", "blue", "green", "purple", "sky")
    # The less a check finds, the higher its curve; the labels stand in the same order.
    lines = corrections.dropna(subset=["true_share"]).groupby("check_sensitivity", sort=True)
    for place, (sensitivity, part) in enumerate(lines):
        ordered = part.sort_values("check_specificity")
        colour = PALETTE[colours[place % len(colours)]]
        axis.plot(100 * ordered["check_specificity"], 100 * ordered["true_share"], "o-", color=colour)
        axis.annotate(
            f"finds {100 * float(str(sensitivity)):g} % of mines",
            (0.03, 0.95 - 0.06 * place),
            xycoords="axes fraction",
            color=colour,
            va="top",
        )
    lowest = 100 * float(corrections["check_specificity"].min())
    axis.set_xlim(lowest - 1, 101)
    axis.set_ylim(0, None)
    axis.margins(y=0.35)
    axis.set_xlabel("Check of a place without a mine finds none, %")
    axis.set_ylabel("Recorded places that hold a mine, %")
    refused = int((corrections["refused"] != "").sum())
    title(
        axis,
        f"A stated {100 * correct_share:g} % can come from other shares",
        detail="If the checks err (Rogan and Gladen 1978)."
        + (f"\nLeft out: {refused} kinds of check that cannot give it" if refused else ""),
    )
