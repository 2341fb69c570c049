"""Which municipality works in which field by which document, and where nothing is.

Fields are those of the national guidelines, so that areas of several documents fall into one row; a project whose area
no guideline names has the labels of its area for a row.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph import guidelines
from graph.cooperation import cooperation
from graph.network import network, thing_of
from graph.queries import query
from graph.reach import Reach, reach
from graph.stores import Store
from graph.things import ProjectRef, Thing


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
    memo = store.memo
    if "fields" not in memo:
        memo["fields"] = {str(row["project"]): str(row["field"]) for row in store.select(query("fields"))}
    found: Mapping[str, str] = memo["fields"]
    return found


def coverage(store: Store, *, every: bool = False) -> Coverage:
    """Return the coverage of all documents; ``every`` also gives the fields of the guidelines that nothing is in."""
    table, belongs, graph = cooperation(store), reach(store), network(store)
    own = _areas(store)
    cells: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    unstated: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for project, area in own.items():
        ref, municipalities = thing_of(store, project).id, belongs.of(project, "municipality")
        document = ref.partition("/")[0]
        for municipality in municipalities:
            cells[area.key, thing_of(store, municipality).id, document].add(ref)
        if not municipalities:
            unstated[area.key, document].add(ref)
    rows = set(own.values()) | (set(_guideline_areas()) if every else set())
    return Coverage(
        tuple(sorted(rows)),
        _ends(store, belongs, "municipality"),
        tuple(thing_of(store, node) for node in sorted(graph) if graph.nodes[node]["kind"] == "document"),
        {key: table.refs(projects) for key, projects in sorted(cells.items())},
        {key: table.refs(projects) for key, projects in sorted(unstated.items())},
    )


def _ends(store: Store, belongs: Reach, kind: str) -> tuple[Thing, ...]:
    found = {iri for project, own in belongs.kinds.items() if own == "project" for iri in belongs.of(project, kind)}
    return tuple(thing_of(store, iri) for iri in sorted(found))


def _areas(store: Store) -> dict[str, CoverageArea]:
    """Return the row of each project, by the project's IRI; one without an area is in none."""
    table, graph, named = cooperation(store), network(store), fields_of(store)
    rows = {
        concept.node.value: row for concept, row in zip(guidelines.fields().values(), _guideline_areas(), strict=True)
    }
    found = {}
    for node in graph:
        if graph.nodes[node]["kind"] != "project":
            continue
        labels = table.areas[thing_of(store, node).id]
        if node in named:
            found[node] = rows[named[node]]
        elif labels:
            found[node] = CoverageArea(len(rows), labels, None)
    return found


def _guideline_areas() -> Iterator[CoverageArea]:
    for place, concept in enumerate(guidelines.fields().values()):
        path = tuple(each.label for each in guidelines.upwards(concept))[::-1]
        yield CoverageArea(place, path, concept.notation)
