"""Who and what a state of the library speaks of: its municipalities, departments, projects and areas by key.

Made from the records in one pass when a state is opened. A municipality's key is its six-digit code, or its name
where no code is known; a department's key is ``{municipality}/{unit}/{unit}``, every level of a printed path being
a department of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from graph.resolve import Municipalities, normal_path
from graph.things import Unit
from ingest.library import State
from ingest.records import AreaRecord, Department, DocumentRecord, PartyRecord, ProjectRecord


@dataclass(slots=True)
class MunicipalityEntry:
    """A municipality, and where it takes part; ``parties`` are its party records, one a document."""

    key: str
    name: str
    code: str | None = None
    reading: str | None = None
    parties: list[PartyRecord] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)

    @property
    def sort_key(self) -> tuple[bool, str]:
        """Codes first, in their order; then names."""
        return self.code is None, self.key


@dataclass(slots=True)
class DepartmentEntry:
    """A department: its place in the hierarchy, and the projects that name it."""

    id: str
    municipality: str
    path: tuple[str, ...]
    projects: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The path as it is printed, without a space."""
        return "".join(self.path)


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """What lists say of a project; ``municipalities`` and ``departments`` are keys."""

    id: str
    document: str
    number: str | None
    branch: str | None
    program: str | None
    title: str
    area: tuple[str, ...]
    municipalities: tuple[str, ...]
    departments: tuple[str, ...]
    years: tuple[str, ...]
    ratings: tuple[str, ...]
    has_indicators: bool
    has_schedule: bool

    @property
    def local(self) -> str:
        """The part of the id after the document."""
        return self.id.partition("/")[2]

    @property
    def field_of_work(self) -> str | None:
        """The area of the second level, or of the first where the document has but one."""
        return self.area[:2][-1] if self.area else None

    @property
    def label(self) -> str:
        """The number with its branch as printed (``7-②``), or an empty string."""
        return "-".join(part for part in (self.number, self.branch) if part)


class Directory:
    """The keys of a state; read only once made."""

    def __init__(self, state: State) -> None:
        self.documents: dict[str, DocumentRecord] = {}
        self.municipalities: dict[str, MunicipalityEntry] = {}
        self.departments: dict[str, DepartmentEntry] = {}
        self.projects: dict[str, ProjectEntry] = {}
        self.areas: dict[str, AreaRecord] = {}
        self.by_document: dict[str, list[ProjectEntry]] = {}
        self._area_choices: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._meant: dict[str, Municipalities] = {}
        for document in state.documents:
            self._add_document(document, state)
        self.municipalities = dict(sorted(self.municipalities.items(), key=lambda item: item[1].sort_key))

    @property
    def years(self) -> list[str]:
        """The fiscal years that schedules and budgets speak of."""
        return sorted({year for project in self.projects.values() for year in project.years})

    def municipality_key(self, name: str, document: str) -> str:
        """Return the key of a municipality as a document names it."""
        return self._meant[document].find(name).key

    def name(self, key: str) -> str:
        """Return the name of a municipality's key."""
        entry = self.municipalities.get(key)
        return entry.name if entry else key

    def department_key(self, department: Department, document: str) -> str | None:
        """Return the key of a department; None where the document does not say of which municipality it is."""
        path = normal_path(department.path)
        if department.municipality is None or not path:
            return None
        return "/".join((self.municipality_key(department.municipality, document), *path))

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
        return self._top_departments.get(municipality, [])

    @cached_property
    def _top_departments(self) -> dict[str, list[DepartmentEntry]]:
        found: defaultdict[str, list[DepartmentEntry]] = defaultdict(list)
        for entry in self.departments.values():
            if len(entry.path) == 1:
                found[entry.municipality].append(entry)
        return dict(found)

    def projects_of(self, keys: Iterable[str]) -> list[ProjectEntry]:
        """Return the entries of project ids, each once, in the order given."""
        return [self.projects[key] for key in dict.fromkeys(keys)]

    def projects_in_area(self, area: AreaRecord) -> list[ProjectEntry]:
        """Return the projects of a document that stand under an area or one below it."""
        labels = self.area_labels(area)
        return [project for project in self.by_document.get(area.document, ()) if project.area[: len(labels)] == labels]

    def area_labels(self, area: AreaRecord) -> tuple[str, ...]:
        """Return the labels from the first level down to an area."""
        parent = self.areas.get(area.parent) if area.parent else None
        return (*(self.area_labels(parent) if parent else ()), area.label)

    def fields_of_work(self) -> dict[str, list[str]]:
        """Return the fields of work with the ids of their projects, most projects first."""
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
        key = tuple(documents)
        if key not in self._area_choices:
            paths = dict.fromkeys(path for name in documents for path in self.area_paths.get(name, ()))
            order = {path[0]: n for n, path in reversed(list(enumerate(paths)))}
            listed = sorted(paths, key=lambda path: (order[path[0]], len(path)))
            self._area_choices[key] = [("/".join(p), ("\u3000" if len(p) > 1 else "") + p[-1]) for p in listed]
        return self._area_choices[key]

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each document; where several have the same, with their municipalities or else their ids."""
        often = Counter(head.title for head in self.documents.values())
        parties: dict[str, list[str]] = {}
        for entry in self.municipalities.values():
            for name in dict.fromkeys(party.document for party in entry.parties):
                parties.setdefault(name, []).append(entry.name)
        return {
            name: f"{head.title}（{'、'.join(parties.get(name, [name])[:4])}）" if often[head.title] > 1 else head.title
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
    def municipality_keys(self) -> dict[str, str]:
        """The key of each municipality by its name."""
        return {entry.name: key for key, entry in self.municipalities.items()}

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

    def _add_document(self, document: str, state: State) -> None:
        self._meant[document] = Municipalities.of(state.records(document))
        for record in state.records(document):
            if isinstance(record, PartyRecord):
                self._municipality(record.municipality, document).parties.append(record)
            elif isinstance(record, DocumentRecord):
                self.documents[record.id] = record
            elif isinstance(record, AreaRecord):
                self.areas[record.id] = record
            elif isinstance(record, ProjectRecord):
                self._add_project(record)

    def _municipality(self, name: str, document: str) -> MunicipalityEntry:
        body = self._meant[document].find(name)
        reading = body.entry.reading if body.entry else None
        return self.municipalities.setdefault(body.key, MunicipalityEntry(body.key, body.name, body.code, reading))

    def _add_project(self, record: ProjectRecord) -> None:
        names = [*record.roles, *(d.municipality for d in record.departments if d.municipality)]
        owners = {owner.key: owner for owner in (self._municipality(name, record.document) for name in names)}
        for owner in owners.values():
            owner.projects.append(record.id)
        departments = tuple(self._add_departments(record))
        marks = [year for item in record.schedule for year in item.marks]
        amounts = [year for row in record.budget for year in row.amounts]
        entry = ProjectEntry(
            record.id,
            record.document,
            record.number,
            record.branch,
            record.program,
            record.title,
            record.area or (),
            tuple(owners),
            departments,
            tuple(sorted({*marks, *amounts})),
            tuple(i.rating for i in record.indicators if i.rating),
            bool(record.indicators),
            bool(record.schedule),
        )
        self.projects[record.id] = entry
        self.by_document.setdefault(record.document, []).append(entry)

    def _add_departments(self, record: ProjectRecord) -> Iterator[str]:
        for department in record.departments:
            key = self.department_key(department, record.document)
            if key is None:
                continue
            entry = self._department(key.partition("/")[0], normal_path(department.path))
            if entry.projects[-1:] != [record.id]:
                entry.projects.append(record.id)
                yield key

    def _department(self, municipality: str, path: tuple[str, ...]) -> DepartmentEntry:
        key = "/".join((municipality, *path))
        if key not in self.departments:
            self.departments[key] = DepartmentEntry(key, municipality, path)
            if len(path) > 1:
                self._department(municipality, path[:-1]).children.append(key)
        return self.departments[key]
