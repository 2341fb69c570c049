"""What pictures of networks show: nodes in groups, links between them, and an order that crosses few links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_NODES = 60
"""Nodes of one picture; what is beyond is folded into one node that says how many there are."""

_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its words, a small line above them, the address of its page, the number of its colour."""

    key: str
    label: str
    note: str = ""
    address: str | None = None
    colour: int = 10
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes that have something to do with each other; ``title`` says what, ``weight`` how much."""

    a: str
    b: str
    weight: int = 1
    title: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Nodes of one kind under a heading."""

    heading: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A network to be shown: its title, its groups of nodes, its links, and how many of both were left out."""

    title: str
    groups: tuple[Column, ...]
    links: tuple[Link, ...]
    left_out: int = 0
    links_left_out: int = 0
    around: str | None = None

    @property
    def nodes(self) -> dict[str, Node]:
        """The nodes by key."""
        return {node.key: node for group in self.groups for node in group.nodes}

    @property
    def shown(self) -> list[Link]:
        """The links between nodes of the picture, the heaviest first."""
        return sorted(between(self.nodes, self.links), key=lambda link: -link.weight)


def untangled(columns: Sequence[Column], links: Sequence[Link]) -> list[Column]:
    """Order the nodes of each column by the places of those they are linked with, to and fro; ties keep their order."""
    if all(len(column.nodes) < 2 for column in columns):
        return list(columns)
    order = [list(column.nodes) for column in columns]
    near: dict[str, list[tuple[str, int]]] = {}
    for link in links:
        near.setdefault(link.a, []).append((link.b, link.weight))
        near.setdefault(link.b, []).append((link.a, link.weight))
    for sweep in range(_SWEEPS):
        places = range(len(order)) if sweep % 2 else range(len(order) - 1, -1, -1)
        for place in places:
            heights = _heights([nodes for other, nodes in enumerate(order) if other != place])
            order[place].sort(key=lambda node: _middle(node, near, heights))
    return [Column(column.heading, tuple(nodes)) for column, nodes in zip(columns, order, strict=True)]


def folded(nodes: Sequence[Node], most: int, rest: Node | None) -> tuple[Node, ...]:
    """Keep the first nodes; ``rest`` stands for the others, where there are more than fit."""
    if len(nodes) <= most or rest is None:
        return tuple(nodes[:most])
    return (*nodes[: most - 1], rest)


def between(nodes: Mapping[str, Node], links: Sequence[Link]) -> list[Link]:
    """Keep the links whose ends are both shown."""
    return [link for link in links if link.a in nodes and link.b in nodes]


def _heights(columns: Sequence[Sequence[Node]]) -> dict[str, float]:
    return {node.key: (n + 0.5) / len(nodes) for nodes in columns for n, node in enumerate(nodes)}


def _middle(node: Node, near: Mapping[str, list[tuple[str, int]]], heights: Mapping[str, float]) -> float:
    found = [(heights[key], weight) for key, weight in near.get(node.key, ()) if key in heights]
    total = sum(weight for _, weight in found)
    return sum(height * weight for height, weight in found) / total if total else 1.0
