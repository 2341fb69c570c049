"""One file becomes the records of one document: its id, its parser, its findings."""

import hashlib
import re
import unicodedata
from pathlib import Path

from ingest.checks import check
from ingest.document import Document
from ingest.extract import Extract, Notice
from ingest.parsers import parse
from ingest.records import FindingRecord, Record, Source

READER = "4"
"""Raised whenever documents are read otherwise than before: a library then reads its unchanged files again."""


def document_id(path: Path | str) -> str:
    """Return the id of a document: the stem of its file, NFC, lower case, spaces as hyphens."""
    stem = unicodedata.normalize("NFC", Path(path).stem).strip().lower()
    return re.sub(r"[\s/#?%]+", "-", stem) or "document"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def records_of(name: str, sha256: str, extract: Extract) -> list[Record]:
    """Return all records of a document, the ``document`` record first, findings last.

    Raises ``AmbiguousDocument`` where two parsers claim it.
    """
    document = Document(document_id(name), name, sha256, extract)
    records = parse(document)
    found = [r for r in records if not isinstance(r, FindingRecord)]
    odd = [r for r in records if isinstance(r, FindingRecord)]
    return [*found, *_notices(document), *odd, *check(document, found)]


def _notices(document: Document) -> list[FindingRecord]:
    """What the reader of the container saw, and what of its text no record is made of, as findings."""
    last = max(1, len(document.lines))
    compared = document.comparisons
    old_side = Notice(
        "unreadable",
        "新旧対照表",
        "変更後の欄だけを読んだ。変更前の欄は本文の検索で見つかる",
        (min(compared, default=1), max(compared, default=1)),
    )
    return [
        FindingRecord(
            id=f"{document.id}/finding-reader-{n}",
            document=document.id,
            source=Source(None, (min(notice.lines[0], last), min(notice.lines[1], last))),
            kind=notice.kind,
            where=notice.where,
            says=notice.says,
            subject=document.id,
        )
        for n, notice in enumerate([*document.extract.notices, *([old_side] if compared else [])], 1)
    ]
