"""Atom feeds (RFC 4287): what a search finds, the findings, the documents as they come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from ingest.records import FindingRecord
from search.model import Hit
from web.api.shapes import address_of
from web.pages.changes import rows_asked
from web.pages.findings import findings_asked
from web.pages.frame import in_tongue, language, named, opened, say
from web.pages.search import query_asked

pages = Blueprint("feeds", __name__)

MOST = 50
"""Entries of a feed."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry: its id, its page (an address without a host), its title, when its document came in, a line of text."""

    id: str
    address: str
    title: str
    updated: str
    summary: str


@pages.get("/search.atom")
def results() -> Response:
    """Follow a search: what it finds, newest documents first unless the address says otherwise."""
    asked = query_asked()
    page = opened().index.search(asked)
    return _feed(say("search.heading_for", query=asked.text) if asked.text else say("nav.search"), map(_hit, page.hits))


@pages.get("/findings.atom")
def findings() -> Response:
    """Follow the findings."""
    found = sorted(findings_asked(), key=lambda record: arrived(record.document), reverse=True)
    return _feed(say("nav.findings"), map(_finding, found[:MOST]))


@pages.get("/documents.atom")
def documents() -> Response:
    """Follow the documents as they come in."""
    found = sorted(opened().directory.documents.values(), key=lambda d: (arrived(d.id), d.issued or ""), reverse=True)
    entries = [
        FeedEntry(
            d.id,
            f"/documents/{d.id}",
            d.title,
            arrived(d.id),
            named("kind", d.kind) + (f" {d.issued}" if d.issued else ""),
        )
        for d in found[:MOST]
    ]
    return _feed(say("nav.documents"), entries)


@pages.get("/changes.atom")
def changes() -> Response:
    """Follow what changes in the library."""
    entries = [
        FeedEntry(
            f"change:{change.state}:{each.document}",
            f"/changes#state-{change.state}",
            f"{say(f'changes.{each.kind}')} {each.title}",
            change.when,
            say("changes.of_projects", n=len(each.projects)) if each.projects else "",
        )
        for change, each in rows_asked()[:MOST]
    ]
    return _feed(say("changes.title"), entries)


def arrived(document: str) -> str:
    """Return when a document came into the library, as an RFC 3339 time."""
    path = opened().state.path / "documents" / f"{document}.jsonl"
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).isoformat().replace("+00:00", "Z")


def _hit(hit: Hit) -> FeedEntry:
    when = arrived(hit.document) if hit.document in opened().state.documents else _published()
    title = f"{named('type', hit.type)} {hit.title}"
    return FeedEntry(f"{hit.type}:{hit.id}", address_of(hit), title, when, hit.snippet.text)


def _finding(record: FindingRecord) -> FeedEntry:
    first, last = record.source.lines
    said = " / ".join(part for part in (record.says, record.elsewhere) if part)
    address = f"/documents/{record.document}?lines={first}-{last}#L{first}"
    return FeedEntry(
        record.id, address, f"{named('finding', record.kind)} {record.where}", arrived(record.document), said
    )


def _published() -> str:
    path = opened().state.path / "manifest.json"
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).isoformat().replace("+00:00", "Z")


def _feed(title: str, entries: Iterable[FeedEntry]) -> Response:
    base = opened().state.manifest.base
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    here = quote(request.path)
    body = render_template(
        "feed.xml",
        title=title,
        here=f"{base}{here}{query}",
        page=f"{base}{here.removesuffix('.atom')}{query}",
        updated=_published(),
        entries=[
            (f"{base}/#{quote(e.id)}", f"{base}{quote(in_tongue(e.address, language()), safe='/?#&=%')}", e)
            for e in entries
        ],
    )
    return Response(body, content_type="application/atom+xml; charset=utf-8")
