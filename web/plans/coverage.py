"""Which field of work which municipality works in by which document: a map whose empty cells are part of the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from web.directory import Directory
from web.entries import ProjectEntry

NOBODY = "-"
"""Stands for the projects that name no municipality."""
NO_AREA = "-"
"""Stands for the projects that stand under no area."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a municipality in a document, or over all documents where ``document`` is None."""

    document: str | None
    municipality: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: an area of the first or second level (its labels), its counts by column, and each of its projects once."""

    area: tuple[str, ...]
    counts: list[int]
    total: int

    @property
    def key(self) -> str:
        """The area as an address names it; ``-`` after an area of the first level leaves out those below it."""
        return "/".join((*self.area, NO_AREA) if len(self.area) < 2 else self.area)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The map; ``totals`` counts the projects of each column once, ``total`` all of them, ``drafts`` those of drafts."""

    columns: list[Column]
    rows: list[Row]
    totals: list[int]
    total: int
    drafts: int


def part_of(whole: Coverage, first: int, last: int) -> Coverage:
    """Return some columns of a map with the rows that have a number in them; totals of rows stay those of the whole."""
    if first == 0 and last >= len(whole.columns):
        return whole
    cut = [Row(row.area, row.counts[first:last], row.total) for row in whole.rows]
    return Coverage(
        whole.columns[first:last],
        [r for r in cut if any(r.counts)],
        whole.totals[first:last],
        whole.total,
        whole.drafts,
    )


def coverage(projects: Iterable[ProjectEntry], directory: Directory, *, by_document: bool) -> Coverage:
    """Count projects by field of work and municipality; a project counts for each municipality that it names."""
    cells: dict[tuple[tuple[str, ...], Column], int] = {}
    areas: dict[tuple[str, ...], int] = {}
    columns: dict[Column, int] = {}
    total = drafts = 0
    for project in projects:
        total += 1
        drafts += directory.documents[project.document].draft
        area = project.area[:2]
        areas[area] = areas.get(area, 0) + 1
        for municipality in project.municipalities or (NOBODY,):
            column = Column(project.document if by_document else None, municipality)
            columns[column] = columns.get(column, 0) + 1
            cells[area, column] = cells.get((area, column), 0) + 1
    ordered = sorted(columns, key=lambda column: _place(column, directory))
    rows = [Row(area, [cells.get((area, column), 0) for column in ordered], areas[area]) for area in _grouped(areas)]
    return Coverage(ordered, rows, [columns[column] for column in ordered], total, drafts)


def _place(column: Column, directory: Directory) -> tuple[str, bool, tuple[bool, str]]:
    entry = directory.municipalities.get(column.municipality)
    return column.document or "", entry is None, entry.sort_key if entry else (True, "")


def _grouped(areas: Iterable[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """Return areas in document order with those of one first level together; no area comes last."""
    order: dict[str, int] = {}
    for area in areas:
        order.setdefault(area[0] if area else "", len(order))
    return sorted(areas, key=lambda area: (not area, order[area[0] if area else ""]))
