"""SPARQL for people: an editor with examples; programs that ask at its address are answered by the protocol."""

import json
import re
from dataclasses import dataclass, replace
from typing import cast

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from graph.errors import GraphError
from graph.guard import check
from graph.identifiers import page
from graph.queries import example
from web.error_pages import in_words, status_of
from web.errors import QueryStopped, TooManyQueries
from web.pages.formats import RDF, RESULTS, rdf_wanted
from web.pages.frame import local, opened, say
from web.pages.protocol import Asked, description, of_address, protocol, run

pages = Blueprint("sparql", __name__)

COUNTED = 100_000
"""Statements up to which the answers to the examples are counted."""
SHOWN_ROWS = 1000
"""How many rows the editor shows; the downloads have all."""

EXAMPLES = {
    name: example(name)
    for name in (
        "counts",
        "labels",
        "shared",
        "charge",
        "roles",
        "areas",
        "under",
        "municipalities",
        "parties",
        "words",
        "ratings",
        "indicators",
        "budget",
        "findings",
    )
}
"""Queries that the editor offers, by the name of their words in the catalogue."""

LIMITS = {name: int(found[1]) for name, text in EXAMPLES.items() if (found := re.search(r"\bLIMIT\s+(\d+)", text))}
"""How many rows an example stops after, for those that do: their words say so."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row: its words, and the address of what it names."""

    words: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT, or to an ASK (``truth``)."""

    columns: list[str]
    rows: list[list[Cell]]
    total: int
    truth: bool | None


@pages.get("/sparql")
def editor() -> ResponseReturnValue:
    """Show the editor with the answer to the query of the address; a program is given the answer alone."""
    if "query" not in request.args and "update" not in request.args:
        return description(request.headers["Accept"]) if rdf_wanted() else _page(None)
    if request.args.get("format") or not _is_browser():
        return protocol(of_address())
    return _page(of_address()) if request.args.get("query", "update").strip() else _page(None)


def _page(asked: Asked | None) -> ResponseReturnValue:
    rows, text, fault = None, None, None
    try:
        if asked and check(asked.text) in {"CONSTRUCT", "DESCRIBE"}:
            text = run(replace(asked, format="turtle"))[1].decode()
        elif asked:
            rows = read_rows(run(replace(asked, format="json"))[1])
    except TooManyQueries:
        raise
    except (GraphError, QueryStopped) as error:
        fault = error
    body = render_template(
        "sparql.html",
        trail=[(say("nav.sparql"), None)],
        query=asked.text if asked else "",
        rows=rows,
        graph_text=text,
        fault=fault,
        explained=in_words(fault),
        forms=RDF if text is not None else RESULTS,
        examples=EXAMPLES,
        limits=LIMITS,
        counts=_counts(),
    )
    return make_response(body, status_of(fault) if fault else 200)


def _counts() -> dict[str, int]:
    """Count the answers to each example, once for each state; in a large library that would keep the page waiting."""
    if opened().state.manifest.counts.get("triples", 0) > COUNTED:
        return {}
    memo = opened().store.memo
    if "examples" not in memo:
        memo["examples"] = {name: len(opened().store.select(text)) for name, text in EXAMPLES.items()}
    return cast("dict[str, int]", memo["examples"])


def read_rows(body: bytes) -> Rows:
    """Read SPARQL JSON results for a table; things of ours lead to their pages, other web addresses to themselves."""
    answer = json.loads(body)
    if "boolean" in answer:
        return Rows([], [], 1, bool(answer["boolean"]))
    columns, bindings = answer["head"]["vars"], answer["results"]["bindings"]
    rows = [[_cell(binding.get(column)) for column in columns] for binding in bindings[:SHOWN_ROWS]]
    return Rows(columns, rows, len(bindings), None)


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return Cell("", None)
    value = term["value"]
    if term["type"] != "uri":
        return Cell(value, None)
    place = page(value)
    if place:
        return Cell(value, local(place))
    return Cell(value, value if value.startswith(("http://", "https://")) else None)


def _is_browser() -> bool:
    offered = ["text/html", *(form.media_type for form in (*RESULTS, *RDF))]
    return (
        request.accept_mimetypes.best_match(offered) == "text/html" and "text/html" in request.accept_mimetypes.values()
    )
