"""Axe finds nothing to complain of on any type of page, in both languages, at three widths; no page scrolls sideways."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from ingest.library import State
from page_types import MORE, page_types
from web.app import create_app
from web.i18n import LANGUAGES
from web.settings import Settings

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1440)
ALL = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

SIZED = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]},
    "resultTypes": ["violations"],
}
"""The rules whose answer depends on the width; the others read the document, which is the same at every width."""


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all pages; axe is put in by the tests and runs in a world of its own."""
    context = browser.new_context(locale="ja-JP", bypass_csp=True)
    context.set_default_timeout(20_000)
    context.add_init_script(script=Axe().axe_script)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def addresses(sample_state: State) -> list[str]:
    return page_types(create_app(Settings(home=sample_state.path.parents[1])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_violation_on_any_type_of_page_at_any_width(
    corpus_site: str, window: Page, addresses: list[str], language: str
) -> None:
    faults = []
    for address in addresses if language == "ja" else [a for a in addresses if a not in MORE]:
        window.goto(f"{corpus_site}{'' if language == 'ja' else '/' + language}{address}")
        for width, rules in zip(WIDTHS, (ALL, SIZED, SIZED), strict=True):
            window.set_viewport_size({"width": width, "height": 900})
            violations = window.evaluate("options => axe.run(document, options).then(r => r.violations)", rules)
            faults += [
                (address, width, each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in violations
            ]
    assert not faults


def test_no_type_of_page_scrolls_sideways_from_320_pixels_on(
    corpus_site: str, window: Page, addresses: list[str]
) -> None:
    wide = []
    for address in (f"{prefix}{path}" for path in addresses for prefix in ("", "/en")):
        window.goto(corpus_site + address)
        for width in (320,) if address.startswith("/en") else (320, *WIDTHS):
            window.set_viewport_size({"width": width, "height": 900})
            found = window.evaluate("document.documentElement.scrollWidth")
            wide += [(address, width, found)] if found > width else []
    assert not wide
