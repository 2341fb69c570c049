"""A dossier: everything that is said of one thing, its projects one after the other, to print, to file or to edit in Word."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from ingest.errors import UnknownRecord
from ingest.records import DocumentRecord, FindingRecord, ProjectRecord
from web.entries import ProjectEntry
from web.errors import UnknownPlace
from web.pages.departments import department
from web.pages.frame import link, opened, say
from web.pages.municipalities import municipality
from web.pages.paging import whole_number
from web.pages.sheet import Budget, Partner, Schedule, budget_table, partners, schedule_table

pages = Blueprint("dossier", __name__)

MOST = 60
"""Projects in one dossier: a thing that has more of them has a dossier in parts."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project in a dossier."""

    project: ProjectRecord
    entry: ProjectEntry
    document: DocumentRecord
    partners: list[Partner]
    schedule: Schedule | None
    budget: Budget | None
    findings: list[FindingRecord]

    @property
    def heading(self) -> str:
        """Its number and its title."""
        return " ".join(filter(None, (self.entry.label, self.project.title)))


@dataclass(frozen=True, slots=True)
class Dossier:
    """The projects of one thing, those from the ``first`` on, of all ``total``; ``page`` is where the thing itself is."""

    kind: str
    key: str
    name: str
    page: str
    sheets: list[Sheet]
    first: int
    total: int

    @property
    def documents(self) -> dict[str, DocumentRecord]:
        """The documents that the projects are of."""
        return {sheet.document.id: sheet.document for sheet in self.sheets}


@pages.get("/dossier/<any(project, municipality, department, document):kind>/<path:key>")
def one(kind: str, key: str) -> str:
    """Show the dossier of a thing, made to be printed."""
    found = dossier(kind, key)
    return render_template(
        "dossier.html",
        trail=[(found.name, found.page), (say("dossier.title"), None)],
        dossier=found,
        legends=opened().plans.legends,
        most=MOST,
    )


@pages.get("/dossier/<any(project, municipality, department, document):kind>/<path:key>.docx")
def paper(kind: str, key: str) -> ResponseReturnValue:
    """Hand the dossier of a thing out as a Word document."""
    from web.papers import write_dossier  # noqa: PLC0415  the library for it is slow to import, and few ask

    found = dossier(kind, key)
    file = io.BytesIO()
    write_dossier(found, file, f"{opened().state.manifest.base}{found.page}", opened().published.date())
    file.seek(0)
    name = f"{say('dossier.title')}-{found.name}.docx".replace("/", "-")
    return send_file(file, WORD, as_attachment=True, download_name=name, etag=False)


def dossier(kind: str, key: str) -> Dossier:
    """Gather what is said of a thing; raises ``UnknownPlace`` or ``UnknownRecord`` for one that is not there."""
    name, page, projects = _thing(kind, key)
    first = whole_number(request.args, "from", 1, 1, max(1, len(projects)))
    shown = projects[first - 1 : first - 1 + MOST]
    return Dossier(kind, key, name, page, [_sheet(entry) for entry in shown], first, len(projects))


def _thing(kind: str, key: str) -> tuple[str, str, Sequence[ProjectEntry]]:
    """Return the name of a thing, the address of its page, and its projects."""
    directory = opened().directory
    if kind == "municipality":
        place = municipality(directory, key)
        return place.name, link("municipalities.one", code=place.key), directory.projects_of(place.projects)
    if kind == "department":
        entry = department(directory, key)
        projects = directory.projects_of([p for unit in directory.below(entry.id) for p in unit.projects])
        code, _, path = entry.id.partition("/")
        return f"{directory.name(code)} {entry.label}", link("departments.one", code=code, path=path), projects
    if kind == "document":
        head = directory.documents.get(key)
        if head is None:
            raise UnknownPlace("document", key)
        return head.title, link("documents.one", document=key), directory.by_document.get(key, [])
    found = directory.projects.get(key)
    if found is None:
        raise UnknownRecord(key)
    return found.title, link("projects.one", document=found.document, local=found.local), [found]


def _sheet(entry: ProjectEntry) -> Sheet:
    state, directory = opened().state, opened().directory
    project = state.record(entry.id)
    if not isinstance(project, ProjectRecord):
        raise UnknownRecord(entry.id)
    head = directory.documents[entry.document]
    return Sheet(
        project,
        entry,
        head,
        partners(project, directory),
        schedule_table(project, head),
        budget_table(project),
        [r for r in state.records(entry.document) if isinstance(r, FindingRecord) and r.subject == project.id],
    )
