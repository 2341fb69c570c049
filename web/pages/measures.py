"""Measures of the network of departments: who is in the middle, who holds it together, who belongs together and why."""

from flask import Blueprint, render_template, request

from graph import centrality
from web.pages.frame import link, opened, say
from web.pages.paging import window

pages = Blueprint("measures", __name__)


@pages.get("/relations/central")
def central() -> str:
    """List the departments by the number of their partners, and those without which others would be cut off."""
    store = opened().store
    return render_template(
        "central.html",
        trail=_trail("relations.central_title"),
        paged=window(request.args).cut(centrality.central(store)),
        bridges=centrality.bridges(store),
    )


@pages.get("/relations/communities")
def communities() -> str:
    """Show the groups of departments that work together, each with the areas that make it one."""
    paged = window(request.args).cut(centrality.communities(opened().store))
    return render_template("communities.html", trail=_trail("relations.communities_title"), paged=paged)


def _trail(title: str) -> list[tuple[str, str | None]]:
    return [(say("nav.relations"), link("relations.overview")), (say(title), None)]
