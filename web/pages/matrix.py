"""Who shares how many projects with whom, as a matrix: every number is the length of a list that it leads to."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

HEAT_STEPS = 4

MOST = 40
"""Rows and columns of one page, those with most projects."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or column: its key, its words, the address of its page."""

    key: str
    label: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A number of projects, the address of their list, and its shade from 0 (none) to 4."""

    count: int
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
    rows: Sequence[Head],
    columns: Sequence[Head],
    entries: Iterable[tuple[str, str, str]],
    address: Callable[[Head, Head], str | None],
) -> Matrix:
    """Count (row key, column key, project) entries; rows and columns that stay empty are left out."""
    projects: dict[tuple[str, str], set[str]] = {}
    by_row: dict[str, set[str]] = {}
    by_column: dict[str, set[str]] = {}
    for row, column, project in entries:
        projects.setdefault((row, column), set()).add(project)
        by_row.setdefault(row, set()).add(project)
        by_column.setdefault(column, set()).add(project)
    most = max((len(found) for found in projects.values()), default=0)
    shown_columns, more_columns = _largest(columns, by_column)
    shown_rows, more_rows = _largest(rows, by_row)

    def cell(row: Head, column: Head) -> MatrixCell:
        count = len(projects.get((row.key, column.key), ()))
        return MatrixCell(
            count, address(row, column), -(-count * HEAT_STEPS // most) if most else 0, row.key == column.key
        )

    table = [MatrixRow(row, [cell(row, c) for c in shown_columns], len(by_row[row.key])) for row in shown_rows]
    everything = set().union(*by_row.values()) if by_row else set()
    totals = [len(by_column[c.key]) for c in shown_columns]
    return Matrix(shown_columns, table, totals, len(everything), (more_rows, more_columns))


def _largest(heads: Sequence[Head], projects: Mapping[str, Collection[str]]) -> tuple[list[Head], int]:
    """Return the heads with most projects in their given order, and how many more there are with any."""
    filled = [head for head in heads if head.key in projects]
    kept = {head.key for head in sorted(filled, key=lambda head: -len(projects[head.key]))[:MOST]}
    return [head for head in filled if head.key in kept], len(filled) - len(kept)
