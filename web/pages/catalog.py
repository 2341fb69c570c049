"""The catalogue that portals harvest (DCAT), and the description of the whole as linked data (VoID)."""

import hashlib
import io
from tempfile import SpooledTemporaryFile
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, request, url_for

from graph.catalogue import File, write_catalogue
from graph.serialise import export
from graph.statistics import write_statistics
from graph.stores import Store
from web.pages.formats import DATASETS, RDF, TABLES_AND_NETWORKS, Format
from web.pages.frame import identifiers, opened

service = Blueprint("catalog", __name__)

FORMS = {form.suffix: form for form in RDF if form.suffix in {"ttl", "jsonld"}}
"""The forms of the catalogue, the default first."""

SPOOL = 8 * 1024 * 1024
"""Files up to this size are measured in memory."""

_EACH = tuple(form for form in RDF if form.suffix in {"ttl", "jsonld", "nt"})
_WHOLE = (*_EACH, *(form for form in (*DATASETS, *TABLES_AND_NETWORKS) if form.suffix in {"nq", "csv.zip"}))


@service.get("/catalog", defaults={"suffix": None})
@service.get("/catalog.<any('ttl','jsonld'):suffix>")
def catalog(suffix: str | None) -> Response:
    """Hand out the catalogue."""
    form, out, base = _form(suffix), io.BytesIO(), identifiers().base
    write_catalogue(opened().store, base, _files(opened().store, base), form.name, out)
    return Response(out.getvalue(), content_type=form.media_type)


@service.get("/.well-known/void")
def void() -> Response:
    """Hand out the description of the whole."""
    form, out, base = _form(None), io.BytesIO(), identifiers().base
    dumps = {"Turtle": "ttl", "N-Triples": "nt", "JSON-LD": "jsonld", "RDF_XML": "rdf"}
    addresses = {name: base + url_for("export.dump", suffix=suffix) for name, suffix in dumps.items()}
    write_statistics(opened().store, base, addresses, form.name, out)
    return Response(out.getvalue(), content_type=form.media_type)


def _form(suffix: str | None) -> Format:
    """Return the form that the address or else the client asks for."""
    by_type = {form.media_type: form for form in FORMS.values()}
    wanted = request.accept_mimetypes.best_match(list(by_type), default=next(iter(by_type)))
    return FORMS[suffix] if suffix else by_type[wanted]


def _files(store: Store, base: str) -> dict[str | None, list[File]]:
    """Measure the files of each document and of all, once for each state of the library."""
    if "files" not in store.memo:
        found: dict[str | None, list[File]] = {None: [_measured(store, base, form, None) for form in _WHOLE]}
        for document in store.documents():
            found[document] = [_measured(store, base, form, document) for form in _EACH]
        store.memo["files"] = found
    return cast("dict[str | None, list[File]]", store.memo["files"])


def _measured(store: Store, base: str, form: Format, document: str | None) -> File:
    with SpooledTemporaryFile(SPOOL) as spool:
        export(store, form.name, spool, document=document)
        size = spool.tell()
        spool.seek(0)
        digest = hashlib.sha256()
        while piece := spool.read(1 << 20):
            digest.update(piece)
    part = "dump" if document is None else f"documents/{quote(document)}"
    address = f"{base}/export/{part}.{form.suffix}"
    return File(address, form.suffix, form.media_type, form.label, size, digest.hexdigest())
