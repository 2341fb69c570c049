"""Documents of no known kind: their record, their parties and tables of figures, and a finding that says so."""

from collections.abc import Iterator

from ingest.document import Document
from ingest.metadata import document_record, party_records
from ingest.records import FindingRecord, Record, Source
from ingest.statistics import TableReader


def parse(document: Document) -> Iterator[Record]:
    """Yield what can be said of a document whose form is not known."""
    record = document_record(document, "other")
    yield record
    yield from party_records(document, document.parties)
    statistics = TableReader(document.id)
    for table in document.tables:
        statistics.read(table)
    statistics.read_lists(document.blocks)
    yield from statistics.found.records()
    yield FindingRecord(
        id=f"{document.id}/finding-kind",
        document=document.id,
        source=Source(record.source.page, (1, max(1, len(document.lines)))),
        kind="unreadable",
        where="文書の種類",
        says="協約・計画・実施状況・説明資料のいずれの形式にも当たらない。本文は検索できる",
        subject=document.id,
    )
