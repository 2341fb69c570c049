"""Yearly reports on results: 連携事業実施状況等一覧, progress tables with KPIs and ratings."""

from collections.abc import Iterator

from ingest import areas
from ingest.document import Document, once
from ingest.indicators import indicators
from ingest.metadata import document_record, party_records
from ingest.parsers import agreement, plan
from ingest.parsers.contents import area_records, basic_records, oddity_findings, project_records, register_drafts
from ingest.parsers.tables import read_tables
from ingest.parsers.traits import has_projects, has_results, is_called_report
from ingest.parties import Parties, names_in
from ingest.records import Record
from ingest.statistics import TableReader


@once
def identify(document: Document) -> bool:
    """A report lists projects with actual figures, ratings or what was done; a plan or an agreement is none."""
    told = has_results(document) or (is_called_report(document) and has_projects(document))
    return told and not agreement.identify(document) and not plan.identify(document)


def parse(document: Document) -> Iterator[Record]:
    """Yield the records of a report."""
    yield document_record(document, "status-report")
    yield from party_records(document, parties_of(document))
    statistics = TableReader(document.id)
    contents = read_tables(document, statistics)
    projects = [*contents.listed, *contents.sheets, *contents.scheme]
    register = areas.AreaRegister()
    for basic in contents.basics:
        if basic.area:
            register.add(basic.area, basic.row.first, basic.row.first)
    register_drafts(register, projects)
    yield from area_records(document, register)
    made = list(project_records(document, projects))
    yield from made
    yield from basic_records(document, contents.basics, indicators)
    yield from statistics.found.records()
    yield from oddity_findings(document, contents.oddities, projects, made)


def parties_of(document: Document) -> Parties:
    """Return the parties that a report names as such, else the municipalities that its tables speak of."""
    if len(document.parties.members) > 1:
        return document.parties
    parties = document.area_members
    if parties.members:
        return parties
    for party in document.parties.members:  # the one that made the report
        parties.add(party.name, party.line)
    for table in document.tables:
        for row in table.rows:
            for name in [n for cell in row.cells for n in names_in(cell)]:
                parties.add(name, row.first)
    return parties
