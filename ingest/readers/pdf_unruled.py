"""Tables without rules: rows of words that stand in columns with nothing drawn between them → tab rows.

Columns are the strips that the lines of a run keep to; the blank strips between them may be crossed by few lines only
(a heading over two columns). Rows are told by horizontal rules where there are some, else by the room between lines.
What does not line up in its columns (text boxes on a slide, the labels of a chart) is no table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.grid import tab_row
from ingest.readers.pdf_drawn import Edge
from ingest.readers.pdf_glyphs import Glyph, cell_text_of
from ingest.readers.pdf_lines import is_two_columns
from ingest.readers.pdf_runs import LEAST_ROWS, Segment, SpacedLine, runs, spaced_lines
from ingest.readers.pdf_tables import PageTable

_OTHER_SIZE = 0.12
_MARK = re.compile(
    r"(?:[(（]?[0-9０-９]{1,2}[)）.．]?|[(（]?[ア-ンa-zａ-ｚ①-⑳ⅰ-ⅹ一二三四五六七八九十][)）.．]?|第[0-9０-９一二三四五六七八九十]+[条章項号]?|[・○●■□◆◇※➤▶*-]|[甲乙丙丁])"
)


def unruled_tables(
    glyphs: Sequence[Glyph], free: Iterable[int], edges: Sequence[Edge], spacing: float
) -> list[PageTable]:
    """Return the tables that stand among the glyphs ``free`` of a page, from top to bottom."""
    lines = list(spaced_lines(glyphs, list(free)))
    rules = sorted({(round(e["top"], 1), e["x0"], e["x1"]) for e in edges if e["orientation"] == "h"})
    tables = []
    for run in runs(lines):
        columns = _columns(run)
        if len(columns) >= 2 and _lines_up(run, columns):
            tables.append(_table(run, columns, rules, glyphs, spacing))
    return [table for table in tables if table is not None]


def _columns(run: Sequence[SpacedLine]) -> list[tuple[float, float]]:
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


def _column_of(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    """Return the first column that a piece of a line lies in, the nearest where it lies in none."""
    overlaps = [min(segment.x1, x1) - max(segment.x0, x0) for x0, x1 in columns]
    inside = [
        i
        for i, overlap in enumerate(overlaps)
        if overlap > 0.3 * min(segment.x1 - segment.x0, columns[i][1] - columns[i][0])
    ]
    return inside[0] if inside else max(range(len(columns)), key=lambda i: overlaps[i])


def _lines_up(run: Sequence[SpacedLine], columns: Sequence[tuple[float, float]]) -> bool:
    """Tell whether the pieces of the lines begin, end or are centred at one place in most columns, and are no prose."""
    size = median(line.size for line in run)
    held: list[list[Segment]] = [[] for _ in columns]
    for line in run:
        for segment in line.segments:
            held[_column_of(segment, columns)].append(segment)
    if len(columns) == 2 and (is_two_columns(*([s.x1 - s.x0 for s in one] for one in held)) or len(held[1]) < 3):
        return False
    if 10 * sum(len(one) > 1 for one in held) < 7 * len(columns):
        return False
    aligned = sum(_is_aligned(one, size) for one in held)
    return len(run) >= LEAST_ROWS - (len(columns) > 2) and aligned >= 0.75 * len(columns) and all(held)


def _is_aligned(segments: Sequence[Segment], size: float) -> bool:
    places = ([s.x0 for s in segments], [s.x1 for s in segments], [(s.x0 + s.x1) / 2 for s in segments])
    for found in places:
        usual = median(found)
        if sum(abs(x - usual) < 0.6 * size for x in found) >= 0.65 * len(found):
            return True
    return False


def _table(
    run: Sequence[SpacedLine],
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
    run: Sequence[SpacedLine], columns: Sequence[tuple[float, float]], rules: Sequence[tuple[float, float, float]]
) -> Iterator[list[SpacedLine]]:
    """Cut a run of lines into rows: at rules, at wider room, or where the first column is filled again."""
    heights = _rule_heights(run, rules)
    room = _room_between_rows(run)
    dense = sum(len(line.segments) for line in run) >= 0.7 * len(run) * len(columns)
    row: list[SpacedLine] = []
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


def _room_between_rows(run: Sequence[SpacedLine]) -> float | None:
    """Return the room from which on a new row begins, None where all lines stand equally far apart."""
    gaps = sorted(after.top - before.bottom for before, after in pairwise(run))
    jumps = [(after - before, (before + after) / 2) for before, after in pairwise(gaps)]
    jump, middle = max(jumps, default=(0.0, 0.0))
    return middle if jump > 0.2 * median(line.size for line in run) else None


def _rule_heights(run: Sequence[SpacedLine], rules: Sequence[tuple[float, float, float]]) -> list[float]:
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
