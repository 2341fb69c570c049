"""Ruled tables of a page → tab rows with the height at which they stand.

pdfplumber finds the cells between lines. Before, sides that a form leaves open are closed where the ends of the rules
agree and an inner rule ties them together; after, a frame around text and the grid of a chart are told from a table.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from ingest.readers.grid import tab_row
from ingest.readers.pdf_drawn import Edge, TooManyEdgesError, edge
from ingest.readers.pdf_glyphs import Glyph, cell_text_of, ends_full

Box = tuple[float, float, float, float]
TOLERANCE = 3.0
MOST_RULES = 3_000
"""More lines than this, when their pieces are joined, are a map or a drawing."""
_THIN = 6.0


@dataclass(slots=True)
class PageTable:
    """A table on a page: its top, its rows, and the glyphs that stand in it.

    ``full`` are the cells of its last row that have no room left, ``columns`` the places where its columns begin.
    """

    top: float
    rows: list[str]
    glyphs: frozenset[int]
    full: frozenset[int] = frozenset()
    columns: Sequence[float] = ()


class _Table(Table):  # type: ignore[misc, unused-ignore]
    """A table of cells alone: its rows and columns need no page."""

    def __init__(self, cells: list[Box]) -> None:
        self.cells = cells


def ruled_tables(
    edges: Sequence[Edge], glyphs: Sequence[Glyph], spacing: float, going_on: Sequence[float] = ()
) -> list[PageTable]:
    """Return the tables of a page from top to bottom; ``PageTable.glyphs`` are indices of ``glyphs``.

    ``going_on`` are the columns of the table that the page before ended with: one cell of words is enough to go on with it.
    """
    rules = _joined(edges)
    if len(rules) > MOST_RULES:
        raise TooManyEdgesError
    rules = _joined([*rules, *_closing(rules, "v"), *_closing(rules, "h")])
    cells = intersections_to_cells(edges_to_intersections(rules, TOLERANCE, TOLERANCE))
    free = set(range(len(glyphs)))
    tables = []
    # An inner table comes before the one whose cell it stands in.
    for found in sorted((_Table(group) for group in cells_to_tables(cells)), key=lambda table: _area(table.bbox)):
        table = _table(found, glyphs, free, spacing, going_on)
        if table:
            free -= table.glyphs
            tables.append(table)
    return sorted(tables, key=lambda table: table.top)


def _joined(edges: Sequence[Edge]) -> list[Edge]:
    """Join the pieces of lines: borders of neighbouring cells, dashes, the two lines of a thin box."""
    merged: list[Edge] = merge_edges(list(edges), TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE) if edges else []
    return [one for one in merged if max(one["width"], one["height"]) >= TOLERANCE]


def _closing(edges: Sequence[Edge], side: str) -> Iterator[Edge]:
    """Yield the lines that close open sides of tables; ``side`` is the direction of the lines to yield.

    Two neighbouring rules that end at one place are tied by a line between them that crosses both heights.
    """
    along, across = (("x0", "x1"), ("top", "bottom")) if side == "v" else (("top", "bottom"), ("x0", "x1"))
    rules = sorted((e for e in edges if e["orientation"] != side), key=lambda e: float(e[across[0]]))
    ties = [e for e in edges if e["orientation"] == side]
    for end in along:
        for place in {round(rule[end]) for rule in rules}:
            group = [rule for rule in rules if abs(rule[end] - place) <= TOLERANCE / 2]
            for one, two in pairwise(group):
                low, high = one[across[0]], two[across[0]]
                tied = (t for t in ties if t[across[0]] <= low + TOLERANCE and t[across[1]] >= high - TOLERANCE)
                spanning = [tie[along[0]] for tie in tied]
                inside = [at for at in spanning if one[along[0]] - TOLERANCE <= at <= one[along[1]] + TOLERANCE]
                if high - low > TOLERANCE and inside and all(abs(at - place) > TOLERANCE for at in spanning):
                    at = one[end]
                    yield edge(at, low, at, high) if side == "v" else edge(low, at, high, at)


def _table(
    found: _Table, glyphs: Sequence[Glyph], free: set[int], spacing: float, going_on: Sequence[float]
) -> PageTable | None:
    """Return the table that pdfplumber found, or None for a frame, a chart's grid, or an empty lattice."""
    if len(found.cells) < 2:
        return None
    inside = _by_cell(found.cells, glyphs, free)
    rows = [
        [
            cell_text_of((glyphs[i] for i in inside.get(cell, ())), cell[2], spacing) if cell else ""
            for cell in row.cells
        ]
        for row in found.rows
    ]
    least = 1 if len(rows[0]) > 1 and is_part_of(_left_edges(found), going_on) else 2
    if sum(map(bool, (words for row in rows for words in row))) < least:
        return None
    used = frozenset(i for one in inside.values() for i in one)
    kept = _columns_kept(found, rows)
    last = [(n, found.rows[-1].cells[i]) for n, i in enumerate(kept)]
    edges = _left_edges(found)
    full = frozenset(n for n, cell in last if cell and ends_full((glyphs[i] for i in inside.get(cell, ())), cell[2]))
    return PageTable(
        found.bbox[1],
        [tab_row(row) for row in _without_double_rules(found, rows, kept)],
        used,
        full,
        [edges[i] for i in kept],
    )


def _by_cell(cells: Sequence[Box], glyphs: Sequence[Glyph], free: set[int]) -> dict[Box, list[int]]:
    """Return the glyphs that stand in each cell; the cells of a table do not overlap."""
    heights = sorted({cell[1] for cell in cells})
    rows: dict[float, list[Box]] = {}
    for cell in cells:
        for height in heights[bisect_left(heights, cell[1]) : bisect_left(heights, cell[3])]:
            rows.setdefault(height, []).append(cell)
    found: dict[Box, list[int]] = {}
    for i in free:
        at = bisect_right(heights, glyphs[i].y) - 1
        for cell in rows.get(heights[at], ()) if at >= 0 else ():
            if cell[0] <= glyphs[i].x < cell[2] and glyphs[i].y < cell[3]:
                found.setdefault(cell, []).append(i)
                break
    return found


def _left_edges(found: _Table) -> list[float]:
    return [min(cell[0] for cell in column.cells if cell) for column in found.columns]


def is_part_of(columns: Sequence[float], whole: Sequence[float]) -> bool:
    """Tell whether each of the columns begins where one of another table does."""
    return bool(columns) and all(any(abs(x - y) <= TOLERANCE for y in whole) for x in columns)


def _columns_kept(found: _Table, rows: list[list[str]]) -> list[int]:
    """Return the columns but for the empty strips between the two lines of a double rule."""
    thin = [all(cell is None or cell[2] - cell[0] < _THIN for cell in column.cells) for column in found.columns]
    empty = [not any(column) for column in zip(*rows, strict=True)]
    return [i for i in range(len(thin)) if not (thin[i] and empty[i])]


def _without_double_rules(found: _Table, rows: list[list[str]], kept: Sequence[int]) -> list[list[str]]:
    """Drop the empty strips between the two lines of a double rule."""
    heights = [min((cell[3] - cell[1] for cell in row.cells if cell), default=0) for row in found.rows]
    return [[row[i] for i in kept] for row, height in zip(rows, heights, strict=True) if any(row) or height >= _THIN]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
