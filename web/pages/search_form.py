"""The detailed search: a form that teaches the operators, and leads to the address that the simple box would."""

from collections.abc import Iterator

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search.model import FACETS, SORTS, TYPES
from search.query import parse
from web.pages.frame import link, opened, say
from web.pages.paging import LIMITS

pages = Blueprint("search_form", __name__)

WORDS = ("all", "any", "phrase", "none")
"""The fields for words: all of them, any of them, literally so, none of them."""


@pages.get("/search/detailed")
def detailed() -> ResponseReturnValue:
    """Show the form, or lead to the results of what was filled in."""
    if "go" in request.args:
        return redirect(link("search.results", **_values()), 303)
    everything = opened().index.search(parse("", limit=1))
    offered = {facet.name: facet.values for facet in everything.facets}
    return render_template(
        "search_form.html",
        trail=[(say("nav.search"), link("search.results")), (say("search.detailed"), None)],
        words=WORDS,
        types=TYPES,
        sorts=SORTS,
        limits=LIMITS,
        offered={name: sorted(offered.get(name, ()), key=lambda v: v.value) for name in FACETS if name != "type"},
    )


def _values() -> dict[str, object]:
    chosen = {name: [v for v in request.args.getlist(name) if v] for name in (*FACETS, "sort", "limit")}
    return {"q": " ".join(_typed()), **{name: found for name, found in chosen.items() if found}}


def _typed() -> Iterator[str]:
    """Yield the parts of the query as the simple box would have them."""
    yield from request.args.get("all", "").split()
    any_of = request.args.get("any", "").split()
    if any_of:
        yield " OR ".join(any_of)
    phrase = request.args.get("phrase", "").replace('"', "").strip()
    if phrase:
        yield f'"{phrase}"'
    yield from (f"-{word.lstrip('-')}" for word in request.args.get("none", "").split())
