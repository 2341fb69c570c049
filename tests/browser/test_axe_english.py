"""Axe finds nothing to complain of on any type of page in English."""

import pytest
from playwright.sync_api import Page

from accessibility import violations

pytestmark = pytest.mark.browser


def test_axe_finds_no_violation_on_any_type_of_page(corpus_site: str, window: Page, addresses: list[str]) -> None:
    assert not violations(window, (f"{corpus_site}/en{address}" for address in addresses))
