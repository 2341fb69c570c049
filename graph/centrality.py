"""Who is in the middle, and who belongs together: measures over the units that share projects."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import Any, cast

import networkx as nx

from graph.cooperation import Cooperation, cooperation
from graph.stores import Store
from graph.things import ProjectRef, Unit

_EXACT = 2000
"""Up to so many units betweenness is exact; beyond, it is estimated from a sample with a fixed seed."""
_SAMPLE = 256
_SEED = 0


@dataclass(frozen=True, slots=True)
class Central:
    """A unit, how many units it works with on how many projects, and the part of shortest ways that lead over it."""

    unit: Unit
    partners: int
    projects: int
    betweenness: float


@dataclass(frozen=True, slots=True)
class Community:
    """Units that work together more than with others, and why: the areas of their shared projects, most first."""

    units: tuple[Unit, ...]
    projects: int
    areas: tuple[tuple[str, int], ...]


def _projection(table: Cooperation) -> "nx.Graph[str]":
    """Return the units that share projects, each pair with the number of these."""
    shared = Counter(pair for units in table.in_charge.values() for pair in combinations(units, 2))
    graph: nx.Graph[str] = nx.Graph()
    for (a, b), count in sorted(shared.items()):
        graph.add_edge(a, b, weight=count)
    return graph


def central(store: Store) -> list[Central]:
    """Return the units that share projects, those with most partners first, then those most often in between."""
    memo = store.memo
    if "central" not in memo:
        table = cooperation(store)
        graph = _projection(table)
        sample = None if len(graph) <= _EXACT else _SAMPLE
        between = nx.betweenness_centrality(graph, k=sample, seed=_SEED)
        found = [
            Central(table.units[unit], degree, len(table.projects_of[unit]), round(between[unit], 6))
            for unit, degree in graph.degree()
        ]
        memo["central"] = sorted(found, key=lambda each: (-each.partners, -each.betweenness, each.unit.id))
    return cast("list[Central]", memo["central"])


def communities(store: Store) -> list[Community]:
    """Return groups of units that work together (Louvain method, fixed seed), the largest first."""
    table = cooperation(store)
    graph = _projection(table)
    # Numbers instead of names: the method iterates over sets, whose order for strings differs between processes.
    names = list(graph)
    numbered = nx.relabel_nodes(graph, {name: number for number, name in enumerate(names)})
    groups: Any = nx.community.louvain_communities(numbered, weight="weight", seed=_SEED)
    found = [_community(table, sorted(names[number] for number in group)) for group in groups]
    return sorted(found, key=lambda each: (-len(each.units), -each.projects, each.units[0].id))


def _community(table: Cooperation, units: list[str]) -> Community:
    inside = set(units)
    shared = [project for project, own in table.in_charge.items() if len(inside.intersection(own)) > 1]
    areas = Counter(table.areas[project][-1] for project in shared if table.areas[project])
    most = sorted(areas.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    return Community(tuple(table.units[unit] for unit in units), len(shared), tuple(most))


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


def bridges(store: Store) -> Bridges:
    """Return the units and the links whose loss would cut units that work together off from one another."""
    table = cooperation(store)
    graph = _projection(table)
    between = {each.unit.id: each.betweenness for each in central(store)}
    units = [Bridge(table.units[unit], between[unit], _parts(graph, unit)) for unit in nx.articulation_points(graph)]
    links = [_weak(table, graph, *sorted(pair)) for pair in nx.bridges(graph)]
    return Bridges(
        tuple(sorted(units, key=lambda each: (-sum(each.parts[1:]), -each.betweenness, each.unit.id))),
        tuple(sorted(links, key=lambda each: (-min(each.sizes), each.a.id, each.b.id))),
    )


def _parts(graph: "nx.Graph[str]", unit: str) -> tuple[int, ...]:
    """Return the sizes of what is left of a unit's part of the network without it."""
    whole = graph.subgraph(nx.node_connected_component(graph, unit) - {unit})
    return tuple(sorted(map(len, nx.connected_components(whole)), reverse=True))


def _weak(table: Cooperation, graph: "nx.Graph[str]", a: str, b: str) -> WeakLink:
    cut = nx.restricted_view(graph, [], [(a, b)])
    sizes = len(nx.node_connected_component(cut, a)), len(nx.node_connected_component(cut, b))
    shared = set(table.projects_of[a]) & set(table.projects_of[b])
    both = [project for project in shared if {a, b} <= set(table.in_charge[project])]
    return WeakLink(table.units[a], table.units[b], table.refs(both), sizes)
