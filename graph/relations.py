"""The questions that people ask about who works with whom, answered in plain values.

Units pair up when one project names both in charge; a unit stands for all units below it wherever it is asked about.
Answers are sorted: most shared first, then by id.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations, product

from graph.cooperation import Cooperation, cooperation, find_units
from graph.errors import UnknownThing
from graph.resolve import normal
from graph.stores import Store
from graph.things import ProjectRef, Unit

__all__ = [
    "Counterpart",
    "Pair",
    "UnitTree",
    "counterparts",
    "find_units",
    "shared_projects",
    "unit_projects",
    "unit_tree",
]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units and the projects that both are in charge of."""

    a: Unit
    b: Unit
    count: int
    projects: tuple[ProjectRef, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A unit of another municipality and the projects that join it to the unit asked about."""

    unit: Unit
    count: int
    projects: tuple[ProjectRef, ...]


@dataclass(frozen=True, slots=True)
class UnitTree:
    """A unit, the number of projects that it and the units below it are in charge of, and those units."""

    unit: Unit
    count: int
    children: tuple["UnitTree", ...]


def shared_projects(
    store: Store,
    *,
    between: tuple[Unit | str, Unit | str] | None = None,
    municipality: str | None = None,
    area: str | None = None,
    same_municipality: bool = False,
) -> list[Pair]:
    """Return the pairs of units that share projects.

    ``between`` asks about two units (or names of units; all that a name can mean are tried), ``municipality`` (name or
    code) about pairs that have a unit there, shown as ``a``; ``area`` (label or id) keeps projects of that area and
    those below it. Pairs inside one municipality count only with ``same_municipality``.
    Raises ``UnknownThing`` for a name that nothing has.
    """
    table = cooperation(store)
    chosen = _of_area(table, area)
    if between:
        return _between(store, table, between, chosen)
    shared = _pairs(table, chosen, same_municipality)
    pairs = [_pair(table, a, b, projects) for (a, b), projects in shared.items()]
    if municipality is not None:
        key = _municipality(store, municipality).id
        pairs = [_turned(pair, key) for pair in pairs if key in {_owner(pair.a.id), _owner(pair.b.id)}]
    return _sorted(pairs)


def _between(
    store: Store, table: Cooperation, between: tuple[Unit | str, Unit | str], chosen: Collection[str]
) -> list[Pair]:
    pairs = []
    for a, b in product(_meant(store, between[0]), _meant(store, between[1])):
        both = set(table.projects_of.get(a.id, ())) & set(table.projects_of.get(b.id, ())) & set(chosen)
        if both and a != b:
            pairs.append(_pair(table, a.id, b.id, both))
    return _sorted(pairs)


def _of_area(table: Cooperation, area: str | None) -> Collection[str]:
    if area is None:
        return table.in_charge.keys()
    found = {p for p in table.projects if area in table.areas[p] or area in table.area_ids[p]}
    if not found:
        raise UnknownThing(area)
    return found & table.in_charge.keys()


def _pairs(table: Cooperation, projects: Collection[str], same_municipality: bool) -> dict[tuple[str, str], list[str]]:
    """Project the units in charge onto pairs; a self join in SPARQL does the same 7 to 15 times slower."""
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for project in projects:
        for a, b in combinations(table.in_charge[project], 2):
            if same_municipality or _owner(a) != _owner(b):
                shared[a, b].append(project)
    return shared


def _pair(table: Cooperation, a: str, b: str, projects: Collection[str]) -> Pair:
    return Pair(table.units[a], table.units[b], len(projects), table.refs(projects))


def _turned(pair: Pair, key: str) -> Pair:
    return pair if _owner(pair.a.id) == key else Pair(pair.b, pair.a, pair.count, pair.projects)


def _sorted(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.count, pair.a.id, pair.b.id))


def _owner(unit: str) -> str:
    return unit.partition("/")[0]


def _meant(store: Store, unit: Unit | str) -> list[Unit]:
    found = [unit] if isinstance(unit, Unit) else find_units(store, unit)
    if not found:
        raise UnknownThing(str(unit))
    return found


def _municipality(store: Store, text: str) -> Unit:
    name = normal(text)
    for unit in cooperation(store).units.values():
        if not unit.path and name in {unit.id, unit.label}:
            return unit
    raise UnknownThing(text)


def counterparts(store: Store, unit: Unit | str) -> list[Counterpart]:
    """Return the units of other municipalities that share projects with a unit, or with any that its name can mean."""
    table = cooperation(store)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mine in _meant(store, unit):
        for project in table.projects_of.get(mine.id, ()):
            for other in table.in_charge[project]:
                if _owner(other) != _owner(mine.id):
                    found[other].add(project)
    answer = [Counterpart(table.units[other], len(projects), table.refs(projects)) for other, projects in found.items()]
    return sorted(answer, key=lambda each: (-each.count, each.unit.id))


def unit_projects(store: Store, unit: Unit | str) -> list[ProjectRef]:
    """Return the projects that a unit, or a unit below it, is in charge of."""
    table = cooperation(store)
    found = {project for mine in _meant(store, unit) for project in table.projects_of.get(mine.id, ())}
    return list(table.refs(found))


def unit_tree(store: Store, municipality: str) -> UnitTree:
    """Return the units of a municipality (name or code) as a tree; raises ``UnknownThing``."""
    table = cooperation(store)
    below: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in table.units.values():
        if unit.path:
            below[unit.id.rpartition("/")[0]].append(unit)

    def tree(unit: Unit) -> UnitTree:
        count = len(table.projects_of.get(unit.id, ()))
        return UnitTree(unit, count, tuple(tree(child) for child in below[unit.id]))

    return tree(_municipality(store, municipality))
