"""A row laid against its headings by what its cells hold: a conversion may shift the cells of single rows."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ingest import areas, numbers
from ingest.blocks import Row
from ingest.bodies import last_word, looks_like_body
from ingest.budgets import is_amount
from ingest.column_meanings import Column, Part
from ingest.indicator_cells import values
from ingest.indicators import RATING
from ingest.projects import number_and_branch
from ingest.rows.basics import is_basic
from ingest.text import clean
from ingest.years import fiscal_year

LEADING = ("area1", "area2", "area3", "number")
"""The fields of columns that stand before the name of a project."""

TEXTS = ("overview", "purpose", "cost_sharing", "progress")
_LONGEST_HOLDER = 40
_SHORT_WORDS = re.compile(r"[^\d。、]{1,8}")
_BARE_FIGURE = re.compile(r"^[▲約]?[\d,.]+\s*(?:%|[^\d\s]{0,5})(?:\s*\(|$)")


class LaidPart:
    """The columns of a part, with how far the cells of the row at hand stand aside from them."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._shift = 0
        self._columns = {c.index: c for c in part.columns}
        self._anchor = min((c.index for c in part.columns if c.field not in LEADING), default=0)

    def lay(self, row: Row) -> None:
        """Find by how many columns the cells of a row stand aside from their headings."""
        if len(row.filled) < 2:  # a lone cell says too little to be laid anywhere else than the row above
            return
        cells = {i: clean(row.cells[i]) for i in row.filled}
        if self._fits(cells):
            return
        if len(cells) > 3 and cells.keys() == self._columns.keys() and len(row.cells) <= max(cells) + 1:
            self._shift = 0  # a cell for each heading: a mark before a name (1) is no reason to look elsewhere
            return
        scored = [(self._fit(cells, shift), -abs(shift - self._shift), -abs(shift), shift) for shift in range(-2, 4)]
        self._shift = max(scored)[3]

    def at(self, column: Column) -> int:
        """Return where the cell of a column stands in the row at hand."""
        return column.index + self._shift

    def cell(self, row: Row, column: Column | None) -> str:
        """Return the cell of a column, "" for no column."""
        return row.cell(self.at(column)) if column else ""

    def filled(self, row: Row, columns: Sequence[Column]) -> list[Column]:
        """Return those columns whose cells hold something."""
        return [column for column in columns if self.cell(row, column).strip()]

    def lead(self, row: Row) -> list[tuple[str, Column | None]]:
        """Return the cells before the first column of a project, each with its column if it has one."""
        under = {self.at(c) for c in self.part.columns}
        found: list[tuple[str, Column | None]] = [
            (row.cell(i), None) for i in row.filled if i < self._anchor + self._shift and i not in under
        ]
        leading = [c for c in self.part.columns if c.field in LEADING]
        return [*found, *((self.cell(row, c), c) for c in self.filled(row, leading))]

    def _fits(self, cells: Mapping[int, str]) -> bool:
        """Tell whether every cell suits the column that it stands under where the rows above stood."""
        under = ((self._columns.get(i - self._shift), cell) for i, cell in cells.items())
        return all(c is not None and _fit_of(c.field, cell, dated=c.year is not None) > 0 for c, cell in under)

    def _fit(self, cells: Mapping[int, str], shift: int) -> float:
        """Say how well the filled cells of a row suit the columns when they are moved."""
        score = 0.0
        for i, cell in cells.items():
            if column := self._columns.get(i - shift):
                score += _fit_of(column.field, cell, dated=column.year is not None)
            elif i > self._anchor + shift:
                score -= 0.6
            elif i < self._anchor + shift:
                score += 0.3 if number_and_branch(cell) or areas.heading(cell).kind else -0.3
        return score


@lru_cache(maxsize=8192)
def _fit_of(kind: str, cell: str, *, dated: bool) -> float:
    """Say how well a cell suits a column of a kind, from what such cells hold; ``dated`` columns are of one year."""
    if kind == "number":
        return 2.0 if number_and_branch(cell) else -1.0
    if kind == "departments":
        return 1.5 if looks_like_body(last_word(cell)) or looks_like_body(cell) else -0.5
    if kind in ("rating", "unit", "holder"):
        return _fit_of_short(kind, cell)
    if kind.endswith("_time"):
        return 0.8 if fiscal_year(cell) is not None else -0.3
    if kind in ("baseline", "target", "actual"):
        plain = numbers.is_dash(cell) or any(numbers.figure(v) for v in values(cell)) or len(cell) < 16
        return 0.8 if plain and (numbers.is_dash(cell) or not RATING.match(cell)) else 0.2 if plain else -0.8
    if dated:
        return 0.5 if is_amount(cell) or "。" not in cell else -0.5
    if kind in ("title", "program", "indicator"):
        return _fit_of_name(kind, cell)
    if kind in (*TEXTS, "roles"):
        return 0.4 if len(cell) > 12 else -0.2 if numbers.figure(cell) or RATING.match(cell) else 0.1
    if kind.startswith("area"):
        return 0.6 if areas.heading(cell).kind else 0.1
    return 0.0


def _fit_of_short(kind: str, cell: str) -> float:
    if kind == "holder":
        return 2.0 if len(cell) <= _LONGEST_HOLDER and "。" not in cell else -1.0
    if kind == "rating" and all(RATING.match(v) or numbers.is_dash(v) for v in cell.split()):
        return 1.5
    short = bool(_SHORT_WORDS.fullmatch(cell))  # a grade may be in words: 順調, やや遅れ
    return (0.2 if kind == "rating" else 0.4) if short else (-1.0 if kind == "rating" else -0.5)


def _fit_of_name(kind: str, cell: str) -> float:
    if number_and_branch(cell) or RATING.match(cell) or is_basic(cell) or _BARE_FIGURE.match(cell):
        return -1.0
    if areas.heading(cell).kind in ("lower", "paren-digit", "upper") and kind != "indicator":
        return -0.8
    return -0.2 if cell.endswith("。") else 0.6
