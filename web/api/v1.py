"""Version 1 of the JSON API: search, documents, records, projects, departments. Relations are in ``relations``."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, request

from ingest.errors import UnknownRecord
from ingest.records import TYPES, ProjectRecord, Record, to_builtins, type_of
from web.api import shapes
from web.directory import ProjectEntry
from web.errors import BadParameter
from web.pages.departments import department
from web.pages.frame import opened
from web.pages.paging import Paged, Window, link_header, window
from web.pages.relations import chosen_municipalities
from web.pages.search import query_asked

service = Blueprint("v1", __name__, url_prefix="/api/v1")

MAXIMUM = 1000
"""The largest window of a list; the search has that of its pages."""

Item = TypeVar("Item")


@service.get("/search")
def find() -> Response:
    """Search as the page does."""
    page = opened().index.search(query_asked())
    return _linked(jsonify(shapes.search_page(page)), Paged(page.hits, page.total, window(request.args)))


@service.get("/documents")
def documents() -> Response:
    """List the documents."""
    state, directory = opened().state, opened().directory
    return listed("documents", list(directory.documents.values()), lambda d: shapes.document(d, state.entry(d.id)))


@service.get("/documents/<document>")
def one_document(document: str) -> Response:
    """Return a document."""
    entry = opened().state.entry(document)
    return jsonify(shapes.document(opened().directory.documents[document], entry))


@service.get("/records")
def records() -> Response:
    """List records, of some documents or types where the address says so."""
    state = opened().state
    names, types = request.args.getlist("document"), set(request.args.getlist("type"))
    for wrong in types - set(TYPES):
        raise BadParameter("type", wrong, ", ".join(TYPES))
    entries = [state.entry(name) for name in names or state.documents]
    total = sum(n for entry in entries for type_, n in entry.counts.items() if not types or type_ in types)
    part = window(request.args, maximum=MAXIMUM)
    found = (r for entry in entries for r in state.records(entry.id) if not types or type_of(r) in types)
    items: Sequence[Record] = list(islice(found, part.offset, part.offset + part.limit))
    paged = Paged(items, total, part)
    return _linked(jsonify(_framed("records", paged, to_builtins)), paged)


@service.get("/records/<document>", defaults={"local": ""})
@service.get("/records/<document>/<path:local>")
def one_record(document: str, local: str) -> Response:
    """Return a record by its id."""
    return jsonify(to_builtins(opened().state.record(f"{document}/{local}" if local else document)))


@service.get("/projects")
def projects() -> Response:
    """List projects, of some documents or municipalities where the address says so."""
    documents, municipalities = request.args.getlist("document"), set(chosen_municipalities())
    found: Iterable[ProjectEntry] = opened().directory.projects.values()
    found = [p for p in found if not documents or p.document in documents]
    return listed("projects", [p for p in found if municipalities <= set(p.municipalities)], shapes.project)


@service.get("/projects/<document>/<local>")
def one_project(document: str, local: str) -> Response:
    """Return a project in full."""
    record = opened().state.record(f"{document}/{local}")
    if not isinstance(record, ProjectRecord):
        raise UnknownRecord(record.id)
    return jsonify({**to_builtins(record), "url": f"/projects/{document}/{local}"})


@service.get("/departments")
def departments() -> Response:
    """List departments, of some municipalities where the address says so."""
    directory, chosen = opened().directory, chosen_municipalities()
    found = [d for d in directory.departments.values() if not chosen or d.municipality in chosen]
    return listed("departments", found, lambda d: shapes.department(d, directory.name(d.municipality)))


@service.get("/departments/<path:key>")
def one_department(key: str) -> Response:
    """Return a department."""
    directory = opened().directory
    entry = department(directory, key)
    return jsonify(shapes.department(entry, directory.name(entry.municipality)))


@service.get("/municipalities")
def municipalities() -> Response:
    """List the municipalities."""
    directory = opened().directory
    return listed(
        "municipalities",
        list(directory.municipalities.values()),
        lambda m: {"code": m.code, "name": m.name, "projects": len(m.projects), "url": f"/municipalities/{m.key}"},
    )


def listed(name: str, items: Sequence[Item], shape: Callable[[Item], shapes.Plain]) -> Response:
    """Return the window of a list that the request asks for, with its ``Link`` header."""
    paged = window(request.args, maximum=MAXIMUM).cut(items)
    return _linked(jsonify(_framed(name, paged, shape)), paged)


def _framed(name: str, paged: Paged[Item], shape: Callable[[Item], shapes.Plain]) -> shapes.Plain:
    part: Window = paged.window
    return {
        "total": paged.total,
        "limit": part.limit,
        "offset": part.offset,
        name: [shape(item) for item in paged.items],
    }


def _linked(response: Response, paged: Paged[Item]) -> Response:
    links = link_header(quote(request.path), request.args, paged)
    if links:
        response.headers["Link"] = links
    return response
