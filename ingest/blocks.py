"""The lines of a document seen as headings, running text and tables.

Rows that only a blank line or a page mark parts are one table: pages cut tables, documents do not say where. Page marks
(- 3 -, －２－) and the dotted lines of a table of contents are no text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract import Line
from ingest.text import clean, nfkc

_HEADING = re.compile(r"^\s*(#{1,6})\s+(?=\S)")
_PAGE_MARK = re.compile(
    r"^\s*(?:[-‐–—―−－ー~]\s*\d{1,3}\s*[-‐–—―−－ー~]|\d{1,3}|p(?:age)?\.?\s*\d{1,3}|\d{1,3}\s*/\s*\d{1,3}(?:\s*ページ)?|\d{1,3}\s*ページ)\s*$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:[・･.．…‥]\s*){3,}\s*\d{1,3}\s*$|\t\s*…\s*\t?\s*\d{1,3}\s*$")
_RULE = re.compile(r"^[\s\-=_―—─━*|:]{3,}$")
_COMMENT = re.compile(r"^\s*<!--.*-->\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line marked as a heading; ``level`` from 1."""

    level: int
    words: str
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text."""

    words: str
    line: Line


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells as printed, and the lines it came from."""

    cells: tuple[str, ...]
    first: int
    last: int
    page: int | None

    def cell(self, index: int) -> str:
        """Return the cell of a column, "" where the row is shorter."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""

    @property
    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [i for i, cell in enumerate(self.cells) if cell.strip()]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that belong together, with the headings above them and the text right before and after them."""

    rows: tuple[Row, ...]
    headings: tuple[Heading, ...] = ()
    before: tuple[Paragraph, ...] = ()
    after: tuple[Paragraph, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def caption(self) -> str:
        """The words that name the table: the text right above it, else its nearest heading."""
        near = [p.words for p in self.before[-2:]] or [h.words for h in self.headings[-1:]]
        return clean(" ".join(near))


Block = Heading | Paragraph | Table


def is_page_mark(text: str) -> bool:
    """Tell whether a line is only a page number in one of its usual forms."""
    return bool(_PAGE_MARK.match(nfkc(text)))


def is_continuation_mark(text: str) -> bool:
    """Tell whether a line only says that a table goes on from the page before (別表（続き）)."""
    plain = clean(text)
    return (
        len(plain) <= 40
        and bool(re.search(r"[(【\[](?:続き|つづき|前頁の?続き|承前)[)】\]]$", plain))
        and "\t" not in text
    )


def is_contents_line(text: str) -> bool:
    """Tell whether a line is one of a table of contents (a title, dots, a page)."""
    return bool(_CONTENTS.search(text.strip()))


def _is_row(text: str) -> bool:
    return "\t" in text and bool(text.strip()) and not is_contents_line(text)


def _is_rule(cells: Sequence[str]) -> bool:
    filled = [c for c in cells if c.strip()]
    return bool(filled) and all(_RULE.match(c.strip()) or re.fullmatch(r"-{2,}", c.strip()) for c in filled)


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks of a document in order; tables know their surroundings."""
    return list(_with_surroundings(list(_raw_blocks(lines))))


def _raw_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    rows: list[Row] = []
    for line in lines:
        text = line.text
        if _is_row(text):
            cells = tuple(text.split("\t"))
            if not _is_rule(cells):
                rows.append(Row(cells, line.number, line.number, line.page))
            continue
        if not text.strip() or is_page_mark(text) or is_continuation_mark(text) or _COMMENT.match(text):
            continue
        if rows:
            yield Table(tuple(rows))
            rows = []
        heading = _HEADING.match(text)
        if heading:
            yield Heading(len(heading[1]), text[heading.end() :].strip(), line)
        elif not is_contents_line(text) and not _RULE.match(text):
            yield Paragraph(text.strip(), line)
    if rows:
        yield Table(tuple(rows))


def _with_surroundings(found: list[Block]) -> Iterator[Block]:
    open_headings: list[Heading] = []
    for i, block in enumerate(found):
        if isinstance(block, Heading):
            open_headings = [h for h in open_headings if h.level < block.level] + [block]
        if not isinstance(block, Table):
            yield block
            continue
        before = _run(reversed(found[max(0, i - 6) : i]))[::-1]
        after = _run(iter(found[i + 1 : i + 9]))
        yield Table(block.rows, tuple(open_headings), tuple(before), tuple(after))


def _run(items: Iterator[Block]) -> list[Paragraph]:
    run: list[Paragraph] = []
    for item in items:
        if not isinstance(item, Paragraph):
            break
        run.append(item)
    return run
