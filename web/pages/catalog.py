"""The catalogue that portals harvest (DCAT), and the description of the whole as linked data (VoID)."""

import hashlib
import io
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request, url_for

from graph.catalogue import File, Published, write_catalogue
from graph.facts import Facts, Publisher
from graph.statistics import write_statistics
from web.exports import CATALOGUED, CATALOGUED_WHOLE
from web.pages.formats import RDF, Format
from web.pages.frame import identifiers, opened

service = Blueprint("catalog", __name__)

FORMS = {form.suffix: form for form in RDF if form.suffix in {"ttl", "jsonld"}}
"""The forms of the catalogue, the default first."""


@service.get("/catalog", defaults={"suffix": None})
@service.get("/catalog.<any('ttl','jsonld'):suffix>")
def catalog(suffix: str | None) -> Response:
    """Hand out the catalogue."""
    form, out = _form(suffix), io.BytesIO()
    base, state = identifiers().base, opened().state
    files: dict[str | None, list[File]] = {None: [_file(form, None, base) for form in CATALOGUED_WHOLE]}
    files |= {document: [_file(form, document, base) for form in CATALOGUED] for document in state.documents}
    write_catalogue(opened().store, Published(base, files, opened().published, facts()), form.name, out)
    response = Response(out.getvalue(), content_type=form.media_type)
    if any(file.size is None for each in files.values() for file in each):
        response.set_etag(hashlib.sha256(out.getvalue()).hexdigest()[:32])  # sizes are still to come
    return response


@service.get("/.well-known/void")
def void() -> Response:
    """Hand out the description of the whole."""
    form, out, base = _form(None), io.BytesIO(), identifiers().base
    dumps = {"Turtle": "ttl", "N-Triples": "nt", "JSON-LD": "jsonld", "RDF_XML": "rdf"}
    addresses = {name: base + url_for("export.dump", suffix=suffix) for name, suffix in dumps.items()}
    write_statistics(opened().store, base, addresses, form.name, out)
    return Response(out.getvalue(), content_type=form.media_type)


def facts() -> Facts:
    """Return what is stated by whoever publishes."""
    return cast("Facts", current_app.extensions["renkei.facts"])


def operator() -> Publisher | None:
    """Return who runs the service, where it is stated."""
    return facts().publisher


def _form(suffix: str | None) -> Format:
    """Return the form that the address or else the client asks for."""
    by_type = {form.media_type: form for form in FORMS.values()}
    wanted = request.accept_mimetypes.best_match(list(by_type), default=next(iter(by_type)))
    return FORMS[suffix] if suffix else by_type[wanted]


def _file(form: Format, document: str | None, base: str) -> File:
    exports = opened().exports
    found = (
        exports.known(form, document)
        if current_app.extensions["renkei.prepared"]
        else exports.for_catalogue(opened().store, form, document)
    )
    size, sha256 = (found.seal.size, found.seal.sha256) if found else (None, None)
    part = "dump" if document is None else f"documents/{quote(document)}"
    return File(f"{base}/export/{part}.{form.suffix}", form.suffix, form.media_type, form.label, size, sha256)
