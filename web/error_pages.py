"""Errors over HTTP: problem details (RFC 9457) for programs, a plain page for people, the right status for both."""

import json
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response, g, make_response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from graph.errors import (
    BaseChanged,
    GraphError,
    QueryTooLarge,
    ResultTooLarge,
    StoreReadOnly,
    StoreUnavailable,
    UnknownFormat,
    UnknownThing,
)
from ingest.errors import LibraryDamaged, LibraryEmpty, RenkeiError, UnknownRecord
from search.errors import IndexMissing, SearchError
from web.errors import BadParameter, QueryStopped, RecordGone, RequestError, TooManyQueries, UnknownPlace
from web.pages.dates import long_date
from web.pages.frame import known, language_of, say
from web.pages.missing import nearby

STATUS: dict[type[RenkeiError], int] = {
    UnknownRecord: 404,
    UnknownPlace: 404,
    RecordGone: 410,
    RequestError: 400,
    BadParameter: 400,
    QueryStopped: 503,
    TooManyQueries: 429,
    GraphError: 400,
    QueryTooLarge: 413,
    ResultTooLarge: 503,
    UnknownThing: 404,
    UnknownFormat: 406,
    StoreUnavailable: 503,
    StoreReadOnly: 500,
    BaseChanged: 500,
    SearchError: 400,
    IndexMissing: 503,
    LibraryEmpty: 503,
    LibraryDamaged: 503,
    RenkeiError: 500,
}
"""The status of each kind of error; a kind that is not listed has that of its nearest ancestor."""

FOR_PROGRAMS = ("/api/", "/suggest", "/export/", "/id/", "/healthz", "/readyz")
"""Addresses whose errors are problem details whatever the client would accept."""


def register(app: Flask) -> None:
    """Let an application answer with these pages."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RenkeiError, _our_error)
    app.register_error_handler(Exception, _unforeseen(app))


def status_of(error: RenkeiError) -> int:
    """Return the status that an error of ours is answered with."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    response = answer(code, error.description or "")
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "Location"}:
            response.headers[name] = value
    if error.response is not None:  # a redirect that the routing asks for
        return make_response(error.response)
    return response


def _our_error(error: RenkeiError) -> Response:
    if isinstance(error, LibraryEmpty) and not for_programs():
        home = request.path.rstrip("/") in {"", "/en"}
        return make_response(render_template("empty.html", trail=[], home=str(error.home)), 200 if home else 503)
    error = _gone(error) or error
    response = answer(status_of(error), str(error), error)
    if isinstance(error, TooManyQueries):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _gone(error: RenkeiError) -> RecordGone | None:
    """Say of a record that is not there since when it is not, where it was there once."""
    change = g.opened.gone.get(error.record) if isinstance(error, UnknownRecord) and "opened" in g else None
    return RecordGone(error.record, change.when) if isinstance(error, UnknownRecord) and change else None


def _unforeseen(app: Flask) -> Callable[[Exception], Response]:
    def handle(error: Exception) -> Response:
        app.logger.exception("%s %s", request.method, request.path, exc_info=error)
        return answer(500, "")

    return handle


def answer(status: int, detail: str, error: RenkeiError | None = None) -> Response:
    """Make the answer to a request that failed."""
    if for_programs():
        return problem(status, detail)
    if "language" not in g:
        g.language = language_of(request.path)
    near = nearby() if status == 404 else []
    heading = f"error.heading.{status}" if known(f"error.heading.{status}") else "error.heading.other"
    trail = [(say(heading), None)]
    body = render_template(
        "error.html", status=status, detail=detail, error=error, trail=trail, near=near, explained=in_words(error)
    )
    return make_response(body, status)


def in_words(error: RenkeiError | None) -> str | None:
    """Return what is wrong in the language of the page; None for an error that the catalogue has no words for."""
    name = f"error.detail.{type(error).__name__}"
    if error is None or not known(name):
        return None
    said = vars(error)
    if "when" in said:
        said = {**said, "day": Markup("{}").format(long_date(said["when"][:10], g.language)).striptags()}
    return say(name, **said)


def problem(status: int, detail: str) -> Response:
    """Make problem details; ``type`` is about:blank, so ``title`` is the status in words."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if not detail:
        del body["detail"]
    text = json.dumps({**body, "instance": request.path}, ensure_ascii=False)
    return Response(text + "\n", status, content_type="application/problem+json")


def for_programs() -> bool:
    """Tell whether the one who asks is a program: by the address, or because it would rather have JSON than HTML."""
    if request.path.startswith(FOR_PROGRAMS):
        return True
    if request.path == "/sparql" and (request.method != "GET" or request.args.keys() & {"query", "update"}):
        return "text/html" not in request.accept_mimetypes.values()
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return bool(request.accept_mimetypes) and best != "text/html" and best is not None
