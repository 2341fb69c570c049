"""The records of one document → the statements of its graphs.

All that a document states lies in one named graph, ``{base}/id/graph/{document}``, so that a document can be replaced
or taken out by itself; from where each value was read lies in another, ``{base}/id/provenance/{document}``. There are no
blank nodes. Words of the document carry ``@ja``; every node of a record has ``dcterms:source``, ``rk:page``,
``rk:firstLine`` and ``rk:lastLine``.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graph.identifiers import Identifiers
from graph.resolve import Municipalities
from graph.statements import cubes, documents, figures, parties, projects
from graph.statements.stated import Statement, Statements
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

__all__ = ["Statement", "Statements", "statements"]

_WRITERS: dict[type[Record], Callable[[Writer, Any], None]] = {
    DocumentRecord: documents.document,
    PartyRecord: parties.party,
    ArticleRecord: documents.article,
    AreaRecord: documents.area,
    ProjectRecord: projects.project,
    SchemeRowRecord: projects.scheme_row,
    BasicIndicatorRecord: figures.basic_indicator,
    ProgressCountRecord: cubes.progress_count,
    ImplementedItemRecord: documents.implemented_item,
    ObservationRecord: cubes.observation,
    FacilityRecord: documents.facility,
    MetropolitanAreaRecord: documents.metropolitan_area,
    FindingRecord: documents.finding,
}
_FIRST: dict[type[Record], int] = {DocumentRecord: 0, AreaRecord: 1}


def statements(records: Iterable[AnyRecord], base: str, text: Sequence[str] | None = None) -> Statements:
    """Return the statements of the records of one document, each once, in an order that follows from the records.

    ``text`` are the lines that the records were read from; with them provenance has positions and quotations.
    """
    ordered = sorted(records, key=lambda record: _FIRST.get(type(record), 2))
    if not ordered:
        return Statements((), "", "")
    first = ordered[0]
    about = first if isinstance(first, DocumentRecord) else None
    writer = Writer(
        Identifiers(base),
        first.document,
        Municipalities.of(ordered),
        text=text,
        sources=[record.source for record in ordered],
        day=(about.issued or about.effective) if about else None,
        draft=about.draft if about else False,
    )
    projects.number_projects(writer, ordered)
    writer.symbols.update({r.municipality: r.symbol for r in ordered if isinstance(r, PartyRecord) and r.symbol})
    for record in ordered:
        writer.at(record.source)
        _WRITERS[type(record)](writer, record)
    return writer.statements()
