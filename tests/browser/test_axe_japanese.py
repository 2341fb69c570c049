"""Axe finds nothing to complain of on any type of page in Japanese; a file a language, as a file is what a process takes."""

import pytest
from playwright.sync_api import Page

from accessibility import violations

pytestmark = pytest.mark.browser


def test_axe_finds_no_violation_on_any_type_of_page(corpus_site: str, window: Page, addresses: list[str]) -> None:
    assert not violations(window, (corpus_site + address for address in addresses))


def test_axe_finds_what_is_planted(corpus_site: str, window: Page) -> None:
    window.route("**/legal", lambda route: route.fulfill(content_type="text/html", body="<html><body><img src=x>"))
    found = {rule for _, _, rule, _ in violations(window, [f"{corpus_site}/legal"])}
    window.unroute("**/legal")
    assert {"image-alt", "html-has-lang"} <= found
