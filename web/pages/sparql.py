"""SPARQL: the protocol for programs, and an editor for people."""

import json
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from graph.errors import GraphError
from graph.guard import check
from graph.identifiers import page
from graph.queries import example
from graph.sparql import prepare
from web.error_pages import status_of
from web.errors import BadParameter, QueryStopped, TooManyQueries
from web.pages.formats import RDF, RESULTS
from web.pages.frame import local, opened, say
from web.queries import Queries

pages = Blueprint("sparql", __name__)
service = Blueprint("protocol", __name__)

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
    query = request.args.get("query", "")
    if query and ("format" in request.args or not _is_browser()):
        return protocol(query)
    rows, text, fault = None, None, None
    try:
        if query and check(query) in {"CONSTRUCT", "DESCRIBE"}:
            text = run(query, "turtle")[1].decode()
        elif query:
            rows = read_rows(run(query, "json")[1])
    except TooManyQueries:
        raise
    except (GraphError, QueryStopped) as error:
        fault = error
    body = render_template(
        "sparql.html",
        trail=[(say("nav.sparql"), None)],
        query=query,
        rows=rows,
        graph_text=text,
        fault=fault,
        forms=RDF if text is not None else RESULTS,
        examples=EXAMPLES,
    )
    return make_response(body, status_of(fault) if fault else 200)


@service.post("/sparql")
def ask() -> ResponseReturnValue:
    """Answer a query that was posted, as a form or directly."""
    if request.mimetype == "application/sparql-query":
        return protocol(request.get_data(as_text=True))
    if request.mimetype == "application/x-www-form-urlencoded" and "query" in request.form:
        return protocol(request.form["query"])
    raise BadParameter("Content-Type", request.mimetype, "application/sparql-query, or a form with query=…")


@service.route("/sparql", methods=["OPTIONS"])
def preflight() -> Response:
    """Let pages of other sites ask."""
    headers = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "Accept, Content-Type"}
    return Response(status=204, headers=headers)


def protocol(query: str) -> Response:
    """Answer a query in the form that the client prefers among those that fit it; ``format`` goes before ``Accept``."""
    media_type, body = run(query, request.values.get("format"), request.headers.get("Accept", "*/*"))
    return Response(body, content_type=media_type, headers={"Access-Control-Allow-Origin": "*", "Vary": "Accept"})


def run(query: str, name: str | None, accept: str = "*/*") -> tuple[str, bytes]:
    """Run a query within the limits, in a process of its own; return the media type and the whole result."""
    chosen, media_type = prepare(opened().store, query, name, accept)
    queries: Queries = current_app.extensions["renkei.queries"]
    return media_type, queries.run(opened().state.graph, query, chosen)


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
