"""The network as a picture: what stands around one thing, or who works with whom in all; as data too."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from graph.ego import DEEPEST
from web.directory import Directory
from web.errors import BadParameter, UnknownPlace
from web.pages import surroundings
from web.pages.choices import understand
from web.pages.egos import within_two
from web.pages.frame import link, opened, say
from web.pages.network_data import as_csv, as_graphml, as_json
from web.pages.paging import whole_number
from web.pages.relations import chosen_area, chosen_municipalities, pairs_of
from web.pictures import columns, wheel
from web.pictures.network import MOST_NODES, Column, Link, Network, Node
from web.sharing import Ties, owner_of
from web.strongest import Strongest, strongest

pages = Blueprint("network", __name__)

VIEWS = ("municipality", "department", "document")

MOST_PLACES = 24
"""Municipalities beside documents."""

MOST_LINKS = 80
"""Links of one picture: more would cover one another."""

MOST_DATA, MOST_DATA_LINKS = 5000, 100_000
"""Nodes and links of a network that is handed out as data."""


@pages.get("/relations/graph")
def graph() -> ResponseReturnValue:
    """Show the network that the address asks for, and the same as a table."""
    understand("municipality", "area", "least")
    found, directory = asked(), opened().directory
    return render_template(
        "graph.html",
        trail=[(say("nav.relations"), link("relations.overview")), (found.title, None)],
        network=found,
        picture=draw(found),
        legend=legend(found),
        view=_view(),
        of=request.args.get("of") or None,
        depth=_depth(),
        chosen=chosen_municipalities(),
        area=request.args.get("area") or None,
        least=_least(),
        explorer=explorer_installed(),
        owner_of=lambda key: directory.name(owner_of(key)) if key in directory.departments else "",
    )


@pages.get("/relations/explorer")
def explorer() -> str:
    """Show the page in which a network can be moved, narrowed and widened, where its library is installed."""
    return render_template(
        "explorer.html",
        trail=[(say("nav.relations"), link("relations.overview")), (say("explorer.title"), None)],
        view=request.args.get("view") or "department",
        of=request.args.get("of") or None,
        area=request.args.get("area") or None,
        installed=explorer_installed(),
    )


def explorer_installed() -> bool:
    """Tell whether the library of the explorer was fetched when the service was installed."""
    return (Path(str(current_app.static_folder)) / "built" / "cytoscape.min.js").is_file()


@pages.get("/relations/graph.<form>")
def data(form: str) -> Response:
    """Hand out the network of the address as a picture or as data."""
    if form not in FORMS:
        raise UnknownPlace("graph", form)
    media_type, write = FORMS[form]
    response = make_response(write(asked(MOST_NODES if form == "svg" else MOST_DATA)))
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="renkei-network.{form}"'
    return response


def asked(most: int = MOST_NODES) -> Network:
    """Return the network that this request's address asks for, with ``most`` nodes at most.

    Raises ``BadParameter`` and ``UnknownPlace``.
    """
    of = request.args.get("of")
    if of:
        return within_two(opened().directory, of) if _depth() == DEEPEST else around(opened().directory, of)
    directory, chosen, area = opened().directory, chosen_municipalities(), chosen_area()
    if _view() == "document":
        return memberships(directory, directory.newest[:MOST_PLACES])
    asked_for = (_view(), tuple(chosen), area, _least(), most)
    return _network(opened().sharing.kept.answer(("network", *asked_for), lambda: _strongest(*asked_for)))


def around(directory: Directory, of: str) -> Network:
    """Return the surroundings of a thing as a network."""
    found = surroundings.around(directory, of)
    title = say("graph.around", name=found.label)
    return Network(title, found.columns, found.links, around=of)


def memberships(directory: Directory, documents: Sequence[str]) -> Network:
    """Return which municipalities some documents are of, as a network of two columns."""
    owners = {
        key: [d for d in dict.fromkeys(party.document for party in entry.parties) if d in documents]
        for key, entry in directory.municipalities.items()
    }
    heads = [
        Node(key, head.title, say(f"kind.{head.kind}"), link("documents.one", document=key))
        for key in documents
        for head in [directory.documents[key]]
    ]
    places = [surroundings.municipality_node(directory, key) for key, found in owners.items() if found]
    links = [Link(document, key) for key, found in owners.items() for document in found]
    groups = (
        Column(say("nav.documents"), tuple(heads)),
        Column(say("nav.municipalities"), tuple(places[:MOST_PLACES])),
    )
    return Network(say("graph.memberships"), groups, tuple(links), len(places[MOST_PLACES:]), around="memberships")


def described(network: Network) -> str:
    """Return what a picture of a network shows, for those who do not see it."""
    return say("graph.description", nodes=len(network.nodes), links=len(network.shown))


def draw(network: Network, *, named: bool = False) -> Markup:
    """Draw a network: in columns around one thing, on an oval as a whole; ``named`` with its legend inside."""
    title, description = network.title, described(network)
    names = legend(network) if named else []
    if network.around:
        return columns.draw(network.groups, network.links, title=title, description=description, named=names)
    return wheel.draw(network.groups, network.shown, title=title, description=description, named=names)


def legend(network: Network) -> list[tuple[str, int]]:
    """Return the municipalities whose colours a picture uses, each with the number of its colour.

    Where every node is a municipality, its name stands beside it, and nothing needs to be explained.
    """
    directory = opened().directory
    if network.nodes.keys() <= directory.municipalities.keys():
        return []
    owners = dict.fromkeys(owner_of(key) for key in network.nodes)
    return [(directory.name(key), directory.places[key]) for key in owners if key in directory.places]


def _view() -> str:
    view = request.args.get("view") or VIEWS[0]
    if view not in VIEWS:
        raise BadParameter("view", view, ", ".join(VIEWS))
    return view


def _depth() -> int:
    """Return how many links away from the thing in the middle the address asks for."""
    return whole_number(request.args, "depth", 1, 1, DEEPEST)


def _least() -> int:
    return whole_number(request.args, "least", 1, 1, 1000)


def _between_municipalities(chosen: Sequence[str], area: str | None) -> Ties:
    ties = opened().sharing.ties(area)
    return {pair: ids for pair, ids in ties.items() if set(chosen) & set(pair)} if chosen else ties


def _between_departments(chosen: Sequence[str], area: str | None) -> Ties:
    return {(p.a.id, p.b.id): frozenset(each.id for each in p.projects) for p in pairs_of(chosen, area, None)}


def _strongest(view: str, chosen: Sequence[str], area: str | None, least: int, most: int) -> Strongest:
    ties = _between_departments(chosen, area) if view == "department" else _between_municipalities(chosen, area)
    return strongest(ties, least, most, MOST_LINKS if most == MOST_NODES else MOST_DATA_LINKS)


def _network(found: Strongest) -> Network:
    """Name the nodes and links of a network, grouped by municipality."""
    directory = opened().directory
    groups: dict[str, list[Node]] = {}
    for key in sorted(found.weights, key=lambda k: directory.places[owner_of(k)]):
        groups.setdefault(owner_of(key), []).append(_node(directory, key, found.weights[key]))
    columns_of = tuple(Column(directory.name(owner), tuple(nodes)) for owner, nodes in groups.items())
    links = tuple(
        Link(a, b, n, say("graph.shared", a=_full_name(a), b=_full_name(b), n=n)) for (a, b), n in found.links
    )
    return Network(say(f"graph.whole_{_view()}"), columns_of, links, found.nodes_left_out, found.links_left_out)


def _full_name(key: str) -> str:
    directory = opened().directory
    unit = directory.departments.get(key)
    return f"{directory.name(owner_of(key))}{unit.label if unit else ''}"


def _node(directory: Directory, key: str, weight: int) -> Node:
    unit = directory.departments.get(key)
    node = surroundings.department_node(directory, unit) if unit else surroundings.municipality_node(directory, key)
    return replace(node, note=say("count.items", n=weight))


FORMS: dict[str, tuple[str, Callable[[Network], str | bytes]]] = {
    "svg": ("image/svg+xml; charset=utf-8", lambda network: str(draw(network, named=True))),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "graphml": ("application/graphml+xml; charset=utf-8", as_graphml),
}
"""What a network is handed out as, by the end of its address."""
