"""The departments: their index, and each with its place, its projects and its counterparts elsewhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from graph.errors import UnknownThing
from graph.network import neighbours
from graph.relations import counterparts
from graph.things import Thing
from ingest.records import DocumentRecord
from web.directory import Directory
from web.entries import DepartmentEntry, ProjectEntry
from web.errors import UnknownPlace
from web.i18n import LANGUAGES
from web.pages import networks
from web.pages.frame import identifiers, language, link, opened, say
from web.pages.paging import window

pages = Blueprint("departments", __name__)


MUNICIPALITIES = 12
"""Municipalities whose departments one page of the index shows."""

MOST_UNITS = 30
"""Departments of a municipality in the index; the page of the municipality shows all."""


@pages.get("/departments")
def every() -> str:
    """List the departments of each municipality as a tree."""
    directory = opened().directory
    paged = window(request.args, default=MUNICIPALITIES).cut(directory.owners)
    return render_template(
        "departments.html",
        trail=[(say("nav.departments"), None)],
        paged=paged,
        trees=[(key, name, tree(directory, key, MOST_UNITS)) for key, name in paged.items],
    )


@dataclass(frozen=True, slots=True)
class Tree:
    """The first departments that stand directly under a municipality, and how many departments are left out."""

    top: list[DepartmentEntry]
    left_out: int


def tree(directory: Directory, municipality: str, most: int) -> Tree:
    """Return the departments of a municipality as a tree of as many as ``most``, none cut off from those below it."""
    top, shown = list[DepartmentEntry](), 0
    for unit in directory.top_departments(municipality):
        size = sum(1 for _ in directory.below(unit.id))
        if top and shown + size > most:
            break
        top.append(unit)
        shown += size
    return Tree(top, len(directory.departments_by_owner.get(municipality, ())) - shown)


@pages.get("/departments/<code>/<path:path>")
def one(code: str, path: str) -> str:
    """Show a department."""
    directory = opened().directory
    entry = department(directory, f"{code}/{path}")
    below = [key for unit in directory.below(entry.id) for key in unit.projects]
    projects = directory.projects_of([*entry.projects, *below])
    network = networks.around(directory, f"department/{entry.id}")
    return render_template(
        "department.html",
        trail=_trail(directory, entry),
        entry=entry,
        chain=[directory.departments["/".join((code, *entry.path[: n + 1]))] for n in range(len(entry.path))],
        paged=window(request.args).cut(projects),
        projects=projects,
        below=len(projects),
        counterparts=counterparts(opened().store, directory.unit(entry)),
        colleagues=colleagues(directory, entry),
        network=network if projects else None,
        picture=networks.draw(network) if projects else None,
        legend=networks.legend(network),
        named_in=named_in(directory, entry, projects),
        moved=moved(directory, entry),
        links=links_of(entry),
        iri=identifiers().department(entry.municipality, entry.path),
    )


def named_in(
    directory: Directory, entry: DepartmentEntry, projects: Sequence[ProjectEntry]
) -> list[tuple[DocumentRecord, int]]:
    """Return the documents that name a department, by date, each with the number of its projects there.

    A document whose overview table alone names it has none.
    """
    counts = Counter(project.document for project in projects)
    for row in entry.rows:
        counts.setdefault(row.partition("/")[0], 0)
    found = [(directory.documents[key], n) for key, n in counts.items()]
    return sorted(found, key=lambda pair: pair[0].issued or "")


def moved(directory: Directory, entry: DepartmentEntry) -> list[DepartmentEntry]:
    """Return departments that may be this one under another roof: the same name, never in one document with it."""
    own = {directory.projects[key].document for key in entry.projects}
    return [
        other
        for other in directory.namesakes(entry)
        if own and other.projects and own.isdisjoint(directory.projects[key].document for key in other.projects)
    ]


def links_of(entry: DepartmentEntry) -> list[tuple[str, list[Thing]]]:
    """Return what a department is linked with in the graph, by relation, most first."""
    try:
        found = neighbours(opened().store, entry.id)
    except UnknownThing:
        return []
    groups: dict[str, list[Thing]] = {}
    for each in found:
        relation = each.relation_ja if language() == LANGUAGES[0] else each.relation_en
        groups.setdefault(relation, []).append(each.other)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def department(directory: Directory, key: str) -> DepartmentEntry:
    """Return the entry of a key; raises ``UnknownPlace``."""
    try:
        return directory.departments[key]
    except KeyError:
        raise UnknownPlace("department", key) from None


def colleagues(directory: Directory, entry: DepartmentEntry) -> list[tuple[DepartmentEntry, int]]:
    """Return the departments of the same municipality that are in charge of the same projects, most shared first."""
    counts = Counter(key for project in directory.projects_of(entry.projects) for key in project.departments)
    shared = [(directory.departments[key], n) for key, n in counts.items() if key != entry.id]
    return sorted(
        ((unit, n) for unit, n in shared if unit.municipality == entry.municipality),
        key=lambda pair: (-pair[1], pair[0].id),
    )


def _trail(directory: Directory, entry: DepartmentEntry) -> list[tuple[str, str | None]]:
    return [
        (say("nav.municipalities"), link("municipalities.every")),
        (directory.name(entry.municipality), link("municipalities.one", code=entry.municipality)),
        (entry.label, None),
    ]
