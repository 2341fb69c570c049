"""Plans and visions: 連携施策推進計画, 都市圏ビジョン, 共生ビジョン with their sheets (個票), 体系図, statistics and summaries."""

from collections.abc import Iterator, Sequence

from ingest import areas
from ingest.document import Document, once
from ingest.indicators import indicators
from ingest.labels import label
from ingest.metadata import document_record, party_records
from ingest.parsers import agreement
from ingest.parsers.areas_above import fill_bare_marks
from ingest.parsers.contents import (
    area_records,
    basic_records,
    oddity_findings,
    project_records,
    register_drafts,
    scheme_records,
)
from ingest.parsers.tables import Contents, read_tables
from ingest.parsers.traits import (
    has_projects,
    has_results,
    has_sheets,
    is_called_briefing,
    is_called_plan,
    is_called_report,
    only_explains,
)
from ingest.parties import Parties, names_in
from ingest.projects import Draft, joined
from ingest.records import Record
from ingest.statistics import TableReader
from ingest.text import key
from ingest.trees import tree_drafts

_FEWEST_PARTIES = 2


@once
def identify(document: Document) -> bool:
    """A plan is called one, or holds forms; an agreement or a report on results is none."""
    if is_called_briefing(document) and not has_sheets(document):
        return False
    reports = is_called_report(document) and (not has_sheets(document) or has_results(document))
    if agreement.identify(document) or reports:
        return False
    if has_sheets(document) or (is_called_plan(document) and (bool(document.tables) or not has_results(document))):
        return True
    return has_projects(document) and not has_results(document) and not only_explains(document)


def parse(document: Document) -> Iterator[Record]:
    """Yield the records of a plan."""
    yield document_record(document, "plan")
    parties = members_of(document)
    statistics = TableReader(document.id)
    contents = read_tables(document, statistics)
    if not _are_told(parties) and _add_named(parties, contents):
        statistics = TableReader(document.id)
        contents = read_tables(document, statistics)  # now that it is known whom 関係市町 and its like mean
    yield from party_records(document, parties)
    contents.scheme += tree_drafts(document.lines)
    projects = joined(contents.sheets, contents.listed) if contents.sheets else joined([], contents.listed)
    if not contents.sheets and not contents.listed:
        projects, contents.scheme = contents.scheme, []
    register = areas.AreaRegister()
    _fill_areas(projects, contents.scheme)
    register_drafts(register, projects)
    fill_bare_marks([*contents.scheme, *projects], register)
    register_drafts(register, contents.scheme)
    yield from area_records(document, register)
    made = list(project_records(document, projects))
    yield from made
    yield from scheme_records(document, contents.scheme)
    yield from basic_records(document, contents.basics, indicators)
    statistics.read_lists(document.blocks)
    yield from statistics.found.records()
    yield from oddity_findings(document, contents.oddities, projects, made)


def _fill_areas(projects: Sequence[Draft], scheme: Sequence[Draft]) -> None:
    """Give projects the areas under which the 体系図 lists them by name, where their forms name none, or not all of them."""
    listed = {key(name): row.area for row in scheme if row.area and (name := row.text("title") or row.text("program"))}
    for draft in projects:
        whole = listed.get(key(draft.text("title") or draft.text("program") or ""), ())
        if not draft.area or _leaves_out(draft.area, whole):
            draft.area = whole


def _leaves_out(told: Sequence[areas.Heading], whole: Sequence[areas.Heading]) -> bool:
    """Tell whether a path of areas is another one without some that stand between its ends: 子育て for 生活機能の強化 > 子育て."""
    rest = iter([item.label for item in whole])
    return len(told) < len(whole) and told[-1].label == whole[-1].label and all(item.label in rest for item in told)


def _are_told(parties: Parties) -> bool:
    """Tell whether a document says who is of its area: more than two names, or what they are in it."""
    return len(parties.members) > _FEWEST_PARTIES or any(p.symbol or p.capacity for p in parties.members)


def _add_named(parties: Parties, contents: Contents) -> bool:
    """Add the municipalities whose roles, bodies or costs the projects name; tell whether there were any more."""
    known = len(parties.members)
    for draft in [*contents.sheets, *contents.listed, *contents.scheme]:
        named = [*draft.roles, *(d.municipality for d in draft.departments), *(b.municipality for b in draft.budget)]
        for name in (name for name in named if name and names_in(name) == [name]):
            parties.add(name, min(draft.lines))
    return len(parties.members) > known


def members_of(document: Document) -> Parties:
    """Return the parties of a plan; where it names none together, those that its lists of who takes part name."""
    parties = document.parties
    if len(parties.members) >= _FEWEST_PARTIES:
        return parties
    for table in document.tables:
        columns = {c.index for part in document.parts(table) for c in part.columns if c.field == "participants"}
        for row in table.rows:
            beside = {i + 1 for i in row.filled if (found := label(row.cell(i))) and found.field == "participants"}
            for name in [n for i in sorted(columns | beside) for n in names_in(row.cell(i))]:
                parties.add(name, row.first)
    return parties
