"""What the graph is for: which departments of which municipalities work together, and on what."""

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

import graph.relations
from graph.errors import UnknownThing
from graph.relations import Pair
from graph.things import Unit
from web.directory import Directory
from web.errors import BadParameter, few
from web.pages import questions
from web.pages.choices import known_area, understand
from web.pages.frame import link, opened, say
from web.pages.matrix import Head, Matrix, tabulate
from web.pages.paging import link_header, window
from web.sharing import count, owner_of

pages = Blueprint("relations", __name__)

COLUMNS = ("municipality", "area", "department")


@pages.get("/relations")
def overview() -> ResponseReturnValue:
    """Show the questions that can be asked, and what two things share where the address names them."""
    return questions.overview()


@pages.get("/relations/shared-projects")
def shared_projects() -> Response:
    """Show the pairs of departments of different municipalities that are in charge of the same projects."""
    understand("municipality", "area")
    directory, chosen = opened().directory, chosen_municipalities()
    area = chosen_area()
    paged = window(request.args).cut(pairs_of(chosen, area, chosen_departments()))
    body = render_template(
        "shared_projects.html",
        trail=[(say("nav.relations"), link("relations.overview")), (say("relations.shared_title"), None)],
        paged=paged,
        chosen=chosen,
        area=area,
        municipalities=directory.owners,
    )
    response = make_response(body)
    response.headers["Link"] = link_header(quote(request.path), request.args, paged)
    return response


@pages.get("/relations/matrix")
def matrix() -> str:
    """Show how many projects each two of a kind share."""
    understand("municipality", "columns")
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
        municipalities=directory.municipality_names,
        data=_matrix_data(columns, chosen),
    )


def _matrix_data(columns: str, chosen: Sequence[str]) -> tuple[str, str]:
    """Return the addresses of the pairs behind a matrix as CSV and as JSON."""
    if columns == "municipality":
        csv, json = (
            link("network.data", form=form, view="municipality", municipality=chosen) for form in ("csv", "json")
        )
        return csv, json
    endpoint = "plans_api.covered" if columns == "area" else "v1.shared_projects"
    asked: dict[str, Any] = {"municipality": chosen or ([] if columns == "area" else _first_owner())}
    if columns == "area":
        asked["columns"] = "municipality"
    return url_for(endpoint, format="csv", **asked), url_for(endpoint, **asked)


def _first_owner() -> list[str]:
    return list(opened().directory.departments_by_owner)[:1]


def chosen_municipalities() -> list[str]:
    """Return the municipalities that this request's address names, each once; raises ``BadParameter``."""
    chosen = [key for key in dict.fromkeys(request.args.getlist("municipality")) if key]
    directory = opened().directory
    by_name = directory.municipality_keys
    for key in chosen:
        if key not in directory.municipalities and key not in by_name:
            raise BadParameter("municipality", key, few(directory.municipalities))
    return [by_name.get(key, key) for key in chosen]


def chosen_area() -> str | None:
    """Return the area that this request's address names, by name or by id; raises ``BadParameter``."""
    value = request.args.get("area") or None
    if value and value not in opened().directory.areas:
        known_area(value)
    return value


def chosen_departments() -> tuple[Unit, Unit] | None:
    """Return the two departments (``a`` and ``b``) that this request's address names; raises ``BadParameter``."""
    directory, found = opened().directory, []
    for name in ("a", "b"):
        key = request.args.get(name)
        if key and key not in directory.departments:
            raise BadParameter(name, key, "012246/…/…")
        found += [directory.unit(directory.departments[key])] if key else []
    return (found[0], found[1]) if len(found) == 2 else None


def pairs_of(municipalities: Sequence[str], area: str | None, between: tuple[Unit, Unit] | None) -> Sequence[Pair]:
    """Return the pairs that touch the first of some municipalities, or lie between the two first, in some area."""
    if between:
        try:
            return graph.relations.shared_projects(opened().store, between=between, area=area)
        except UnknownThing:  # an area in which no department is in charge of anything
            return []
    pairs = opened().sharing.pairs(municipalities[0] if municipalities else None, area)
    for key in municipalities[1:2]:
        pairs = [pair for pair in pairs if key in {owner_of(pair.a.id), owner_of(pair.b.id)}]
    return pairs


def _by_municipality(directory: Directory, chosen: Sequence[str]) -> Matrix:
    everybody = directory.municipalities
    heads = (_municipality_head, _municipality_head)
    return tabulate(opened().sharing.partners(chosen), everybody, everybody, heads, lambda a, b: _list_of(a, partner=b))


def _by_area(directory: Directory, chosen: Sequence[str]) -> Matrix:
    heads = (_municipality_head, lambda label: Head(label, label))
    return tabulate(
        opened().sharing.fields(chosen),
        directory.municipalities,
        directory.fields_of_work,
        heads,
        lambda a, b: _list_of(a, field=b),
    )


def _by_department(directory: Directory, chosen: Sequence[str]) -> Matrix:
    owners = list(chosen) or _first_owner()
    first = owners[0] if owners else ""
    pairs = pairs_of(owners, None, None)

    def head(key: str) -> Head:
        unit = directory.departments[key]
        address = link("departments.one", code=unit.municipality, path="/".join(unit.path))
        return Head(key, f"{directory.name(unit.municipality)} {unit.label}", address)

    return tabulate(
        count((pair.a.id, pair.b.id, project.id) for pair in pairs for project in pair.projects),
        [unit.id for unit in directory.departments_by_owner.get(first, ())],
        _in_order(directory, {pair.b.id for pair in pairs}),
        (head, head),
        lambda a, b: link("relations.shared_projects", a=a, b=b),
    )


def _in_order(directory: Directory, departments: Collection[str]) -> list[str]:
    """Return departments by municipality, in the order of these."""
    known = (key for key in departments if key in directory.departments)
    return sorted(known, key=lambda key: (directory.places[owner_of(key)], key))


def _municipality_head(key: str) -> Head:
    return Head(key, opened().directory.name(key), link("municipalities.one", code=key))


def _list_of(municipality: str, **narrowing: str) -> str:
    return link("municipalities.one", code=municipality, **narrowing, _anchor="projects")
