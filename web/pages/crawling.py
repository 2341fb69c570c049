"""What crawlers ask for: which addresses to leave alone, and a list of all pages in both languages."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from ingest.records import AreaRecord
from web.errors import BadParameter
from web.i18n import LANGUAGES
from web.pages.frame import in_tongue, opened

service = Blueprint("crawling", __name__)

PART = 10_000
"""Pages in one part of the site map; the protocol allows 50,000 addresses, two languages each."""

VIEWS = (
    "/", "/search", "/documents", "/municipalities", "/departments", "/relations", "/relations/shared-projects",
    "/relations/matrix", "/plans", "/board", "/timeline", "/budget", "/coverage", "/progress", "/projects", "/findings",
    "/legal", "/variants", "/data", "/api", "/ns", "/help", "/about", "/terms", "/privacy", "/accessibility", "/contact",
    "/areas", "/officers",
)  # fmt: skip
"""The pages that stand for themselves."""

CLOSED = (
    "/sparql",
    "/suggest",
    "/search?",
    "/search.atom",
    "/en/search?",
    "/relations/path",
    "/en/relations/path",
    "/export/",
)
"""What a crawler would only burden: queries, and the whole library in every form."""


@service.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what to leave alone, and where the list of pages is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", f"Sitemap: {_base()}/sitemap.xml", ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


@service.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages, or the parts of the list where one would be too long."""
    total = sum(1 for _ in addresses())
    part = request.args.get("part")
    if part is None and total > PART:
        parts = range(1, -(-total // PART) + 1)
        return _xml(render_template("sitemap_index.xml", base=_base(), parts=parts))
    number = int(part) if part and part.isascii() and part.isdigit() and len(part) < 6 else 1 if part is None else 0
    if not 1 <= number <= max(1, -(-total // PART)):
        raise BadParameter("part", str(part), f"1–{max(1, -(-total // PART))}")
    shown = islice(addresses(), (number - 1) * PART, number * PART)
    pages = [{tongue: f"{_base()}{quote(in_tongue(path, tongue))}" for tongue in LANGUAGES} for path in shown]
    return _xml(render_template("sitemap.xml", pages=pages))


def addresses() -> Iterator[str]:
    """Yield the address of every page that stands for something, without a language."""
    directory = opened().directory
    yield from VIEWS
    yield from (f"/documents/{name}" for name in directory.documents)
    yield from (f"/projects/{key}" for key in directory.projects)
    yield from (f"/municipalities/{key}" for key in directory.municipalities)
    yield from (f"/departments/{key}" for key in directory.departments)
    yield from map(area_page, directory.areas.values())


def area_page(area: AreaRecord) -> str:
    """Return the address of the page of an area, without a language."""
    return f"/areas/{area.document}/{area.id.partition('/area-')[2].replace('.', '/')}"


def _base() -> str:
    return opened().state.manifest.base


def _xml(body: str) -> Response:
    return Response(body, content_type="application/xml; charset=utf-8")
