"""The data behind a page: where programs find what it shows, for the head of the page."""

from flask import g, has_request_context, request, url_for

from graph.identifiers import segment
from web.i18n import LANGUAGES
from web.pages.formats import RDF, Format

_THINGS = {
    "documents": "document",
    "projects": "project",
    "municipalities": "municipality",
    "departments": "department",
    "areas": "area",
}
"""The first part of a page's address → the type of the thing that it shows."""

_OTHERS = {"data": "catalog.catalog", "ns": "terms.data"}
"""Pages that have data of another kind: the endpoint that gives it, by the suffix of its form."""


def alternates() -> list[tuple[Format, str]]:
    """Return the forms of the data behind this page with their addresses; none for a page without data of its own."""
    if not has_request_context() or "opened" not in g:
        return []
    parts = request.path.strip("/").split("/")
    first, *key = parts[1:] if parts[0] in LANGUAGES[1:] and parts[1:] else parts
    if first in _OTHERS and not key:
        forms = RDF[:2] if first == "data" else RDF
        return [(form, url_for(_OTHERS[first], suffix=form.suffix)) for form in forms]
    found = thing_of(request.path)
    if found is None:
        return []
    kind, name = found
    return [(form, url_for("resources.thing", kind=kind, key=f"{name}.{form.suffix}")) for form in RDF]


def thing_of(path: str) -> tuple[str, str] | None:
    """Return the type and the key of the thing that the page at an address shows; None for another page."""
    parts = path.strip("/").split("/")
    first, *key = parts[1:] if parts[0] in LANGUAGES[1:] and parts[1:] else parts
    kind = _THINGS.get(first)
    if kind is None or not key or (kind == "document" and len(key) > 1):
        return None
    return kind, "/".join(segment(part) for part in key)
