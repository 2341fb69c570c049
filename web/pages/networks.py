"""The network as a picture: what stands around one thing, or who works with whom in all; as data too."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from web.directory import Directory
from web.errors import BadParameter, UnknownPlace
from web.pages import surroundings
from web.pages.frame import link, opened, say
from web.pages.network_data import as_csv, as_graphml, as_json
from web.pages.paging import whole_number
from web.pages.relations import chosen_municipalities, municipality_of, pairs_of
from web.pictures import columns, wheel
from web.pictures.network import MOST_NODES, Column, Link, Network, Node

pages = Blueprint("network", __name__)

VIEWS = ("municipality", "department", "document")

MOST_PLACES = 24
"""Municipalities beside documents."""

MOST_DATA = 5000
"""Nodes of a network that is handed out as data."""


@pages.get("/relations/graph")
def graph() -> ResponseReturnValue:
    """Show the network that the address asks for, and the same as a table."""
    found, directory = asked(), opened().directory
    return render_template(
        "graph.html",
        trail=[(say("nav.relations"), link("relations.overview")), (found.title, None)],
        network=found,
        picture=draw(found),
        legend=legend(found),
        view=_view(),
        of=request.args.get("of") or None,
        chosen=chosen_municipalities(),
        area=request.args.get("area") or None,
        areas=sorted({label for p in opened().directory.projects.values() for label in p.area}),
        least=_least(),
        explorer=explorer_installed(),
        owner_of=lambda key: directory.name(municipality_of(key)) if key in directory.departments else "",
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
        areas=sorted({label for p in opened().directory.projects.values() for label in p.area}),
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
        return around(opened().directory, of)
    directory, chosen, area = opened().directory, chosen_municipalities(), request.args.get("area") or None
    if _view() == "document":
        return memberships(directory, newest(directory, MOST_PLACES))
    links = _departments(chosen, area) if _view() == "department" else _municipalities(directory, chosen, area)
    return _whole(directory, [each for each in links if each.weight >= _least()], most)


def around(directory: Directory, of: str) -> Network:
    """Return the surroundings of a thing as a network."""
    found = surroundings.around(directory, of)
    title = say("graph.around", name=found.label)
    return Network(title, found.columns, found.links, around=of)


def newest(directory: Directory, most: int) -> list[str]:
    """Return the ids of the newest documents."""
    return sorted(directory.documents, key=lambda key: (directory.documents[key].issued or "", key), reverse=True)[
        :most
    ]


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
    owners = dict.fromkeys(municipality_of(key) for key in network.nodes)
    return [(directory.name(key), directory.places[key]) for key in owners if key in directory.places]


def _view() -> str:
    view = request.args.get("view") or VIEWS[0]
    if view not in VIEWS:
        raise BadParameter("view", view, ", ".join(VIEWS))
    return view


def _least() -> int:
    return whole_number(request.args, "least", 1, 1, 1000)


def _municipalities(directory: Directory, chosen: Sequence[str], area: str | None) -> list[Link]:
    projects = [p for p in directory.projects.values() if area is None or area in p.area]
    shared: dict[tuple[str, str], set[str]] = {}
    for p in projects:
        for pair in combinations(sorted(p.municipalities), 2):
            shared.setdefault(pair, set()).add(p.id)
    return [
        Link(a, b, len(ids), _shared(directory.name(a), directory.name(b), len(ids)), frozenset(ids))
        for (a, b), ids in shared.items()
        if not chosen or {a, b} & set(chosen)
    ]


def _departments(chosen: Sequence[str], area: str | None) -> list[Link]:
    pairs = pairs_of(list(chosen), area, None)
    return [
        Link(p.a.id, p.b.id, p.count, _shared(p.a.label, p.b.label, p.count), frozenset(each.id for each in p.projects))
        for p in pairs
    ]


def _shared(a: str, b: str, n: int) -> str:
    return say("graph.shared", a=a, b=b, n=n)


def _whole(directory: Directory, links: Sequence[Link], most: int) -> Network:
    """Keep the nodes with most shared projects, grouped by municipality, as many as one picture holds.

    A project of three partners stands for two links of each of them; each counts it once.
    """
    shared: dict[str, set[str]] = {}
    for each in links:
        for key in (each.a, each.b):
            shared.setdefault(key, set()).update(each.of)
    weights = Counter({key: len(found) for key, found in shared.items()})
    kept = [key for key, _ in weights.most_common(most)]
    groups: dict[str, list[Node]] = {}
    for key in sorted(kept, key=lambda k: directory.places[municipality_of(k)]):
        groups.setdefault(municipality_of(key), []).append(_node(directory, key, weights[key]))
    found = tuple(Column(directory.name(owner), tuple(nodes)) for owner, nodes in groups.items())
    return Network(say(f"graph.whole_{_view()}"), found, tuple(links), len(weights) - len(kept))


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
