"""The departments: their index, and each with its place, its projects and its counterparts elsewhere."""

from collections import Counter

from flask import Blueprint, render_template, request

from graph.relations import counterparts
from web.directory import DepartmentEntry, Directory
from web.errors import UnknownPlace
from web.pages.frame import link, opened, say
from web.pages.paging import window

pages = Blueprint("departments", __name__)


@pages.get("/departments")
def every() -> str:
    """List the departments of each municipality as a tree."""
    directory = opened().directory
    tops = [(entry, directory.top_departments(key)) for key, entry in directory.municipalities.items()]
    return render_template(
        "departments.html",
        trail=[(say("nav.departments"), None)],
        municipalities=[(entry, top) for entry, top in tops if top],
    )


@pages.get("/departments/<code>/<path:path>")
def one(code: str, path: str) -> str:
    """Show a department."""
    directory = opened().directory
    entry = department(directory, f"{code}/{path}")
    below = [key for unit in directory.below(entry.id) for key in unit.projects]
    return render_template(
        "department.html",
        trail=_trail(directory, entry),
        entry=entry,
        chain=[directory.departments["/".join((code, *entry.path[: n + 1]))] for n in range(len(entry.path))],
        paged=window(request.args).cut(directory.projects_of([*entry.projects, *below])),
        below=len(set(below)),
        counterparts=counterparts(opened().store, directory.unit(entry)),
        colleagues=colleagues(directory, entry),
    )


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
