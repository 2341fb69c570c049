"""Reads Word documents (.docx): paragraphs and tables in their order, as the final text shows them.

Tracked deletions, hidden text, ruby, headers, footers, comments and notes are left out; insertions, content controls
and text boxes are read. python-docx opens the package; its elements are walked here, because its own lists of
paragraphs and cells leave out insertions and content controls.
"""

from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from ingest.extract import Extract, number_lines
from ingest.readers import ooxml
from ingest.readers.grid import Spanned, cell_text, lay_out, line_by_line, tab_row
from ingest.readers.sources import SourceFile
from ingest.readers.word_numbering import Numbering
from ingest.revisions import heads_comparison

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT_BOX = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "txbxContent"))
_LEFT_OUT = {qn(f"w:{name}") for name in ("del", "moveFrom", "rt", "pPr", "instrText", "delText", "footnoteReference")}
_LEFT_OUT |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", _TEXT_BOX}
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_WORDS = {qn("w:t"): None, qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(source: SourceFile) -> Extract:
    """Read a Word document; raises ``RefusedFile`` where its package is a trap."""
    ooxml.look_through(source)
    with source.path.open("rb") as file:
        document = docx.Document(file)
    lines = list(_Walk(source, document).blocks(document.element.body))
    return Extract(number_lines([(None, lines)]), MEDIA_TYPE)


class _Walk:
    """A walk through the blocks of a document."""

    def __init__(self, source: SourceFile, document: Document) -> None:
        self._source = source
        self._numbering = Numbering(document)
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}

    def blocks(self, parent: Any) -> Iterator[str]:
        """Yield the lines of the paragraphs and tables inside an element."""
        after_table = False
        for child in _children(parent, {_PARAGRAPH, _TABLE}):
            if child.tag == _TABLE:
                if after_table:
                    yield ""
                yield from self._table(child)
            else:
                yield from self._paragraph(child)
            after_table = child.tag == _TABLE

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        words = [cell_text(line) for line in _words(paragraph).split("\n")]
        if any(words):
            yield f"{self._prefix(paragraph)}{words[0]}".rstrip()
            yield from words[1:]
        else:
            yield ""
        for box in paragraph.iter(_TEXT_BOX):
            if not any(ancestor.tag in _LEFT_OUT for ancestor in box.iterancestors()):
                yield from self.blocks(box)

    def _prefix(self, paragraph: Any) -> str:
        """Return the mark of a heading and the number of a list that stand before a paragraph."""
        level = "0" if self._is_title(paragraph) else self._property(paragraph, "w:outlineLvl")
        list_id, depth = self._property(paragraph, "w:numPr/w:numId"), self._property(paragraph, "w:numPr/w:ilvl")
        label = self._numbering.label(list_id, int(depth or 0)) if list_id else ""
        return ("#" * (int(level) + 1) + " " if level and int(level) < 6 else "") + label

    def _is_title(self, paragraph: Any) -> bool:
        style = self._styles.get(_value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")))
        return style is not None and _value(style.find(qn("w:name"))) == "Title"

    def _property(self, paragraph: Any, path: str) -> str | None:
        """Return a paragraph property, its own or that of its style or of the styles this one is based on."""
        place = "/".join(qn(step) for step in path.split("/"))
        properties = paragraph.find(qn("w:pPr"))
        style = None if properties is None else _value(properties.find(qn("w:pStyle")))
        for _ in range(10):
            value = None if properties is None else _value(properties.find(place))
            if value is not None or style not in self._styles:
                return value
            properties = self._styles[style].find(qn("w:pPr"))
            style = _value(self._styles[style].find(qn("w:basedOn")))
        return None

    def _table(self, table: Any) -> Iterator[str]:
        rows = [row for row in _children(table, {_ROW}) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        cells = [list(_children(row, {_CELL})) for row in rows]
        if sum(map(len, cells)) == 1:  # a frame around text
            yield from self.blocks(cells[0][0])
            return
        heads = (
            ["".join(_words(paragraph) for paragraph in cell.iter(_PARAGRAPH)) for cell in cells[0]] if cells else []
        )
        if heads_comparison(heads) and len(set(map(len, cells))) == 1:
            texts = [[[cell_text(line) for line in self.blocks(cell)] for cell in row] for row in cells]
            yield from map(tab_row, line_by_line(texts))
            return
        spans = [[*_gap(row), *map(self._cell, one)] for row, one in zip(rows, cells, strict=True)]
        yield from map(tab_row, lay_out(self._source, spans))

    def _cell(self, cell: Any) -> Spanned:
        """Return a cell; a continued vertical merge is empty, whatever it hides."""
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        columns = int(_value(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")) or 1)
        is_continued = merge is not None and _value(merge) != "restart"
        return Spanned("" if is_continued else cell_text(" ".join(self.blocks(cell))), max(columns, 1))


def _children(parent: Any, tags: set[str]) -> Iterator[Any]:
    """Yield the children with these tags, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tags)


def _words(element: Any) -> str:
    """Return the words of a paragraph as the final text shows them."""
    if element.tag in _WORDS:
        return element.text or "" if _WORDS[element.tag] is None else _WORDS[element.tag] or ""
    if element.tag in _LEFT_OUT or _is_hidden(element):
        return ""
    return "".join(map(_words, element))


def _is_hidden(element: Any) -> bool:
    vanish = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if element.tag == qn("w:r") else None
    return vanish is not None and vanish.get(qn("w:val")) not in ("0", "false")


def _gap(row: Any) -> list[Spanned]:
    skipped = int(_value(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")) or 0)
    return [Spanned("", skipped)] if skipped > 0 else []


def _value(element: Any) -> str | None:
    value: str | None = None if element is None else element.get(qn("w:val"))
    return value
