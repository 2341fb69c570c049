"""What a network falls apart without: single nodes and single links, and how large the parts left would be.

Tarjan, "A note on finding the bridges of a graph" (1974): one walk, each link looked at twice, whatever the network's size.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cuts:
    """Nodes with the sizes of the parts left without them, largest first; links with the sizes of their two sides.

    ``parts`` has the nodes of each connected part, sorted.
    """

    parts: Sequence[Sequence[int]]
    nodes: Mapping[int, tuple[int, ...]]
    links: Mapping[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk over one connected part, deep first: its nodes as they were reached, their places, and from where each was.

    ``low`` has for each node the earliest place that it and those reached over it are linked with, ``below`` how many
    they are.
    """

    order: Sequence[int]
    place: Mapping[int, int]
    above: Mapping[int, int]
    low: Mapping[int, int]
    below: Mapping[int, int]


def cuts(others: Sequence[Sequence[int]]) -> Cuts:
    """Return what holds a network together; ``others`` has what each node is linked with, each once and not itself."""
    parts: list[list[int]] = []
    nodes: dict[int, tuple[int, ...]] = {}
    links: dict[tuple[int, int], tuple[int, int]] = {}
    seen: set[int] = set()
    for root in range(len(others)):
        if root not in seen:
            walk = _walked(others, root)
            seen.update(walk.order)
            parts.append(sorted(walk.order))
            nodes |= _nodes(walk)
            links |= _links(walk)
    return Cuts(parts, nodes, links)


def _nodes(walk: _Walk) -> dict[int, tuple[int, ...]]:
    off = defaultdict[int, list[int]](list)
    for node, above in walk.above.items():
        if walk.low[node] >= walk.place[above]:
            off[above].append(walk.below[node])
    found = {}
    for node, sizes in off.items():
        left = len(walk.order) - 1 - sum(sizes)
        if left or len(sizes) > 1:
            found[node] = tuple(sorted([*sizes, left] if left else sizes, reverse=True))
    return found


def _links(walk: _Walk) -> dict[tuple[int, int], tuple[int, int]]:
    found = {}
    for node, above in walk.above.items():
        if walk.low[node] > walk.place[above]:
            sizes = {node: walk.below[node], above: len(walk.order) - walk.below[node]}
            one, other = sorted(sizes)
            found[one, other] = sizes[one], sizes[other]
    return found


def _walked(others: Sequence[Sequence[int]], root: int) -> _Walk:
    """Walk without recursion: a network can be deeper than Python lets functions call each other."""
    order, above, place = [root], dict[int, int](), {root: 0}
    waiting = [iter(others[root])]
    way = [root]
    while way:
        node = next((each for each in waiting[-1] if each not in place), None)
        if node is None:
            way.pop()
            waiting.pop()
            continue
        above[node], place[node] = way[-1], len(order)
        order.append(node)
        way.append(node)
        waiting.append(iter(others[node]))
    low, below = dict(place), dict.fromkeys(order, 1)
    for node in reversed(order):
        over = above.get(node)
        low[node] = min([low[node], *(place[each] for each in others[node] if each != over)])
        if over is not None:
            low[over] = min(low[over], low[node])
            below[over] += below[node]
    return _Walk(order, place, above, low, below)
