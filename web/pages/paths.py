"""How two things belong together: the shortest ways through the graph, each step in words with its source."""

from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from graph import network
from graph.errors import AmbiguousThing, UnknownThing
from graph.network import HUBS, MOST_PATHS, Step
from graph.things import KINDS
from web.error_pages import status_of
from web.errors import BadParameter
from web.pages.frame import link, opened, say
from web.pages.questions import offered, step_words

pages = Blueprint("paths", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """The two ends of a question, whether paths may lead over municipalities and documents, and what was found."""

    a: str
    b: str
    hubs: bool
    found: list[tuple[Step, ...]]


@pages.get("/relations/path")
def between() -> ResponseReturnValue:
    """Show a form for two things, and the paths between them once both are named."""
    a, b, hubs = _named("a"), _named("b"), "hubs" in request.args
    asked, fault = None, None
    try:
        asked = paths_asked() if a and b else None
    except (UnknownThing, AmbiguousThing) as error:
        fault = error
    body = render_template(
        "path.html",
        trail=[(say("nav.relations"), link("relations.overview")), (say("path.title"), None)],
        a=a,
        b=b,
        hubs=hubs,
        asked=asked,
        fault=fault,
        unknown=isinstance(fault, UnknownThing),
        offered=offered(),
        step_words=step_words,
        path_address=lambda a, b: link("paths.between", a=a, b=b, hubs="1" if hubs else None),
    )
    return make_response(body, status_of(fault) if fault else 200)


def paths_asked() -> Asked:
    """Answer the question of this request's address: ``a``, ``b``, ``k`` paths, ``hubs``, ``without`` some kinds of things.

    Raises ``BadParameter``.
    """
    a, b, wanted = _named("a"), _named("b"), request.args.get("k") or "3"
    for name, value in (("a", a), ("b", b)):
        if not value:
            raise BadParameter(name, value, "a department, municipality, project, area or document")
    if not wanted.isascii() or not wanted.isdecimal() or not 1 <= int(wanted) <= MOST_PATHS:
        raise BadParameter("k", wanted, f"1 to {MOST_PATHS}")
    hubs = "hubs" in request.args
    without = kinds_left_out() or (() if hubs else HUBS)
    return Asked(a, b, hubs, network.path(opened().store, a, b, int(wanted), without=without))


def kinds_left_out() -> list[str]:
    """Return the kinds of things that this request's address leaves out (``without``); raises ``BadParameter``."""
    chosen = [kind for kind in request.args.getlist("without") if kind]
    for wrong in set(chosen) - set(KINDS):
        raise BadParameter("without", wrong, ", ".join(KINDS))
    return chosen


def _named(name: str) -> str:
    return request.args.get(name, "").strip()
