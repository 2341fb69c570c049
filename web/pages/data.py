"""Open data: the page that offers it, and the files themselves."""

import shutil
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Blueprint, Response, jsonify, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from ingest.records import DocumentRecord
from web.api.listing import framed, linked
from web.pages import markup
from web.pages.catalog import facts
from web.pages.formats import DATASETS, EXPORTS, RDF, TABLES_AND_NETWORKS, Format, page_wanted
from web.pages.frame import identifiers, opened, say, to_page
from web.pages.paging import window

pages = Blueprint("data", __name__)
service = Blueprint("export", __name__, url_prefix="/export")

SUFFIX = f"<any({','.join(repr(suffix) for suffix in EXPORTS)}):suffix>"
"""The part of an address that names a form; no other suffix is an address."""

MOST_DOCUMENTS = 100
"""Documents whose files are named at once."""

SPOOL = 8 * 1024 * 1024
"""Exports up to this size stay in memory until they are sent."""


@pages.get("/data")
def downloads() -> str:
    """Show what can be had, and in which forms."""
    return render_template(
        "data.html",
        trail=[(say("nav.data"), None)],
        triples=opened().state.manifest.counts.get("triples", 0),
        whole=(*RDF, *DATASETS, *TABLES_AND_NETWORKS),
        each=RDF,
        paged=window(request.args).cut(opened().directory.document_list),
        base=identifiers().base,
        sizes={form.suffix: _size(form) for form in (*RDF, *DATASETS, *TABLES_AND_NETWORKS)},
        modified=opened().published,
        facts=facts(),
        markup=markup.catalogue(),
    )


def _size(form: Format) -> int | None:
    found = opened().exports.known(form, None)
    return found.seal.size if found else None


@service.get("")
@service.get("/")
def index() -> ResponseReturnValue:
    """Say which files there are: as JSON, those of the documents a window at a time, or on the page that offers them."""
    if page_wanted():
        return to_page("/data")
    paged = window(request.args, maximum=MOST_DOCUMENTS).cut(opened().directory.document_list)
    response = jsonify(
        files=[_described(form, None) for form in EXPORTS.values()],
        records=url_for("export.records"),
        **framed("documents", paged, _files_of),
    )
    response.vary.add("Accept")
    return linked(response, paged)


def _files_of(document: DocumentRecord) -> dict[str, object]:
    files = [_described(form, document.id) for form in EXPORTS.values()]
    return {
        "id": document.id,
        "title": document.title,
        "files": files,
        "records": url_for("export.records", document=document.id),
    }


def _described(form: Format, document: str | None) -> dict[str, object]:
    endpoint = "export.of_document" if document else "export.dump"
    address = url_for(endpoint, suffix=form.suffix, document=document)
    found = opened().exports.known(form, document)
    return {
        "url": address,
        "format": form.label,
        "media_type": form.media_type,
        "size": found.seal.size if found else None,
        "sha256": found.seal.sha256 if found else None,
    }


@service.get(f"/dump.{SUFFIX}")
def dump(suffix: str) -> Response:
    """Hand out everything."""
    return _file(EXPORTS[suffix], None)


@service.get(f"/documents/<document>.{SUFFIX}")
def of_document(document: str, suffix: str) -> Response:
    """Hand out what one document states."""
    opened().state.entry(document)
    return _file(EXPORTS[suffix], document)


@service.get("/records.jsonl", defaults={"document": None})
@service.get("/documents/<document>.jsonl")
def records(document: str | None) -> Response:
    """Hand out the records, a line each, as the library keeps them."""
    state = opened().state
    names = [state.entry(document).id] if document else list(state.documents)
    spool = _spool()
    for name in names:
        with (state.path / "documents" / f"{name}.jsonl").open("rb") as file:
            shutil.copyfileobj(file, spool)
    return _attachment(spool, "application/jsonl", f"renkei-{document or 'records'}.jsonl")


def _file(form: Format, document: str | None) -> Response:
    found = opened().exports.file(opened().store, form, document)
    name = f"renkei-{document or 'all'}.{form.suffix}"
    return send_file(
        found.path.absolute(),
        form.media_type,
        as_attachment=True,
        download_name=name,
        etag=found.seal.sha256,
        conditional=True,
    )


def _spool() -> IO[bytes]:
    return SpooledTemporaryFile(SPOOL)


def _attachment(spool: IO[bytes], media_type: str, name: str) -> Response:
    size = spool.tell()
    spool.seek(0)
    textual = media_type.startswith("text/")
    response = Response(_pieces(spool), content_type=f"{media_type}; charset=utf-8" if textual else media_type)
    response.content_length = size
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.call_on_close(spool.close)
    return response


def _pieces(spool: IO[bytes]) -> Iterator[bytes]:
    while piece := spool.read(64 * 1024):
        yield piece
