"""A project: everything that its document says of it, in the order in which a planner asks."""

from collections import Counter
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template

from graph.chains import through
from graph.nearest import nearest
from ingest.errors import UnknownRecord
from ingest.records import BudgetRow, DocumentRecord, FindingRecord, PartyRecord, ProjectRecord
from web.entries import ProjectEntry
from web.pages.frame import identifiers, link, opened, say
from web.pages.passages import Passage
from web.pages.roles import symmetry
from web.pages.sheet import budget_table, partners, schedule_table

pages = Blueprint("projects", __name__)


MOST_LINES = 150
"""Lines of the original beside a project; a sheet of forms has some fifteen."""

MOST_NEAR = 8

MOST_SAME = 5
"""Projects of other documents shown as the same work; the page of similar projects has more."""

MOST_LOOKED_AT = 20
"""Projects most like one among which the measures of agreements that it carries out are looked for."""


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
    passage = _passage(project)
    near = nearest(opened().store, project.id, MOST_LOOKED_AT)
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
        parties=[r.municipality for r in state.records(document) if isinstance(r, PartyRecord)],
        symmetry=symmetry(project.id),
        years=entry.years or _period(head),
        schedule=schedule_table(project, head),
        budget=budget_table(project),
        legend=opened().plans.legends.get(document),
        legends=opened().plans.legends,
        findings=[r for r in state.records(document) if isinstance(r, FindingRecord) and r.subject == project.id],
        chains=through(opened().store, project.id, (match.project.id for match in near.matches)),
        agreements=any(each.kind.endswith("agreement") for each in directory.documents.values()),
        same=replace(near, matches=near.matches[:MOST_SAME]),
        siblings=[p for p in listed if p.program and p.program == project.program and p is not entry],
        neighbours=_neighbours(entry),
        passage=passage,
        places=places(project, passage),
        previous=listed[place - 1] if place else None,
        following=listed[place + 1] if place + 1 < len(listed) else None,
        iri=identifiers().record(project.id),
        area_ids=_area_ids(project, document),
    )


def places(project: ProjectRecord, passage: Passage) -> dict[str, Any]:
    """Return the lines on which each part of a project is written; those of the whole where a part is not found."""
    whole = (passage.first, passage.last)
    schedule = [item.label for item in project.schedule]
    found: dict[str, Any] = {
        "overview": passage.find(project.overview),
        "purpose": passage.find(project.purpose),
        "cost_sharing": passage.find(project.cost_sharing),
        "progress": passage.find(project.progress),
        "departments": passage.find(*(department.raw for department in project.departments), last=True),
        "schedule": passage.find(*schedule, last=True),
        "budget": passage.find(*(_printed(row) for row in project.budget), last=True),
        "indicators": passage.find(*(indicator.name for indicator in project.indicators)),
    }
    roles = {name: passage.find(name + text, text) or whole for name, text in project.roles.items()}
    return {**{part: lines or whole for part, lines in found.items()}, "roles": roles}


def _printed(row: BudgetRow) -> str:
    return "".join("-" if amount is None else f"{amount:,}" for amount in row.amounts.values())


def _passage(project: ProjectRecord) -> Passage:
    first, last = project.source.lines
    lines = opened().state.text(project.document)[first - 1 : min(last, first - 1 + MOST_LINES)]
    return Passage(first, lines)


def _period(document: DocumentRecord) -> tuple[str, ...]:
    period = document.period
    return tuple(str(year) for year in dict.fromkeys((period.from_fy, period.to_fy))) if period else ()


def _neighbours(entry: ProjectEntry) -> list[ProjectEntry]:
    """Return other projects that a department of this one is in charge of, those with most of them first."""
    directory = opened().directory
    shared = Counter(p for key in entry.departments for p in directory.departments[key].projects if p != entry.id)
    near = sorted(shared, key=lambda p: -shared[p])
    found = directory.projects_of(near)
    return [p for p in found if p.program != entry.program or p.document != entry.document][:MOST_NEAR]


def _area_ids(project: ProjectRecord, document: str) -> list[tuple[str, str | None]]:
    directory = opened().directory
    labels = project.area or ()
    found = [directory.areas_by_labels.get((document, labels[: depth + 1])) for depth in range(len(labels))]
    return [(label, area.id if area else None) for label, area in zip(labels, found, strict=True)]
