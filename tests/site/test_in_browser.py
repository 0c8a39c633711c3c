"""The site as a reader has it: opened from the disk in a real Chromium, without network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from analysis.site.browser import Column, browser_html
from analysis.site.markup import text_html

pytestmark = [pytest.mark.slow, pytest.mark.pages]

# One page of each kind.
KINDS = (
    "index",
    "notebooks/index",
    "notebooks/inspection",
    "notebooks/claims_audit",
    "figures-of-the-record",
    "values",
    "evidence/index",
    "evidence/rows",
    "evidence/sources",
    "evidence/table_casualties_running_total",
    "claims",
    "about/evidence",
    "api/index",
    "api/analysis",
    "search",
)
PHONE = {"width": 360, "height": 740}
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Open]:
    """Return what opens a page by its name, and checks in the end that nothing was amiss on any."""
    contexts: list[BrowserContext] = []
    amiss: list[str] = []

    def watch(address: str) -> None:
        if not address.startswith(("file://", "data:", "blob:")):
            amiss.append(f"asked for {address}")

    def open_page(name: str, *, place: str = "", folder: Path = site, **how: object) -> Page:
        context = browser.new_context(**how)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: watch(request.url))
        page.on("console", lambda message: amiss.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: amiss.append(str(error)))
        page.route("http*://**/*", lambda route: route.abort())
        page.goto(f"{(folder / name).as_uri()}.html{place}")
        if page.locator("table.browser").count() and how.get("java_script_enabled", True):
            page.wait_for_selector("html[data-tables=ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert amiss == []


@pytest.mark.parametrize("name", KINDS)
def test_page_loads_and_has_no_serious_fault_of_accessibility(opened: Open, name: str) -> None:
    page = opened(name, viewport=PHONE)
    assert page.title()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"the page is {width} pixels wide"
    assert serious_faults(page) == []
    dark = opened(name, color_scheme="dark", viewport={"width": 1280, "height": 900})
    assert serious_faults(dark) == []


def serious_faults(page: Page) -> list[str]:
    # Without preloading, for which axe would fetch the style sheets itself.
    options = {"resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary'][:160]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ]


def test_every_notebook_loads(opened: Open, site: Path) -> None:
    names = sorted(path.stem for path in (site / "notebooks").glob("*.html"))
    assert len(names) > 10
    for name in names:
        page = opened(f"notebooks/{name}", viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        page.context.close()


def test_text_is_large_enough_on_a_phone(opened: Open) -> None:
    page = opened("index", viewport=PHONE)
    sizes = page.evaluate(
        "[...document.querySelectorAll('article p, article li, article figcaption, article a')]"
        ".map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert len(sizes) > 20
    assert min(sizes) >= 12


def test_search_and_filter(opened: Open) -> None:
    page = opened("evidence/rows")
    rows = page.locator("table.browser tbody tr")
    expect(rows).to_have_count(25)
    page.get_by_label("Search all columns:").fill("rt-0174")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("total: 365 printed, 356 used")
    page.get_by_label("Search all columns:").fill("")
    typed = page.locator("table.browser thead tr").nth(1).locator("input").first
    typed.fill("gap-03")
    expect(rows.first).to_contain_text("gap-03")
    assert 1 < rows.count() <= 10


def test_a_party_is_picked_from_a_list(opened: Open) -> None:
    page = opened("evidence/rows")
    column = page.locator("table.browser thead th").filter(has_text="party").first
    place = column.evaluate("head => head.cellIndex")
    page.locator("table.browser thead tr").nth(1).locator("th, td").nth(place).get_by_role("button").click()
    choices = page.get_by_role("dialog", name="Choose").get_by_role("button")
    expect(choices.first).to_be_visible()
    choices.filter(has_text="authorities of Armenia").first.click()
    page.keyboard.press("Escape")
    cells = page.locator(f"table.browser tbody tr td:nth-child({place + 1})")
    expect(cells.first).to_have_text("authorities of Armenia")
    assert {*cells.all_inner_texts()} == {"authorities of Armenia"}


def test_an_answer_leads_to_its_value(opened: Open) -> None:
    page = opened("index")
    page.locator('.answer a[href$="#casualty_trends.total_registered"]').click()
    page.wait_for_selector("html[data-tables=ready]")
    expect(page.locator('tr[id="casualty_trends.total_registered"]')).to_be_visible()
    assert page.locator("table.browser tbody tr").count() < 5


def test_without_scripts_every_row_is_there(opened: Open) -> None:
    page = opened("evidence/table_claims", java_script_enabled=False)
    assert page.locator("table.browser tbody tr").count() > 300


def test_a_figure_enlarges_by_mouse_and_by_keyboard(opened: Open) -> None:
    page = opened("notebooks/inspection", viewport={"width": 1280, "height": 900})
    figure = page.locator("a.enlarge").first
    figure.scroll_into_view_if_needed()
    small = figure.locator("img").bounding_box()
    figure.click()
    large = page.locator("dialog.enlarged img")
    expect(large).to_be_visible()
    assert large.get_attribute("alt") == figure.locator("img").get_attribute("alt")
    box = large.bounding_box()
    assert small
    assert box
    assert box["width"] > 1.3 * small["width"]
    page.keyboard.press("Escape")
    expect(page.locator("dialog.enlarged")).to_have_count(0)
    expect(figure).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog.enlarged")).to_have_count(0)


def test_a_keyboard_reaches_and_opens(opened: Open) -> None:
    page = opened("index", viewport={"width": 1280, "height": 900})
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        if seen[-1] == "Figures":
            break
    assert seen[0] == "Skip to content"
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures-of-the-record.html")


def test_dark_where_the_reader_prefers_it(opened: Open) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        page = opened("claims", color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")[:3])
    assert shades["light"] > 700
    assert shades["dark"] < 120


def test_the_search_of_the_site_finds_a_notebook(opened: Open) -> None:
    page = opened("search", place="?q=casualty+trends")
    expect(page.locator("#search-results li a").filter(has_text="Casualty trends").first).to_be_visible()


def test_hostile_text_stays_text(opened: Open, site: Path, tmp_path: Path) -> None:
    hurt = "<img src=x onerror=\"window.hurt='yes'\">"
    cells = [text_html(hurt), text_html("</table><script>window.hurt='yes'</script>")]
    columns = [
        Column(heading="typed", cells=cells),
        Column(heading="picked", cells=cells, choices=True),
    ]
    table = browser_html(columns, keys=['"><script>window.hurt="yes"</script>', "b"], label=hurt)
    scripts = "".join(f'<script defer src="{(site / "_static" / name).as_uri()}"></script>' for name in SCRIPTS)
    text = f'<!DOCTYPE html><html lang="en"><head><title>t</title>{scripts}</head><body>{table}</body></html>'
    (tmp_path / "hostile.html").write_text(text, encoding="utf-8")
    page = opened("hostile", folder=tmp_path)
    page.locator("table.browser thead tr").nth(1).get_by_role("button").first.click()
    expect(page.get_by_role("dialog", name="Choose").get_by_role("button").first).to_be_visible()
    page.get_by_label("Search all columns:").fill("onerror")
    expect(page.locator("table.browser tbody tr")).to_have_count(1)
    assert page.evaluate("window.hurt") is None
    assert page.locator("table.browser img").count() == 0


SCRIPTS = ("itables.js", "site.js")
