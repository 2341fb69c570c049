"""The records and the text of a document → the entries of the index.

A project is the main entry: it carries all its texts, and the lines it was read from, so that nothing printed is lost.
Articles, units in charge, indicators, facilities and municipalities have entries of their own; so has every line that
stands in no project and no article, that documents of an unknown form are found too.
"""

from collections.abc import Iterator, Mapping, Sequence

from ingest.records import (
    AnyRecord,
    ArticleRecord,
    BasicIndicatorRecord,
    FacilityRecord,
    PartyRecord,
    ProjectRecord,
)
from ingest.text import clean
from search.context import Context
from search.facets import Pairs, path_pairs, word_pairs
from search.model import PATH, SearchDocument
from search.texts import budget_of, department_name, indicator_text, lines_of, page, project_page, schedule_texts

LINE_TITLE = 80


def search_documents(records: Sequence[AnyRecord], text: Sequence[str]) -> list[SearchDocument]:
    """Return the entries of a document: its records, beginning with the ``document`` itself, and its lines."""
    return list(_entries(Context(records, text)))


def _entries(context: Context) -> Iterator[SearchDocument]:
    yield _document(context)
    for project in context.projects:
        yield _project(context, project)
    for record in context.records:
        match record:
            case ArticleRecord():
                yield _article(context, record)
            case PartyRecord():
                yield _party(context, record)
            case FacilityRecord():
                yield _facility(context, record)
    yield from _departments(context)
    yield from _indicators(context)
    yield from _basic_indicators(context)
    yield from _text_lines(context)


def _document(context: Context) -> SearchDocument:
    texts = {"names": lines_of(*context.with_symbols(context.owners)), "overview": lines_of(*context.head.legal_basis)}
    facets = {"municipality": context.owner_pairs}
    head = context.head
    return context.entry("document", head.id, head.title, context.page, texts=texts, facets=facets, lines=None)


def _project(context: Context, project: ProjectRecord) -> SearchDocument:
    number = f"No.{project.number}{project.branch or ''}" if project.number else None
    texts = {
        "program": project.program,
        "area": lines_of(*project.area or ()),
        "department": lines_of(*map(department_name, project.departments)),
        "names": lines_of(*context.with_symbols(context.names_of(project)), number, context.head.title),
        "overview": project.overview,
        "purpose": project.purpose,
        "roles": lines_of(*(f"{'・'.join(names)} {text}" for text, names in _by_text(project.roles).items())),
        "progress": project.progress,
        "indicators": lines_of(*map(indicator_text, project.indicators)),
        "schedule": lines_of(*schedule_texts(project), project.cost_sharing),
        "text": context.printed(project.source.lines),
    }
    return context.entry(
        "project",
        project.id,
        project.title,
        project_page(project.id),
        texts=texts,
        facets=context.project_facets(project),
        lines=project.source.lines,
        number=project.number,
        branch=project.branch,
        budget=budget_of(project),
    )


def _by_text(roles: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the municipalities by what they do: a duty that is printed for each of two is one, not twice as much."""
    out: dict[str, list[str]] = {}
    for name, text in roles.items():
        out.setdefault(text, []).append(name)
    return out


def _article(context: Context, article: ArticleRecord) -> SearchDocument:
    title = f"第{article.number}条 {article.heading or ''}".strip()
    texts = {
        "overview": lines_of(*article.paragraphs),
        "names": lines_of(*context.with_symbols(context.owners), context.head.title),
        "text": context.printed(article.source.lines),
    }
    return context.entry(
        "article",
        article.id,
        title,
        context.line_url(article.source.lines),
        texts=texts,
        facets={"municipality": context.owner_pairs},
        lines=article.source.lines,
        number=article.number,
    )


def _party(context: Context, party: PartyRecord) -> SearchDocument:
    signed = f"{party.signatory.office} {party.signatory.name or ''}" if party.signatory else None
    code, name = context.municipality(party.municipality)
    return context.entry(
        "municipality",
        party.id,
        name,
        page("municipalities", code),
        texts={"names": lines_of(party.capacity, party.symbol, party.address, signed, context.head.title)},
        facets={"municipality": ((code, name),)},
        lines=party.source.lines,
    )


def _facility(context: Context, facility: FacilityRecord) -> SearchDocument:
    names = [facility.municipality] if facility.municipality else []
    return context.entry(
        "facility",
        facility.id,
        facility.name,
        context.line_url(facility.source.lines),
        texts={"program": facility.category, "names": lines_of(*names, facility.group, context.head.title)},
        facets={"municipality": context.municipalities(names)},
        lines=facility.source.lines,
    )


def _departments(context: Context) -> Iterator[SearchDocument]:
    """Yield each unit once, those above the units named included, with the titles of its projects."""
    held: dict[tuple[str, str], dict[str, ProjectRecord]] = {}
    owners: dict[tuple[str, str], Pairs] = {}
    for project in context.projects:
        for department in project.departments:
            for unit in context.units(department):
                held.setdefault(unit, {})[project.id] = project
                owners[unit] = context.municipalities([department.municipality] if department.municipality else [])
    for unit, projects in held.items():
        code, *path = unit[0].split(PATH)
        owner = owners[unit]
        yield context.entry(
            "department",
            f"{context.head.id}/department/{unit[0]}",
            "".join(path),
            page("departments", code, *path),
            texts={
                "names": lines_of(*(name for _, name in owner), context.head.title),
                "text": lines_of(*(project.title for project in projects.values())),
            },
            facets={"municipality": owner, "department": (unit,)},
            lines=next(iter(projects.values())).source.lines,
        )


def _indicators(context: Context) -> Iterator[SearchDocument]:
    for project in context.projects:
        facets = context.project_facets(project)
        for number, indicator in enumerate(project.indicators, 1):
            yield context.entry(
                "indicator",
                f"{project.id}/indicator-{number}",
                indicator.name,
                project_page(project.id),
                texts={
                    "indicators": indicator_text(indicator),
                    "program": project.title,
                    "area": lines_of(*project.area or ()),
                },
                facets=facets | {"rating": word_pairs([indicator.rating])},
                lines=project.source.lines,
            )


def _basic_indicators(context: Context) -> Iterator[SearchDocument]:
    for basic in context.records:
        if isinstance(basic, BasicIndicatorRecord):
            yield context.entry(
                "indicator",
                basic.id,
                basic.name,
                context.line_url(basic.source.lines),
                texts={"indicators": indicator_text(basic), "area": lines_of(*basic.area or ())},
                facets={"area": path_pairs(basic.area or ()), "rating": word_pairs([basic.rating])},
                lines=basic.source.lines,
            )


def _text_lines(context: Context) -> Iterator[SearchDocument]:
    told = (r.source.lines for r in context.records if isinstance(r, ProjectRecord | ArticleRecord))
    covered = {line for first, last in told for line in range(first, last + 1)}
    for number, line in enumerate(context.text, 1):
        words = " ".join(filter(None, map(clean, line.split("\t"))))
        if number not in covered and any(map(str.isalnum, words)):
            yield context.entry(
                "line",
                f"{context.head.id}/line-{number}",
                words if len(words) <= LINE_TITLE else words[: LINE_TITLE - 1] + "…",
                context.line_url((number, number)),
                texts={"text": line},
                facets={"municipality": context.owner_pairs},
                lines=(number, number),
            )
