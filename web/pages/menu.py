"""The ways through the site that every page offers: the menu at its head and the groups of links at its foot."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from web.pages.frame import language, link


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the menu: its address, the name of its word, and what ``aria-current`` says of it (or None)."""

    address: str
    word: str
    current: str | None


MENU = (
    ("search.results", "search", ("search",)),
    ("documents.every", "documents", ("documents", "agreements", "projects", "areas")),
    ("municipalities.every", "municipalities", ("municipalities",)),
    ("departments.every", "departments", ("departments",)),
    ("relations.overview", "relations", ("relations", "paths", "network", "questions", "measures")),
    ("plans.overview", "plans", ("plans", "compare", "checks", "findings")),
    ("data.downloads", "data", ("data", "sparql", "vocabulary")),
)
"""Endpoint, word under ``nav``, and the blueprints whose pages belong to the entry."""

FOOT = (
    (
        "find",
        (
            ("search.results", "search"),
            ("documents.every", "documents"),
            ("areas.every", "areas"),
            ("plans.overview", "plans"),
            ("findings.every", "findings"),
        ),
    ),
    (
        "relate",
        (
            ("municipalities.every", "municipalities"),
            ("departments.every", "departments"),
            ("relations.overview", "relations"),
        ),
    ),
    (
        "use",
        (
            ("data.downloads", "data"),
            ("api.reference", "api"),
            ("sparql.editor", "sparql"),
            ("vocabulary.terms", "vocabulary"),
        ),
    ),
    (
        "site",
        (
            ("about.service", "about"),
            ("about.terms", "terms"),
            ("about.accessibility", "accessibility"),
            ("about.privacy", "privacy"),
            ("feedback.contact", "contact"),
            ("about.officers", "officers"),
            ("about.guide", "help"),
        ),
    ),
)
"""Groups (word under ``foot``) of links (endpoint with a fragment, word under ``nav``)."""


def menu() -> Iterator[Entry]:
    """Yield the entries of the menu, that of this request's page marked."""
    here = str(request.endpoint or "").removeprefix(f"{language()}.")
    for endpoint, word, blueprints in MENU:
        current = "page" if here == endpoint else "true" if here.partition(".")[0] in blueprints else None
        yield Entry(link(endpoint), word, current)


def foot() -> Iterator[tuple[str, list[Entry]]]:
    """Yield the groups of links at the foot of a page."""
    for group, entries in FOOT:
        yield group, [Entry(_address(endpoint), word, None) for endpoint, word in entries]


def _address(endpoint: str) -> str:
    name, _, fragment = endpoint.partition("#")
    return link(name, _anchor=fragment or None)
