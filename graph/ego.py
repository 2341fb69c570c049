"""What surrounds a thing: the things one or two links away, small enough to be drawn."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graph.links import Network
from graph.network import Step, find_node, network, step
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
    graph, middle = network(store), find_node(store, text)
    around = _Around(graph, frozenset(without), middle)
    distances = around.within(min(depth, DEEPEST))
    nearest = _chosen(around, distances, most)
    # One node more never makes the whole smaller: the fold that it can end is one.
    sizes = range(1, len(nearest) + 1)
    fitting = bisect_right(sizes, most, key=lambda n: n + len(_folded(around, nearest[:n], distances)))
    shown = nearest[: max(1, fitting)]
    hidden = _folded(around, shown, distances)
    return Ego(
        graph.thing(middle),
        tuple(EgoNode(graph.thing(node), distances[node]) for node in shown),
        tuple(_links(around, shown)),
        tuple(Folded(graph.thing(at), sum(kinds.values()), tuple(sorted(kinds.items()))) for at, kinds in hidden),
        len(distances),
    )


@dataclass(frozen=True)
class _Around:
    """The network about a middle, without things of some kinds."""

    graph: Network
    without: frozenset[str]
    middle: int
    _known: dict[int, list[int]] = field(default_factory=dict)

    def others(self, node: int) -> list[int]:
        """Return what a thing is linked with."""
        if node not in self._known:
            kind = self.graph.kind
            found = self.graph.others(node)
            if self.without:
                found = [other for other in found if other == self.middle or kind(other) not in self.without]
            self._known[node] = found
        return self._known[node]

    def within(self, depth: int) -> dict[int, int]:
        """Return the distances of all that lie so many links or fewer from the middle."""
        distances, fringe = {self.middle: 0}, [self.middle]
        for distance in range(1, depth + 1):
            reached = dict.fromkeys(other for node in fringe for other in self.others(node) if other not in distances)
            distances.update(dict.fromkeys(reached, distance))
            fringe = list(reached)
        return distances


def _chosen(around: _Around, distances: dict[int, int], most: int) -> list[int]:
    """Return the nodes to show, in the order in which they would be given up last to first."""

    def rank(node: int) -> tuple[int, int, int, int]:
        degree = len(around.others(node)) if around.without else around.graph.degree(node)
        return distances[node], _ORDER[around.graph.kind(node)], -degree, node

    return sorted(distances, key=rank)[:most]


def _folded(around: _Around, shown: list[int], distances: dict[int, int]) -> list[tuple[int, "Counter[str]"]]:
    """Return what is not shown, each thing once, at the nearest shown thing that it is linked with."""
    places = {node: place for place, node in enumerate(shown)}
    at: dict[int, Counter[str]] = {}
    for node in distances.keys() - places.keys():
        near = [places[other] for other in around.others(node) if other in places]
        place = shown[min(near)] if near else shown[0]
        at.setdefault(place, Counter())[around.graph.kind(node)] += 1
    return sorted(at.items(), key=lambda each: places[each[0]])


def _links(around: _Around, shown: list[int]) -> Iterator[Step]:
    inside = set(shown)
    pairs = sorted({(min(one, end), max(one, end)) for one in shown for end in around.others(one) if end in inside})
    for pair in pairs:
        link = around.graph.between(*pair)
        yield step(around.graph, link.start, link.end)
