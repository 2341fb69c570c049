"""Figures that stand one above the other in a column: 目標 over 実績, 上段 and 下段."""

import re

from ingest.blocks import Row
from ingest.column_meanings import Column, Part
from ingest.columns import UPPER_AND_LOWER
from ingest.text import clean

_STACKED = {
    "目標": "target",
    "目標値": "target",
    "計画": "target",
    "計画値": "target",
    "実績": "actual",
    "実績値": "actual",
    "基準値": "baseline",
    "現状値": "baseline",
}


def unstack(part: Part) -> Part:
    """Lay figures that stand one above the other (目標 over 実績, 上段 and 下段) into columns of their own."""
    stacked = next((c for c in part.columns if UPPER_AND_LOWER.search(c.words)), None)
    kinds = next((c for c in part.columns if _names_kinds(part, c)), None)
    if stacked is None and kinds is None:
        return part
    figures = [stacked] if stacked else [c for c in part.columns if c.field == "year"]
    if len(figures) != 1:
        return part
    column, width = figures[0], max((len(row.cells) for row in part.rows), default=0)
    order = re.findall(r"(目標値?|実績値?|計画値?)", stacked.words) if stacked else []
    names = ("target", "actual", "baseline")
    rows: list[Row] = []
    for row in part.rows:
        others = [i for i in row.filled if i not in (column.index, kinds.index if kinds else -1)]
        upper = clean(row.cell(kinds.index)) if kinds else (order[0] if others or not rows else order[-1])
        kind = _STACKED.get(upper, "target")
        cells = list(row.cells) + [""] * (width + len(names) - len(row.cells))
        cells[width + names.index(kind)] = row.cell(column.index)
        cells[column.index] = ""
        if kinds:
            cells[kinds.index] = ""
        if rows and not others:  # the lower figure of the row above
            above = list(rows[-1].cells)
            above[width + names.index(kind)] = row.cell(column.index)
            rows[-1] = Row(tuple(above), rows[-1].first, row.last, rows[-1].page)
        else:
            rows.append(Row(tuple(cells), row.first, row.last, row.page))
    kept = [c for c in part.columns if c is not column and c is not kinds]
    time = column.words if column.year is not None else ""
    added = [Column(width + n, name, f"({time})" if time else name) for n, name in enumerate(names)]
    return Part([*kept, *added], rows, part.heading)


def _names_kinds(part: Part, column: Column) -> bool:
    cells = [clean(row.cell(column.index)) for row in part.rows]
    return len(cells) >= 2 and sum(cell in _STACKED for cell in cells) >= 0.6 * len(cells)
