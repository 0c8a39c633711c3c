"""Every number of the record as a page: value, range, method, assumptions."""

from __future__ import annotations

from typing import Final

from analysis.estimate import Estimate
from analysis.record.printed import printed_range, printed_value
from analysis.record.reading import StoredRecord
from analysis.site.browser import NO_CONTENTS, Column, browser_html
from analysis.site.markup import raw_html, text_html

PAGE: Final = "values"


def values_page(record: StoredRecord) -> str:
    """Return the page as Markdown."""
    estimates = {key: record.estimate(key) for key in sorted(record.trees)}
    every = list(estimates.values())
    trees = [record.tree(key) for key in estimates]
    columns = [
        Column(heading="key", cells=[f"<code>{text_html(key)}</code>" for key in estimates]),
        Column(heading="what", cells=[text_html(one.quantity) for one in every], wide=True),
        Column(heading="value", cells=[printed_value(tree) for tree in trees], numeric=True),
        Column(heading="unit", cells=[text_html(one.unit) for one in every]),
        Column(heading="range", cells=[printed_range(tree) for tree in trees]),
        Column(heading="kind of range", cells=[_kind(one) for one in every], choices=True),
        Column(heading="n", cells=[f"{one.n:,} {text_html(one.n_unit)}" for one in every]),
        Column(heading="period", cells=[text_html(one.period) for one in every]),
        Column(heading="method", cells=[text_html(one.method) for one in every], wide=True),
        Column(heading="assumptions", cells=[text_html("; ".join(one.assumptions)) for one in every], wide=True),
        Column(heading="pages", cells=[f"{len(one.sources):,}" for one in every], numeric=True),
    ]
    html = browser_html(columns, keys=list(estimates), label="Every value of the record")
    return (
        f"{NO_CONTENTS}# Every value\n\n"
        "All numbers of the record, with what has to hold for each to mean what it says. The sources of each are "
        "listed in its notebook, and `analysis explain KEY` gives the rows behind it.\n\n"
        f"{raw_html(html)}"
    )


def _kind(estimate: Estimate) -> str:
    return "none" if estimate.interval is None else text_html(estimate.interval.label)
