"""Which departments and which municipalities of a state share projects; what looks at the whole library does so once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeVar

import graph.relations
from graph.errors import UnknownThing
from graph.relations import Pair
from graph.stores import Store
from web.directory import Directory
from web.entries import ProjectEntry
from web.kept import Kept

Key = TypeVar("Key")

Ties = Mapping[tuple[str, str], frozenset[str]]
"""The ids of the projects that two things share, by their keys."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of projects by row, by column and by both; ``total`` and those of rows and columns count each once."""

    cells: Mapping[tuple[str, str], int]
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    total: int


class Sharing:
    """Who shares projects with whom in a state, by municipality, by field of work and by department."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory
        self.kept = Kept()

    def pairs(self, municipality: str | None = None, area: str | None = None) -> Sequence[Pair]:
        """Return the pairs of departments that share projects, most first: all, or those of a municipality or an area.

        A pair has the department of the municipality asked about as ``a``.
        """
        if area is None:
            return self._pairs if municipality is None else self._by_owner.get(municipality, [])
        return self.kept.answer(("pairs", municipality, area), lambda: self._pairs_in(municipality, area))

    def ties(self, area: str | None = None) -> Ties:
        """Return what each two municipalities share, in an area or at all."""
        return self._ties if area is None else self.kept.answer(("ties", area), lambda: self._ties_in(area))

    def partners(self, municipalities: Sequence[str] = ()) -> Counts:
        """Count what each two municipalities share; rows are those given, or all."""
        return self.kept.answer(("partners", *municipalities), lambda: count(self._partners(municipalities)))

    def fields(self, municipalities: Sequence[str] = ()) -> Counts:
        """Count the projects of municipalities by field of work."""
        return self.kept.answer(("fields", *municipalities), lambda: count(self._fields(municipalities)))

    @cached_property
    def _pairs(self) -> list[Pair]:
        return graph.relations.shared_projects(self.store)

    @cached_property
    def _by_owner(self) -> Mapping[str, list[Pair]]:
        found: defaultdict[str, list[Pair]] = defaultdict(list)
        for pair in self._pairs:
            found[owner_of(pair.a.id)].append(pair)
            found[owner_of(pair.b.id)].append(Pair(pair.b, pair.a, pair.count, pair.projects))
        return {
            owner: sorted(pairs, key=lambda pair: (-pair.count, pair.a.id, pair.b.id)) for owner, pairs in found.items()
        }

    def _pairs_in(self, municipality: str | None, area: str) -> list[Pair]:
        try:
            return graph.relations.shared_projects(self.store, municipality=municipality, area=area)
        except UnknownThing:  # no department there, or of that municipality, is in charge of anything
            return []

    @cached_property
    def _ties(self) -> Ties:
        return _tied(self.directory.project_list)

    def _ties_in(self, area: str) -> Ties:
        return _tied(project for project in self.directory.project_list if area in project.area)

    def _projects(self, municipalities: Sequence[str]) -> list[ProjectEntry]:
        entries = self.directory.municipalities
        return self.directory.projects_of(p for key in municipalities or entries for p in entries[key].projects)

    def _partners(self, chosen: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        for project in self._projects(chosen):
            for a in project.municipalities:
                if not chosen or a in chosen:
                    yield from ((a, b, project.id) for b in project.municipalities if a != b)

    def _fields(self, chosen: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        for project in self._projects(chosen):
            if project.field_of_work:
                for key in project.municipalities:
                    if not chosen or key in chosen:
                        yield key, project.field_of_work, project.id


def count(entries: Iterable[tuple[str, str, str]]) -> Counts:
    """Count (row, column, project) entries."""
    cells: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    rows: defaultdict[str, set[str]] = defaultdict(set)
    columns: defaultdict[str, set[str]] = defaultdict(set)
    for row, column, project in entries:
        cells[row, column].add(project)
        rows[row].add(project)
        columns[column].add(project)
    return Counts(_sizes(cells), _sizes(rows), _sizes(columns), len(set().union(*rows.values())))


def owner_of(key: str) -> str:
    """Return the municipality's key out of a department's; that of a municipality is its own."""
    return key.partition("/")[0]


def _tied(projects: Iterable[ProjectEntry]) -> Ties:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for project in projects:
        for pair in combinations(sorted(project.municipalities), 2):
            found[pair].add(project.id)
    return {pair: frozenset(ids) for pair, ids in found.items()}


def _sizes(found: Mapping[Key, Collection[str]]) -> dict[Key, int]:
    return {key: len(ids) for key, ids in found.items()}
