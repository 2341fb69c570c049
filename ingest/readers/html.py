"""Reads pages of municipal sites and 例規集: the main content without navigation, as lines and tab rows.

Nothing is fetched: lxml parses the bytes and its HTML parser knows no entities but those of HTML.
Headings are lines with ``# ``, list items with ``- `` and two spaces a level, ``dt``/``dd`` a row of two cells.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

from lxml import etree, html

from ingest.errors import RefusedFile, UnreadableFile
from ingest.extract import Extract, number_lines
from ingest.readers import html_content
from ingest.readers.grid import Spanned, cell_text, lay_out, line_by_line, tab_row
from ingest.readers.sources import SourceFile
from ingest.readers.text import decoded
from ingest.revisions import heads_comparison

MEDIA_TYPE = "text/html"
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TABLE_PARTS = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"}
_ROWS = etree.XPath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
_LONGEST_SPAN = 1_000  # as the HTML standard has it for columns


def read(source: SourceFile) -> Extract:
    """Read a page; raises ``UnreadableFile`` for an unknown encoding, ``RefusedFile`` for one nested too deeply."""
    data = source.path.read_bytes()
    declared = _DECLARED.search(data[:4096])
    markup, notices = decoded(source, data, declared[1].decode("ascii", "replace") if declared else None)
    page = _parse(source, markup)
    source.refuse_above(sum(1 for _ in page.iter("td", "th")), source.limits.cells, "cells")
    writer = _Writer(source)
    title = html_content.title(page)
    content = html_content.main_content(page)
    writer.walk(content, 0)
    writer.end()
    if title and not any(line.startswith("# ") for line in writer.lines):
        writer.lines.insert(0, f"# {title}")
    placed = tuple(replace(notice, where="ページ", lines=(1, max(len(writer.lines), 1))) for notice in notices)
    return Extract(number_lines([(None, writer.lines)]), MEDIA_TYPE, None, placed)


def _parse(source: SourceFile, markup: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise UnreadableFile(source.name, "it has no content", "save the page again in a browser") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise RefusedFile(source.name, "it is nested too deeply or has too long a part")
    return page


class _Writer:
    """Writes the lines of a page while walking its elements."""

    def __init__(self, source: SourceFile) -> None:
        self.lines: list[str] = []
        self._source = source
        self._words: list[str] = []
        self._prefix = ""
        self._special: dict[str, Callable[[html.HtmlElement, int], None]] = {
            "table": self._table,
            "dl": self._definitions,
            "pre": self._preformatted,
            "li": self._item,
            **dict.fromkeys(_HEADINGS, self._heading),
        }

    def walk(self, element: html.HtmlElement, level: int) -> None:
        """Write an element; ``level`` is how many lists it is in."""
        tag = str(element.tag)
        if tag in self._special:
            self._special[tag](element, level)
            return
        is_block = tag in html_content.BLOCKS
        if is_block:
            self.end()
        self._inside(element, level + (tag in ("ul", "ol")))
        if is_block:
            self.end()

    def end(self) -> None:
        """End the line that is being written."""
        words = cell_text("".join(self._words))
        self._words.clear()
        if words:
            self.lines.append(self._prefix + words)
            self._prefix = ""

    def _inside(self, element: html.HtmlElement, level: int) -> None:
        self._words.append(element.text or "")
        for child in element:
            self.walk(child, level)
            self._words.append(child.tail or "")

    def _item(self, element: html.HtmlElement, level: int) -> None:
        self.end()
        self._prefix = "  " * max(level - 1, 0) + "- "
        self._inside(element, level)
        self.end()
        self._prefix = ""

    def _heading(self, element: html.HtmlElement, _level: int) -> None:
        self.end()
        words = html_content.words(element)
        if words:
            self.lines.append(f"{'#' * _HEADINGS[str(element.tag)]} {words}")

    def _preformatted(self, element: html.HtmlElement, _level: int) -> None:
        self.end()
        self.lines += [line.rstrip() for line in str(element.text_content()).strip("\r\n").splitlines()]

    def _definitions(self, element: html.HtmlElement, _level: int) -> None:
        self.end()
        term: str | None = None
        for part in element.iter("dt", "dd"):
            if part.tag == "dd":
                self.lines.append(tab_row([term or "", html_content.words(part)]))
                term = None
            else:
                if term:
                    self.lines.append(tab_row([term, ""]))
                term = html_content.words(part)
        if term:
            self.lines.append(tab_row([term, ""]))

    def _table(self, element: html.HtmlElement, level: int) -> None:
        self.end()
        rows = cast("list[html.HtmlElement]", _ROWS(element))
        if html_content.is_layout(element, rows):
            self._inside(element, level)
            self.end()
            return
        for child in element:
            if child.tag not in _TABLE_PARTS or child.tag == "caption":
                self.walk(child, level)
                self.end()
        if self.lines and "\t" in self.lines[-1]:
            self.lines.append("")
        cells = [[_spanned(cell) for cell in row.iterchildren("td", "th")] for row in rows]
        if cells and heads_comparison([cell.text for cell in cells[0]]) and all(map(_is_plain, cells)):
            texts = [[self._lines_of(cell) for cell in row.iterchildren("td", "th")] for row in rows]
            self.lines += [tab_row(row) for row in line_by_line(texts)]
            return
        self.lines += [tab_row(row) for row in lay_out(self._source, cells)]

    def _lines_of(self, cell: html.HtmlElement) -> list[str]:
        """Return the text of a cell line by line."""
        inside = _Writer(self._source)
        inside._inside(cell, 0)
        inside.end()
        return [line.replace("\t", " ") for line in inside.lines]


def _is_plain(cells: Sequence[Spanned]) -> bool:
    return all(cell.columns == cell.rows == 1 for cell in cells)


def _spanned(cell: html.HtmlElement) -> Spanned:
    rows = _span(cell, "rowspan")
    return Spanned(html_content.words(cell), max(_span(cell, "colspan"), 1), rows or 65_534)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(int(value), _LONGEST_SPAN) if re.fullmatch("[0-9]{1,6}", value) else 1
