"""No type of page scrolls sideways, on the narrowest of phones either."""

import pytest
from playwright.sync_api import Page

from accessibility import WIDTHS

pytestmark = pytest.mark.browser


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
