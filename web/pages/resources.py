"""Linked data: every thing has an address of its own, which leads to its page or to its data.

``/id/project/{document}/7-2`` answers 303 by ``Accept``; with a suffix (``.ttl .jsonld .nt .rdf .json``) it is the
data itself.
"""

import json
from collections.abc import Collection
from contextlib import suppress

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from graph.identifiers import GRAPHS, PROJECT_PARTS, Name, parse, to_uri
from graph.sparql import query as run_query
from ingest.errors import UnknownRecord
from ingest.records import AnyRecord, to_builtins
from web.api import shapes
from web.errors import UnknownPlace
from web.pages.alternates import thing_of
from web.pages.departments import department
from web.pages.formats import RDF, Format, rdf_wanted
from web.pages.frame import identifiers, in_tongue, opened
from web.pages.municipalities import municipality

service = Blueprint("resources", __name__)

SUFFIXES = {form.suffix: form for form in RDF}


@service.before_app_request
def lead_to_data() -> ResponseReturnValue | None:
    """Lead from the address of a page to the data behind it, where a suffix or ``Accept`` asks for data."""
    found = thing_of(request.path) if request.method in {"GET", "HEAD"} else None
    if found is None:
        return None
    kind, key = found
    form = rdf_wanted()
    if key.rpartition(".")[2] not in {*SUFFIXES, "json"}:
        if form is None:
            return None
        key = f"{key}.{form.suffix}"
    response = redirect(url_for("resources.thing", kind=kind, key=key), 303)
    response.vary.add("Accept")
    return response


@service.get("/id/<kind>/<path:key>")
def thing(kind: str, key: str) -> ResponseReturnValue:
    """Lead to the page or the data of a thing, or give its data where the address has a suffix."""
    stem, _, suffix = key.rpartition(".")
    if stem and (suffix in SUFFIXES or suffix == "json"):
        name = _name(kind, stem)
        _require(name)
        return _record(name) if suffix == "json" else _description(name, SUFFIXES[suffix])
    name = _name(kind, key)
    _require(name)
    offered = ["text/html", *(form.media_type for form in RDF), "application/json"]
    wanted = request.accept_mimetypes.best_match(offered, default="text/html")
    suffixes = {**{form.media_type: form.suffix for form in RDF}, "application/json": "json"}
    page = _page(name) if wanted == "text/html" else None
    if page is None:
        address = url_for("resources.thing", kind=kind, key=f"{key}.{suffixes.get(wanted, 'ttl')}")
    else:
        address = to_uri(in_tongue(page, request.accept_languages.best_match(["ja", "en"], default="ja")))
    response = redirect(address, 303)
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _name(kind: str, key: str) -> Name:
    name = parse(identifiers().make(kind, *key.split("/")))
    if name is None:
        raise UnknownPlace(kind, key)
    return name


def _require(name: Name) -> None:
    """Raise where the library holds no such thing."""
    if _stated(name) is None and not _states(name):
        raise UnknownRecord(name.record) if name.record else UnknownPlace(name.kind, "/".join(name.parts))


def _stated(name: Name) -> AnyRecord | None:
    """Return the record that a thing is; None for one that is a part of a record, or made of what records name."""
    if name.record is None or name.kind in PROJECT_PARTS:
        return None
    with suppress(UnknownRecord):
        return opened().state.record(name.record)
    return None


def _states(name: Name) -> bool:
    """Tell whether the graph says anything of a thing, or a graph says anything."""
    iri = identifiers().make(name.kind, *name.parts)
    if name.kind in GRAPHS:
        return iri in opened().store.graphs()
    answer = run_query(opened().store, f"ASK {{ <{iri}> ?property ?value }}", format="json")[1]
    return bool(json.loads(answer)["boolean"])


def _page(name: Name) -> str | None:
    """Return the page of a thing; None for one that is only named in passing, or that no page shows."""
    if name.kind in GRAPHS:
        return None
    key, directory = "/".join(name.parts), opened().directory
    shown: dict[str, Collection[str]] = {
        "municipality": directory.municipalities,
        "department": directory.departments,
    }
    return name.page if key in shown.get(name.kind, (key,)) else None


def _record(name: Name) -> Response:
    """Return a thing as JSON: its record, what the API says of it, or else what the graph does."""
    directory = opened().directory
    record = _stated(name)
    if record is not None:
        return jsonify(to_builtins(record))
    key = "/".join(name.parts)
    if name.kind == "department" and key in directory.departments:
        entry = department(directory, key)
        return jsonify(shapes.department(entry, directory.name(entry.municipality)))
    if name.kind == "municipality" and key in directory.municipalities:
        place = municipality(directory, name.parts[0])
        parties = [to_builtins(party) for party in place.parties]
        return jsonify(code=place.code, name=place.name, parties=parties, projects=place.projects)
    response = _description(name, SUFFIXES["jsonld"])
    response.mimetype = "application/json"
    return response


def _description(name: Name, form: Format) -> Response:
    """Return what the graph says of a thing; of a project with its parts, of a graph all that it holds."""
    iri = identifiers().make(name.kind, *name.parts)
    text = f"DESCRIBE <{iri}>"
    if name.kind == "project":
        text += f" ?part WHERE {{ OPTIONAL {{ ?part rk:measure <{iri}> }} }}"
    elif name.kind in GRAPHS:
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
    media_type, body = run_query(opened().store, text, format=form.name)
    response = Response(body, content_type=media_type)
    page = _page(name)
    if page:
        response.headers["Link"] = f'<{to_uri(page)}>; rel="alternate"; type="text/html"'
    return response
