"""Characters of a page → its lines in reading order: rows, stacked characters, two columns.

Lengths are points, ``top`` counts from the top of the page. A gap wider than the usual one of
its line by more than a sixth of a character is a space; where the script changes, it is so only on pages that set no
room there of their own, else a third of a character makes one (``spacing_of``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

from ingest.readers.grid import cell_text, joined
from ingest.text import JAPANESE

_LETTER = re.compile(f"[{JAPANESE}]")
_ENUMERATORS = ("アイウエオカキクケコサシスセソ", "イロハニホヘトチリ", "一二三四五六七八九十", "甲乙丙丁戊")
_COLUMN_ROWS = 6
_PIECE = re.compile(
    r"[(（「『【\[〔〈《]*(?:[0-9A-Za-z.,/%]+|.)[)）」』】\]〕〉》、。，．,.:;：；・!?！？ーァィゥェォッャュョヮぁぃぅぇぉっゃゅょゎ々%％]*"
)
"""What typesetting never breaks: a number or a word, or one character, with brackets and marks that cleave to it."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the box it fills; ``after_space`` where the file has a blank before it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    after_space: bool = False

    @property
    def x(self) -> float:
        """The middle of the box from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """The middle of the box from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The height of the box, near to the size of the type."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of words with the room that it takes and the size of its type."""

    text: str
    top: float
    bottom: float
    x1: float = 0
    size: float = 0


Row = list[Glyph]

_SPACE = 0.17
_SPACE_AT_SCRIPTS = 0.3
_GAPS_ENOUGH = 8


def gaps_at_scripts(glyphs: Sequence[Glyph]) -> list[float]:
    """Return the gaps between characters of two scripts, as shares of a character."""
    return [
        (b.x0 - a.x1) / max(b.size, 0.1)
        for a, b in pairwise(glyphs)
        if not b.after_space and not _one_script(a, b) and abs(a.y - b.y) < 0.5 * b.size and abs(b.x0 - a.x1) < b.size
    ]


def spacing_of(gaps: Sequence[float]) -> float:
    """Return from which share of a character on a gap between two scripts is a space, in a document of these gaps.

    Word processors leave a quarter of a character between kanji and figures, browsers none: then a gap is a blank.
    """
    return _SPACE if len(gaps) >= _GAPS_ENOUGH and median(gaps) < 0.08 else _SPACE_AT_SCRIPTS


def text_lines(
    glyphs: Iterable[Glyph], breaks: Sequence[float] = (), spacing: float = _SPACE_AT_SCRIPTS
) -> list[TextLine]:
    """Return the lines of a part of a page; two columns are never followed across a height in ``breaks``."""
    rows, stacks = _take_stacks(grouped(glyphs))
    gutter = _gutter(rows)
    lines = [line for part in _parts(rows, gutter, breaks, spacing) for line in part]
    for stack in stacks:
        at = next((i for i, line in enumerate(lines) if line.top > stack.top), len(lines))
        lines.insert(at, stack)
    return [line for line in lines if line.text]


def cell_text_of(glyphs: Iterable[Glyph], right: float, spacing: float = _SPACE_AT_SCRIPTS) -> str:
    """Return the words of a cell whose right edge is at ``right``.

    A line that stops where more would have had room was ended on purpose: a blank parts it from the next, else a
    soft break.
    """
    rows = grouped(glyphs)
    pieces: list[list[str]] = [[]]
    for row, after in zip_longest(rows, rows[1:]):
        pieces[-1].append(_line(row, spacing).text)
        if after and right - row[-1].x1 > _width_of_first(after) + 1.2 * row[-1].size:
            pieces.append([])
    return " ".join(text for piece in pieces if (text := joined(piece)))


def ends_full(glyphs: Iterable[Glyph], right: float) -> bool:
    """Tell whether the last line of a cell leaves no room for one character more."""
    rows = grouped(glyphs)
    return bool(rows) and len(rows[-1]) > 1 and right - rows[-1][-1].x1 <= 2.2 * rows[-1][-1].size


def _width_of_first(row: Row) -> float:
    """Return how wide the first piece of a line is that could not be broken."""
    first = _PIECE.match("".join(glyph.text for glyph in row))
    last = row[min(len(row), max(1, first.end() if first else 1)) - 1]
    return last.x1 - row[0].x0


def grouped(glyphs: Iterable[Glyph]) -> list[Row]:
    """Group glyphs that stand beside one another, from top to bottom; the largest glyph of a row says how high the row is."""
    rows: list[Row] = []
    largest: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if largest and glyph.y - largest.y < 0.5 * max(largest.size, glyph.size):
            rows[-1].append(glyph)
            largest = max(largest, glyph, key=lambda g: g.size)
        else:
            rows.append([glyph])
            largest = glyph
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _line(row: Row, spacing: float) -> TextLine:
    return TextLine(
        cell_text("".join(_spaced(row, spacing))),
        min(g.top for g in row),
        max(g.bottom for g in row),
        row[-1].x1,
        # Letters and figures of one size of type come in boxes of another height than kanji.
        median([g.size for g in row if _LETTER.match(g.text)] or [g.size for g in row]),
    )


def _spaced(row: Row, spacing: float) -> Iterator[str]:
    before: Glyph | None = None
    usual = _usual_gap(row)
    for glyph in row:
        # The same character printed twice in nearly one place makes it bold.
        if before and glyph.text == before.text and glyph.x0 - before.x0 < 0.2 * before.size:
            continue
        if before and (glyph.after_space or _is_gap(before, glyph, usual, spacing)):
            yield " "
        yield glyph.text
        before = glyph


def _is_gap(before: Glyph, glyph: Glyph, usual: float, spacing: float) -> bool:
    """Tell whether the room between two characters is a blank; between two scripts typesetters leave some anyway."""
    share = _SPACE if _one_script(before, glyph) else spacing
    return glyph.x0 - before.x1 - usual > share * min(before.size, glyph.size)


def _one_script(before: Glyph, glyph: Glyph) -> bool:
    return bool(_LETTER.match(before.text)) == bool(_LETTER.match(glyph.text))


def _usual_gap(row: Row) -> float:
    """Return the gap that most characters of a line have between them: a line set wide has one everywhere."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    return max(0.0, median(gaps)) if len(gaps) >= 4 else 0.0


def _take_stacks(rows: list[Row]) -> tuple[list[Row], list[TextLine]]:
    """Take out characters that are set one below the other (vertical titles) and give each stack as a line."""
    stacks: list[Row] = []
    for row in rows:
        for glyph in row:
            if not _LETTER.match(glyph.text) or not _is_alone(glyph, row):
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
