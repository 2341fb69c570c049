"""The front page: a search box, what the library holds in numbers, the ways in, and questions to begin with."""

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
    years = directory.years
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


def _fields() -> list[FacetValue]:
    page = opened().index.search(parse("", filters=[("type", "project")], limit=1))
    areas = [value for facet in page.facets if facet.name == "area" for value in facet.values]
    upper = [area for area in areas if area.value.count("/") < 2]
    above = {area.value.rpartition("/")[0] for area in upper}
    return [area for area in upper if area.value not in above][:EXAMPLES]
