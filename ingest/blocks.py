"""The lines of a document seen as headings, running text and tables.

Rows that only a blank line or a page mark parts are one table: pages cut tables, documents do not say where. Page marks
(- 3 -, －２－) and the dotted lines of a table of contents are no text. A heading row that a page repeats is dropped,
and a row that a page cut is one again, where a layout tells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.extract import Line
from ingest.labels import label
from ingest.text import SOFT, clean, nfkc
from ingest.years import fiscal_year

_HEADING = re.compile(r"^\s*(#{1,6})\s+(?=\S)")
_PAGE_MARK = re.compile(
    r"^\s*(?:[-‐–—―−－ー~]\s*\d{1,3}\s*[-‐–—―−－ー~]|\d{1,3}|p(?:age)?\.?\s*\d{1,3}|\d{1,3}\s*/\s*\d{1,3}(?:\s*ページ)?|\d{1,3}\s*ページ)\s*$",
    re.IGNORECASE,
)
_LONGEST_MARK = 16
_CONTENTS = re.compile(r"(?:[・･.．…‥]\s*){3,}\s*\d{1,3}\s*$|\t\s*…\s*\t?\s*\d{1,3}\s*$")
_GOES_ON = re.compile(r"[(（【\[［]\s*(?:続き|つづき|前頁の?続き|承前)\s*[)）】\]］]\s*$")
_UNIT_NOTE = re.compile(r"\(単位[:：].{1,8}\)|単位[:：].{1,8}")
_RULE = re.compile(r"^[\s\-=_―—─━*|:]{3,}$")
_FIGURE = re.compile(r"[\d,.]+|[-―－ー]")
_HYPHENS = re.compile(r"-{2,}")
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
    """A row of a table: its cells as printed, and the lines it came from.

    ``layout`` are the cells with the soft breaks that a layout put in, where it put some; ``filled`` the columns that hold
    something.
    """

    cells: tuple[str, ...]
    first: int
    last: int
    page: int | None
    layout: tuple[str, ...] = ()
    filled: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep which columns hold something: it is asked again and again."""
        object.__setattr__(self, "filled", tuple(i for i, cell in enumerate(self.cells) if cell.strip()))

    def cell(self, index: int) -> str:
        """Return the cell of a column, "" where the row is shorter."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""

    def laid_out(self, index: int) -> str:
        """Return the cell of a column with its soft breaks."""
        return self.layout[index] if 0 <= index < len(self.layout) else self.cell(index)


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
    plain = text.strip()
    return len(plain) <= _LONGEST_MARK and bool(_PAGE_MARK.match(nfkc(plain)))


def is_continuation_mark(text: str) -> bool:
    """Tell whether a line only says that a table goes on from the page before (別表（続き）)."""
    return bool(_GOES_ON.search(text)) and "\t" not in text and len(clean(text)) <= 40


def is_contents_line(text: str) -> bool:
    """Tell whether a line is one of a table of contents (a title, dots, a page)."""
    plain = text.rstrip()
    return plain[-1:].isdecimal() and bool(_CONTENTS.search(plain.lstrip()))


def is_unit_note(text: str) -> bool:
    """Tell whether a text only says the unit of what follows: （単位：千円）."""
    return bool(_UNIT_NOTE.fullmatch(clean(text)))


def _without_unit_cell(text: str) -> str:
    """Return a row of words and a note on the unit alone (表題 | (単位:百万円)) as the line of text that it is."""
    if "\t" not in text or "単位" not in text:
        return text
    cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
    noted = len(cells) == 2 and is_unit_note(cells[1]) and not label(cells[0])
    return " ".join(cells) if noted else text


def _is_row(text: str) -> bool:
    return "\t" in text and bool(text.strip()) and not is_contents_line(text)


def _is_rule(cells: Sequence[str]) -> bool:
    filled = [c for c in cells if c.strip()]
    return bool(filled) and all(_RULE.match(c.strip()) or _HYPHENS.fullmatch(c.strip()) for c in filled)


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks of a document in order; its tables do not know their surroundings yet."""
    return list(_blocks(lines))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    rows: list[Row] = []
    for line in lines:
        text = _without_unit_cell(line.text)
        if _is_row(text):
            cells = tuple(text.split("\t"))
            if not _is_rule(cells):
                _add_row(rows, _row(cells, line))
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


def _row(cells: tuple[str, ...], line: Line) -> Row:
    plain = tuple(cell.replace(SOFT, "") for cell in cells)
    return Row(plain, line.number, line.number, line.page, cells if cells != plain else ())


def _add_row(rows: list[Row], row: Row) -> None:
    """Add a row; on a new page the table's heading comes again (it is dropped), and the last row may go on."""
    above = rows[-1] if rows else None
    if above and row.laid_out(0).startswith(SOFT):
        rows[-1] = _joined(above, row)
    elif above is None or above.page is None or above.page == row.page:
        rows.append(row)
    elif _repeats(rows, row):
        # What follows is of the new page still: the next row may go on with the last one.
        return
    elif _is_cut(above, row):
        rows[-1] = _joined(above, row)
    else:
        rows.append(row)


def _joined(above: Row, row: Row) -> Row:
    """Return two pieces of a row as one."""
    width = max(len(above.cells), len(row.cells))
    cells = [_glued(above.laid_out(i), row.laid_out(i)) for i in range(width)]
    plain = tuple(cell.replace(SOFT, "") for cell in cells)
    return Row(plain, above.first, row.last, above.page, tuple(cells))


def _repeats(rows: Sequence[Row], row: Row) -> bool:
    """Tell whether a row is one of the heading rows again: most of its cells are labels or years."""
    filled = row.filled
    if len(rows) < 3 or len(filled) < 2 or not any(row.cells == head.cells for head in rows[:2]):
        return False
    heads = sum(label(row.cell(i)) is not None or fiscal_year(row.cell(i)) is not None for i in filled)
    return 10 * heads >= 6 * len(filled)


def _is_cut(above: Row, row: Row) -> bool:
    """Tell whether a row goes on with the one before the page's edge: it fills only cells that were full there."""
    filled = row.filled
    full = [i for i in filled if above.laid_out(i).endswith(SOFT) and not above.cell(i).endswith("。")]
    if not full or 3 * len(full) < 2 * len(filled) or not all(above.cell(i).strip() for i in filled):
        return False
    if (
        sum(
            bool(_FIGURE.fullmatch(nfkc(above.cell(i)).strip()) and _FIGURE.fullmatch(nfkc(row.cell(i)).strip()))
            for i in filled
        )
        > 1
    ):
        return False  # a number and figures of its own: the next row
    return not any(label(row.cell(i)) and not label(above.cell(i) + row.cell(i)) for i in filled)


def _glued(above: str, below: str) -> str:
    if not below.strip():
        return above.removesuffix(SOFT)
    return above + below if above.endswith(SOFT) else f"{above} {below}".strip()


def with_surroundings(found: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, each table with the headings above it and the text before and after it."""
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
