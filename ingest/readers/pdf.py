"""Reads PDF files page by page: ruled tables as tab rows at their place among the lines of text.

A page without a text layer becomes a notice, or is read by OCR where the caller asks for it. Page marks stay; the
parsers know them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.errors import UnreadableFile
from ingest.extract import Extract, Notice, number_lines
from ingest.readers import ocr
from ingest.readers.pdf_careful import CarefulText
from ingest.readers.pdf_drawn import Drawn, TooManyEdgesError, drawn_on
from ingest.readers.pdf_flow import PageFlow, in_order, last_columns, size_counts, written
from ingest.readers.pdf_glyphs import Glyph, gaps_at_scripts, spacing_of
from ingest.readers.pdf_lines import TextLine, text_lines
from ingest.readers.pdf_page import open_document
from ingest.readers.pdf_tables import ruled_tables
from ingest.readers.pdf_text import UNMAPPED, glyphs_of, loses_text
from ingest.readers.pdf_unruled import unruled_tables
from ingest.readers.sources import SourceFile
from ingest.records import FindingKind

MEDIA_TYPE = "application/pdf"
_GAPS = 1_000
"""How many gaps tell how a document sets kanji beside figures."""
_NOTHING_DRAWN = Drawn([], 0, 0)


@dataclass
class _Reading:
    """What was read so far: what stands on each page, and what to notice with the page it is of."""

    flows: list[PageFlow] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    pages: list[tuple[int, list[str]]] = field(default_factory=list)
    seen: list[tuple[int, Notice]] = field(default_factory=list)

    def notice(self, kind: FindingKind, page: int, says: str) -> None:
        self.seen.append((page, Notice(kind, f"p. {page}", says)))

    def extract(self) -> Extract:
        self.pages = list(enumerate(written(self.flows), 1))
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
                reading.flows.append(_page(source, reading, (document, careful), number))
    if _is_cut(source):
        reading.notice("missing", count, "ファイルが途中で切れている。ページやその一部が欠けている可能性がある")
    if not any(flow.items for flow in reading.flows):
        says = "ファイル全体に文字情報がない。--ocr を付けて取り込み直すか、印刷の元のファイルを求める"
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


def _page(source: SourceFile, reading: _Reading, document: tuple[Any, CarefulText], number: int) -> PageFlow:
    try:
        page = document[0][number - 1]
    except RuntimeError:
        reading.notice("unreadable", number, "ページが壊れている")
        return PageFlow()
    try:
        glyphs = list(glyphs_of(page))
        if loses_text(page):
            try:
                glyphs = document[1].glyphs(number)
            except Exception:  # pdfminer meets damage with any error; what pdfium has is better than nothing
                reading.notice("missing", number, "埋め込まれていない書体の文字が欠けている可能性がある")
        return _page_flow(source, reading, page, number, glyphs)
    finally:
        page.close()


def _page_flow(source: SourceFile, reading: _Reading, page: Any, number: int, glyphs: list[Glyph]) -> PageFlow:
    unmapped = sum(glyph.text == UNMAPPED for glyph in glyphs)
    if len(reading.gaps) < _GAPS:
        reading.gaps += gaps_at_scripts(glyphs)
    spacing = spacing_of(reading.gaps)
    try:
        drawn = drawn_on(page)
        tables = ruled_tables(drawn.edges, glyphs, spacing, last_columns(reading.flows))
    except TooManyEdgesError:
        reading.notice("unreadable", number, "線がきわめて多い図のため、表を探していない")
        drawn, tables = _NOTHING_DRAWN, []
    if _is_scanned(glyphs, drawn) or unmapped > len(glyphs) / 2:
        if source.ocr:
            reading.notice("ocr", number, "文字認識(OCR)で読み取った。名前と数字は原本で確かめる")
            return PageFlow([TextLine(line, n, n + 1) for n, line in enumerate(ocr.lines(source, number, page))])
        reading.notice("unreadable", number, "読み取れる文字情報がない。--ocr を付けて取り込み直す")
    elif unmapped:
        reading.notice("unreadable", number, f"文字コードの分からない文字が{unmapped}字ある")
    in_tables = frozenset[int]().union(*(table.glyphs for table in tables))
    tables += unruled_tables(glyphs, [i for i in range(len(glyphs)) if i not in in_tables], drawn.edges, spacing)
    in_tables = in_tables.union(*(table.glyphs for table in tables))
    outside = [glyph for i, glyph in enumerate(glyphs) if i not in in_tables]
    lines = text_lines(outside, [table.top for table in tables], spacing)
    return PageFlow(in_order(lines, tables), size_counts(glyph.size for glyph in glyphs))


def _is_scanned(glyphs: Sequence[Glyph], drawn: Drawn) -> bool:
    """Tell whether a page is a picture: it has next to no characters, and images or drawn letters."""
    return len(glyphs) <= 20 and (drawn.pictures > 0.3 or (not glyphs and drawn.curves > 100))


def _is_cut(source: SourceFile) -> bool:
    """Tell whether the mark at the end of a PDF is missing: pdfium reads what is left without a word."""
    with source.path.open("rb") as file:
        file.seek(max(source.path.stat().st_size - 2048, 0))
        return b"%%EOF" not in file.read()
