"""The SPARQL 1.1 Protocol: queries by GET, by a form, or posted as they are; and what this service can do.

https://www.w3.org/TR/sparql11-protocol/, read only; https://www.w3.org/TR/sparql11-service-description/ for the answer to
a program that asks for RDF at the address itself.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qs

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from graph.errors import UpdateRefused
from graph.service import write_service
from graph.sparql import GRAPHS, choose, prepare
from graph.stores import Scope
from web.errors import BadParameter
from web.pages.frame import identifiers, opened
from web.queries import Queries, never

service = Blueprint("protocol", __name__)

_QUERY, _UPDATE, _FORM = "application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came in: its text, the graphs that it is to see (None for all), and the format that it names."""

    text: str
    scope: Scope | None = None
    format: str | None = None
    bom: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Sequence[str]], text: str | None = None) -> "Asked":
        """Read the parameters of a request; ``text`` is the query where it was posted directly."""
        if "update" in values:
            raise UpdateRefused("update=…")
        texts = values.get("query", ()) if text is None else [text]
        if len(texts) != 1:
            raise BadParameter("query", f"{len(texts)} of them", "one query")
        scope = Scope(tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ())))
        form = next(iter(values.get("format", ())), None)
        return cls(texts[0], scope if scope != Scope() else None, form, "1" in values.get("bom", ()))


def of_address() -> Asked:
    """Return the query of the address; raises ``BadParameter`` and ``UpdateRefused``."""
    return Asked.of(request.args.to_dict(flat=False))


@service.post("/sparql")
@service.post("/sparql/", endpoint="ask_below")
def ask() -> ResponseReturnValue:
    """Answer a query that was posted, as a form or directly."""
    kind = request.mimetype
    if kind == _UPDATE:
        raise UpdateRefused(_UPDATE)
    if kind not in {_QUERY, _FORM}:
        raise BadParameter("Content-Type", kind, f"{_QUERY}, or {_FORM} with query=…")
    text, values = _body(), request.args.to_dict(flat=False)
    if kind == _QUERY:
        return protocol(Asked.of(values, text))
    try:
        return protocol(Asked.of(values | parse_qs(text, keep_blank_values=True, errors="strict")))
    except UnicodeDecodeError as error:
        raise BadParameter("query", error.reason, "percent-encoded UTF-8") from error


def _body() -> str:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8"}:
        raise BadParameter("Content-Type", f"charset={charset}", "UTF-8")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadParameter("body", error.reason, "UTF-8") from error


@service.route("/sparql", methods=["OPTIONS"])
def preflight() -> Response:
    """Let pages of other sites ask."""
    headers = {
        "Access-Control-Allow-Methods": "GET, HEAD, POST",
        "Access-Control-Allow-Headers": "Accept, Content-Type",
        "Allow": "GET, HEAD, POST, OPTIONS",
    }
    return Response(status=204, headers=headers)


def protocol(asked: Asked) -> Response:
    """Answer a query in the form that the client prefers among those that fit it; ``format`` goes before ``Accept``."""
    media_type, body = run(asked, request.headers.get("Accept", "*/*"))
    if asked.bom and media_type.startswith("text/csv"):
        body = _BOM.encode() + body
    response = Response(body, content_type=media_type, headers={"Access-Control-Allow-Origin": "*", "Vary": "Accept"})
    if asked.format in {"csv", "tsv"}:
        response.headers.set("Content-Disposition", "attachment", filename=f"sparql.{asked.format}")
    return response


def run(asked: Asked, accept: str = "*/*") -> tuple[str, bytes]:
    """Run a query within the limits, in a process of its own; return the media type and the whole result."""
    base = f"{identifiers().base}/sparql"
    chosen, media_type = prepare(opened().store, asked.text, asked.format, accept, scope=asked.scope, base=base)
    queries: Queries = current_app.extensions["renkei.queries"]
    gone = cast("Callable[[], bool]", request.environ.get("waitress.client_disconnected", never))
    return media_type, queries.run(opened().state.graph, asked.text, chosen, scope=asked.scope, base=base, gone=gone)


def description(accept: str) -> Response:
    """Say in RDF what this service can do and which graphs it has."""
    name = choose(GRAPHS, None, accept)
    out = io.BytesIO()
    write_service(opened().store, identifiers().base, name, out)
    return Response(out.getvalue(), content_type=GRAPHS[name].media_type)
