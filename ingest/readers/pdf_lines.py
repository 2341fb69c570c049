"""Rows of characters → the lines of a page in reading order: stacked characters, two columns.

Lengths are points, ``top`` counts from the top of the page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf_glyphs import LETTER, SPACE_AT_SCRIPTS, Glyph, Row, grouped, words_of

_ENUMERATORS = ("アイウエオカキクケコサシスセソ", "イロハニホヘトチリ", "一二三四五六七八九十", "甲乙丙丁戊")
_COLUMN_ROWS = 6


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of words with the room that it takes and the size of its type."""

    text: str
    top: float
    bottom: float
    x1: float = 0
    size: float = 0


def text_lines(
    glyphs: Iterable[Glyph], breaks: Sequence[float] = (), spacing: float = SPACE_AT_SCRIPTS
) -> list[TextLine]:
    """Return the lines of a part of a page; two columns are never followed across a height in ``breaks``."""
    rows, stacks = _take_stacks(grouped(glyphs))
    gutter = _gutter(rows)
    lines = [line for part in _parts(rows, gutter, breaks, spacing) for line in part]
    for stack in stacks:
        at = next((i for i, line in enumerate(lines) if line.top > stack.top), len(lines))
        lines.insert(at, stack)
    return [line for line in lines if line.text]


def _line(row: Row, spacing: float) -> TextLine:
    return TextLine(
        words_of(row, spacing),
        min(g.top for g in row),
        max(g.bottom for g in row),
        row[-1].x1,
        # Letters and figures of one size of type come in boxes of another height than kanji.
        median([g.size for g in row if LETTER.match(g.text)] or [g.size for g in row]),
    )


def _take_stacks(rows: list[Row]) -> tuple[list[Row], list[TextLine]]:
    """Take out characters that are set one below the other (vertical titles) and give each stack as a line."""
    stacks: list[Row] = []
    for row in rows:
        for glyph in row:
            if not LETTER.match(glyph.text) or not _is_alone(glyph, row):
                continue
            stack = next((s for s in reversed(stacks) if _follows(glyph, s[-1], lonely=len(row) == 1)), None)
            if stack:
                stack.append(glyph)
            else:
                stacks.append([glyph])
    found = [stack for stack in stacks if len(stack) >= 3 and not _enumerates("".join(g.text for g in stack))]
    taken = {id(glyph) for stack in found for glyph in stack}
    kept = [[glyph for glyph in row if id(glyph) not in taken] for row in rows]
    lines = [TextLine("".join(g.text for g in stack), stack[0].top, stack[-1].bottom) for stack in found]
    return [row for row in kept if row], lines


def _is_alone(glyph: Glyph, row: Row) -> bool:
    room = 2 * glyph.size
    return all(other is glyph or other.x0 - glyph.x1 > room or glyph.x0 - other.x1 > room for other in row)


def _follows(glyph: Glyph, above: Glyph, *, lonely: bool) -> bool:
    pitch = (glyph.y - above.y) / max(glyph.size, 0.1)
    same = abs(glyph.x - above.x) < 0.2 * glyph.size and abs(glyph.size - above.size) < 0.1 * glyph.size
    return same and 0.8 < pitch < (3 if lonely else 1.35)


def _enumerates(stack: str) -> bool:
    return any(stack in sequence for sequence in _ENUMERATORS)


def _gutter(rows: list[Row]) -> float | None:
    """Return the middle of the empty strip between two columns, where most rows leave one near the page's middle."""
    if len(rows) < _COLUMN_ROWS:
        return None
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    places = [left + (right - left) * share / 100 for share in range(35, 66)]
    count, place = max((sum(not _crosses(row, x) for row in rows), x) for x in places)
    return place if count >= _COLUMN_ROWS else None


def _crosses(row: Row, x: float) -> bool:
    half = 0.5 * row[0].size
    return any(glyph.x0 < x + half and glyph.x1 > x - half for glyph in row)


def _parts(rows: list[Row], gutter: float | None, breaks: Sequence[float], spacing: float) -> Iterator[list[TextLine]]:
    """Yield the lines of runs of rows; where a run is set in two columns, the left one goes before the right one."""
    run: list[Row] = []
    for row in rows:
        if gutter is None or _crosses(row, gutter):
            yield from _run(run, gutter, spacing)
            run = []
            yield [_line(row, spacing)]
        else:
            if run and any(run[-1][0].top < height <= row[0].top for height in breaks):
                yield from _run(run, gutter, spacing)
                run = []
            run.append(row)
    yield from _run(run, gutter, spacing)


def _run(run: list[Row], gutter: float | None, spacing: float) -> Iterator[list[TextLine]]:
    if gutter is not None:
        left = [part for row in run if (part := [g for g in row if g.x < gutter])]
        right = [part for row in run if (part := [g for g in row if g.x >= gutter])]
        if _is_prose(left) and _is_prose(right):
            yield [_line(row, spacing) for row in (*left, *right)]
            return
    yield [_line(row, spacing) for row in run]


def is_two_columns(left: Sequence[float], right: Sequence[float]) -> bool:
    """Tell whether the widths of the lines of two columns are those of running text, set beside one another."""
    return all(
        len(one) >= _COLUMN_ROWS and sum(width >= 0.8 * max(one) for width in one) >= 0.6 * len(one)
        for one in (left, right)
    )


def _is_prose(rows: list[Row]) -> bool:
    """Tell whether rows fill their column as running text does; labels and figures side by side do not."""
    if len(rows) < _COLUMN_ROWS:
        return False
    width = max(row[-1].x1 for row in rows) - min(row[0].x0 for row in rows)
    return median(row[-1].x1 - row[0].x0 for row in rows) >= 0.8 * width and median(map(len, rows)) >= 8
