"""Answers as plain dicts, in the forms of the public contract."""

from typing import Any

from ingest.changes import Change, DocumentChange
from ingest.library import Entry
from ingest.records import DocumentRecord, to_builtins
from search.model import Hit, Page
from web.api import answers
from web.entries import DepartmentEntry, MunicipalityEntry, ProjectEntry

Plain = dict[str, Any]


def search_page(page: Page) -> answers.SearchAnswer:
    """Return what a search gave; a snippet is plain text, its marked words stand in ``matched``."""
    return {
        "query": page.query.text,
        "total": page.total,
        "took_ms": round(page.took_ms, 2),
        "did_you_mean": page.did_you_mean,
        "facets": {
            facet.name: [{"value": v.value, "label": v.label, "count": v.count} for v in facet.values]
            for facet in page.facets
        },
        "hits": [hit(found) for found in page.hits],
    }


def hit(hit: Hit) -> answers.HitAnswer:
    """Return an entry that was found; its snippet without marks."""
    return {
        "id": hit.id,
        "type": hit.type,
        "document": hit.document,
        "number": hit.number,
        "branch": hit.branch,
        "title": hit.title,
        "score": hit.score,
        "snippet": hit.snippet.text,
        "url": address_of(hit),
        "lines": hit.lines,
        "matched": list(hit.matched),
    }


def address_of(hit: Hit) -> str:
    """Return the address that shows a hit; where that is a place in a text, the one that marks its lines."""
    if hit.lines is None or "#L" not in hit.url:
        return hit.url
    first, last = hit.lines
    return f"{hit.url.partition('#')[0]}?lines={first}-{last}#L{first}"


def document(record: DocumentRecord, entry: Entry) -> Plain:
    """Return a document: its record, and how many records of each type were read out of it."""
    return {**to_builtins(record), "lines": entry.lines, "counts": entry.counts}


def project(entry: ProjectEntry) -> answers.ProjectAnswer:
    """Return a project as lists say it."""
    return {
        "id": entry.id,
        "document": entry.document,
        "number": entry.number,
        "branch": entry.branch,
        "program": entry.program,
        "title": entry.title,
        "area": list(entry.area),
        "municipalities": list(entry.municipalities),
        "departments": list(entry.departments),
        "years": list(entry.years),
        "ratings": list(entry.ratings),
        "url": f"/projects/{entry.document}/{entry.local}",
    }


def department(entry: DepartmentEntry, municipality: str) -> answers.DepartmentAnswer:
    """Return a department with the ids of its projects, of the departments below it, and of the rows that name it."""
    return {
        "id": entry.id,
        "municipality": municipality,
        "path": list(entry.path),
        "projects": entry.projects,
        "below": entry.children,
        "overview_rows": entry.rows,
        "url": f"/departments/{entry.id}",
    }


def municipality(entry: MunicipalityEntry) -> answers.MunicipalityAnswer:
    """Return a municipality with the number of its projects."""
    return {
        "code": entry.code,
        "name": entry.name,
        "projects": len(entry.projects),
        "url": f"/municipalities/{entry.key}",
    }


def change(found: tuple[Change, DocumentChange]) -> answers.ChangeAnswer:
    """Return what a state changed of one document."""
    state, each = found
    return {
        "state": state.state,
        "when": state.when,
        "document": each.document,
        "title": each.title,
        "kind": each.kind,
        "came": dict(each.came),
        "went": dict(each.went),
        "projects": [
            {"id": one.id, "title": one.title, "kind": one.kind, "fields": list(one.fields)} for one in each.projects
        ],
        "url": f"/changes#state-{state.state}",
    }
