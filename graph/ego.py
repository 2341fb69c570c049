"""What surrounds a thing: the things one or two links away, small enough to be drawn."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import networkx as nx

from graph.network import Step, find_thing, network, steps_between, thing_of
from graph.stores import Store
from graph.things import Thing

_ORDER = {"project": 0, "department": 1, "municipality": 2, "area": 3, "document": 4}
"""Projects first: they are what joins municipalities."""
MOST_NODES = 60
"""Nodes of a picture, those that stand for folded things included."""
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class EgoNode:
    """A thing and how many links it is away from the middle."""

    thing: Thing
    distance: int


@dataclass(frozen=True, slots=True)
class Folded:
    """``count`` further things that ``at`` is linked with and that are not shown (ほか n 件), by kind."""

    at: Thing
    count: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Ego:
    """A thing, what is around it, the links between all that is shown, and what is folded away."""

    centre: Thing
    nodes: tuple[EgoNode, ...]
    links: tuple[Step, ...]
    folded: tuple[Folded, ...]
    total: int
    """How many things lie within the depth asked for, the middle included."""


def ego(store: Store, text: str, depth: int = 1, *, most: int = MOST_NODES, without: Collection[str] = ()) -> Ego:
    """Return what lies within ``depth`` (1 or 2) links of a thing, in at most ``most`` nodes, folds counted.

    The nearest come first, then projects, then those with most links. Things of the kinds in ``without`` are left out.
    Raises ``UnknownThing`` and ``AmbiguousThing``.
    """
    graph = network(store)
    middle = find_thing(store, text)
    kept = [node for node in graph if graph.nodes[node]["kind"] not in without or node == middle]
    around = graph.subgraph(kept) if without else graph
    distances: dict[str, int] = nx.single_source_shortest_path_length(around, middle, cutoff=min(depth, DEEPEST))
    nearest = _chosen(around, distances, most)
    # One node more never makes the whole smaller: the fold that it can end is one.
    sizes = range(1, len(nearest) + 1)
    fitting = bisect_right(sizes, most, key=lambda n: n + len(_folded(around, nearest[:n], distances)))
    shown = nearest[: max(1, fitting)]
    hidden = _folded(around, shown, distances)
    return Ego(
        thing_of(store, middle),
        tuple(EgoNode(thing_of(store, node), distances[node]) for node in shown),
        tuple(_links(around, shown)),
        tuple(Folded(thing_of(store, at), sum(kinds.values()), tuple(sorted(kinds.items()))) for at, kinds in hidden),
        len(distances),
    )


def _chosen(graph: "nx.Graph[str]", distances: dict[str, int], most: int) -> list[str]:
    """Return the nodes to show, in the order in which they would be given up last to first."""

    def rank(node: str) -> tuple[int, int, int, str]:
        return distances[node], _ORDER[graph.nodes[node]["kind"]], -graph.degree(node), node

    return sorted(distances, key=rank)[:most]


def _folded(graph: "nx.Graph[str]", shown: list[str], distances: dict[str, int]) -> list[tuple[str, "Counter[str]"]]:
    """Return what is not shown, each thing once, at the nearest shown thing that it is linked with."""
    places = {node: place for place, node in enumerate(shown)}
    at: dict[str, Counter[str]] = {}
    for node in distances.keys() - places.keys():
        near = [places[other] for other in graph[node] if other in places]
        place = shown[min(near)] if near else shown[0]
        at.setdefault(place, Counter())[graph.nodes[node]["kind"]] += 1
    return sorted(at.items(), key=lambda each: places[each[0]])


def _links(graph: "nx.Graph[str]", shown: list[str]) -> Iterator[Step]:
    for start, end in sorted(graph.subgraph(shown).edges):
        pair = [start, end] if graph.edges[start, end]["start"] == start else [end, start]
        yield from steps_between(graph, pair)
