"""Who and what a state of the library speaks of: its municipalities, departments, projects and areas by key.

Made from the records in one pass when a state is opened. A municipality's key is its six-digit code, or its name
where no code is known; a department's key is ``{municipality}/{unit}/{unit}``, every level of a printed path being
a department of its own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from graph.things import Unit
from ingest.library import State
from ingest.records import AreaRecord, DocumentRecord
from web.entries import DepartmentEntry, MunicipalityEntry, ProjectEntry
from web.gathering import Gathering
from web.kept import Kept

_SAYS_DRAFT = re.compile(r"案(?:[)）】〕\]\s]|$)")
"""How a title says that it is of a draft: （案） or 計画案, not 案内 or 提案書."""


class Directory(Gathering):
    """The keys of a state, and what is looked up by them; what looks at all entries does so once."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.kept = Kept()

    @cached_property
    def years(self) -> list[str]:
        """The fiscal years that schedules and budgets speak of."""
        return sorted({year for project in self.projects.values() for year in project.years})

    def name(self, key: str) -> str:
        """Return the name of a municipality's key."""
        entry = self.municipalities.get(key)
        return entry.name if entry else key

    def unit(self, entry: DepartmentEntry) -> Unit:
        """Return a department as the graph room speaks of it."""
        owner = self.municipalities[entry.municipality]
        return Unit(entry.id, owner.name, owner.code, entry.path, f"{owner.name}{entry.label}")

    def below(self, key: str) -> Iterator[DepartmentEntry]:
        """Yield a department and all below it, from the top down."""
        entry = self.departments[key]
        yield entry
        for child in entry.children:
            yield from self.below(child)

    def top_departments(self, municipality: str) -> list[DepartmentEntry]:
        """Return the departments that stand directly under a municipality."""
        return [entry for entry in self.departments_by_owner.get(municipality, ()) if len(entry.path) == 1]

    @cached_property
    def departments_by_owner(self) -> dict[str, list[DepartmentEntry]]:
        """The departments of each municipality that has any."""
        found: defaultdict[str, list[DepartmentEntry]] = defaultdict(list)
        for entry in self.departments.values():
            found[entry.municipality].append(entry)
        return {key: found[key] for key in self.municipalities if key in found}

    @cached_property
    def in_charge(self) -> Counter[str]:
        """How many departments of each municipality projects name."""
        return Counter(entry.municipality for entry in self.departments.values() if entry.projects)

    def namesakes(self, entry: DepartmentEntry) -> list[DepartmentEntry]:
        """Return the other departments of its municipality that have the name of one."""
        return [other for other in self._by_last_name[entry.municipality, entry.path[-1]] if other is not entry]

    @cached_property
    def _by_last_name(self) -> Mapping[tuple[str, str], list[DepartmentEntry]]:
        found: defaultdict[tuple[str, str], list[DepartmentEntry]] = defaultdict(list)
        for entry in self.departments.values():
            found[entry.municipality, entry.path[-1]].append(entry)
        return found

    def projects_of(self, keys: Iterable[str]) -> list[ProjectEntry]:
        """Return the entries of project ids, each once, in the order given."""
        return [self.projects[key] for key in dict.fromkeys(keys)]

    def documents_naming(self, kind: str, key: str) -> list[str]:
        """Return the documents that name a municipality or a department (``kind``), the newest first; [] for other things."""
        if kind == "municipality" and key in self.municipalities:
            entry = self.municipalities[key]
            named = {party.document for party in entry.parties} | {self.projects[p].document for p in entry.projects}
        elif kind == "department" and key in self.departments:
            named = {self.projects[p].document for unit in self.below(key) for p in unit.projects}
        else:
            named = set()
        return [document for document in self.newest if document in named]

    def projects_in_area(self, area: AreaRecord) -> list[ProjectEntry]:
        """Return the projects of a document that stand under an area or one below it."""
        labels = self.area_labels(area)
        return [project for project in self.by_document.get(area.document, ()) if project.area[: len(labels)] == labels]

    def area_labels(self, area: AreaRecord) -> tuple[str, ...]:
        """Return the labels from the first level down to an area."""
        parent = self.areas.get(area.parent) if area.parent else None
        return (*(self.area_labels(parent) if parent else ()), area.label)

    def areas_below(self, area: AreaRecord) -> list[AreaRecord]:
        """Return the areas that stand directly under one."""
        return self._areas_by_parent.get(area.id, [])

    @cached_property
    def _areas_by_parent(self) -> Mapping[str | None, list[AreaRecord]]:
        found: defaultdict[str | None, list[AreaRecord]] = defaultdict(list)
        for area in self.areas.values():
            found[area.parent].append(area)
        return found

    @cached_property
    def areas_by_label(self) -> Mapping[str, list[AreaRecord]]:
        """The areas of all documents by their names."""
        found: defaultdict[str, list[AreaRecord]] = defaultdict(list)
        for area in self.areas.values():
            found[area.label].append(area)
        return found

    @cached_property
    def areas_by_labels(self) -> Mapping[tuple[str, tuple[str, ...]], AreaRecord]:
        """The areas by document and labels from the first level down."""
        return {(area.document, self.area_labels(area)): area for area in self.areas.values()}

    @cached_property
    def area_names(self) -> list[str]:
        """The names of the areas that projects stand under, sorted."""
        return sorted({label for project in self.projects.values() for label in project.area})

    @cached_property
    def known_areas(self) -> set[str]:
        """What an address can call an area: its name, or the names from the first level down to it."""
        paths = {"/".join(p.area[:depth]) for p in self.projects.values() for depth in range(1, len(p.area) + 1)}
        return paths.union(self.area_names)

    @cached_property
    def area_options(self) -> list[tuple[str, str]]:
        """The names of the areas, to choose from."""
        return [(name, name) for name in self.area_names]

    @cached_property
    def fields_of_work(self) -> dict[str, list[str]]:
        """The fields of work with the ids of their projects, most projects first."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for project in self.projects.values():
            if project.field_of_work:
                found[project.field_of_work].append(project.id)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    @cached_property
    def area_paths(self) -> dict[str, list[tuple[str, ...]]]:
        """The areas of the first two levels that projects stand under, by document, each first level with its own."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for document, projects in self.by_document.items():
            paths = dict.fromkeys(p.area[:depth] for p in projects for depth in (1, 2) if len(p.area) >= depth)
            order = {path[0]: n for n, path in reversed(list(enumerate(paths)))}
            found[document] = sorted(paths, key=lambda path: (order[path[0]], len(path)))
        return found

    def area_choices(self, documents: Sequence[str]) -> list[tuple[str, str]]:
        """Return the areas that the projects of some documents stand under, as (address, words), each once."""
        return self.kept.answer(("areas", *documents), lambda: self._area_choices(documents))

    def _area_choices(self, documents: Sequence[str]) -> list[tuple[str, str]]:
        paths = dict.fromkeys(path for name in documents for path in self.area_paths.get(name, ()))
        order = {path[0]: n for n, path in reversed(list(enumerate(paths)))}
        listed = sorted(paths, key=lambda path: (order[path[0]], len(path)))
        return [("/".join(p), ("\u3000" if len(p) > 1 else "") + p[-1]) for p in listed]

    @cached_property
    def parties(self) -> dict[str, list[str]]:
        """The keys of the municipalities that each document is of."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for entry in self.municipalities.values():
            for party in entry.parties:
                found[party.document][entry.key] = None
        return {document: list(keys) for document, keys in found.items()}

    @cached_property
    def newest(self) -> list[str]:
        """The ids of the documents, newest first."""
        return sorted(self.documents, key=lambda key: (self.documents[key].issued or "", key), reverse=True)

    @cached_property
    def title_notes(self) -> dict[str, str]:
        """What tells a document from others of its title: municipalities, the year too, or else its id; empty for most."""
        parties = {name: "、".join(map(self.name, keys[:4])) for name, keys in self.parties.items()}
        notes: dict[str, tuple[str, ...]] = dict.fromkeys(self.documents, ())
        for part in (lambda name: parties.get(name, ""), self._year_of, lambda name: name):
            often = Counter((self.documents[name].title, note) for name, note in notes.items())
            alike = [name for name, note in notes.items() if often[self.documents[name].title, note] > 1]
            notes |= {name: (*notes[name], part(name)) for name in alike}
        return {name: "、".join(filter(None, note)) for name, note in notes.items()}

    def _year_of(self, document: str) -> str:
        head = self.documents[document]
        if head.period:
            return f"{head.period.from_fy}年度"
        return f"{head.issued[:4]}年" if head.issued else ""

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each document: a draft is called so everywhere, and what shares its title is told from it."""
        notes = self.title_notes
        return {
            name: _named_draft(head) + (f"（{note}）" if (note := notes[name]) else "")
            for name, head in self.documents.items()
        }

    def titles_of(self, documents: Iterable[str]) -> list[tuple[str, str]]:
        """Return (id, title) of some documents to choose from."""
        return [(name, self.titles[name]) for name in documents]

    @cached_property
    def municipality_names(self) -> list[tuple[str, str]]:
        """The municipalities as (key, name)."""
        return [(key, entry.name) for key, entry in self.municipalities.items()]

    @cached_property
    def owners(self) -> list[tuple[str, str]]:
        """The municipalities that have departments, as (key, name)."""
        return [(key, self.name(key)) for key in self.departments_by_owner]

    @cached_property
    def municipality_keys(self) -> dict[str, str]:
        """The key of each municipality by its name."""
        return {entry.name: key for key, entry in self.municipalities.items()}

    @cached_property
    def document_list(self) -> list[DocumentRecord]:
        """All documents in their order."""
        return list(self.documents.values())

    @cached_property
    def project_list(self) -> list[ProjectEntry]:
        """All projects in document order."""
        return list(self.projects.values())

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each municipality among all: it gives its colour in every picture of one state."""
        return {key: place for place, key in enumerate(self.municipalities)}

    @cached_property
    def busiest(self) -> DepartmentEntry | None:
        """The department that shares most projects with departments of other municipalities."""
        counts: Counter[str] = Counter()
        for project in self.projects.values():
            if len({key.partition("/")[0] for key in project.departments}) > 1:
                counts.update(project.departments)
        return self.departments[max(counts, key=lambda key: (counts[key], key))] if counts else None

    @cached_property
    def closest(self) -> tuple[MunicipalityEntry, MunicipalityEntry] | None:
        """The two municipalities that share most projects."""
        counts = Counter(pair for p in self.projects.values() for pair in combinations(sorted(p.municipalities), 2))
        if not counts:
            return None
        a, b = max(counts, key=lambda pair: (counts[pair], pair))
        return self.municipalities[a], self.municipalities[b]


def _named_draft(head: DocumentRecord) -> str:
    """Return the title of a document; that of a draft says so, whether it is printed there or elsewhere."""
    return head.title if not head.draft or _SAYS_DRAFT.search(head.title) else f"{head.title}（案）"
