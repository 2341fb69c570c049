"""A project: everything that its document says of it, in the order in which a planner asks."""

from flask import Blueprint, render_template

from ingest.errors import UnknownRecord
from ingest.records import FindingRecord, ProjectRecord
from web.pages.frame import link, opened, say
from web.pages.resources import identifiers
from web.pages.sheet import budget_table, partners, schedule_table

pages = Blueprint("projects", __name__)


@pages.get("/projects/<document>/<local>")
def one(document: str, local: str) -> str:
    """Show a project."""
    state, directory = opened().state, opened().directory
    project = state.record(f"{document}/{local}")
    if not isinstance(project, ProjectRecord):
        raise UnknownRecord(project.id)
    head = directory.documents[document]
    entry = directory.projects[project.id]
    listed = directory.by_document[document]
    place = listed.index(entry)
    return render_template(
        "project.html",
        trail=[
            (say("nav.documents"), link("documents.every")),
            (head.title, link("documents.one", document=document)),
            (" ".join(filter(None, (entry.label, project.title))), None),
        ],
        project=project,
        entry=entry,
        document=head,
        partners=partners(project, directory),
        schedule=schedule_table(project, head),
        budget=budget_table(project),
        findings=[r for r in state.records(document) if isinstance(r, FindingRecord) and r.subject == project.id],
        siblings=[p for p in listed if p.program and p.program == project.program and p is not entry],
        previous=listed[place - 1] if place else None,
        following=listed[place + 1] if place + 1 < len(listed) else None,
        iri=identifiers().record(project.id),
        area_ids=_area_ids(project, document),
    )


def _area_ids(project: ProjectRecord, document: str) -> list[tuple[str, str | None]]:
    directory = opened().directory
    by_labels = {directory.area_labels(a): a.id for a in directory.areas.values() if a.document == document}
    labels = project.area or ()
    return [(label, by_labels.get(labels[: depth + 1])) for depth, label in enumerate(labels)]
