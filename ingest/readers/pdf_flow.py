"""The lines and tables of a PDF's pages → the lines of its text.

What layout tells and plain text does not is kept here: lines set larger than the body are headings (``# ``), lines that
end for want of room are marked as full, and so are the cells of a row that a page's edge may have cut.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest
from statistics import median

from ingest.readers.pdf_lines import TextLine
from ingest.readers.pdf_tables import PageTable, is_part_of
from ingest.text import JAPANESE, SOFT

Item = TextLine | PageTable

_LARGER = 1.12
_LEVELS = 4
_LONGEST_HEADING = 60
_LEAST_TEXT = 200
_LETTERS = re.compile(f"[{JAPANESE}A-Za-z]")
_MARKED = re.compile(
    r"\s*(?:[(（]\s*[\d０-９一二三四五六七八九十ア-ンa-zA-Z]{1,2}\s*[)）]|[①-⑳]|[\d０-９]{1,2}[\s\u3000.．、]|[ア-ン][\s\u3000]"
    r"|第\s*[\d０-９一二三四五六七八九十]+\s*[章節条編])"
)
_DATE = re.compile(r"[(（]?(?:令和|平成|昭和|[RHS]\s?\d|(?:19|20)\d\d)[^。]{0,12}[年月日]\S{0,6}$")
_NO_HEADING = re.compile(r"^[・●○■◆◇➢➤▶※*-]|…|\d\s*年\s*\d{1,2}\s*月|[~～〜]")
_BESIDE_TABLES = 3
"""How many lines (a page mark, a running title) may stand between two parts of a table on two pages."""


@dataclass
class PageFlow:
    """What stands on one page from top to bottom; ``sizes`` counts its characters by size in half points."""

    items: list[Item] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)


def in_order(lines: Iterable[TextLine], tables: Iterable[PageTable]) -> list[Item]:
    """Return lines and tables from top to bottom; the order of the lines stays."""
    waiting = sorted(tables, key=lambda table: table.top)
    found: list[Item] = []
    for line in lines:
        while waiting and waiting[0].top < line.top:
            found.append(waiting.pop(0))
        found.append(line)
    return [*found, *waiting]


def written(pages: Sequence[PageFlow]) -> list[list[str]]:
    """Return the lines of each page."""
    _mark_cut_rows(pages)
    levels = _levels(pages)
    return [list(_lines(page.items, levels)) for page in pages]


def _levels(pages: Sequence[PageFlow]) -> dict[float, int]:
    """Return the sizes of headings with their levels; the largest is level 1."""
    lines = [item for page in pages for item in page.items if isinstance(item, TextLine)]
    counted: dict[float, int] = {}
    for line in lines:
        counted[_half(line.size)] = counted.get(_half(line.size), 0) + len(line.text)
    if sum(counted.values()) < 2 * _LEAST_TEXT:  # hardly any text outside of tables
        for page in pages:
            for size, count in page.sizes.items():
                counted[size] = counted.get(size, 0) + count
    if sum(counted.values()) < _LEAST_TEXT:
        return {}
    body = _weighted_median(counted)
    heads = {
        _half(item.size) for page in pages for item in page.items if isinstance(item, TextLine) and _may_head(item)
    }
    larger = sorted((size for size in heads if size > _LARGER * body), reverse=True)
    return {size: min(level, _LEVELS) for level, size in enumerate(larger, 1)}


def _weighted_median(counted: dict[float, int]) -> float:
    half = sum(counted.values()) / 2
    for size in sorted(counted):
        half -= counted[size]
        if half <= 0:
            return size
    return max(counted)


def _half(size: float) -> float:
    """Round a size to half points: sizes of one style differ by fractions."""
    return round(2 * size) / 2


def size_counts(sizes: Iterable[float]) -> dict[float, int]:
    """Count sizes of characters in half points."""
    counted: dict[float, int] = {}
    for size in sizes:
        counted[_half(size)] = counted.get(_half(size), 0) + 1
    return counted


def _may_head(line: TextLine) -> bool:
    text = line.text
    short = 2 <= len(text) <= _LONGEST_HEADING and len(_LETTERS.findall(text)) >= 2
    return short and not text.endswith("。") and not _NO_HEADING.search(text)


def _lines(items: Sequence[Item], levels: dict[float, int]) -> Iterator[str]:
    """Yield lines and rows, with an empty line at wide gaps and between two tables."""
    lines = [item for item in items if isinstance(item, TextLine)]
    gaps = [after.top - before.bottom for before, after in pairwise(lines)]
    usual = median([gap for gap in gaps if gap > 0] or [0])
    full = _full(items, usual)
    before: Item | None = None
    for item in _whole_headings(items, levels, full):
        if isinstance(item, PageTable):
            if isinstance(before, PageTable):
                yield ""
            yield from item.rows
        else:
            if isinstance(before, TextLine) and _parted(before, item, usual):
                yield ""
            level = levels.get(_half(item.size)) if _may_head(item) else None
            yield ("#" * level + " " if level else "") + item.text + (SOFT if id(item) in full else "")
        before = item


def _whole_headings(items: Sequence[Item], levels: dict[float, int], full: set[int]) -> Iterator[Item]:
    """Yield the items, a heading that was too long for its line in one piece."""
    kept: TextLine | None = None
    for item in items:
        if kept and isinstance(item, TextLine) and _goes_on(kept, item):
            item = replace(item, text=kept.text + item.text, top=kept.top)  # noqa: PLW2901  the two are one from here on
        elif kept:
            yield kept
        kept = item if isinstance(item, TextLine) and id(item) in full and _half(item.size) in levels else None
        if not kept:
            yield item
    if kept:
        yield kept


def _goes_on(above: TextLine, below: TextLine) -> bool:
    """Tell whether a line may be the rest of a heading: of its size, no date, and without a mark of its own."""
    return _half(below.size) == _half(above.size) and not _DATE.match(below.text) and not _MARKED.match(below.text)


def _parted(above: TextLine, below: TextLine, usual: float) -> bool:
    return below.top - above.bottom > max(1.6 * usual, below.bottom - below.top)


def _full(items: Sequence[Item], usual: float) -> set[int]:
    """Return the lines that reach as far to the right as any of their paragraph: room was what ended them.

    The last line of a page may go on behind its edge; it is held against all lines of its size.
    """
    found: set[int] = set()
    run: list[TextLine] = []
    sized = [item for item in items if isinstance(item, TextLine) and item.size]  # what OCR read has no size
    for item, after in zip_longest(items, items[1:]):
        if isinstance(item, PageTable) or not item.size:
            continue
        run.append(item)
        if isinstance(after, TextLine) and not _parted(item, after, usual) and _one_size(item, after):
            continue
        beside = run if after else [one for one in sized if _one_size(one, item)]
        right = max(one.x1 for one in beside)
        found |= {id(one) for one in (run[:-1] if after else run) if one.x1 > right - 1.5 * one.size}
        run = []
    return found


def _one_size(one: TextLine, other: TextLine) -> bool:
    return abs(one.size - other.size) < 0.1 * one.size


def last_columns(pages: Sequence[PageFlow]) -> Sequence[float]:
    """Return where the columns begin of the table that the last page ends with."""
    table = _edge_table(pages[-1].items[::-1]) if pages else None
    return table.columns if table else ()


def _mark_cut_rows(pages: Sequence[PageFlow]) -> None:
    """Lay a table that goes on with that of the page before on its columns, and mark the cells that were full there."""
    for page, after in pairwise(pages):
        above = _edge_table(page.items[::-1])
        below = _edge_table(after.items)
        if not above or not below or not is_part_of(below.columns, above.columns):
            continue
        if len(below.columns) < len(above.columns):
            below.rows = [_laid_on(row, below.columns, above.columns) for row in below.rows]
            below.columns = above.columns
        cells = above.rows[-1].split("\t")
        marked = (cell + SOFT if n in above.full and cell else cell for n, cell in enumerate(cells))
        above.rows[-1] = "\t".join(marked)


def _laid_on(row: str, columns: Sequence[float], whole: Sequence[float]) -> str:
    cells = [""] * len(whole)
    for words, x in zip(row.split("\t"), columns, strict=False):
        cells[min(range(len(whole)), key=lambda i, x=x: abs(whole[i] - x))] = words  # type: ignore[misc]
    return "\t".join(cells)


def _edge_table(items: Sequence[Item]) -> PageTable | None:
    return next((item for item in items[: _BESIDE_TABLES + 1] if isinstance(item, PageTable)), None)
