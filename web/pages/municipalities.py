"""The municipalities: their list, and each with its documents, departments, projects and partners."""

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from ingest.records import FacilityRecord
from web.directory import Directory
from web.entries import MunicipalityEntry
from web.errors import UnknownPlace
from web.pages.frame import identifiers, link, opened, say
from web.pages.paging import window
from web.pages.place_figures import figures_of
from web.pictures.series import bar
from web.plans.figures import Figure
from web.plans.money import SumRow, summed

pages = Blueprint("municipalities", __name__)


@dataclass(frozen=True, slots=True)
class Results:
    """How the indicators of one document stand: how many there are, the marks by the legend, how many lack a figure.

    ``shared`` where they are those of all parties together.
    """

    document: str
    figures: int
    marks: dict[str, int]
    unmeasured: int
    shared: bool


@pages.get("/municipalities")
def every() -> str:
    """List the municipalities by code."""
    directory = opened().directory
    paged = window(request.args).cut(list(directory.municipalities.values()))
    return render_template(
        "municipalities.html", trail=[(say("nav.municipalities"), None)], paged=paged, departments=directory.in_charge
    )


@pages.get("/municipalities/<code>")
def one(code: str) -> str:
    """Show a municipality."""
    directory = opened().directory
    entry = municipality(directory, code)
    projects = directory.projects_of(entry.projects)
    partner, field = request.args.get("partner"), request.args.get("field")
    shown = [p for p in projects if (not partner or partner in p.municipalities) and field in {None, p.field_of_work}]
    return render_template(
        "municipality.html",
        trail=[(say("nav.municipalities"), link("municipalities.every")), (entry.name, None)],
        entry=entry,
        top=directory.top_departments(entry.key),
        departments=directory.in_charge[entry.key],
        total=len(projects),
        partner=municipality(directory, partner) if partner else None,
        field=field,
        paged=window(request.args).cut(shown),
        partners=partners(directory, entry),
        fields=Counter(p.field_of_work for p in projects if p.field_of_work).most_common(),
        bar=bar,
        results=results(entry),
        legends=opened().plans.legends,
        money=money(entry),
        figures=figures_of(entry),
        facilities=facilities(entry),
        iri=identifiers().municipality(entry.key),
    )


def results(entry: MunicipalityEntry) -> list[Results]:
    """Return how the indicators of a municipality's projects stand, a document each, the newest first.

    Where a document of it names no municipality for any project, all its indicators are those of each of its parties.
    """
    plans, own, parties = opened().plans, set(entry.projects), {party.document for party in entry.parties}
    found = []
    for document in opened().directory.newest:
        figures = plans.figures_by_document.get(document, [])
        shared = document in parties and not any(_of_someone(figure) for figure in figures)
        counted = figures if shared else [figure for figure in figures if figure.project in own]
        if counted:
            printed = Counter(figure.rating for figure in counted)
            marks = {mark: printed[mark] for mark in plans.marks if printed[mark]}
            found.append(Results(document, len(counted), marks, sum(f.actual is None for f in counted), shared))
    return found


def _of_someone(figure: Figure) -> bool:
    return bool(figure.project and opened().directory.projects[figure.project].municipalities)


def money(entry: MunicipalityEntry) -> list[tuple[str, SumRow]]:
    """Sum the budgets of a municipality's projects: what is printed for it, and for all partners; drafts apart."""
    by_project = opened().plans.amounts_by_project
    amounts = [a for project in entry.projects for a in by_project.get(project, ())]
    rows = [
        (name, [a for a in amounts if a.municipality == key]) for name, key in (("own", entry.key), ("joint", None))
    ]
    return [(name, row) for name, found in rows for row in sorted(summed(found, "draft"), key=lambda row: row.draft)]


def municipality(directory: Directory, key: str) -> MunicipalityEntry:
    """Return the entry of a code or name; raises ``UnknownPlace``."""
    try:
        return directory.municipalities[key]
    except KeyError:
        raise UnknownPlace("municipality", key) from None


def partners(directory: Directory, entry: MunicipalityEntry) -> list[tuple[MunicipalityEntry, int]]:
    """Return the municipalities that share projects with one, most shared first."""
    counts = Counter(
        other
        for project in directory.projects_of(entry.projects)
        for other in project.municipalities
        if other != entry.key
    )
    return [
        (directory.municipalities[key], n) for key, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def facilities(entry: MunicipalityEntry) -> dict[str, list[FacilityRecord]]:
    """Return the facilities that documents list for a municipality, by category."""
    found: dict[str, list[FacilityRecord]] = {}
    for document in dict.fromkeys(party.document for party in entry.parties):
        for record in opened().state.records(document):
            if isinstance(record, FacilityRecord) and record.municipality == entry.name:
                found.setdefault(record.category, []).append(record)
    return found
