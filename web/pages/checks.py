"""What helps whoever drafts or checks a document: on what it rests, and which words it writes in two ways."""

from flask import Blueprint, render_template, request

from web.pages.choices import chosen, understand, values
from web.pages.frame import link, opened, say
from web.pages.paging import window
from web.plans.legal import Citation
from web.plans.quality import FIELDS, Quality, total
from web.plans.variants import Variant

pages = Blueprint("checks", __name__)

MOST_READ = 5
"""Documents whose words are compared for one page: each is cut into words once a state."""


@pages.get("/legal")
def legal() -> str:
    """List the laws and guidelines, each article with all documents that cite it."""
    laws: dict[str, dict[str | None, list[Citation]]] = {}
    for citation in citations_asked():
        laws.setdefault(citation.law, {}).setdefault(citation.article, []).append(citation)
    return render_template("legal.html", trail=_trail("legal"), laws=laws, chosen=values("law"))


@pages.get("/quality")
def quality() -> str:
    """Say how completely each document was read."""
    found = quality_asked()
    return render_template(
        "quality.html",
        trail=_trail("quality"),
        paged=window(request.args).cut(found),
        whole=total(found),
        fields=FIELDS,
    )


def quality_asked() -> list[Quality]:
    """Return how the documents that this request's address asks for were read, the newest first."""
    understand("document")
    known, documents = opened().plans.quality, chosen().documents
    return [known[name] for name in opened().directory.newest if not documents or name in documents]


def citations_asked() -> list[Citation]:
    """Return the citations that this request's address asks for; raises ``BadParameter``."""
    choice, laws = chosen(), values("law")
    return [
        citation
        for citation in opened().plans.citations
        if (not choice.documents or citation.document in choice.documents) and (not laws or citation.law in laws)
    ]


@pages.get("/variants")
def variants() -> str:
    """List the words that documents write in more than one way."""
    documents = list(chosen().documents or opened().directory.documents)
    paged = window(request.args, default=MOST_READ, maximum=MOST_READ).cut(documents)
    found = [(document, variants_in(document)) for document in paged.items]
    return render_template(
        "variants.html",
        trail=_trail("variants"),
        choice=chosen(),
        paged=paged,
        found=found,
        all_documents=list(opened().directory.documents),
    )


def variants_in(document: str) -> list[Variant]:
    """Return the words that a document writes in more than one way."""
    written = opened().exports.variants()
    return opened().plans.variants(document) if written is None else written[document]


def _trail(name: str) -> list[tuple[str, str | None]]:
    return [(say("nav.plans"), link("plans.overview")), (say(f"plans.{name}"), None)]
