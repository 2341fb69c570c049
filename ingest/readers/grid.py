"""Table rows as lines: the words of a cell, merged cells laid out on their grid, a row with tabs between its cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.readers.sources import SourceFile
from ingest.text import SOFT

_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[A-Za-z,.;:]\n[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell with its words and the number of columns and rows that it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def cell_text(text: str) -> str:
    """Return the words of a cell on one line: line breaks, tabs and runs of spaces are one space."""
    return _SPACES.sub(" ", text.replace(SOFT, "")).strip()


def joined(lines: Iterable[str]) -> str:
    """Join lines that a narrow column broke: with a space between two words in letters, else with a soft break."""
    parts = [part for line in lines if (part := cell_text(line))]
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text += (" " if _WORDS.fullmatch(f"{text[-1]}\n{part[0]}") else SOFT) + part
    return text


def tab_row(cells: Iterable[str]) -> str:
    """Return the line of a table row."""
    return "\t".join(cells)


def lay_out(source: SourceFile, rows: Sequence[Sequence[Spanned]]) -> list[list[str]]:
    """Put cells on their grid: the words in the first place that a cell covers, its other places empty.

    Rows come out equally long. A span that goes beyond the last row ends there, as browsers have it.
    Raises ``RefusedFile`` where the grid is larger than the limit of cells.
    """
    area = sum(cell.columns * min(cell.rows, len(rows)) for row in rows for cell in row)
    source.refuse_above(area, source.limits.cells, "cells in a table")
    grid: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            for line in grid[number : number + cell.rows]:
                line.update({place: "" for place in range(column, column + cell.columns) if place not in line})
            grid[number][column] = cell.text
    width = max((max(line, default=-1) + 1 for line in grid), default=0)
    source.refuse_above(width * len(rows), source.limits.cells, "cells in a table")
    return [[line.get(column, "") for column in range(width)] for line in grid]


def line_by_line(rows: Iterable[Sequence[Sequence[str]]]) -> list[list[str]]:
    """Lay cells of several lines out with a row for each line: texts side by side, whose lines do not belong together."""
    return [list(parts) for row in rows for parts in zip_longest(*row, fillvalue="")]
