"""Full-text search: the page with its facets, and completion for the search box."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.urls import uri_to_iri

from search.facets import KIND_LABELS, TYPE_LABELS
from search.folding import fold_text
from search.model import FACETS, SORTS, TYPES, Facet, FacetValue, Hit, Page, SearchQuery
from search.query import LONGEST, parse, terms
from web.api.shapes import address_of
from web.errors import BadParameter
from web.pages.frame import link, opened, say
from web.pages.paging import DEFAULT_LIMIT, Paged, link_header, whole_number, window
from web.pages.zero_hits import WayOut, ways_out

pages = Blueprint("search", __name__)
service = Blueprint("completion", __name__)

SHOWN_VALUES, MOST_VALUES = 8, 24
"""How many values of a facet are shown before "more", and how many at all: the detailed search lists every value."""

MOST_SUGGESTIONS = 50
MOST_SPELLINGS = 8


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet with the address that choosing it, or letting it go, leads to."""

    value: FacetValue
    address: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A type of what was found (None for all), how many there are, the address, and whether it is shown."""

    type: str | None
    count: int
    address: str
    chosen: bool


@pages.get("/search")
def results() -> Response:
    """Show what was found."""
    asked = query_asked()
    page = opened().index.search(asked)
    note(asked, page)
    paged = Paged(page.hits, page.total, window(request.args))
    chosen = replace(asked, filters=tuple(chosen_filters()))
    body = render_template(
        "search.html",
        trail=[(say("nav.search"), None)],
        page=page,
        paged=paged,
        asked=chosen,
        tabs=_tabs(chosen, page),
        facets=[
            (facet.name, _links(chosen, facet), len(facet.values)) for facet in page.facets if facet.name != "type"
        ],
        removable=_removable(page, chosen),
        spellings=_spellings(page),
        exactly=_address(replace(chosen, text=f'"{page.query.text}"')),
        proposals=[(p, _address(replace(chosen, text=p.query))) for p in page.proposals],
        ways=[] if page.total else _ways(page, asked),
        values=_values(chosen),
        without_window={name: value for name, value in _values(chosen).items() if name != "limit"},
        version=opened().state.name,
        share=f"{opened().state.manifest.base}{link('search.results', **_values(chosen))}",
        shown_values=SHOWN_VALUES,
        sorts=SORTS,
        address_of=address_of,
        also_in=also_in,
    )
    response = make_response(body)
    response.headers["Link"] = link_header(quote(request.path), request.args, paged)
    return response


def note(asked: SearchQuery, page: Page) -> None:
    """Note what was searched for, where the operator keeps that; the pages after the first are no other question."""
    if asked.offset == 0:
        current_app.extensions["renkei.search_log"].note(page.query.text, page.total)


def also_in(hit: Hit) -> list[str]:
    """Return the other documents that name what was found: a municipality or a unit is one hit, whoever names it."""
    key = next((value for value, _ in hit.facets.get(hit.type, ())), "")
    return [name for name in opened().directory.documents_naming(hit.type, key) if name != hit.document]


def _tabs(query: SearchQuery, page: Page) -> list[Tab]:
    """Return the types of what was found as tabs, all of them first; a count is what choosing the tab gives."""
    types = next((facet.values for facet in page.facets if facet.name == "type"), ())
    chosen = [value for name, value in query.filters if name == "type"]
    without = replace(query, filters=tuple(f for f in query.filters if f[0] != "type"))
    found = {value.value: value for value in types}
    order = [found[name] for name in TYPES if name in found] + [v for v in types if v.value not in TYPES]
    everything = Tab(None, sum(value.count for value in types), _address(without), not chosen)
    return [
        everything,
        *(Tab(v.value, v.count, _address(without.narrowed("type", v.value)), v.selected) for v in order),
    ]


@service.get("/opensearch.xml")
def description() -> Response:
    """Tell browsers how to search here (OpenSearch 1.1)."""
    body = render_template("opensearch.xml", base=opened().state.manifest.base)
    return Response(body, content_type="application/opensearchdescription+xml; charset=utf-8")


@service.get("/suggest")
def suggest() -> Response:
    """Complete what was typed, by words and by readings."""
    typed = request.args.get("q", "")[:LONGEST]
    limit = whole_number(request.args, "limit", 10, 1, MOST_SUGGESTIONS)
    found = opened().index.suggest(typed, limit) if typed.strip() else ()
    if request.args.get("form") == "list":  # as browsers ask by /opensearch.xml
        return jsonify([typed, [s.text for s in found]])
    rows = [{"text": s.text, "type": s.type, "label": s.label, "count": s.count} for s in found]
    return jsonify(query=typed, suggestions=rows)


def query_asked() -> SearchQuery:
    """Read the query of this request's address; raises ``BadParameter``."""
    text, sort = request.args.get("q", ""), request.args.get("sort") or "relevance"
    if sort not in SORTS:
        raise BadParameter("sort", sort, ", ".join(SORTS))
    part = window(request.args)
    return parse(text, filters=chosen_filters(), sort=sort, limit=part.limit, offset=part.offset)


def chosen_filters() -> list[tuple[str, str]]:
    """Return the filters of this request's address, in the order of the facets; empty values choose nothing.

    Raises ``BadParameter`` for a type of record or a kind of document that there is none of.
    """
    for name, labels in (("type", TYPE_LABELS), ("kind", KIND_LABELS)):
        for value in filter(None, request.args.getlist(name)):
            if value not in labels and value not in labels.values():
                raise BadParameter(name, value, ", ".join(labels))
    return [(name, value) for name in FACETS for value in dict.fromkeys(request.args.getlist(name)) if value]


def _links(query: SearchQuery, facet: Facet) -> list[FacetLink]:
    """Link the first values of a facet, chosen ones before all; years follow each other, others stay by their counts."""
    values = sorted(facet.values, key=lambda v: v.value) if facet.name == "year" else facet.values
    shown = sorted(values, key=lambda value: not value.selected)[:MOST_VALUES]
    return [FacetLink(value, _toggled(query, facet.name, value)) for value in shown]


def _toggled(query: SearchQuery, facet: str, value: FacetValue) -> str:
    changed = query.widened(facet, value.value) if value.selected else query.narrowed(facet, value.value)
    return _address(changed)


def _spellings(page: Page) -> list[str]:
    """Return how else what was typed is written where it was found on this page, the most frequent first."""
    typed = {fold_text(term.text) for term in terms(page.query)} | {fold_text(page.query.text)}
    words = Counter(word for hit in page.hits for word in hit.matched)
    others = [word for word, _ in words.most_common() if not any(fold_text(word) in text for text in typed)]
    return others[:MOST_SPELLINGS]


def _ways(page: Page, asked: SearchQuery) -> list[tuple[WayOut, str, str]]:
    """Return the ways out of a page without hits: each with the words for what it drops, and its address."""
    labels = _labels(page)
    found = ways_out(opened().index, asked)
    return [(way, labels.get((way.facet, way.dropped), way.dropped), _address(way.query)) for way in found]


def _labels(page: Page) -> dict[tuple[str | None, str], str]:
    return {(facet.name, v.value): v.label for facet in page.facets for v in facet.values}


def _removable(page: Page, query: SearchQuery) -> list[tuple[str, str, str]]:
    labels = _labels(page)
    return [
        (facet, labels.get((facet, value), value), _address(query.widened(facet, value)))
        for facet, value in query.filters
    ]


def _address(query: SearchQuery) -> str:
    """Return the address of a query with its Japanese as it is: a third of the bytes on pages with hundreds of links."""
    return uri_to_iri(link("search.results", **_values(query)))


def _values(query: SearchQuery) -> dict[str, Any]:
    values: dict[str, Any] = {"q": query.text}
    for facet in FACETS:
        chosen = [value for name, value in query.filters if name == facet]
        if chosen:
            values[facet] = chosen
    if query.sort != "relevance":
        values["sort"] = query.sort
    if query.limit != DEFAULT_LIMIT:
        values["limit"] = query.limit
    return values
