"""The web application: its blueprints, its headers, and the state that each request reads."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import cast

from flask import Blueprint, Flask, Response, g, request
from werkzeug.sansio.utils import host_is_trusted

from ingest.library import Library
from web import error_pages
from web.api import plans as plans_api
from web.api import reconcile, reference
from web.api.relations import service as api
from web.catalogue_file import read_facts
from web.compression import compress
from web.i18n import LANGUAGES
from web.metrics import measure
from web.pages import (
    about,
    agreements,
    areas,
    catalog,
    changes,
    checks,
    compare,
    crawling,
    data,
    departments,
    documents,
    dossier,
    feedback,
    feeds,
    findings,
    frame,
    home,
    measures,
    menu,
    municipalities,
    networks,
    operations,
    paths,
    plans,
    projects,
    protocol,
    questions,
    relations,
    resources,
    search,
    search_form,
    sparql,
    vocabulary,
)
from web.pictures.drawing import colour
from web.queries import Queries
from web.reader import GIVEN, Opened, Reader
from web.search_log import SearchLog
from web.settings import Settings

PAGES = (
    home.pages,
    search.pages,
    search_form.pages,
    feeds.pages,
    documents.pages,
    agreements.pages,
    projects.pages,
    municipalities.pages,
    departments.pages,
    dossier.pages,
    areas.pages,
    relations.pages,
    paths.pages,
    networks.pages,
    questions.pages,
    measures.pages,
    plans.pages,
    compare.pages,
    findings.pages,
    changes.pages,
    checks.pages,
    data.pages,
    sparql.pages,
    vocabulary.pages,
    reference.pages,
    about.pages,
    feedback.pages,
)
"""Pages for people, served once a language."""

SERVICES = (
    search.service,
    data.service,
    catalog.service,
    protocol.service,
    vocabulary.service,
    resources.service,
    api,
    plans_api.service,
    reference.service,
    reconcile.service,
    crawling.service,
    operations.service,
)
"""Addresses for programs, of no language."""

STATELESS = ("static", "operations.")
"""Endpoints that answer without a library."""

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

MAXIMUM_BODY = 256 * 1024
"""Bytes of a request: room for the longest query, percent-encoded in a form."""

STATIC_SECONDS = 24 * 60 * 60
"""How long a browser may keep a style sheet; its address changes with its content."""


def create_app(settings: Settings, *, library: Library | None = None, prepared: bool = False) -> Flask:
    """Make the application over a library; ``library`` takes the place of the one at ``settings.home``.

    ``prepared`` says that a process aside writes the exports of new states, so that no request need wait for them.
    """
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update(MAX_CONTENT_LENGTH=MAXIMUM_BODY, MAX_FORM_MEMORY_SIZE=MAXIMUM_BODY)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_SECONDS
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["renkei"] = settings
    app.extensions["renkei.prepared"] = prepared
    app.extensions["renkei.search_log"] = SearchLog(settings.home, settings.search_log)
    app.extensions["renkei.facts"] = read_facts(settings.catalogue)
    # Redirects to tidier addresses would name whatever host the request claims to be for.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    frame.furnish(app)
    app.jinja_env.globals.update(menu=menu.menu, foot=menu.foot, colour=colour, report_address=feedback.report_address)
    app.jinja_env.globals["operator"] = catalog.operator
    app.jinja_env.globals["asset_version"] = _design_version()
    app.extensions["renkei.reader"] = Reader(library or Library(settings.home))
    app.extensions["renkei.queries"] = Queries()
    app.extensions["renkei.metrics"] = measure(app)
    _refuse_other_hosts(app, settings.hosts)
    _register(app)
    error_pages.register(app)
    _serve_one_state(app)
    app.after_request(compress)  # functions named earlier are called later: last of all
    app.after_request(_finish)
    return app


def _refuse_other_hosts(app: Flask, hosts: Sequence[str]) -> None:
    """Answer 421 to requests for a host that the service is not known by, where its names are set."""

    @app.before_request
    def check() -> Response | None:
        if not hosts or host_is_trusted(request.host, hosts):
            return None
        return error_pages.problem(421, "this service does not answer for that host")


def _register(app: Flask) -> None:
    for language in LANGUAGES:
        prefix = None if language == LANGUAGES[0] else f"/{language}"
        tongue = Blueprint(language, __name__, url_prefix=prefix)
        for blueprint in PAGES:
            tongue.register_blueprint(blueprint)
        app.register_blueprint(tongue)
    for service in SERVICES:
        app.register_blueprint(service)


def _serve_one_state(app: Flask) -> None:
    settings: Settings = app.extensions["renkei"]
    version = hashlib.sha256(
        f"{_design_version()} {settings.contact} {app.extensions['renkei.facts']}".encode()
    ).hexdigest()[:8]

    def reader() -> Reader:
        return cast("Reader", app.extensions["renkei.reader"])

    @app.before_request
    def begin() -> None:
        g.language = frame.language_of(request.path)
        endpoint = request.endpoint
        if endpoint is not None and not endpoint.startswith(STATELESS):
            given: Opened | None = request.environ.get(GIVEN)
            g.opened = given or reader().acquire()
            g.etag = f"{g.opened.fingerprint}-{version}"

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        opened = g.pop("opened", None)
        if opened is not None and GIVEN not in request.environ:
            reader().release(opened)


def _finish(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.method in {"GET", "HEAD"} and response.status_code == 200 and "etag" in g:
        if "ETag" not in response.headers:  # a file has one of its own
            response.set_etag(g.etag, weak=True)
        response.headers.setdefault("Cache-Control", "no-cache")
        response.vary.add("Accept")
        response.make_conditional(request)
    if _is_data(request.endpoint or "") and request.method in {"GET", "HEAD", "OPTIONS"}:
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers.setdefault("Access-Control-Expose-Headers", "ETag, Link")
    return response


def _is_data(endpoint: str) -> bool:
    names = cast("Sequence[str]", [service.name for service in SERVICES])
    return endpoint.partition(".")[0] in names


def _design_version() -> str:
    """Name the templates, words and styles by their content: a page is new when they are, though the library is not."""
    digest = hashlib.sha256()
    for folder in ("templates", "i18n", "static"):
        for path in sorted(files("web").joinpath(folder).rglob("*")):  # type: ignore[attr-defined]
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
