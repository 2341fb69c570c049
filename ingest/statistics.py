"""Tables that are no projects: statistics, lists of facilities, counts of progress, other areas, items carried out.

A table is told by what heads it and by what its cells hold; then every figure is one observation, every name one facility.
"""

import re
from collections.abc import Sequence

from ingest import numbers, years
from ingest.blocks import Block, Table
from ingest.facilities import read_facilities, read_lists
from ingest.grid import TOTAL, Grid, figure_count
from ingest.labels import words
from ingest.metropolitan import read_metropolitan
from ingest.observations import Statistics
from ingest.text import clean, key

_STATUS = re.compile(r"実施|着手|協議|共有|検討|完了|達成|継続|中止|未|予定|終了|廃止")


class TableReader:
    """Reads the tables of one document into ``Statistics``."""

    def __init__(self, document: str) -> None:
        self.found = Statistics(document)

    def read(self, table: Table) -> bool:
        """Read a table if it is of a known form; return whether it was."""
        return any(form(table, self.found) for form in _FORMS)

    def read_lists(self, blocks: Sequence[Block]) -> None:
        """Read lists of names by municipality below a heading of sights, schools or halls."""
        read_lists(blocks, self.found)


def _implemented(table: Table, found: Statistics) -> bool:
    head = table.rows[0]
    if not head.filled or key(head.cell(head.filled[0])) not in words("tables", "implemented"):
        return False
    for row in table.rows[1:]:
        title = clean(row.cell(head.filled[0]))
        detail = clean(" ".join(row.cell(i) for i in row.filled if i > head.filled[0]))
        if title:
            found.add_implemented(row, title, detail or None)
    return True


def _progress(table: Table, found: Statistics) -> bool:
    """Statuses × fiscal years; a table that is printed twice with the same figures is recorded once."""
    head = table.rows[0]
    columns = {i: year for i in head.filled if (year := years.fiscal_year(head.cell(i))) is not None}
    body = [row for row in table.rows[1:] if row.filled]
    statuses = [
        row for row in body if _STATUS.search(clean(row.cell(0))) and not re.search(r"人口|\(人\)", row.cell(0))
    ]
    if len(columns) < 2 or not body or len(statuses) < 0.6 * len(body):
        return False
    for row in body:
        label = clean(row.cell(0))
        counts = {str(year): _whole(row.cell(i)) for i, year in sorted(columns.items(), key=lambda item: item[1])}
        known = any(c.status == label and c.counts == counts for c in found.counts)
        if label and any(v is not None for v in counts.values()) and not known and not TOTAL.search(label):
            found.add_progress(row, label, counts)
    return True


def _observations(table: Table, found: Statistics) -> bool:
    """A table whose body holds figures, with municipalities, years or names of figures around them."""
    top = next(
        (n for n, row in enumerate(table.rows) if figure_count(row) >= max(1, (len(row.filled) - 1) // 2) and n > 0),
        None,
    )
    if top is None or sum(figure_count(row) for row in table.rows) < 4:
        return False
    grid = Grid(table, top)
    if not grid.is_statistics():
        return False
    for row in table.rows[top:]:
        for i in row.filled:
            series = grid.series(row, i)
            if series:
                found.add_observation(row, series, row.cell(i))
    return True


def _whole(cell: str) -> int | None:
    value = numbers.number(cell)
    return value if isinstance(value, int) else None


_FORMS = (_implemented, _progress, read_metropolitan, read_facilities, _observations)
"""The forms of a table, the surest first: what is left may be any table of figures."""
