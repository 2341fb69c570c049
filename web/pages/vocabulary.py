"""The vocabulary of the graph: its concepts by scheme, and its text, for people and for programs."""

from flask import Blueprint, Response, render_template

from graph.vocabulary import PATH, concepts
from web.pages.frame import say

pages = Blueprint("vocabulary", __name__)
service = Blueprint("terms", __name__)


@pages.get("/ns")
def terms() -> str:
    """Show the terms of our own."""
    schemes = {scheme: [(c.notation or "", c.label) for c in found] for scheme, found in concepts().items()}
    return render_template(
        "ns.html", trail=[(say("nav.vocabulary"), None)], text=PATH.read_text("utf-8"), schemes=schemes
    )


@service.get("/ns.ttl")
def turtle() -> Response:
    """Hand out the vocabulary."""
    return Response(PATH.read_bytes(), content_type="text/turtle; charset=utf-8")
