"""The documents: their list, and each with its facts, its contents and its text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from ingest.records import AnyRecord, ArticleRecord, FindingRecord, PartyRecord, ProjectRecord
from web.errors import BadParameter
from web.pages import markup
from web.pages.catalog import facts
from web.pages.frame import identifiers, link, opened, say
from web.pages.paging import whole_number, window
from web.plans.quality import unread

pages = Blueprint("documents", __name__)

SHOWN_LINES = 500
"""How many lines of a text one page shows."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a document: its number, its words, whether it is marked, and the record that begins at it."""

    number: int
    text: str
    marked: bool
    begins: ProjectRecord | ArticleRecord | None


@dataclass(frozen=True, slots=True)
class TextPart:
    """The lines of a text that one page shows, and where the parts before and after it begin.

    ``unread`` counts the lines that no record was made of; ``only_unread`` says that no others are shown.
    """

    lines: list[TextLine]
    total: int
    before: int | None
    after: int | None
    unread: int
    only_unread: bool


@pages.get("/documents")
def every() -> str:
    """List the documents, newest first."""
    directory = opened().directory
    paged = window(request.args).cut(directory.newest)
    return render_template(
        "documents.html",
        trail=[(say("nav.documents"), None)],
        paged=paged,
        documents=[directory.documents[key] for key in paged.items],
        entries=opened().state.documents,
        parties=directory.parties,
    )


@pages.get("/documents/<document>")
def one(document: str) -> str:
    """Show a document: facts, parties, contents, findings, text with its lines numbered."""
    state, directory = opened().state, opened().directory
    entry = state.entry(document)
    records = state.records(document)
    marked, only_unread = marked_lines(request.args.get("lines", "")), request.args.get("show") == "unread"
    text = text_part(state.text(document), records, marked, _first_line(), only_unread=only_unread)
    return render_template(
        "document.html",
        trail=[(say("nav.documents"), link("documents.every")), (entry.title, None)],
        document=directory.documents[document],
        entry=entry,
        parties=[r for r in records if isinstance(r, PartyRecord)],
        articles=[r for r in records if isinstance(r, ArticleRecord)],
        findings=[r for r in records if isinstance(r, FindingRecord)],
        projects=[directory.projects[r.id] for r in records if isinstance(r, ProjectRecord)],
        size=state.original(document).stat().st_size,
        text=text,
        iri=identifiers().document(document),
        facts=facts().of(document),
        markup=markup.dataset(directory.documents[document]),
    )


@pages.get("/documents/<document>/original")
def original(document: str) -> ResponseReturnValue:
    """Hand out the file as it was given, always as a download."""
    entry = opened().state.entry(document)
    path = opened().state.original(document).absolute()  # Flask looks for others beside its code
    name = entry.file.replace("\\", "/").rpartition("/")[2]
    return send_file(path, "application/octet-stream", as_attachment=True, download_name=name, etag=False)


def marked_lines(text: str) -> range:
    """Read ``120-134`` or ``120``; an empty text marks nothing. Raises ``BadParameter``."""
    if not text:
        return range(0)
    match = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", text)
    if not match or int(match[2] or match[1]) < int(match[1]):
        raise BadParameter("lines", text, "120 / 120-134")
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def text_part(
    text: Sequence[str], records: Sequence[AnyRecord], marked: range, first: int | None, *, only_unread: bool = False
) -> TextPart:
    """Cut out the lines to show: those from ``first``, or the part in which the marked lines begin."""
    lacking = unread(records, text)
    numbers = lacking if only_unread else range(1, len(text) + 1)
    if first is None:
        first = (marked.start - 1) // SHOWN_LINES * SHOWN_LINES + 1 if marked else 1
    at = bisect_left(numbers, first)
    begins = {r.source.lines[0]: r for r in records if isinstance(r, (ProjectRecord, ArticleRecord))}
    shown = numbers[at : at + SHOWN_LINES]
    lines = [TextLine(n, text[n - 1], n in marked, begins.get(n)) for n in shown]
    before = numbers[max(0, at - SHOWN_LINES)] if at and len(numbers) else None
    after = numbers[at + SHOWN_LINES] if at + SHOWN_LINES < len(numbers) else None
    return TextPart(lines, len(text), before, after, len(lacking), only_unread)


def _first_line() -> int | None:
    return whole_number(request.args, "from", 1, 1, 10_000_000) if request.args.get("from") else None
