"""Text of any origin stays text in the pages, and links lead to http and https only."""

from __future__ import annotations

import pytest

from analysis.site.markup import link, raw_html, readable_tables, text_html


def test_text_is_escaped_and_has_no_marks_of_direction() -> None:
    assert text_html('<b onclick="x">\u202e&\n') == "&lt;b onclick=&quot;x&quot;&gt; &amp;"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "", None, "x y", 3]
)
def test_other_addresses_are_no_links(address: object) -> None:
    assert link(address, "<i>words</i>") == "&lt;i&gt;words&lt;/i&gt;"


def test_an_address_cannot_leave_its_attribute() -> None:
    assert link('https://example.org/"><script>', "w") == (
        '<a href="https://example.org/%22%3E%3Cscript%3E" rel="noreferrer">w</a>'
    )


def test_no_text_can_end_the_fence_around_it() -> None:
    page = raw_html("a\n```\n````\n# heading")
    assert page.startswith("`````{raw} html\n")
    assert page.endswith("\n`````\n")


def test_printed_tables_scroll_and_keep_their_cells() -> None:
    printed = '<div><style scoped>x{}</style><table border="1"><tr><th></th><th>a</th></tr></table></div>'
    assert readable_tables(printed, label="T & U") == (
        '<div><div class="scrolling" role="region" tabindex="0" aria-label="T &amp; U">'
        '<table border="1"><tr><td></td><th>a</th></tr></table></div></div>'
    )
