"""Addresses for those who run the service: is it alive, and can it answer."""

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from ingest.errors import RenkeiError
from web.error_pages import problem
from web.reader import Reader

service = Blueprint("operations", __name__)


@service.get("/healthz")
def alive() -> Response:
    """Answer as long as the process does."""
    return _unstored(jsonify(status="ok"))


@service.get("/readyz")
def ready() -> ResponseReturnValue:
    """Answer with the name of the state that is read; 503 where there is none that can be read."""
    reader: Reader = current_app.extensions["renkei.reader"]
    try:
        opened = reader.acquire()
    except RenkeiError as error:
        return problem(503, str(error))
    try:
        documents = len(opened.state.documents)
        return _unstored(jsonify(status="ready", state=opened.state.name, documents=documents))
    finally:
        reader.release(opened)


def _unstored(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
