"""Reads PDF files page by page: ruled tables as tab rows at their place among the lines of text.

A page without a text layer becomes a notice, or is read by OCR where the caller asks for it. Page marks stay; the
parsers know them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from ingest.errors import UnreadableFile
from ingest.extract import Extract, Notice, number_lines
from ingest.readers import ocr
from ingest.readers.pdf_careful import CarefulText
from ingest.readers.pdf_drawn import Drawn, TooManyEdgesError, drawn_on
from ingest.readers.pdf_lines import Glyph, TextLine, spacing_of, text_lines
from ingest.readers.pdf_page import open_document
from ingest.readers.pdf_tables import RuledTable, ruled_tables
from ingest.readers.pdf_text import UNMAPPED, glyphs_of, loses_text
from ingest.readers.sources import SourceFile
from ingest.records import FindingKind

MEDIA_TYPE = "application/pdf"
_NOTHING_DRAWN = Drawn([], 0, 0)


@dataclass
class _Reading:
    """What was read so far: the lines of each page, and what to notice with the page it is of."""

    pages: list[tuple[int, list[str]]] = field(default_factory=list)
    seen: list[tuple[int, Notice]] = field(default_factory=list)

    def notice(self, kind: FindingKind, page: int, says: str) -> None:
        self.seen.append((page, Notice(kind, f"p. {page}", says)))

    def extract(self) -> Extract:
        placed = tuple(replace(notice, lines=self._place(page)) for page, notice in self.seen)
        return Extract(number_lines(self.pages), MEDIA_TYPE, len(self.pages), placed)

    def _place(self, page: int) -> tuple[int, int]:
        """Return the lines of a page, or where it has none the line before it."""
        before = sum(len(lines) for number, lines in self.pages if number < page)
        count = sum(len(lines) for number, lines in self.pages if number == page)
        return (before + 1, before + count) if count else (max(before, 1), max(before, 1))


def read(source: SourceFile) -> Extract:
    """Read a PDF; raises ``UnreadableFile`` where it is locked, broken, or OCR is asked for and not there."""
    reading = _Reading()
    with _opened(source) as document:
        count = len(document)
        source.refuse_above(count, source.limits.pages, "pages")
        if not count:
            raise UnreadableFile(source.name, "it has no pages that can be read")
        with CarefulText(source.path) as careful:
            for number in range(1, count + 1):
                reading.pages.append((number, _page(source, reading, (document, careful), number)))
    if _is_cut(source):
        reading.notice("missing", count, "the file is cut off; pages or parts of them may be missing")
    if not any(lines for _, lines in reading.pages):
        says = "no text layer in the whole file; read it again with --ocr, or ask for the file it was printed from"
        reading.seen = [(1, Notice("unreadable", "p. 1" if count == 1 else f"p. 1-{count}", says))]
    return reading.extract()


def _opened(source: SourceFile) -> Any:
    try:
        return open_document(source.path)
    except PermissionError as error:
        advice = "save it again without the password"
        raise UnreadableFile(source.name, "it is locked with a password", advice) from error
    except ValueError as error:
        raise UnreadableFile(source.name, "its PDF structure is damaged") from error


def _page(source: SourceFile, reading: _Reading, document: tuple[Any, CarefulText], number: int) -> list[str]:
    try:
        page = document[0][number - 1]
    except RuntimeError:
        reading.notice("unreadable", number, "the page is damaged")
        return []
    try:
        glyphs = list(glyphs_of(page))
        if loses_text(page):
            try:
                glyphs = document[1].glyphs(number)
            except Exception:  # pdfminer meets damage with any error; what pdfium has is better than nothing
                reading.notice("missing", number, "single characters of a font that is not embedded may be missing")
        return _page_lines(source, reading, page, number, glyphs)
    finally:
        page.close()


def _page_lines(source: SourceFile, reading: _Reading, page: Any, number: int, glyphs: list[Glyph]) -> list[str]:
    unmapped = sum(glyph.text == UNMAPPED for glyph in glyphs)
    spacing = spacing_of(glyphs)
    try:
        drawn = drawn_on(page)
        tables = ruled_tables(drawn.edges, glyphs, spacing)
    except TooManyEdgesError:
        reading.notice("unreadable", number, "a drawing of very many lines; tables in it were not looked for")
        drawn, tables = _NOTHING_DRAWN, []
    if _is_scanned(glyphs, drawn) or unmapped > len(glyphs) / 2:
        if source.ocr:
            reading.notice("ocr", number, "read by OCR: compare names and figures with the original")
            return ocr.lines(source, number, page)
        reading.notice("unreadable", number, "no text layer that can be read; read it again with --ocr")
    elif unmapped:
        reading.notice("unreadable", number, f"{unmapped} characters whose code the file does not tell")
    in_tables = frozenset[int]().union(*(table.glyphs for table in tables))
    outside = [glyph for i, glyph in enumerate(glyphs) if i not in in_tables]
    return list(_merged(text_lines(outside, [table.top for table in tables], spacing), tables))


def _is_scanned(glyphs: Sequence[Glyph], drawn: Drawn) -> bool:
    """Tell whether a page is a picture: it has next to no characters, and images or drawn letters."""
    return len(glyphs) <= 20 and (drawn.pictures > 0.3 or (not glyphs and drawn.curves > 100))


def _merged(lines: Sequence[TextLine], tables: Sequence[RuledTable]) -> Iterator[str]:
    """Yield lines and tables from top to bottom, with an empty line at wide gaps and between two tables."""
    gaps = [after.top - before.bottom for before, after in pairwise(lines)]
    usual = median([gap for gap in gaps if gap > 0] or [0])
    waiting = list(tables)
    before: TextLine | RuledTable | None = None
    for line in lines:
        while waiting and waiting[0].top < line.top:
            if isinstance(before, RuledTable):
                yield ""
            before = waiting.pop(0)
            yield from before.rows
        if isinstance(before, TextLine) and line.top - before.bottom > max(1.6 * usual, line.bottom - line.top):
            yield ""
        yield line.text
        before = line
    for table in waiting:
        if isinstance(before, RuledTable):
            yield ""
        before = table
        yield from table.rows


def _is_cut(source: SourceFile) -> bool:
    """Tell whether the mark at the end of a PDF is missing: pdfium reads what is left without a word."""
    with source.path.open("rb") as file:
        file.seek(max(source.path.stat().st_size - 2048, 0))
        return b"%%EOF" not in file.read()
