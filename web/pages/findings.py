"""The findings: what a reader should know before trusting a document."""

from collections import Counter

from flask import Blueprint, render_template, request

from ingest.records import FindingRecord
from web.pages.frame import opened, say
from web.pages.paging import window

pages = Blueprint("findings", __name__)


@pages.get("/findings")
def every() -> str:
    """List the findings, of some kinds or documents where the address says so."""
    state = opened().state
    with_findings = [entry.id for entry in state.documents.values() if "finding" in entry.counts]
    found = [r for document in with_findings for r in state.records(document) if isinstance(r, FindingRecord)]
    kinds, documents = request.args.getlist("kind"), request.args.getlist("document")
    shown = [r for r in found if (not kinds or r.kind in kinds) and (not documents or r.document in documents)]
    return render_template(
        "findings.html",
        trail=[(say("nav.findings"), None)],
        paged=window(request.args).cut(shown),
        kinds=Counter(r.kind for r in found if not documents or r.document in documents),
        documents=Counter(r.document for r in found if not kinds or r.kind in kinds),
    )
