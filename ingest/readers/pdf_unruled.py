"""Tables without rules: rows of words that stand in columns with nothing drawn between them → tab rows.

Columns are the strips that the lines of a run keep to; the blank strips between them may be crossed by few lines only
(a heading over two columns). Rows are told by horizontal rules where there are some, else by the room between lines.
What does not line up in its columns (text boxes on a slide, the labels of a chart) is no table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.grid import tab_row
from ingest.readers.pdf_drawn import Edge
from ingest.readers.pdf_lines import Glyph, cell_text_of, grouped, is_two_columns
from ingest.readers.pdf_tables import PageTable

_GUTTER = 1.0
"""The least room between two columns, in characters."""
_WRAPPED = 12
"""How many lines in one column alone may stand between two lines of several: the rest of a long cell."""
_LEAST_ROWS = 3
_OTHER_SIZE = 0.12
_MARK = re.compile(
    r"(?:[(（]?[0-9０-９]{1,2}[)）.．]?|[(（]?[ア-ンa-zａ-ｚ①-⑳ⅰ-ⅹ一二三四五六七八九十][)）.．]?|第[0-9０-９一二三四五六七八九十]+[条章項号]?|[・○●■□◆◇※➤▶*-]|[甲乙丙丁])"
)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words of a line with no wide gap in them."""

    x0: float
    x1: float
    glyphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    segments: tuple[_Segment, ...]
    top: float
    bottom: float
    size: float


def unruled_tables(
    glyphs: Sequence[Glyph], free: Iterable[int], edges: Sequence[Edge], spacing: float
) -> list[PageTable]:
    """Return the tables that stand among the glyphs ``free`` of a page, from top to bottom."""
    lines = list(_lines(glyphs, list(free)))
    rules = sorted({(round(e["top"], 1), e["x0"], e["x1"]) for e in edges if e["orientation"] == "h"})
    tables = []
    for run in _runs(lines):
        columns = _columns(run)
        if len(columns) >= 2 and _lines_up(run, columns):
            tables.append(_table(run, columns, rules, glyphs, spacing))
    return [table for table in tables if table is not None]


def _lines(glyphs: Sequence[Glyph], free: list[int]) -> Iterator[_Line]:
    """Yield the lines of a page, each cut at its wide gaps."""
    place = {id(glyphs[i]): i for i in free}
    for row in grouped(glyphs[i] for i in free):
        size = median(glyph.size for glyph in row)
        segments: list[list[Glyph]] = [[row[0]]]
        for before, glyph in pairwise(row):
            if glyph.x0 - before.x1 > _GUTTER * size:
                segments.append([])
            segments[-1].append(glyph)
        cut = tuple(_Segment(s[0].x0, max(g.x1 for g in s), tuple(place[id(g)] for g in s)) for s in segments)
        yield _Line(cut, min(g.top for g in row), max(g.bottom for g in row), size)


def _runs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield runs of lines that may be a table: from a line in several pieces to the last one, near together."""
    left = min((line.segments[0].x0 for line in lines), default=0)
    width = max((line.segments[-1].x1 for line in lines), default=0) - left
    run: list[_Line] = []
    for line in lines:
        if run and (_is_apart(run, line, width) or _breaks_columns(run, line)):
            yield from _trimmed(run)
            run = []
        if run or len(line.segments) > 1:
            run.append(line)
    yield from _trimmed(run)


def _is_apart(run: Sequence[_Line], line: _Line, width: float) -> bool:
    """Tell whether a line stands apart from the run above: by its room, its size, or because it is as wide as the page."""
    above = run[-1]
    room = line.top - above.bottom
    if room > 2.5 * line.size or abs(line.size - above.size) > _OTHER_SIZE * above.size:
        return True
    if len(line.segments) > 1:
        return False
    wide = line.segments[0].x1 - line.segments[0].x0 > 0.8 * width
    alone = all(len(one.segments) == 1 for one in run[-_WRAPPED:]) and len(run) > _WRAPPED
    usual = median([b.top - a.bottom for a, b in pairwise(run)] or [room])
    caption = line.segments[0].x0 < min(one.segments[0].x0 for one in run) + line.size and room > 1.5 * max(usual, 1)
    return wide or alone or caption


def _breaks_columns(run: Sequence[_Line], line: _Line) -> bool:
    """Tell whether a line does not keep to the strips of the run; the first two lines may head several columns at once."""
    strips = _strips([one for one in run[2:] or run if len(one.segments) > 1])
    if len(strips) < 2 or len(run) < 2:
        return False
    crossed = sum(
        max(sum(min(s.x1, x1) - max(s.x0, x0) > 0.3 * line.size for x0, x1 in strips) - 1, 0) for s in line.segments
    )
    return crossed > 0 if len(line.segments) == 1 else crossed > len(strips) // 3


def _strips(lines: Sequence[_Line]) -> list[tuple[float, float]]:
    """Return the strips that the pieces of lines cover together."""
    covered: list[tuple[float, float]] = []
    for x0, x1 in sorted((s.x0, s.x1) for line in lines for s in line.segments):
        if covered and x0 <= covered[-1][1] + 0.3:
            covered[-1] = (covered[-1][0], max(covered[-1][1], x1))
        else:
            covered.append((x0, x1))
    return covered


def _trimmed(run: list[_Line]) -> Iterator[list[_Line]]:
    last = max((i for i, line in enumerate(run) if len(line.segments) > 1), default=-1)
    end = last + 1
    while end < len(run) and run[end].top - run[end - 1].bottom < 0.6 * run[end].size:
        end += 1  # the last lines of a long cell
    if sum(len(line.segments) > 1 for line in run[:end]) >= _LEAST_ROWS - 1:
        yield run[:end]


def _columns(run: Sequence[_Line]) -> list[tuple[float, float]]:
    """Return the strips that hold the words of a run; a tenth of its lines may cross what is between two."""
    several = [line for line in run if len(line.segments) > 1]
    size = median(line.size for line in run)
    left = min(line.segments[0].x0 for line in run)
    right = max(line.segments[-1].x1 for line in run)
    bins = [0] * (int(right - left) + 2)
    for line in several:
        for segment in line.segments:
            for x in range(int(segment.x0 - left), int(segment.x1 - left) + 1):
                bins[x] += 1
    allowed = max(1 if len(several) > 4 else 0, len(several) // 8)
    strips: list[tuple[float, float]] = []
    begin: int | None = None
    blank = 0
    for x, count in enumerate([*bins, *([0] * int(size + 2))]):
        if count > allowed:
            begin = x if begin is None else begin
            blank = 0
        elif begin is not None:
            blank += 1
            if blank >= 0.7 * size:
                strips.append((left + begin, left + x - blank + 1))
                begin = None
    return strips


def _column_of(segment: _Segment, columns: Sequence[tuple[float, float]]) -> int:
    """Return the first column that a piece of a line lies in, the nearest where it lies in none."""
    overlaps = [min(segment.x1, x1) - max(segment.x0, x0) for x0, x1 in columns]
    inside = [
        i
        for i, overlap in enumerate(overlaps)
        if overlap > 0.3 * min(segment.x1 - segment.x0, columns[i][1] - columns[i][0])
    ]
    return inside[0] if inside else max(range(len(columns)), key=lambda i: overlaps[i])


def _lines_up(run: Sequence[_Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Tell whether the pieces of the lines begin, end or are centred at one place in most columns, and are no prose."""
    size = median(line.size for line in run)
    held: list[list[_Segment]] = [[] for _ in columns]
    for line in run:
        for segment in line.segments:
            held[_column_of(segment, columns)].append(segment)
    if len(columns) == 2 and (is_two_columns(*([s.x1 - s.x0 for s in one] for one in held)) or len(held[1]) < 3):
        return False
    if 10 * sum(len(one) > 1 for one in held) < 7 * len(columns):
        return False
    aligned = sum(_is_aligned(one, size) for one in held)
    return len(run) >= _LEAST_ROWS - (len(columns) > 2) and aligned >= 0.75 * len(columns) and all(held)


def _is_aligned(segments: Sequence[_Segment], size: float) -> bool:
    places = ([s.x0 for s in segments], [s.x1 for s in segments], [(s.x0 + s.x1) / 2 for s in segments])
    for found in places:
        usual = median(found)
        if sum(abs(x - usual) < 0.6 * size for x in found) >= 0.65 * len(found):
            return True
    return False


def _table(
    run: Sequence[_Line],
    columns: Sequence[tuple[float, float]],
    rules: Sequence[tuple[float, float, float]],
    glyphs: Sequence[Glyph],
    spacing: float,
) -> PageTable | None:
    rows = []
    for lines in _rows(run, columns, rules):
        cells: list[list[int]] = [[] for _ in columns]
        for line in lines:
            for segment in line.segments:
                cells[_column_of(segment, columns)] += segment.glyphs
        rows.append(
            [
                cell_text_of((glyphs[i] for i in cell), x1, spacing) if cell else ""
                for cell, (_, x1) in zip(cells, columns, strict=True)
            ]
        )
    used = frozenset(i for line in run for segment in line.segments for i in segment.glyphs)
    if _only_marks(rows):
        return None
    return PageTable(run[0].top, [tab_row(row) for row in rows], used, columns=[x0 for x0, _ in columns])


def _only_marks(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first of two columns holds nothing but the marks of a list or the numbers of articles."""
    marks = [row[0] for row in rows if row[0]]
    return len(rows[0]) == 2 and bool(marks) and all(_MARK.fullmatch(mark) for mark in marks)


def _rows(
    run: Sequence[_Line], columns: Sequence[tuple[float, float]], rules: Sequence[tuple[float, float, float]]
) -> Iterator[list[_Line]]:
    """Cut a run of lines into rows: at rules, at wider room, or where the first column is filled again."""
    heights = _rule_heights(run, rules)
    room = _room_between_rows(run)
    dense = sum(len(line.segments) for line in run) >= 0.7 * len(run) * len(columns)
    row: list[_Line] = []
    for line in run:
        if row:
            above = row[-1]
            if heights:
                begins = any(above.bottom - 2 <= h <= line.top + 2 for h in heights)
            elif room is not None:
                begins = line.top - above.bottom > room
            else:
                begins = dense or _column_of(line.segments[0], columns) == 0
            if begins:
                yield row
                row = []
        row.append(line)
    if row:
        yield row


def _room_between_rows(run: Sequence[_Line]) -> float | None:
    """Return the room from which on a new row begins, None where all lines stand equally far apart."""
    gaps = sorted(after.top - before.bottom for before, after in pairwise(run))
    jumps = [(after - before, (before + after) / 2) for before, after in pairwise(gaps)]
    jump, middle = max(jumps, default=(0.0, 0.0))
    return middle if jump > 0.2 * median(line.size for line in run) else None


def _rule_heights(run: Sequence[_Line], rules: Sequence[tuple[float, float, float]]) -> list[float]:
    """Return the heights of the rules between the lines of a run; a rule may be in pieces, one a column."""
    top, bottom = run[0].top, run[-1].bottom
    width = max(line.segments[-1].x1 for line in run) - min(line.segments[0].x0 for line in run)
    covered: dict[float, float] = {}
    for height, x0, x1 in rules:
        if top <= height <= bottom:
            near = next((h for h in covered if abs(h - height) < 1), height)
            covered[near] = covered.get(near, 0) + x1 - x0
    heights = [height for height, length in covered.items() if length > 0.6 * width]
    return heights if len(heights) >= max(1, len(run) // 8) else []
