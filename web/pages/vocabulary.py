"""The vocabulary of the graph: its concepts by scheme, and its text, for people and for programs."""

import json

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from graph.jsonld import context
from graph.shacl import PATH as SHAPES
from graph.vocabulary import PATH, concepts, rewritten
from web.pages.formats import RDF, rdf_wanted
from web.pages.frame import say

pages = Blueprint("vocabulary", __name__)
service = Blueprint("terms", __name__)


@pages.get("/ns")
def terms() -> ResponseReturnValue:
    """Show the terms of our own; a program that asks for RDF is led to it."""
    form = rdf_wanted()
    if form:
        return redirect(url_for("terms.data", suffix=form.suffix), 303)
    schemes = {scheme: [(c.notation or "", c.label) for c in found] for scheme, found in concepts().items()}
    return render_template(
        "ns.html", trail=[(say("nav.vocabulary"), None)], text=PATH.read_text("utf-8"), schemes=schemes
    )


@service.get("/ns.<any('ttl','jsonld','nt','rdf'):suffix>")
def data(suffix: str) -> Response:
    """Hand out the vocabulary."""
    form = next(form for form in RDF if form.suffix == suffix)
    body = PATH.read_bytes() if suffix == "ttl" else rewritten(form.name)
    return Response(body, content_type=form.media_type)


@service.get("/shapes.ttl")
def shapes() -> Response:
    """Hand out the shapes (SHACL) that what is published conforms to."""
    return Response(SHAPES.read_bytes(), content_type="text/turtle; charset=utf-8")


@service.get("/context.jsonld")
def json_context() -> Response:
    """Hand out the context of our JSON-LD; documents have it inside and need not fetch it."""
    text = json.dumps({"@context": context()}, ensure_ascii=False, indent=1)
    return Response(text + "\n", content_type="application/ld+json")
