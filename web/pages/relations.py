"""What the graph is for: which departments of which municipalities work together, and on what."""

from collections.abc import Sequence
from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

import graph.relations
from graph.errors import UnknownThing
from graph.relations import Pair
from graph.things import Unit
from web.directory import Directory
from web.errors import BadParameter
from web.pages import questions
from web.pages.frame import link, opened, say
from web.pages.matrix import Head, Matrix, tabulate
from web.pages.paging import link_header, window

pages = Blueprint("relations", __name__)

COLUMNS = ("municipality", "area", "department")


@pages.get("/relations")
def overview() -> ResponseReturnValue:
    """Show the questions that can be asked, and what two things share where the address names them."""
    return questions.overview()


@pages.get("/relations/shared-projects")
def shared_projects() -> Response:
    """Show the pairs of departments of different municipalities that are in charge of the same projects."""
    directory, chosen = opened().directory, chosen_municipalities()
    area = request.args.get("area") or None
    paged = window(request.args).cut(pairs_of(chosen, area, chosen_departments()))
    body = render_template(
        "shared_projects.html",
        trail=[(say("nav.relations"), link("relations.overview")), (say("relations.shared_title"), None)],
        paged=paged,
        chosen=chosen,
        area=area,
        areas=sorted({label for p in directory.projects.values() for label in p.area}),
        municipalities=_with_departments(directory),
    )
    response = make_response(body)
    response.headers["Link"] = link_header(quote(request.path), request.args, paged)
    return response


@pages.get("/relations/matrix")
def matrix() -> str:
    """Show how many projects each two of a kind share."""
    directory, columns = opened().directory, request.args.get("columns") or COLUMNS[0]
    if columns not in COLUMNS:
        raise BadParameter("columns", columns, ", ".join(COLUMNS))
    chosen = chosen_municipalities()
    makers = {"municipality": _by_municipality, "area": _by_area, "department": _by_department}
    return render_template(
        "matrix.html",
        trail=[(say("nav.relations"), link("relations.overview")), (say("relations.matrix_title"), None)],
        matrix=makers[columns](directory, chosen),
        columns=columns,
        chosen=chosen,
        municipalities=list(directory.municipalities.values()),
    )


def chosen_municipalities() -> list[str]:
    """Return the municipalities that this request's address names, each once; raises ``BadParameter``."""
    chosen = [key for key in dict.fromkeys(request.args.getlist("municipality")) if key]
    directory = opened().directory
    by_name = {entry.name: key for key, entry in directory.municipalities.items()}
    for key in chosen:
        if key not in directory.municipalities and key not in by_name:
            raise BadParameter("municipality", key, ", ".join(directory.municipalities))
    return [by_name.get(key, key) for key in chosen]


def chosen_departments() -> tuple[Unit, Unit] | None:
    """Return the two departments (``a`` and ``b``) that this request's address names; raises ``BadParameter``."""
    directory, found = opened().directory, []
    for name in ("a", "b"):
        key = request.args.get(name)
        if key and key not in directory.departments:
            raise BadParameter(name, key, "012246/…/…")
        found += [directory.unit(directory.departments[key])] if key else []
    return (found[0], found[1]) if len(found) == 2 else None


def pairs_of(municipalities: Sequence[str], area: str | None, between: tuple[Unit, Unit] | None) -> list[Pair]:
    """Return the pairs that touch the first of some municipalities, or lie between the two first, in some area."""
    first = municipalities[0] if municipalities else None
    try:
        pairs = graph.relations.shared_projects(opened().store, between=between, municipality=first, area=area)
    except UnknownThing:  # a municipality or area in which no department is in charge of anything
        return []
    for key in municipalities[1:2]:
        pairs = [pair for pair in pairs if key in {municipality_of(pair.a.id), municipality_of(pair.b.id)}]
    return pairs


def municipality_of(department: str) -> str:
    """Return the municipality's key out of a department's."""
    return department.partition("/")[0]


def _with_departments(directory: Directory) -> list[object]:
    named = {unit.municipality for unit in directory.departments.values()}
    return [entry for key, entry in directory.municipalities.items() if key in named]


def _municipality_heads(directory: Directory) -> list[Head]:
    return [
        Head(key, entry.name, link("municipalities.one", code=key)) for key, entry in directory.municipalities.items()
    ]


def _by_municipality(directory: Directory, chosen: Sequence[str]) -> Matrix:
    heads = _municipality_heads(directory)
    entries = [
        (a, b, project.id)
        for project in directory.projects.values()
        for a in project.municipalities
        for b in project.municipalities
        if a != b and (not chosen or a in chosen)
    ]
    return tabulate(heads, heads, entries, lambda a, b: _list_of(a, partner=b.key))


def _by_area(directory: Directory, chosen: Sequence[str]) -> Matrix:
    labels = directory.fields_of_work()
    columns = [Head(label, label) for label in labels]
    entries = [
        (municipality, label, project.id)
        for label, ids in labels.items()
        for project in directory.projects_of(ids)
        for municipality in project.municipalities
        if not chosen or municipality in chosen
    ]
    return tabulate(_municipality_heads(directory), columns, entries, lambda a, b: _list_of(a, field=b.key))


def _by_department(directory: Directory, chosen: Sequence[str]) -> Matrix:
    first = chosen[0] if chosen else _first_municipality(directory)
    entries = []
    for pair in pairs_of(list(chosen) or [first], None, None):
        a, b = (pair.a, pair.b) if municipality_of(pair.a.id) == first else (pair.b, pair.a)
        entries += [(a.id, b.id, project.id) for project in pair.projects]
    heads = {
        key: Head(
            key,
            f"{directory.name(unit.municipality)} {unit.label}",
            link("departments.one", code=unit.municipality, path="/".join(unit.path)),
        )
        for key, unit in directory.departments.items()
    }
    rows = [head for key, head in heads.items() if municipality_of(key) == first]
    columns = [head for key, head in heads.items() if municipality_of(key) != first]
    return tabulate(rows, columns, entries, lambda a, b: link("relations.shared_projects", a=a.key, b=b.key))


def _first_municipality(directory: Directory) -> str:
    return next((unit.municipality for unit in directory.departments.values()), "")


def _list_of(municipality: Head, **narrowing: str) -> str:
    return link("municipalities.one", code=municipality.key, **narrowing, _anchor="projects")
