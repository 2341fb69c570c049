"""What belongs to a thing: the projects, areas, documents, municipalities and departments that it has to do with.

Read off the network; a department stands for those below it, an area for those below it, a municipality for its
departments.
"""

from collections.abc import Iterator
from typing import cast

from graph.links import PARTY_OF, Network
from graph.namespaces import DCTERMS, ORG, RK, SKOS
from graph.network import network
from graph.stores import Store

KINDS = ("project", "area", "document", "municipality", "department")
"""The kinds of things that two things can share, in the order of answers."""

_OF_PROJECT = {
    "department": RK.responsibleUnit.value,
    "municipality": RK.municipality.value,
    "area": DCTERMS.subject.value,
    "document": DCTERMS.isPartOf.value,
}
"""The relation between a project and things of each kind."""
_ABOVE = {"department": ORG.subOrganizationOf.value, "area": SKOS.broader.value}
"""The relation between a thing and the one above it, by kind."""


class Reach:
    """The links of a network by what they mean; things are given by their numbers."""

    def __init__(self, graph: Network) -> None:
        self._graph = graph
        self._known: dict[tuple[int, str, bool], frozenset[int]] = {}

    def of(self, thing: int, kind: str) -> frozenset[int]:
        """Return the things of a kind that a thing has to do with, itself included where it is of that kind."""
        own = self._graph.kind(thing)
        if kind == "project":
            return frozenset(self._projects(thing))
        found = {thing} if own == kind else set()
        if own == "document" and kind == "municipality":
            found |= self._next(thing, PARTY_OF)
        if own == "municipality" and kind == "document":
            found |= self._next(thing, PARTY_OF, forward=False)
        if own == kind == "department":
            found |= set(self._all(thing, kind, forward=False))
        if own == "municipality" and kind == "department":
            tops = self._next(thing, ORG.unitOf.value, forward=False)
            found |= {unit for top in tops for unit in self._all(top, kind, forward=False)}
        for project in self._projects(thing):
            found |= self._of_project(project, kind)
        return frozenset(found)

    def _of_project(self, project: int, kind: str) -> frozenset[int]:
        found = self._next(project, _OF_PROJECT[kind])
        return frozenset(above for area in found for above in self._all(area, kind)) if kind == "area" else found

    def _projects(self, thing: int) -> Iterator[int]:
        kind = self._graph.kind(thing)
        if kind == "project":
            yield thing
            return
        for below in self._all(thing, kind, forward=False) if kind in _ABOVE else (thing,):
            yield from self._next(below, _OF_PROJECT[kind], forward=False)

    def _next(self, thing: int, relation: str, *, forward: bool = True) -> frozenset[int]:
        asked = thing, relation, forward
        if asked not in self._known:
            self._known[asked] = frozenset(self._graph.towards(thing, relation, forward=forward))
        return self._known[asked]

    def _all(self, thing: int, kind: str, *, forward: bool = True) -> Iterator[int]:
        """Yield a thing and all that lie above it, or backwards below it, each once."""
        seen, waiting = {thing}, [thing]
        while waiting:
            here = waiting.pop()
            yield here
            new = self._next(here, _ABOVE[kind], forward=forward) - seen
            seen |= new
            waiting += new


def reach(store: Store) -> Reach:
    """Return what belongs to what in a store; what was asked for once is kept for each content of it."""
    memo = store.memo
    if "reach" not in memo:
        memo["reach"] = Reach(network(store))
    return cast("Reach", memo["reach"])
