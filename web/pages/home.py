"""The front page: a search box, what the library holds in numbers, the ways in, and questions to begin with."""

from collections.abc import Sequence

from flask import Blueprint, render_template

from search.model import FacetValue
from search.query import parse
from web.pages import networks
from web.pages.frame import link, opened
from web.pictures import columns

pages = Blueprint("home", __name__)

NEWEST = 8
"""How many documents the page names and draws."""

EXAMPLES = 10
"""How many fields of work are offered as first searches."""


@pages.get("/")
def front() -> str:
    """Show the front page."""
    directory = opened().directory
    years = sorted(value.value for value in _project_facets().get("year", ()))
    numbers = [
        ("documents", len(directory.documents), link("documents.every")),
        ("municipalities", len(directory.municipalities), link("municipalities.every")),
        ("projects", len(directory.projects), link("search.results", type="project")),
        ("departments", directory.in_charge.total(), link("departments.every")),
        ("years", len(years), link("search.results", type="project", sort="newest")),
    ]
    newest = directory.newest[:NEWEST]
    network = networks.memberships(directory, newest)
    return render_template(
        "home.html",
        trail=[],
        numbers=numbers,
        years=years,
        fields=fields(),
        documents=[directory.documents[key] for key in newest],
        parties=directory.parties,
        busiest=directory.busiest,
        closest=directory.closest,
        picture=columns.draw(
            network.groups, network.links, title=network.title, description=networks.described(network)
        ),
        title=network.title,
    )


def fields() -> list[FacetValue]:
    """Return the areas of the first two levels that hold most projects; one with areas below it stands back for them."""
    return opened().directory.kept.answer("fields", _fields)


def _project_facets() -> dict[str, Sequence[FacetValue]]:
    """Return what the search page counts of all projects, by facet: the numbers here are those that it shows."""

    def asked() -> dict[str, Sequence[FacetValue]]:
        page = opened().index.search(parse("", filters=[("type", "project")], limit=1))
        return {facet.name: facet.values for facet in page.facets}

    return opened().directory.kept.answer("project facets", asked)


def _fields() -> list[FacetValue]:
    areas = list(_project_facets().get("area", ()))
    upper = [area for area in areas if area.value.count("/") < 2]
    above = {area.value.rpartition("/")[0] for area in upper}
    return [area for area in upper if area.value not in above][:EXAMPLES]
