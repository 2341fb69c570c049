"""Who shares how many projects with whom, as a matrix: every number is the length of a list that it leads to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from web.sharing import Counts

HEAT_STEPS = 4

MOST = 24
"""Rows and columns of one page: those that share most with each other."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or column: its key, its words, the address of its page."""

    key: str
    label: str
    address: str | None = None


class MatrixCell(NamedTuple):
    """A number of projects, the address of their list, its shade from 0 (none) to 4, whether row and column are one."""

    projects: int
    address: str | None
    heat: int
    same: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row; ``total`` counts each of its projects once."""

    head: Head
    cells: list[MatrixCell]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix; ``totals`` are those of the columns, and ``total`` counts every project once.

    ``left_out`` tells how many rows and columns with fewest projects one page does not show; totals count them in.
    """

    columns: list[Head]
    rows: list[MatrixRow]
    totals: list[int]
    total: int
    left_out: tuple[int, int] = (0, 0)


def tabulate(
    counts: Counts,
    rows: Iterable[str],
    columns: Iterable[str],
    heads: tuple[Callable[[str], Head], Callable[[str], Head]],
    address: Callable[[str, str], str | None],
) -> Matrix:
    """Set counts out in the order of the keys given; rows and columns that stay empty are left out.

    ``heads`` make those of rows and of columns, ``address`` that of the list behind a number.
    """
    most = max(counts.cells.values(), default=0)
    strong_rows, strong_columns = _strongest(counts.cells)
    shown_rows = [row for row in rows if row in strong_rows]
    shown_columns = [column for column in columns if column in strong_columns]

    def cell(row: str, column: str) -> MatrixCell:
        n = counts.cells.get((row, column), 0)
        return MatrixCell(n, address(row, column) if n else None, -(-n * HEAT_STEPS // most) if n else 0, row == column)

    table = [MatrixRow(heads[0](row), [cell(row, c) for c in shown_columns], counts.rows[row]) for row in shown_rows]
    totals = [counts.columns[column] for column in shown_columns]
    left_out = len(counts.rows) - len(shown_rows), len(counts.columns) - len(shown_columns)
    return Matrix(list(map(heads[1], shown_columns)), table, totals, counts.total, left_out)


def _strongest(cells: Mapping[tuple[str, str], int]) -> tuple[set[str], set[str]]:
    """Return the rows and the columns of the largest numbers, as many as one page has room for."""
    rows, columns = set[str](), set[str]()
    for row, column in sorted(cells, key=lambda cell: (-cells[cell], sorted(cell))):
        if len(rows) < MOST:
            rows.add(row)
        if len(columns) < MOST:
            columns.add(column)
        if len(rows) == len(columns) == MOST:
            break
    return rows, columns
