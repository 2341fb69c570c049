"""The findings: what a reader should know before trusting a document."""

from collections import Counter
from typing import get_args

from flask import Blueprint, render_template, request

from ingest.records import FindingKind, FindingRecord
from web.pages.choices import chosen, values
from web.pages.frame import opened, say
from web.pages.paging import window

pages = Blueprint("findings", __name__)

KINDS: tuple[str, ...] = get_args(FindingKind)


@pages.get("/findings")
def every() -> str:
    """List the findings, of some kinds or documents where the address says so."""
    found, kinds, documents = opened().plans.findings, values("kind", KINDS), chosen().documents
    return render_template(
        "findings.html",
        trail=[(say("nav.findings"), None)],
        paged=window(request.args).cut(findings_asked()),
        kinds=Counter(r.kind for r in found if not documents or r.document in documents),
        documents=Counter(r.document for r in found if not kinds or r.kind in kinds),
    )


def findings_asked() -> list[FindingRecord]:
    """Return the findings that this request's address asks for; raises ``BadParameter``."""
    kinds, documents = values("kind", KINDS), chosen().documents
    return [
        record
        for record in opened().plans.findings
        if (not kinds or record.kind in kinds) and (not documents or record.document in documents)
    ]
