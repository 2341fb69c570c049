"""Two documents beside each other: two plans, a plan and a report of how it went, two editions of one."""

from flask import Blueprint, render_template, request

from web.errors import BadParameter, few
from web.pages import agreements
from web.pages.frame import link, opened, say
from web.plans.comparison import Comparison, candidates, compare
from web.plans.money import Amount, total

pages = Blueprint("compare", __name__)


@pages.get("/compare")
def documents() -> str:
    """Show a form for two documents, and what they have in common once both are named."""
    directory, (a, b) = opened().directory, pair_asked()
    comparison = comparison_asked() if a and b else None
    articles, measures = agreements.compared(a, b, comparison) if comparison else ([], [])
    return render_template(
        "compare.html",
        trail=[(say("nav.plans"), link("plans.overview")), (say("plans.compare"), None)],
        a=a,
        b=b,
        comparison=comparison,
        articles=articles,
        measures=measures,
        choices=list(directory.by_document),
        near=[(key, directory.documents[key]) for key in candidates(directory, a)[:5]] if a and not b else [],
        like=directory.documents[a].kind == directory.documents[b].kind if a and b else True,
        amounts={name: total(_amounts(name)) for name in (a, b) if name},
    )


def pair_asked() -> tuple[str, str]:
    """Return the two documents of this request's address, empty where none is named; raises ``BadParameter``."""
    names = opened().directory.documents
    a, b = request.args.get("a", ""), request.args.get("b", "")
    for name, value in (("a", a), ("b", b)):
        if value and value not in names:
            raise BadParameter(name, value, few(names))
    return a, b


def comparison_asked() -> Comparison:
    """Compare the two documents of this request's address; raises ``BadParameter`` where one is not named."""
    a, b = pair_asked()
    for name, value in (("a", a), ("b", b)):
        if not value:
            raise BadParameter(name, value, few(opened().directory.documents))
    return opened().plans.kept.answer(("compare", a, b), lambda: compare(opened().store, opened().directory, a, b))


def _amounts(document: str) -> list[Amount]:
    by_project = opened().plans.amounts_by_project
    projects = opened().directory.by_document.get(document, ())
    return [amount for project in projects for amount in by_project.get(project.id, ())]
