"""Telling those who run the service that something is wrong: a link at each statement, and the page it leads to.

The link carries the statement and its lines. Where an address for mail is set (``RENKEI_CONTACT``), it opens a letter
with these already written; otherwise it leads to a page that says what to send. Nothing is stored here.
"""

import re
from urllib.parse import quote

from flask import Blueprint, current_app, render_template, request

from ingest.errors import UnknownRecord
from web.errors import BadParameter
from web.pages.catalog import operator
from web.pages.frame import identifiers, link, opened, say
from web.settings import Settings

pages = Blueprint("feedback", __name__)

_LINES = re.compile(r"[0-9]{1,9}(?:-[0-9]{1,9})?")


@pages.get("/contact")
def contact() -> str:
    """Say how to report a mistake; ``statement`` and ``lines`` name what the report is about."""
    statement, lines = request.args.get("statement") or None, request.args.get("lines") or None
    if lines and not _LINES.fullmatch(lines):
        raise BadParameter("lines", lines, "120 / 120-134")
    record = statement.partition("#")[0] if statement else None
    document = record.partition("/")[0] if record else None
    if record is not None and document not in opened().directory.documents:
        raise UnknownRecord(record)
    return render_template(
        "contact.html",
        trail=[(say("nav.contact"), None)],
        statement=statement,
        lines=lines,
        document=opened().directory.documents.get(document) if document else None,
        project=opened().directory.projects.get(record) if record else None,
        letter=letter(statement, lines) if statement and receiver() else None,
        receiver=receiver(),
    )


def report_address(statement: str, lines: tuple[int, int]) -> str:
    """Return the address that reports a statement (``document/7-2#overview``) with its lines: a letter or the page."""
    span = f"{lines[0]}-{lines[1]}" if lines[0] != lines[1] else str(lines[0])
    return letter(statement, span) if receiver() else link("feedback.contact", statement=statement, lines=span)


def receiver() -> str | None:
    """Return the address for mail of those who run the service: that of reports, else the publisher's, else None."""
    settings: Settings = current_app.extensions["renkei"]
    who = operator()
    return settings.contact or (who.email if who else None)


def letter(statement: str, lines: str | None) -> str:
    """Return a ``mailto:`` address with subject and text that name a statement."""
    address = identifiers().record(statement.partition("#")[0])
    body = say("contact.body", statement=statement, lines=lines or "-", address=address)
    subject = say("contact.subject", statement=statement)
    return f"mailto:{receiver()}?subject={quote(subject)}&body={quote(body)}"
