"""Who is in the middle, and who belongs together: measures over the units that share projects.

They look at the whole network, so they are worked out when the graph of a state is built (``graph.prepared``).
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from graph.betweenness import betweenness
from graph.columns import Column
from graph.cooperation import Cooperation, cooperation
from graph.cuts import Cuts, cuts
from graph.prepared import packed, ready
from graph.stores import Store
from graph.things import ProjectRef, Unit

_SEED = 0


@dataclass(frozen=True, slots=True)
class Central:
    """A unit, how many units it works with on how many projects, and the part of shortest ways that lead over it.

    ``estimated`` tells that this part was estimated from a sample of the shortest ways, as the network is too large.
    """

    unit: Unit
    partners: int
    projects: int
    betweenness: float
    estimated: bool


@dataclass(frozen=True, slots=True)
class Community:
    """Units that work together more than with others, and why: the areas of their shared projects, most first."""

    units: tuple[Unit, ...]
    projects: int
    areas: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A unit without which others would no longer be joined: the sizes of the parts that would be left, largest first."""

    unit: Unit
    betweenness: float
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeakLink:
    """Two units whose shared projects alone join two parts of the network, and how many units each part has."""

    a: Unit
    b: Unit
    projects: tuple[ProjectRef, ...]
    sizes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bridges:
    """What holds the network together: units and single links, those that join most first."""

    units: tuple[Bridge, ...]
    links: tuple[WeakLink, ...]


def central(store: Store) -> list[Central]:
    """Return the units that share projects, those with most partners first, then those most often in between."""
    return ready(store, "central", list[Central], lambda: _Projection(cooperation(store)).central)


def bridges(store: Store) -> Bridges:
    """Return the units and the links whose loss would cut units that work together off from one another."""
    return ready(store, "bridges", Bridges, lambda: _Projection(cooperation(store)).bridges())


def communities(store: Store) -> list[Community]:
    """Return groups of units that work together (Louvain method, fixed seed), the largest first."""
    return ready(store, "communities", list[Community], lambda: _Projection(cooperation(store)).communities())


def measured(table: Cooperation) -> dict[str, Column]:
    """Return the answers to these questions as columns that a state keeps."""
    found = _Projection(table)
    return {
        "central": packed(found.central),
        "bridges": packed(found.bridges()),
        "communities": packed(found.communities()),
    }


class _Projection:
    """The units that share projects, numbered in the order of their ids, each pair with the number of these."""

    def __init__(self, table: Cooperation) -> None:
        self._table = table
        shared = Counter(pair for units in table.in_charge.values() for pair in combinations(units, 2))
        self._names = sorted({unit for pair in shared for unit in pair})
        numbers = {name: number for number, name in enumerate(self._names)}
        self._shared = {(numbers[a], numbers[b]): count for (a, b), count in sorted(shared.items())}

    @cached_property
    def _others(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self._names]
        for a, b in self._shared:
            found[a].append(b)
            found[b].append(a)
        return found

    @cached_property
    def _cuts(self) -> Cuts:
        return cuts(self._others)

    @cached_property
    def _between(self) -> tuple[list[float], set[int]]:
        found, estimated = betweenness(self._others, self._cuts.parts)
        return [round(each, 6) for each in found], estimated

    def _unit(self, number: int) -> Unit:
        return self._table.units[self._names[number]]

    @cached_property
    def central(self) -> list[Central]:
        between, estimated = self._between
        found = [
            Central(
                self._table.units[name],
                len(self._others[number]),
                len(self._table.projects_of[name]),
                between[number],
                number in estimated,
            )
            for number, name in enumerate(self._names)
        ]
        return sorted(found, key=lambda each: (-each.partners, -each.betweenness, each.unit.id))

    def bridges(self) -> Bridges:
        between, _ = self._between
        units = [Bridge(self._unit(number), between[number], parts) for number, parts in self._cuts.nodes.items()]
        links = [self._weak(*pair, sizes) for pair, sizes in self._cuts.links.items()]
        return Bridges(
            tuple(sorted(units, key=lambda each: (-sum(each.parts[1:]), -each.betweenness, each.unit.id))),
            tuple(sorted(links, key=lambda each: (-min(each.sizes), each.a.id, each.b.id))),
        )

    def _weak(self, a: int, b: int, sizes: tuple[int, int]) -> WeakLink:
        one, other = self._unit(a), self._unit(b)
        shared = set(self._table.projects_of[one.id]) & set(self._table.projects_of[other.id])
        both = [project for project in shared if {one.id, other.id} <= set(self._table.in_charge[project])]
        return WeakLink(one, other, self._table.refs(both), sizes)

    def communities(self) -> list[Community]:
        import networkx as nx  # noqa: PLC0415  takes a moment to load, which only those who build a graph spend

        graph: nx.Graph[int] = nx.Graph()
        graph.add_weighted_edges_from((a, b, count) for (a, b), count in self._shared.items())
        groups: Any = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
        group_of = {self._names[node]: number for number, group in enumerate(groups) for node in group}
        shared: list[list[str]] = [[] for _ in groups]
        for project, units in self._table.in_charge.items():
            inside = Counter(group_of[unit] for unit in units if unit in group_of)
            for number, count in inside.items():
                if count > 1:
                    shared[number].append(project)
        found = [self._community(sorted(group), projects) for group, projects in zip(groups, shared, strict=True)]
        return sorted(found, key=lambda each: (-len(each.units), -each.projects, each.units[0].id))

    def _community(self, group: list[int], shared: list[str]) -> Community:
        areas = Counter(self._table.areas[project][-1] for project in shared if self._table.areas[project])
        most = sorted(areas.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        return Community(tuple(map(self._unit, group)), len(shared), tuple(most))
