"""The purpose, end to end: who is my counterpart, what do we share, what does it cost, how does it stand, where is that written.

Each answer is within three clicks of the first page, with and without JavaScript, and by keyboard alone.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


class Walk:
    """A way through the site that counts its clicks."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(site)

    def click(self, target: Locator) -> None:
        """Follow a link or press a button."""
        self.clicks += 1
        target.first.click()

    def link(self, name: str) -> None:
        """Follow the link in the main part whose text matches."""
        self.click(self.page.get_by_role("main").get_by_role("link", name=re.compile(name)))


def test_who_is_my_counterpart(corpus_site: str, page: Page) -> None:
    walk = Walk(page, corpus_site)
    walk.click(page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="部署"))
    walk.link("^商業労働課")
    expect(page.get_by_role("heading", level=1)).to_contain_text("商業労働課")
    expect(page.get_by_role("main").get_by_role("link", name="経済部商工労働課", exact=True).first).to_be_visible()
    assert walk.clicks <= 3


def test_what_do_we_share(corpus_site: str, page: Page) -> None:
    walk = Walk(page, corpus_site)
    walk.click(page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="つながり"))
    walk.link("^事業を共にする部署の組")
    first = page.get_by_role("table").first.get_by_role("row").nth(1)
    expect(first).to_contain_text("商業労働課")
    expect(first).to_contain_text("5")
    assert walk.clicks <= 3


def test_what_does_it_cost(corpus_site: str, page: Page) -> None:
    walk = Walk(page, corpus_site)
    walk.click(page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="計画を見る"))
    walk.link("^事業費$")
    expect(page.get_by_role("table").first).to_contain_text("3,997")
    walk.click(page.get_by_role("table").get_by_role("link", name=re.compile("^39$")))
    expect(page.get_by_role("table").first.get_by_role("row").nth(1)).to_contain_text("航空写真")
    assert walk.clicks <= 3


def test_how_does_it_stand(corpus_site: str, page: Page) -> None:
    walk = Walk(page, corpus_site)
    walk.click(page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="計画を見る"))
    walk.link("^指標と評価$")
    expect(page.get_by_role("main")).to_contain_text("達成不可")
    walk.click(page.locator("table.matrix td a", has_text=re.compile("^7$")))
    expect(page.locator("table.board tbody tr")).to_have_count(7)
    assert walk.clicks <= 3


def test_where_is_that_written(corpus_site: str, page: Page) -> None:
    walk = Walk(page, corpus_site)
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("航空写真の共同撮影")
    walk.click(page.get_by_role("button", name="検索"))
    walk.link("^出典（行")
    expect(page.locator("li.marked").first).to_be_in_viewport()
    assert "共同撮影" in page.locator("li.marked").all_inner_texts()[0] or page.locator("li.marked").count() > 1
    assert walk.clicks <= 3


def test_on_which_article_it_rests_and_how_it_got_on(corpus_site: str, page: Page) -> None:
    walk = Walk(page, corpus_site)
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("経済戦略の推進")
    walk.click(page.get_by_role("button", name="検索"))
    walk.link("^経済戦略の推進$")
    chain = page.locator("ol.chain")
    expect(chain.get_by_role("link", name=re.compile("^第3条"))).to_be_visible()
    expect(chain.get_by_text("達成不可")).to_be_visible()
    walk.click(chain.get_by_role("link", name=re.compile("^出典")))
    expect(page.locator("li.marked").first).to_be_in_viewport()
    assert walk.clicks <= 3


def test_by_keyboard_from_the_first_page_to_the_line_in_the_document(corpus_site: str, page: Page) -> None:
    """Every step by Tab and Enter; the focus is drawn wherever it stands."""
    page.goto(corpus_site)
    tab_to(page, "input[type=search]")
    page.keyboard.type("創業促進")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("創業促進")
    tab_to(page, "main ol.results h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("創業")
    tab_to(page, "main a[href*='/documents/'][href*='lines=']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    expect(page.locator("li.marked").first).to_be_visible()


def test_a_view_is_narrowed_by_keyboard_alone(corpus_site: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{corpus_site}/board")
    tab_to(page, "details.fold > summary")
    page.keyboard.press("Enter")
    tab_to(page, "select#rating")
    page.keyboard.press("End")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**rating=**")
    expect(page.locator("table.board tbody tr").first).to_be_visible()


def test_the_detailed_search_is_filled_in_by_keyboard_alone(corpus_site: str, page: Page) -> None:
    page.goto(f"{corpus_site}/search/detailed")
    tab_to(page, "#w-all")
    page.keyboard.type("観光")
    tab_to(page, "#w-none")
    page.keyboard.type("空港")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("観光 -空港")


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the element has the focus; at each stop the focus must be drawn."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "s => {const e = document.activeElement, c = getComputedStyle(e);"
            "return [e.matches(s), c.outlineStyle !== 'none' && parseFloat(c.outlineWidth) >= 2, e.outerHTML.slice(0, 120)]}",
            selector,
        )
        assert here[1] or here[2].startswith(("<body", "<iframe")), here[2]
        if here[0]:
            return
    pytest.fail(f"no way by Tab to {selector}")
