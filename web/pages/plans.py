"""Ways to look at plans: how indicators stand, what is done when, what it costs, who covers what."""

from collections import Counter

from flask import Blueprint, render_template, request

from graph.alignment import same_work
from ingest.errors import UnknownRecord
from ingest.records import ProjectRecord
from web.directory import ProjectEntry
from web.pages.chart import stacked
from web.pages.choices import Choice, chosen, one_of, values
from web.pages.frame import link, opened, say
from web.pages.paging import whole_number, window
from web.pages.sheet import Schedule, schedule_table
from web.plans.coverage import Coverage, coverage, part_of
from web.plans.figures import Figure, board
from web.plans.judging import VERDICTS
from web.plans.money import Amount, joined, summed

pages = Blueprint("plans", __name__)

BUDGET_BY = ("document", "area", "municipality", "project")
LIKE, MOST_LIKE = 0.12, 20
"""From this closeness on projects are shown as like one another, and how many: a looser net than for the same work."""
BUDGET_ORDERS = ("document", "amount")
BOARD_LINES, TIMELINE_PROJECTS, COVERAGE_COLUMNS = 25, 15, 30
MOST_COUNTED = 20
"""Documents whose ratings one page counts apart; of more, those with most indicators."""


@pages.get("/plans")
def overview() -> str:
    """Show the views on plans with what each holds."""
    plans, directory = opened().plans, opened().directory
    counts = {
        "board": len(plans.figures),
        "timeline": len(plans.scheduled),
        "budget": len({amount.project for amount in plans.amounts}),
        "coverage": len(directory.fields_of_work()),
        "progress": len(plans.progress),
        "compare": len(directory.by_document),
        "findings": len(plans.findings),
        "legal": len({citation.law for citation in plans.citations}),
        "variants": len(directory.documents),
    }
    ratings = Counter[str]()
    for (_, mark), n in plans.rating_counts.items():
        ratings[mark] += n
    return render_template(
        "plans.html", trail=[(say("nav.plans"), None)], counts=counts, marks=ratings, legend=plans.common_legend
    )


@pages.get("/board")
def indicators() -> str:
    """Show the indicators with their ratings, a row each, a column a year."""
    plans, directory = opened().plans, opened().directory
    figures = figures_asked()
    lines = plans.lines if len(figures) == len(plans.figures) else board(figures, directory.projects)
    paged = window(request.args, default=BOARD_LINES).cut(lines)
    rated = figures_asked(of_every_rating=True)
    everything = len(rated) == len(plans.figures)
    counts = plans.rating_counts if everything else Counter((f.document, f.rating) for f in rated if f.rating)
    years = sorted({year for line in paged.items for year in line.years if year is not None})
    undated = any(None in line.years for line in paged.items)
    return render_template(
        "board.html",
        trail=_trail("board"),
        choice=chosen(),
        paged=paged,
        years=[*years, None] if undated or not years else years,
        legends=plans.legends,
        distinct=plans.distinct_legends,
        common=plans.common_legend,
        counts=counts,
        counted=_most_counted(counts),
        verdicts=Counter(figure.verdict for figure in figures if figure.rating),
        all_documents=plans.with_figures,
        marks=plans.marks,
    )


def _most_counted(counts: Counter[tuple[str, str]]) -> list[str]:
    """Return the documents to count apart, in the order of the library."""
    sums = Counter[str]()
    for (document, _), n in counts.items():
        sums[document] += n
    most = {document for document, _ in sums.most_common(MOST_COUNTED)}
    return [document for document in sums if document in most]


def figures_asked(*, of_every_rating: bool = False) -> list[Figure]:
    """Return the figures that this request's address asks for; raises ``BadParameter``."""
    plans, directory, choice = opened().plans, opened().directory, chosen()
    ratings = [] if of_every_rating else values("rating")
    verdicts = values("verdict", VERDICTS)
    if choice == Choice() and not ratings and not verdicts:
        return plans.figures

    def municipalities(figure: Figure) -> tuple[str, ...]:
        return directory.projects[figure.project].municipalities if figure.project else ()

    return [
        figure
        for figure in plans.figures
        if choice.holds(figure.document, figure.area, municipalities(figure))
        and (not ratings or figure.rating in ratings)
        and (not verdicts or (figure.rating and figure.verdict in verdicts))
    ]


@pages.get("/timeline")
def timeline() -> str:
    """Show the schedules of the projects, as tables with bars."""
    directory, choice = opened().directory, chosen()
    projects = [p for p in choice.projects(directory) if p.has_schedule]
    paged = window(request.args, default=TIMELINE_PROJECTS).cut(projects)
    tables = [(p, _schedule(p)) for p in paged.items]
    return render_template(
        "timeline.html",
        trail=_trail("timeline"),
        choice=choice,
        paged=paged,
        tables=tables,
        years=sorted({year for _, table in tables if table for year in table.years}),
        all_documents=opened().plans.with_schedules,
    )


def _schedule(project: ProjectEntry) -> Schedule | None:
    record = opened().state.record(project.id)
    head = opened().directory.documents[project.document]
    return schedule_table(record, head) if isinstance(record, ProjectRecord) else None


@pages.get("/budget")
def budget() -> str:
    """Show the sums of the budgets by year, with what is blank."""
    directory, amounts = opened().directory, amounts_asked()
    by = one_of("by", BUDGET_BY, BUDGET_BY[0])
    order = one_of("order", BUDGET_ORDERS, BUDGET_ORDERS[0])
    whole = len(amounts) == len(opened().plans.amounts)
    rows = list(opened().plans.sums_by(by)) if whole else summed(amounts, by)
    if order == "amount":
        rows.sort(key=lambda row: -row.total.value)
    paged = window(request.args, default=50).cut(rows)
    drafts, final = ([row for row in rows if row.draft is draft] for draft in (True, False))
    sums = [("draft", joined(drafts))] * bool(drafts) + [("final", joined(final))] * bool(final)
    if drafts and final and request.args.get("combined"):
        sums.append(("combined", joined(rows)))
    return render_template(
        "budget.html",
        trail=_trail("budget"),
        choice=chosen(),
        by=by,
        order=order,
        paged=paged,
        years=sorted({year for row in rows for year in row.years}),
        sums=sums,
        mixed=bool(drafts and final),
        combined=bool(request.args.get("combined")),
        names=directory,
        all_documents=opened().plans.with_amounts,
    )


def amounts_asked() -> list[Amount]:
    """Return the amounts that this request's address asks for; a municipality chooses the amounts printed for it."""
    choice = chosen()
    if choice == Choice():
        return opened().plans.amounts
    projects = opened().directory.projects
    return [
        amount
        for amount in opened().plans.amounts
        if choice.holds(
            amount.document, projects[amount.project].area, (amount.municipality,) if amount.municipality else ()
        )
    ]


@pages.get("/coverage")
def covered() -> str:
    """Show the map of fields of work and municipalities, by document or over all."""
    directory, choice = opened().directory, chosen()
    by_document = one_of("columns", ("document", "municipality"), "document") == "document"
    whole = _whole_coverage(by_document) if choice == Choice() else _coverage(choice, by_document)
    paged = window(request.args, default=COVERAGE_COLUMNS).cut(whole.columns)
    shown = part_of(whole, paged.window.offset, paged.window.offset + paged.window.limit)
    return render_template(
        "coverage.html",
        trail=_trail("coverage"),
        choice=choice,
        coverage=shown,
        paged=paged,
        by_document=by_document,
        documents=Counter(column.document for column in shown.columns),
        all_documents=list(directory.by_document),
    )


def _coverage(choice: Choice, by_document: bool) -> Coverage:
    directory = opened().directory
    return coverage(choice.projects(directory), directory, by_document=by_document)


def _whole_coverage(by_document: bool) -> Coverage:
    """Return the map of everything, counted once a state."""
    kept = opened().plans.coverages
    if by_document not in kept:
        kept[by_document] = _coverage(Choice(), by_document)
    return kept[by_document]


@pages.get("/progress")
def progress() -> str:
    """Show how projects stood over the years, with the checks against the totals."""
    plans = opened().plans
    return render_template(
        "progress.html",
        trail=_trail("progress"),
        progress=[(each, stacked(each)) for each in plans.progress],
        implemented=plans.implemented,
    )


@pages.get("/projects")
def projects() -> str:
    """List the projects of a choice: the list behind each number of the other views."""
    return render_template(
        "projects.html",
        trail=[(say("nav.projects"), None)],
        choice=chosen(),
        paged=window(request.args).cut(projects_asked()),
        asked_ratings=values("rating"),
        all_documents=list(opened().directory.by_document),
    )


@pages.get("/projects/<document>/<local>/similar")
def similar(document: str, local: str) -> str:
    """List the projects of other documents that are like one, the surest first, with the words that both have."""
    directory = opened().directory
    key = f"{document}/{local}"
    if key not in directory.projects:
        raise UnknownRecord(key)
    entry = directory.projects[key]
    return render_template(
        "similar.html",
        trail=[
            (say("nav.projects"), link("plans.projects")),
            (entry.title, link("projects.one", document=document, local=local)),
            (say("search.similar"), None),
        ],
        entry=entry,
        matches=same_work(opened().store, key, LIKE)[:MOST_LIKE],
    )


def projects_asked() -> list[ProjectEntry]:
    """Return the projects that this request's address asks for; raises ``BadParameter``."""
    ratings, year = values("rating"), whole_number(request.args, "year", 0, 1900, 2200)
    return [
        project
        for project in chosen().projects(opened().directory)
        if (not ratings or set(ratings) & set(project.ratings)) and (not year or str(year) in project.years)
    ]


def _trail(name: str) -> list[tuple[str, str | None]]:
    return [(say("nav.plans"), link("plans.overview")), (say(f"plans.{name}"), None)]
