"""A policy area of a document: its place, its projects, its basic indicators."""

from flask import Blueprint, render_template

from ingest.records import AreaRecord, BasicIndicatorRecord
from web.errors import UnknownPlace
from web.pages.frame import link, opened, say

pages = Blueprint("areas", __name__)


@pages.get("/areas/<document>/<path:path>")
def one(document: str, path: str) -> str:
    """Show an area; ``path`` is its notation from the first level down, ``3/1/g``."""
    state, directory = opened().state, opened().directory
    head = directory.documents.get(document)
    area = directory.areas.get(f"{document}/area-{path.replace('/', '.')}")
    if head is None or area is None:
        raise UnknownPlace("area", f"{document}/{path}")
    labels = directory.area_labels(area)
    return render_template(
        "area.html",
        trail=[
            (say("nav.documents"), link("documents.every")),
            (head.title, link("documents.one", document=document)),
            *((above.label, address(above)) for above in _above(area)),
            (area.label, None),
        ],
        area=area,
        document=head,
        children=[a for a in directory.areas.values() if a.parent == area.id],
        projects=directory.projects_in_area(area),
        indicators=[
            r
            for r in state.records(document)
            if isinstance(r, BasicIndicatorRecord) and (r.area or ())[: len(labels)] == labels
        ],
    )


def address(area: AreaRecord) -> str:
    """Return the address of an area's page."""
    path = area.id.partition("/area-")[2].replace(".", "/")
    return link("areas.one", document=area.document, path=path)


def _above(area: AreaRecord) -> list[AreaRecord]:
    parent = opened().directory.areas.get(area.parent) if area.parent else None
    return [*_above(parent), parent] if parent else []
