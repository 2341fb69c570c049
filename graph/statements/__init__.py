"""The records of one document → the statements of its graph.

All that a document states lies in one named graph, ``{base}/id/graph/{document}``, so that a document can be replaced
or taken out by itself. There are no blank nodes. Words of the document carry ``@ja``; every node of a record has
``dcterms:source``, ``rk:page``, ``rk:firstLine`` and ``rk:lastLine``.
"""

from collections.abc import Callable, Iterable
from typing import Any

from pyoxigraph import Quad

from graph.identifiers import Identifiers
from graph.resolve import Municipalities
from graph.statements import documents, figures, parties, projects
from graph.statements.writer import Writer
from ingest.records import (
    AnyRecord,
    AreaRecord,
    ArticleRecord,
    BasicIndicatorRecord,
    DocumentRecord,
    FacilityRecord,
    FindingRecord,
    ImplementedItemRecord,
    MetropolitanAreaRecord,
    ObservationRecord,
    PartyRecord,
    ProgressCountRecord,
    ProjectRecord,
    Record,
    SchemeRowRecord,
)

_WRITERS: dict[type[Record], Callable[[Writer, Any], None]] = {
    DocumentRecord: documents.document,
    PartyRecord: parties.party,
    ArticleRecord: documents.article,
    AreaRecord: documents.area,
    ProjectRecord: projects.project,
    SchemeRowRecord: projects.scheme_row,
    BasicIndicatorRecord: figures.basic_indicator,
    ProgressCountRecord: figures.progress_count,
    ImplementedItemRecord: documents.implemented_item,
    ObservationRecord: figures.observation,
    FacilityRecord: documents.facility,
    MetropolitanAreaRecord: documents.metropolitan_area,
    FindingRecord: documents.finding,
}
_FIRST: dict[type[Record], int] = {DocumentRecord: 0, AreaRecord: 1}


def statements(records: Iterable[AnyRecord], base: str) -> list[Quad]:
    """Return the statements of the records of one document, each once, in an order that follows from the records."""
    ordered = sorted(records, key=lambda record: _FIRST.get(type(record), 2))
    if not ordered:
        return []
    writer = Writer(Identifiers(base), ordered[0].document, Municipalities.of(ordered))
    projects.number_projects(writer, ordered)
    for record in ordered:
        _WRITERS[type(record)](writer, record)
    return writer.quads()
