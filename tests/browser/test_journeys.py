"""Journeys through the pages in a real browser, over a small library made by hand."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from web_library import PLAN, STATUS

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/search?q=写真", "/documents", f"/documents/{PLAN}?lines=20-28",
    f"/projects/{PLAN}/1", f"/projects/{STATUS}/2",
    "/municipalities", "/municipalities/012246", "/departments", "/departments/012246/産業振興部/商業労働課",
    f"/areas/{PLAN}/3/1", "/relations", "/relations/shared-projects", "/relations/matrix?columns=department",
    "/findings", "/data", "/sparql", "/ns", "/help", "/about", "/accessibility", "/en/", "/en/data", "/nope",
)  # fmt: skip


def test_a_planner_finds_a_project_its_department_and_the_counterpart(site: str, page: Page) -> None:
    """From a word to a project, to a department in charge, to the department of the other city, to the lines."""
    page.goto(site)
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("販路")
    page.get_by_role("button", name="検索").click()
    page.get_by_role("link", name=re.compile("販路の開拓")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("販路の開拓")
    page.get_by_role("link", name="産業振興部商業労働課").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("産業振興部商業労働課")
    page.get_by_role("link", name="経済部商工労働課", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("経済部商工労働課")
    page.get_by_role("link", name="起業の後押し").first.click()
    page.get_by_role("link", name=re.compile("出典")).first.click()
    expect(page.locator("#L20")).to_have_class("marked")
    assert page.url.endswith("#L20")


def test_the_departments_that_share_projects_are_two_clicks_away(site: str, page: Page) -> None:
    page.goto(site)
    page.get_by_role("link", name="部署のつながりをたどる").click()
    page.get_by_role("link", name="事業を共にする部署の組").click()
    page.get_by_label("市町村", exact=True).select_option("012319")
    page.get_by_role("button", name="表示").click()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_contain_text("商業労働課")


def test_results_are_narrowed_and_widened_again(site: str, page: Page) -> None:
    page.goto(f"{site}/search?q=写真")
    page.get_by_role("navigation", name="種別").get_by_role("link", name=re.compile("^連携事業")).click()
    expect(page.get_by_role("heading", level=2, name=re.compile("件中"))).to_contain_text("2件中")
    page.get_by_role("link", name=re.compile("この条件をはずす")).click()
    assert "type=" not in page.url


def test_completion_is_worked_by_keyboard(site: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(site)
    box = page.get_by_role("combobox")
    box.press_sequentially("ちとせ")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("option").first.locator("small")).to_have_text("市町村")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    assert box.get_attribute("aria-activedescendant")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ちとせ")


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_no_page_scrolls_sideways(site: str, context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_every_page_loads_without_a_complaint_and_asks_no_other_site(site: str, context: BrowserContext) -> None:
    page = context.new_page()
    complaints: list[str] = []
    asked: set[str] = set()
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    for address in PAGES[:-1]:
        page.goto(site + address)
    assert complaints == []
    assert asked == {site}


def test_the_skip_link_is_first_and_leads_to_the_content(site: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{site}/documents")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    expect(page.get_by_role("link", name="本文へ移動")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_links_and_buttons_are_large_enough_to_hit(site: str, context: BrowserContext) -> None:
    """Buttons are 44 px high or more; other targets keep the 24 px of WCAG 2.5.8, links in running text aside."""
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    small = (
        "[...document.querySelectorAll('.button, .tag, .removable, .site-nav a, .languages a, .pager a')]"
        ".filter(e => e.getBoundingClientRect().height < 43.9 && e.getClientRects().length).map(e => e.outerHTML)"
    )
    for address in ("/", "/search?q=写真&type=project", f"/projects/{PLAN}/1", "/relations/shared-projects"):
        page.goto(site + address)
        assert page.evaluate(small) == [], address


def test_a_schedule_and_a_budget_survive_printing(site: str, context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(f"{site}/projects/{PLAN}/1")
    page.emulate_media(media="print")
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.get_by_role("navigation").first).to_be_hidden()
    page.pdf(path=tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").stat().st_size > 10_000
