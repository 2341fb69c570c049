"""Version 1 of the JSON API on plans: the same rows as the pages, also as CSV."""

from flask import Blueprint, Response

from ingest.records import ProjectRecord
from web.api import plan_shapes as shapes
from web.api.listing import listed
from web.api.parameters import refuse_unknown
from web.pages.checks import citations_asked, quality_asked, variants_in
from web.pages.choices import chosen, one_of
from web.pages.compare import comparison_asked
from web.pages.findings import findings_asked
from web.pages.frame import opened
from web.pages.plans import BUDGET_BY, amounts_asked, board_asked, coverage_asked, sums_asked

service = Blueprint("plans_api", __name__, url_prefix="/api/v1")
service.before_request(refuse_unknown)


@service.get("/figures")
def figures() -> Response:
    """List the indicators with their values and ratings."""
    return listed("figures", board_asked().figures, shapes.figure)


@service.get("/schedules")
def schedules() -> Response:
    """List the rows of the schedules."""
    state = opened().state
    rows = []
    for project in chosen().projects(opened().directory):
        record = state.record(project.id)
        if isinstance(record, ProjectRecord):
            rows += [(project, item) for item in record.schedule]
    return listed("schedules", rows, shapes.schedule)


@service.get("/budgets")
def budgets() -> Response:
    """List the amounts of the budgets in thousand yen."""
    return listed("budgets", amounts_asked(), shapes.amount)


@service.get("/budgets/sums")
def sums() -> Response:
    """List the sums of the budgets by year, drafts apart from what is final."""
    by = one_of("by", BUDGET_BY, BUDGET_BY[0])
    rows = sums_asked(by).rows
    return listed("sums", [entry for row in rows for entry in shapes.sums(row, _label(by, row.key))], lambda row: row)


def _label(by: str, key: str | None) -> str | None:
    directory = opened().directory
    if key is None or by == "area":
        return key
    if by == "municipality":
        return directory.name(key)
    return directory.documents[key].title if by == "document" else directory.projects[key].title


@service.get("/coverage")
def covered() -> Response:
    """List the cells of the coverage map, empty ones too."""
    found = coverage_asked(by_document=one_of("columns", ("document", "municipality"), "document") == "document")
    cells = [(row, column, n) for row in found.rows for column, n in zip(found.columns, row.counts, strict=True)]
    return listed("coverage", cells, lambda cell: shapes.cell(*cell))


@service.get("/progress")
def progress() -> Response:
    """List how many projects stood at each status, by year."""
    documents = chosen().documents
    found = [each for each in opened().plans.progress if not documents or each.document in documents]
    return listed("progress", [(each, record) for each in found for record in each.counts], shapes.progress)


@service.get("/findings")
def findings() -> Response:
    """List the findings."""
    return listed("findings", findings_asked(), shapes.finding)


@service.get("/legal")
def legal() -> Response:
    """List what documents cite as their ground."""
    return listed("citations", citations_asked(), shapes.citation)


@service.get("/variants")
def variants() -> Response:
    """List the words that documents write in more than one way."""
    documents = chosen().documents or tuple(opened().directory.documents)
    found = [(document, word) for document in documents for word in variants_in(document)]
    return listed("variants", found, shapes.variant)


@service.get("/compare")
def compared() -> Response:
    """List the projects of two documents beside each other."""
    return listed("projects", shapes.aligned(comparison_asked()), lambda row: row)


@service.get("/quality")
def quality() -> Response:
    """List how completely each document was read."""
    return listed("quality", quality_asked(), shapes.quality)
