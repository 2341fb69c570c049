"""Which municipality works in which field by which document, and where nothing is.

Fields are those of the national guidelines, so that areas of several documents fall into one row; a project whose area
no guideline names has the labels of its area for a row.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph import guidelines
from graph.cooperation import cooperation
from graph.links import Network
from graph.network import network
from graph.prepared import ready
from graph.queries import query
from graph.reach import Reach, reach
from graph.stores import Store
from graph.things import ProjectRef, Thing

FIELDS = "fields"
"""The column that holds the fields of projects."""


@dataclass(frozen=True, slots=True, order=True)
class CoverageArea:
    """A row: its place among the rows, its labels from the top down, and the notation of the guidelines' field."""

    place: int
    path: tuple[str, ...]
    notation: str | None

    @property
    def key(self) -> str:
        """The notation, or the labels where no guideline has the area: what names the row in addresses."""
        return self.notation or "/".join(self.path)


@dataclass(frozen=True)
class Coverage:
    """Projects by area (its key), municipality (its id) and document (its id); ``cells`` has no empty ones.

    Each project counts in its own row alone, not in those above. ``unstated`` has, by area and document, the projects
    that name no municipality.
    """

    areas: tuple[CoverageArea, ...]
    municipalities: tuple[Thing, ...]
    documents: tuple[Thing, ...]
    cells: Mapping[tuple[str, str, str], tuple[ProjectRef, ...]]
    unstated: Mapping[tuple[str, str], tuple[ProjectRef, ...]]

    def cell(self, area: CoverageArea, municipality: Thing, document: Thing) -> tuple[ProjectRef, ...]:
        """Return the projects of a cell; an empty cell is an answer."""
        return self.cells.get((area.key, municipality.id, document.id), ())

    def empty(self) -> int:
        """Count the cells without any project."""
        return len(self.areas) * len(self.municipalities) * len(self.documents) - len(self.cells)


def fields_of(store: Store) -> Mapping[str, str]:
    """Return the IRI of the field of each project that has one, by the project's IRI."""
    return ready(store, FIELDS, dict[str, str], lambda: read_fields(store))


def read_fields(store: Store) -> dict[str, str]:
    """Read the fields of projects from the answers of a store."""
    return {str(row["project"]): str(row["field"]) for row in sorted(store.select(query("fields")), key=str)}


def coverage(store: Store, *, every: bool = False) -> Coverage:
    """Return the coverage of all documents; ``every`` also gives the fields of the guidelines that nothing is in."""
    table, belongs, graph = cooperation(store), reach(store), network(store)
    own = _areas(store)
    cells: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    unstated: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for project, area in own.items():
        ref, municipalities = graph.thing(project).id, belongs.of(project, "municipality")
        document = ref.partition("/")[0]
        for municipality in municipalities:
            cells[area.key, graph.thing(municipality).id, document].add(ref)
        if not municipalities:
            unstated[area.key, document].add(ref)
    rows = set(own.values()) | (set(_guideline_areas()) if every else set())
    return Coverage(
        tuple(sorted(rows)),
        _ends(graph, belongs, "municipality"),
        tuple(map(graph.thing, graph.of_kind("document"))),
        {key: table.refs(projects) for key, projects in sorted(cells.items())},
        {key: table.refs(projects) for key, projects in sorted(unstated.items())},
    )


def _ends(graph: Network, belongs: Reach, kind: str) -> tuple[Thing, ...]:
    found = {end for project in graph.of_kind("project") for end in belongs.of(project, kind)}
    return tuple(map(graph.thing, sorted(found)))


def _areas(store: Store) -> dict[int, CoverageArea]:
    """Return the row of each project, by the project's number; one without an area is in none."""
    table, graph, named = cooperation(store), network(store), fields_of(store)
    rows = {
        concept.node.value: row for concept, row in zip(guidelines.fields().values(), _guideline_areas(), strict=True)
    }
    found = {}
    for node in graph.of_kind("project"):
        labels, field = table.areas[graph.thing(node).id], named.get(graph.iris[node])
        if field:
            found[node] = rows[field]
        elif labels:
            found[node] = CoverageArea(len(rows), labels, None)
    return found


def _guideline_areas() -> Iterator[CoverageArea]:
    for place, concept in enumerate(guidelines.fields().values()):
        path = tuple(each.label for each in guidelines.upwards(concept))[::-1]
        yield CoverageArea(place, path, concept.notation)
