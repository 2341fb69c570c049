"""Who works with whom on what: the table that the relation questions are answered from.

Read from a store by a handful of queries and kept in the store's memo: one pass for as many questions as are asked of
one state of the library.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.identifiers import Name, parse
from graph.prepared import collecting_later, ready
from graph.queries import query
from graph.resolve import normal
from graph.stores import Store
from graph.things import ProjectRef, Unit, thing_id


@dataclass(frozen=True)
class Cooperation:
    """Units and projects by id, who is in charge of what, and the labels of each project's areas from level 1 down."""

    units: Mapping[str, Unit]
    projects: Mapping[str, ProjectRef]
    in_charge: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, tuple[str, ...]]
    area_ids: Mapping[str, tuple[str, ...]]
    also: Mapping[str, str]
    """The unit that another one, judged to be the same body, is counted as."""

    @cached_property
    def projects_of(self) -> Mapping[str, tuple[str, ...]]:
        """The projects of each unit, those of its sub-units and, for a municipality, of all its units included."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for project, units in self.in_charge.items():
            for unit in units:
                for above in self.upwards(unit):
                    found[above].add(project)
        for other, unit in self.also.items():
            found[other] = found[unit]
        return {unit: tuple(sorted(projects, key=order)) for unit, projects in found.items()}

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the units by every name that a person may write.

        商業労働課, 産業振興部商業労働課, 千歳市商業労働課, 千歳市産業振興部商業労働課 all name one.
        """
        found: defaultdict[str, set[str]] = defaultdict(set)
        for unit in self.units.values():
            for name in _names(unit):
                found[name].add(unit.id)
        return {name: tuple(sorted(ids)) for name, ids in found.items()}

    def upwards(self, unit: str) -> Iterator[str]:
        """Yield a unit, each unit above it and its municipality."""
        parts = unit.split("/")
        for depth in range(len(parts), 0, -1):
            above = "/".join(parts[:depth])
            if above in self.units:
                yield above

    def refs(self, projects: Iterable[str]) -> tuple[ProjectRef, ...]:
        """Return the projects of ids in their order."""
        return tuple(self.projects[project] for project in sorted(projects, key=order))


def order(project: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the key by which projects are sorted: by document, then as their numbers count (9 before 10)."""
    document, _, local = project.partition("/")
    return document, [(int(part) if part.isdecimal() else -1, part) for part in local.split("-")]


def _names(unit: Unit) -> Iterator[str]:
    yield unit.id
    yield unit.label
    for start in range(len(unit.path)):
        tail = "".join(unit.path[start:])
        yield tail
        yield f"{unit.municipality or ''}{tail}"


def cooperation(store: Store) -> Cooperation:
    """Return the table of a store, read once for each content of it."""
    return ready(store, COLUMN, Cooperation, lambda: read_cooperation(store))


COLUMN = "cooperation"
"""The column that holds the table."""


def read_cooperation(store: Store) -> Cooperation:
    """Read the table from the answers of a store."""
    with collecting_later():
        return _read(store)


def _read(store: Store) -> Cooperation:
    areas = {str(row["area"]): (str(row["label"]), row["above"]) for row in store.select(query("areas"))}
    projects: dict[str, ProjectRef] = {}
    labels: dict[str, tuple[str, ...]] = {}
    area_ids: dict[str, tuple[str, ...]] = {}
    for row in store.select(query("projects")):
        project = _id(str(row["project"]))
        notation = row["notation"]
        projects[project] = ProjectRef(project, str(row["title"]), None if notation is None else str(notation))
        chain = list(_chain(areas, row["area"]))
        labels[project] = tuple(areas[area][0] for area in chain)
        area_ids[project] = tuple(_id(area) for area in chain)
    charge: defaultdict[str, set[str]] = defaultdict(set)
    also = _also(store)
    for row in store.select(query("in_charge")):
        unit = _id(str(row["unit"]))
        charge[_id(str(row["project"]))].add(also.get(unit, unit))
    in_charge = {project: tuple(sorted(units)) for project, units in sorted(charge.items())}
    return Cooperation(_units(store), projects, in_charge, labels, area_ids, also)


def _also(store: Store) -> dict[str, str]:
    """Return the unit that each unit counts as, where a person judged two to be one body: the first by its id."""
    found: dict[str, str] = {}
    for row in store.select(query("same_bodies")):
        a, b = sorted((_id(str(row["a"])), _id(str(row["b"]))))
        first, second = sorted((found.get(a, a), found.get(b, b)))
        if first != second:
            found = {other: first if unit == second else unit for other, unit in found.items()} | {second: first}
    return found


def _units(store: Store) -> dict[str, Unit]:
    rows = store.select(query("municipalities"))
    municipalities = {_name(str(row["municipality"])).parts[0]: str(row["label"]) for row in rows}
    units = {key: Unit(key, label, key if key != label else None, (), label) for key, label in municipalities.items()}
    for row in store.select(query("units")):
        owner, *path = _name(str(row["unit"])).parts
        municipality = municipalities.get(owner)
        code = owner if municipality and municipality != owner else None
        unit_id = "/".join((owner, *path))
        units[unit_id] = Unit(unit_id, municipality, code, tuple(path), str(row["label"]))
    return dict(sorted(units.items()))


def _name(iri: str) -> Name:
    name = parse(iri)
    if name is None:
        raise ValueError(f"{iri}: not an IRI of ours")
    return name


def _id(iri: str) -> str:
    return thing_id(_name(iri))


def _chain(areas: Mapping[str, tuple[str, object]], area: object) -> Iterator[str]:
    """Yield the areas from level 1 down to this one; a chain that runs in a circle ends where it began."""
    chain: list[str] = []
    while isinstance(area, str) and area in areas and area not in chain:
        chain.insert(0, area)
        area = areas[area][1]
    yield from chain


def find_units(store: Store, text: str) -> list[Unit]:
    """Return the units that a person means: by id, full name, name without municipality, or any end of the path.

    An exact full name or id gives one; a shorter name gives all that end so; failing these, all that contain the words.
    """
    table = cooperation(store)
    written = normal(text)
    if written in table.units:
        return [table.units[written]]
    exact = [unit for unit in table.units.values() if unit.label == written]
    if exact:
        return exact
    if written in table.names:
        return [table.units[unit] for unit in table.names[written]]
    return [unit for unit in table.units.values() if written and written in unit.label]
