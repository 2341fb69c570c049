"""Ways to look at plans: how indicators stand, what is done when, what it costs, who covers what."""

from collections import Counter
from collections.abc import Collection

from flask import Blueprint, render_template, request

from graph.nearest import nearest
from ingest.errors import UnknownRecord
from ingest.records import ProjectRecord
from web.entries import ProjectEntry
from web.pages.chart import stacked
from web.pages.choices import Choice, chosen, one_of, understand, values
from web.pages.frame import RATINGS, link, opened, say
from web.pages.paging import Paged, whole_number, window
from web.pages.sheet import Schedule, schedule_table
from web.plans.coverage import Coverage, coverage, part_of
from web.plans.figures import Board, Figure
from web.plans.judging import VERDICTS
from web.plans.money import Amount, Sums, joined

pages = Blueprint("plans", __name__)

BUDGET_BY = ("document", "area", "municipality", "project")
LIKE = 0.12
"""From this closeness on projects are shown as like one another: a looser net than for the same work."""
BUDGET_ORDERS = ("document", "amount")
BOARD_LINES, TIMELINE_PROJECTS, COVERAGE_COLUMNS, BUDGET_ROWS, LIKE_ROWS = 25, 15, 20, 15, 8
MOST_COUNTED = 8
"""Documents whose ratings one page counts apart; of more, those with most indicators."""


@pages.get("/plans")
def overview() -> str:
    """Show the views on plans with what each holds."""
    plans, directory = opened().plans, opened().directory
    counts = {
        "board": len(plans.figures),
        "timeline": len(plans.scheduled),
        "budget": len(plans.amounts_by_project),
        "coverage": len(directory.fields_of_work),
        "progress": len(plans.progress),
        "compare": len(directory.by_document),
        "findings": len(plans.findings),
        "legal": len({citation.law for citation in plans.citations}),
        "variants": len(directory.documents),
        "quality": len(directory.documents),
    }
    ratings = Counter[str]()
    for (_, mark), n in plans.board.counts.items():
        ratings[mark] += n
    return render_template(
        "plans.html", trail=[(say("nav.plans"), None)], counts=counts, marks=ratings, legend=plans.common_legend
    )


@pages.get("/board")
def indicators() -> str:
    """Show the indicators with their ratings, a row each, a column a year."""
    understand("document", "municipality", "area", "rating", "verdict")
    plans, shown = opened().plans, board_asked()
    paged = window(request.args, default=BOARD_LINES).cut(shown.lines)
    counts = board_asked(of_every_rating=True).counts
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
        verdicts=shown.verdicts,
        reasons=shown.reasons.most_common(),
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


def board_asked(*, of_every_rating: bool = False) -> Board:
    """Return the board of the figures that this request's address asks for; raises ``BadParameter``."""
    plans, choice = opened().plans, chosen()
    ratings = () if of_every_rating else tuple(values("rating", known_ratings()))
    verdicts = tuple(values("verdict", VERDICTS))
    if choice == Choice() and not ratings and not verdicts:
        return plans.board
    return plans.kept.answer(("board", choice, ratings, verdicts), lambda: _board(choice, ratings, verdicts))


def _board(choice: Choice, ratings: Collection[str], verdicts: Collection[str]) -> Board:
    projects = opened().directory.projects

    def municipalities(figure: Figure) -> tuple[str, ...]:
        return projects[figure.project].municipalities if figure.project else ()

    figures = [
        figure
        for figure in opened().plans.figures
        if choice.holds(figure.document, figure.area, municipalities(figure))
        and (not ratings or figure.rating in ratings)
        and (not verdicts or (figure.rating and figure.verdict in verdicts))
    ]
    return Board(figures, projects, opened().plans.renamed)


@pages.get("/timeline")
def timeline() -> str:
    """Show the schedules of the projects, as tables with bars."""
    understand("document", "municipality", "area", "rating", "year")
    paged = window(request.args, default=TIMELINE_PROJECTS).cut([p for p in projects_asked() if p.has_schedule])
    tables = [(p, _schedule(p)) for p in paged.items]
    return render_template(
        "timeline.html",
        trail=_trail("timeline"),
        choice=chosen(),
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
    understand("document", "municipality", "area", "by", "order")
    by = one_of("by", BUDGET_BY, BUDGET_BY[0])
    order = one_of("order", BUDGET_ORDERS, BUDGET_ORDERS[0])
    sums = sums_asked(by)
    paged = window(request.args, default=BUDGET_ROWS).cut(sums.largest_first if order == "amount" else sums.rows)
    feet = [(name, row) for name, row in (("draft", sums.draft), ("final", sums.final)) if row.projects]
    if sums.mixed and request.args.get("combined"):
        feet.append(("combined", joined([sums.draft, sums.final])))
    return render_template(
        "budget.html",
        trail=_trail("budget"),
        choice=chosen(),
        by=by,
        order=order,
        paged=paged,
        years=sums.years,
        sums=feet,
        mixed=sums.mixed,
        combined=bool(request.args.get("combined")),
        all_documents=opened().plans.with_amounts,
    )


def amounts_asked() -> list[Amount]:
    """Return the amounts that this request's address asks for; a municipality chooses the amounts printed for it."""
    choice, plans = chosen(), opened().plans
    if choice == Choice():
        return plans.amounts
    return plans.kept.answer(("amounts", choice), lambda: _amounts(choice))


def _amounts(choice: Choice) -> list[Amount]:
    projects = opened().directory.projects
    return [
        amount
        for amount in opened().plans.amounts
        if choice.holds(
            amount.document, projects[amount.project].area, (amount.municipality,) if amount.municipality else ()
        )
    ]


def sums_asked(by: str) -> Sums:
    """Return the sums that this request's address asks for; raises ``BadParameter``."""
    amounts = amounts_asked()
    return opened().plans.kept.answer(("sums", chosen(), by), lambda: Sums(amounts, by))


@pages.get("/coverage")
def covered() -> str:
    """Show the map of fields of work and municipalities, by document or over all."""
    understand("document", "municipality", "area", "columns")
    directory, choice = opened().directory, chosen()
    by_document = one_of("columns", ("document", "municipality"), "document") == "document"
    whole = coverage_asked(by_document=by_document)
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


def coverage_asked(*, by_document: bool) -> Coverage:
    """Return the map that this request's address asks for; raises ``BadParameter``."""
    choice, directory = chosen(), opened().directory
    return opened().plans.kept.answer(
        ("coverage", choice, by_document),
        lambda: coverage(choice.projects(directory), directory, by_document=by_document),
    )


@pages.get("/progress")
def progress() -> str:
    """Show how projects stood over the years, with the checks against the totals."""
    understand("document")
    plans, documents = opened().plans, chosen().documents
    shown = [each for each in plans.progress if not documents or each.document in documents]
    return render_template(
        "progress.html",
        trail=_trail("progress"),
        progress=[(each, stacked(each)) for each in shown],
        implemented=[each for each in plans.implemented if not documents or each.document in documents],
    )


@pages.get("/projects")
def projects() -> str:
    """List the projects of a choice: the list behind each number of the other views."""
    understand("document", "municipality", "area", "rating", "year")
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
    entry, part = directory.projects[key], window(request.args, default=LIKE_ROWS)
    found = nearest(opened().store, key, part.offset + part.limit, LIKE)
    return render_template(
        "similar.html",
        trail=[
            (say("nav.projects"), link("plans.projects")),
            (entry.title, link("projects.one", document=document, local=local)),
            (say("search.similar"), None),
        ],
        entry=entry,
        paged=Paged(found.matches[part.offset :], found.total, part),
    )


def known_ratings() -> set[str]:
    """Return the marks that ratings can have: those that have a word of ours, and all that documents print."""
    return {*RATINGS, *opened().plans.marks}


def projects_asked() -> list[ProjectEntry]:
    """Return the projects that this request's address asks for; raises ``BadParameter``."""
    ratings, year = values("rating", known_ratings()), whole_number(request.args, "year", 0, 1900, 2200)
    projects = chosen().projects(opened().directory)
    if not ratings and not year:
        return projects
    return [
        project
        for project in projects
        if (not ratings or set(ratings) & set(project.ratings)) and (not year or str(year) in project.years)
    ]


def _trail(name: str) -> list[tuple[str, str | None]]:
    return [(say("nav.plans"), link("plans.overview")), (say(f"plans.{name}"), None)]
