"""Version 1 of the JSON API: search, documents, records, projects, departments. Relations are in ``relations``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from flask import Blueprint, Response, jsonify, request

from ingest.errors import UnknownRecord
from ingest.records import TYPES, ProjectRecord, Record, to_builtins, type_of
from web.api import answers, shapes
from web.api.listing import MAXIMUM, csv_window, framed, linked, listed, table, wants_csv
from web.api.parameters import refuse_unknown
from web.errors import BadParameter
from web.pages.changes import rows_asked
from web.pages.departments import department
from web.pages.frame import opened
from web.pages.paging import Paged, window
from web.pages.plans import projects_asked
from web.pages.relations import chosen_municipalities
from web.pages.search import note, query_asked

service = Blueprint("v1", __name__, url_prefix="/api/v1")
service.before_request(refuse_unknown)


@service.get("/search")
def find() -> Response:
    """Search as the page does; as CSV every hit, however many there are."""
    if wants_csv():
        return table("search", _every_hit())
    asked = query_asked()
    page = opened().index.search(asked)
    note(asked, page)
    return linked(jsonify(shapes.search_page(page)), Paged(page.hits, page.total, window(request.args)))


def _every_hit() -> Iterator[answers.HitAnswer]:
    asked = query_asked()
    windowed = bool(request.args.get("limit") or request.args.get("offset"))
    offset, limit = (asked.offset, asked.limit) if windowed else (0, MAXIMUM)
    while True:
        page = opened().index.search(replace(asked, offset=offset, limit=limit))
        yield from map(shapes.hit, page.hits)
        offset += limit
        if windowed or offset >= page.total:
            return


@service.get("/documents")
def documents() -> Response:
    """List the documents."""
    state, directory = opened().state, opened().directory
    return listed("documents", directory.document_list, lambda d: shapes.document(d, state.entry(d.id)))


@service.get("/documents/<document>")
def one_document(document: str) -> Response:
    """Return a document."""
    entry = opened().state.entry(document)
    return jsonify(shapes.document(opened().directory.documents[document], entry))


@service.get("/changes")
def changes() -> Response:
    """List what each state of the library changed, the newest first."""
    return listed("changes", rows_asked(), shapes.change)


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
    if wants_csv():
        return table("records", map(to_builtins, islice(found, *csv_window())))
    items: Sequence[Record] = list(islice(found, part.offset, part.offset + part.limit))
    paged = Paged(items, total, part)
    return linked(jsonify(framed("records", paged, to_builtins)), paged)


@service.get("/records/<document>", defaults={"local": ""})
@service.get("/records/<document>/<path:local>")
def one_record(document: str, local: str) -> Response:
    """Return a record by its id."""
    return jsonify(to_builtins(opened().state.record(f"{document}/{local}" if local else document)))


@service.get("/projects")
def projects() -> Response:
    """List the projects that the page of projects lists for the same address."""
    return listed("projects", projects_asked(), shapes.project)


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
    return listed("municipalities", list(directory.municipalities.values()), shapes.municipality)
