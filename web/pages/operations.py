"""Addresses for those who run the service: is it alive, can it answer, which version is it, what has it done."""

from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from ingest.errors import RenkeiError
from web.error_pages import problem
from web.metrics import Metrics
from web.reader import Opened, Reader

service = Blueprint("operations", __name__)

PARTS = ("sudachipy", "sudachidict_core", "whoosh-reloaded", "pyoxigraph", "rdflib", "flask", "waitress")
"""The packages whose versions decide what is found and how it is answered."""


@service.get("/healthz")
def alive() -> Response:
    """Answer as long as the process does."""
    return _unstored(jsonify(status="ok"))


@service.get("/readyz")
def ready() -> ResponseReturnValue:
    """Answer with the name of the state that is read; 503 where there is none that can be read."""
    reader = _reader()
    try:
        opened = reader.acquire()
    except RenkeiError as error:
        return problem(503, str(error))
    try:
        documents = len(opened.state.documents)
        return _unstored(jsonify(status="ready", state=opened.state.name, documents=documents))
    finally:
        reader.release(opened)


@service.get("/version")
def versions() -> Response:
    """Name the program, the dictionary and other parts, and the data by its hash; null where there is no library."""
    reader = _reader()
    try:
        opened = reader.acquire()
    except RenkeiError:
        data = None
    else:
        data = _data(opened)
        reader.release(opened)
    parts = {name: _version(name) for name in PARTS}
    return _unstored(jsonify(software=_version("renkei"), python=python_version(), parts=parts, data=data))


@service.get("/metrics")
def metrics() -> Response:
    """Hand out the counters for Prometheus."""
    counters: Metrics = current_app.extensions["renkei.metrics"]
    lines = [*_library_lines(), *counters.lines(), ""]
    return _unstored(Response("\n".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8"))


def _library_lines() -> list[str]:
    reader = _reader()
    try:
        opened = reader.acquire()
    except RenkeiError:
        return ["# TYPE renkei_ready gauge", "renkei_ready 0"]
    try:
        counts = {"documents": len(opened.state.documents), **opened.state.manifest.counts}
        held = [f'renkei_library{{what="{what}"}} {n}' for what, n in counts.items()]
        return ["# TYPE renkei_ready gauge", "renkei_ready 1", "# TYPE renkei_library gauge", *held]
    finally:
        reader.release(opened)


def _data(opened: Opened) -> dict[str, object]:
    manifest = opened.state.manifest
    return {
        "state": manifest.state,
        "hash": opened.fingerprint,
        "base": manifest.base,
        "software": manifest.software,
        "counts": {"documents": len(manifest.documents), **manifest.counts},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _reader() -> Reader:
    reader: Reader = current_app.extensions["renkei.reader"]
    return reader


def _unstored(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
