"""Characters of a page: which stand in one row, where a gap between two is a space, and the words of a cell.

A gap wider than the usual one of its line by more than a sixth of a character is a space; where the script changes, it is
so only on pages that set no room there of their own, else a third of a character makes one (``spacing_of``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

from ingest.readers.grid import cell_text, joined
from ingest.text import JAPANESE

LETTER = re.compile(f"[{JAPANESE}]")


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


Row = list[Glyph]

_SPACE = 0.17
SPACE_AT_SCRIPTS = 0.3
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
    return _SPACE if len(gaps) >= _GAPS_ENOUGH and median(gaps) < 0.08 else SPACE_AT_SCRIPTS


def cell_text_of(glyphs: Iterable[Glyph], right: float, spacing: float = SPACE_AT_SCRIPTS) -> str:
    """Return the words of a cell whose right edge is at ``right``.

    A line that stops where more would have had room was ended on purpose: a blank parts it from the next, else a
    soft break.
    """
    rows = grouped(glyphs)
    pieces: list[list[str]] = [[]]
    for row, after in zip_longest(rows, rows[1:]):
        pieces[-1].append(words_of(row, spacing))
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
    return bool(LETTER.match(before.text)) == bool(LETTER.match(glyph.text))


def _usual_gap(row: Row) -> float:
    """Return the gap that most characters of a line have between them: a line set wide has one everywhere."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    return max(0.0, median(gaps)) if len(gaps) >= 4 else 0.0


def words_of(row: Row, spacing: float) -> str:
    """Return the words of a row, with blanks where there is room for them."""
    return cell_text("".join(_spaced(row, spacing)))
