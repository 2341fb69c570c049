"""What changed from one state of the library to the next: documents and projects that came, went, or say other things."""

from flask import Blueprint, render_template, request

from ingest.changes import Change, DocumentChange
from web.errors import BadParameter
from web.pages.dates import iso_day
from web.pages.frame import opened, say
from web.pages.paging import window

pages = Blueprint("changes", __name__)

PER_PAGE = 20
"""States of one page."""

MOST_PROJECTS = 30
"""Projects shown of one document; the data have all."""


@pages.get("/changes")
def every() -> str:
    """List the states of the library, the newest first, each with what it changed."""
    found = changes_asked()
    return render_template(
        "changes.html",
        trail=[(say("changes.title"), None)],
        paged=window(request.args, default=PER_PAGE).cut(found),
        most=MOST_PROJECTS,
        since=request.args.get("since") or None,
    )


def changes_asked() -> list[Change]:
    """Return the changes since the day that this request's address names, the newest first; raises ``BadParameter``."""
    since = request.args.get("since")
    if since and not iso_day(since):
        raise BadParameter("since", since, "2026-04-01")
    return [change for change in opened().changes if not since or change.when[:10] >= since]


def rows_asked() -> list[tuple[Change, DocumentChange]]:
    """Return each changed document of these changes with its state."""
    return [(change, document) for change in changes_asked() for document in change.documents]
