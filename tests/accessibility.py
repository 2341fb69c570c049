"""Axe over a list of pages, at three widths."""

from collections.abc import Iterable

from playwright.sync_api import Page

WIDTHS = (360, 768, 1440)
ALL = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PLACED = {
    "runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]},
    "resultTypes": ["violations"],
}
"""The rules whose answer depends on where things stand."""

SHOWN = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]},
    "resultTypes": ["violations"],
}
"""Those, and the one that depends on what is shown: all that a page has is shown at the narrowest or at the widest."""

RULES = (ALL, PLACED, SHOWN)
"""What is asked at each width. The other rules read the document, which is the same at every width."""


def violations(window: Page, addresses: Iterable[str]) -> list[tuple[str, int, str, list[str]]]:
    """Return what axe complains of, with the address, the width and the first elements."""
    faults: list[tuple[str, int, str, list[str]]] = []
    for address in addresses:
        window.goto(address)
        for width, rules in zip(WIDTHS, RULES, strict=True):
            window.set_viewport_size({"width": width, "height": 900})
            found = window.evaluate("options => axe.run(document, options).then(r => r.violations)", rules)
            faults += [
                (address, width, each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found
            ]
    return faults
