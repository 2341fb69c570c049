"""Runs of lines that may be a table without rules: lines in several pieces, near together, that keep to their strips."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_glyphs import Glyph, grouped

_GUTTER = 1.0
"""The least room between two columns, in characters."""
_WRAPPED = 12
"""How many lines in one column alone may stand between two lines of several: the rest of a long cell."""
_OTHER_SIZE = 0.12
LEAST_ROWS = 3
"""The fewest rows of a table without rules."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line with no wide gap in them."""

    x0: float
    x1: float
    glyphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpacedLine:
    """A line cut at its wide gaps, with the room that it takes and the size of its type."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float
    size: float


def spaced_lines(glyphs: Sequence[Glyph], free: list[int]) -> Iterator[SpacedLine]:
    """Yield the lines of a page, each cut at its wide gaps."""
    place = {id(glyphs[i]): i for i in free}
    for row in grouped(glyphs[i] for i in free):
        size = median(glyph.size for glyph in row)
        segments: list[list[Glyph]] = [[row[0]]]
        for before, glyph in pairwise(row):
            if glyph.x0 - before.x1 > _GUTTER * size:
                segments.append([])
            segments[-1].append(glyph)
        cut = tuple(Segment(s[0].x0, max(g.x1 for g in s), tuple(place[id(g)] for g in s)) for s in segments)
        yield SpacedLine(cut, min(g.top for g in row), max(g.bottom for g in row), size)


def runs(lines: Sequence[SpacedLine]) -> Iterator[list[SpacedLine]]:
    """Yield runs of lines that may be a table: from a line in several pieces to the last one, near together."""
    left = min((line.segments[0].x0 for line in lines), default=0)
    width = max((line.segments[-1].x1 for line in lines), default=0) - left
    run: list[SpacedLine] = []
    for line in lines:
        if run and (_is_apart(run, line, width) or _breaks_columns(run, line)):
            yield from _trimmed(run)
            run = []
        if run or len(line.segments) > 1:
            run.append(line)
    yield from _trimmed(run)


def _is_apart(run: Sequence[SpacedLine], line: SpacedLine, width: float) -> bool:
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


def _breaks_columns(run: Sequence[SpacedLine], line: SpacedLine) -> bool:
    """Tell whether a line does not keep to the strips of the run; the first two lines may head several columns at once."""
    strips = _strips([one for one in run[2:] or run if len(one.segments) > 1])
    if len(strips) < 2 or len(run) < 2:
        return False
    crossed = sum(
        max(sum(min(s.x1, x1) - max(s.x0, x0) > 0.3 * line.size for x0, x1 in strips) - 1, 0) for s in line.segments
    )
    return crossed > 0 if len(line.segments) == 1 else crossed > len(strips) // 3


def _strips(lines: Sequence[SpacedLine]) -> list[tuple[float, float]]:
    """Return the strips that the pieces of lines cover together."""
    covered: list[tuple[float, float]] = []
    for x0, x1 in sorted((s.x0, s.x1) for line in lines for s in line.segments):
        if covered and x0 <= covered[-1][1] + 0.3:
            covered[-1] = (covered[-1][0], max(covered[-1][1], x1))
        else:
            covered.append((x0, x1))
    return covered


def _trimmed(run: list[SpacedLine]) -> Iterator[list[SpacedLine]]:
    last = max((i for i, line in enumerate(run) if len(line.segments) > 1), default=-1)
    end = last + 1
    while end < len(run) and run[end].top - run[end - 1].bottom < 0.6 * run[end].size:
        end += 1  # the last lines of a long cell
    if sum(len(line.segments) > 1 for line in run[:end]) >= LEAST_ROWS - 1:
        yield run[:end]
