"""The entries of a state, gathered from its records in one pass."""

from collections.abc import Iterator

from graph.resolve import Municipalities, normal_path
from ingest.library import State
from ingest.records import AreaRecord, Department, DocumentRecord, PartyRecord, ProjectRecord, SchemeRowRecord
from web.entries import DepartmentEntry, MunicipalityEntry, ProjectEntry


class Gathering:
    """What a directory is made of; read only once made."""

    def __init__(self, state: State) -> None:
        self.documents: dict[str, DocumentRecord] = {}
        self.municipalities: dict[str, MunicipalityEntry] = {}
        self.departments: dict[str, DepartmentEntry] = {}
        self.projects: dict[str, ProjectEntry] = {}
        self.areas: dict[str, AreaRecord] = {}
        self.by_document: dict[str, list[ProjectEntry]] = {}
        self._meant: dict[str, Municipalities] = {}
        for document in state.documents:
            self._add_document(document, state)
        self.municipalities = dict(sorted(self.municipalities.items(), key=lambda item: item[1].sort_key))

    def municipality_key(self, name: str, document: str) -> str:
        """Return the key of a municipality as a document names it."""
        return self._meant[document].find(name).key

    def department_key(self, department: Department, document: str) -> str | None:
        """Return the key of a department; None where the document does not say of which municipality it is."""
        path = normal_path(department.path)
        if department.municipality is None or not path:
            return None
        return "/".join((self.municipality_key(department.municipality, document), *path))

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
        for record in state.records(document):
            if isinstance(record, SchemeRowRecord):  # after the projects, so that departments in charge come first
                self._add_row(record)

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

    def _add_row(self, record: SchemeRowRecord) -> None:
        for department in record.departments:
            key = self.department_key(department, record.document)
            if department.municipality is not None and key is not None:
                owner = self._municipality(department.municipality, record.document)
                self._department(owner.key, normal_path(department.path)).rows.append(record.id)

    def _department(self, municipality: str, path: tuple[str, ...]) -> DepartmentEntry:
        key = "/".join((municipality, *path))
        if key not in self.departments:
            self.departments[key] = DepartmentEntry(key, municipality, path)
            if len(path) > 1:
                self._department(municipality, path[:-1]).children.append(key)
        return self.departments[key]
