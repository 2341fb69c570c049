"""Who shares how many projects with whom, as a matrix: every number is the length of a list that it leads to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HEAT_STEPS = 4


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
    """A matrix; ``totals`` are those of the columns, and ``total`` counts every project once."""

    columns: list[Head]
    rows: list[MatrixRow]
    totals: list[int]
    total: int


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
    columns = [column for column in columns if column.key in by_column]

    def cell(row: Head, column: Head) -> MatrixCell:
        count = len(projects.get((row.key, column.key), ()))
        return MatrixCell(
            count, address(row, column), -(-count * HEAT_STEPS // most) if most else 0, row.key == column.key
        )

    table = [MatrixRow(row, [cell(row, c) for c in columns], len(by_row[row.key])) for row in rows if row.key in by_row]
    everything = set().union(*by_row.values()) if by_row else set()
    return Matrix(columns, table, [len(by_column[c.key]) for c in columns], len(everything))
