"""A policy area of a document: its place, its projects, its basic indicators."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from graph.guidelines import match
from ingest.records import AreaRecord, BasicIndicatorRecord
from web.directory import Directory
from web.entries import ProjectEntry
from web.errors import BadParameter, UnknownPlace
from web.pages import area_list
from web.pages.frame import link, opened, say
from web.pages.paging import window

pages = Blueprint("areas", __name__)

MOST_OF_ROLE = 30
"""Areas of a role that one page shows; a page of that role has all."""

MOST_ELSEWHERE = 10
"""Areas of the same name shown; the list of projects has those of all."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area of a document by its labels from the first level down; ``record`` is None where only projects name it."""

    labels: tuple[str, ...]
    record: AreaRecord | None
    projects: list[ProjectEntry]


@pages.get("/areas")
def every() -> str:
    """List the areas of all documents under the roles of the national guideline, or those of one role."""
    roles = area_list.of_all(opened().directory)
    asked = request.args.get("role")
    if asked is not None and asked not in roles:
        raise BadParameter("role", asked, ", ".join(roles))
    paged = window(request.args, default=MOST_OF_ROLE).cut(roles[asked].rows) if asked is not None else None
    return render_template(
        "areas.html",
        trail=[(say("nav.areas"), None)],
        roles=[roles[asked]] if asked is not None else list(roles.values()),
        paged=paged,
        most=MOST_OF_ROLE,
        most_documents=MOST_ELSEWHERE,
    )


@pages.get("/areas/<document>/<path:path>")
def one(document: str, path: str) -> str:
    """Show an area; ``path`` is its notation from the first level down, ``3/1/g``, or its labels where it has none."""
    state, directory = opened().state, opened().directory
    head = directory.documents.get(document)
    place = _place(directory, document, path)
    if head is None or place is None:
        raise UnknownPlace("area", f"{document}/{path}")
    area, depth = place.record, len(place.labels)
    elsewhere = _elsewhere(directory, document, place.labels[-1])
    return render_template(
        "area.html",
        trail=[
            (say("nav.documents"), link("documents.every")),
            (head.title, link("documents.one", document=document)),
            *((above.label, address(above)) for above in (_above(area) if area else ())),
            (place.labels[-1], None),
        ],
        area=area,
        labels=place.labels,
        document=head,
        path=path,
        children=directory.areas_below(area) if area else [],
        projects=place.projects,
        elsewhere=elsewhere[:MOST_ELSEWHERE],
        others=len(elsewhere),
        indicators=[
            r
            for r in state.records(document)
            if isinstance(r, BasicIndicatorRecord) and (r.area or ())[:depth] == place.labels
        ],
        legend=opened().plans.legends.get(document),
        guideline=match(place.labels),
    )


def _place(directory: Directory, document: str, path: str) -> Place | None:
    area = directory.areas.get(f"{document}/area-{path.replace('/', '.')}")
    if area:
        return Place(directory.area_labels(area), area, directory.projects_in_area(area))
    labels = tuple(path.split("/"))
    projects = [p for p in directory.by_document.get(document, ()) if p.area[: len(labels)] == labels]
    return Place(labels, None, projects) if projects else None


def _elsewhere(directory: Directory, document: str, label: str) -> list[AreaRecord]:
    """Return the areas of other documents that have the same name, those of the newest documents first."""
    found = [area for area in directory.areas_by_label.get(label, ()) if area.document != document]
    return sorted(found, key=lambda area: directory.documents[area.document].issued or "", reverse=True)


def address(area: AreaRecord) -> str:
    """Return the address of an area's page."""
    path = area.id.partition("/area-")[2].replace(".", "/")
    return link("areas.one", document=area.document, path=path)


def _above(area: AreaRecord) -> list[AreaRecord]:
    parent = opened().directory.areas.get(area.parent) if area.parent else None
    return [*_above(parent), parent] if parent else []
