"""What belongs to a thing: the projects, areas, documents, municipalities and departments that it has to do with.

Read off the network once for each content of a store; a department stands for those below it, an area for those below
it, a municipality for its departments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import networkx as nx

from graph.namespaces import DCTERMS, ORG, RK, SKOS
from graph.network import network
from graph.stores import Store

KINDS = ("project", "area", "document", "municipality", "department")
"""The kinds of things that two things can share, in the order of answers."""


@dataclass(frozen=True)
class Reach:
    """The links of a network by what they mean; all keys and values are IRIs."""

    kinds: Mapping[str, str]
    links: Mapping[str, Mapping[str, frozenset[str]]]

    def of(self, thing: str, kind: str) -> frozenset[str]:
        """Return the things of a kind that a thing has to do with, itself included where it is of that kind."""
        own = self.kinds[thing]
        if kind == "project":
            return frozenset(self._projects(thing))
        found = {thing} if own == kind else set()
        if own == "document" and kind == "municipality":
            found |= self._next(thing, "party")
        if own == "municipality" and kind == "document":
            found |= self._next(thing, "party back")
        if own == kind == "department":
            found |= set(self._down(thing, "below"))
        if own == "municipality" and kind == "department":
            found |= {unit for top in self._next(thing, "units") for unit in self._down(top, "below")}
        for project in self._projects(thing):
            found |= self._of_project(project, kind)
        return frozenset(found)

    def _of_project(self, project: str, kind: str) -> frozenset[str]:
        if kind == "area":
            return frozenset(above for area in self._next(project, kind) for above in self._down(area, "above"))
        return self._next(project, kind)

    def _projects(self, thing: str) -> Iterator[str]:
        kind = self.kinds[thing]
        if kind == "project":
            yield thing
        elif kind in {"department", "area"}:
            for below in self._down(thing, "below"):
                yield from self._next(below, "projects")
        else:
            yield from self._next(thing, "projects")

    def _next(self, thing: str, link: str) -> frozenset[str]:
        return self.links[link].get(thing, frozenset())

    def _down(self, thing: str, link: str) -> Iterator[str]:
        """Yield a thing and all that one kind of link leads to from it, each once."""
        seen, waiting = {thing}, [thing]
        while waiting:
            here = waiting.pop()
            yield here
            new = self._next(here, link) - seen
            seen |= new
            waiting += new


_FORWARD = {
    RK.responsibleUnit.value: "department",
    RK.municipality.value: "municipality",
    DCTERMS.subject.value: "area",
    DCTERMS.isPartOf.value: "document",
    SKOS.broader.value: "above",
    ORG.subOrganizationOf.value: "above",
    ORG.unitOf.value: "of",
    "party": "party",
}
_BACK = {"above": "below", "of": "units", "party": "party back"}


def reach(store: Store) -> Reach:
    """Return what belongs to what in a store, read once for each content of it."""
    memo = store.memo
    if "reach" not in memo:
        memo["reach"] = _read(network(store))
    return cast("Reach", memo["reach"])


def _read(graph: "nx.Graph[str]") -> Reach:
    links: dict[str, dict[str, set[str]]] = {name: {} for name in (*_FORWARD.values(), *_BACK.values(), "projects")}
    for one, other, link in graph.edges(data=True):
        start, end = (one, other) if link["start"] == one else (other, one)
        forward = _FORWARD[link["relation"]]
        links[forward].setdefault(start, set()).add(end)
        links[_BACK.get(forward, "projects")].setdefault(end, set()).add(start)
    kinds = {iri: str(graph.nodes[iri]["kind"]) for iri in graph}
    return Reach(kinds, {name: {key: frozenset(to) for key, to in each.items()} for name, each in links.items()})
