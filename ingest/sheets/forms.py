"""Which tables are forms, and where one form ends and the next begins."""

from collections.abc import Iterator, Sequence

from ingest.blocks import Row
from ingest.labels import label, words
from ingest.sheets.segments import fields_of, label_at
from ingest.text import clean, key

# Labels that open a sheet when they come again.
_OPENING = ("area1", "area2", "number", "program", "title")
# Labels that say what a project is about: a form has some of them.
_DESCRIBING = {
    *("overview", "purpose", "roles", "departments", "budget", "schedule", "cost_sharing", "progress", "indicator")
}
# Labels that, several in one row, head the columns of a list instead.
_COLUMN_HEADS = ("title", "program", "overview", "roles", "departments")


def is_label_table(rows: Sequence[Row], *, named: bool = False) -> bool:
    """Tell whether rows are a form: most begin with a label, a name and texts are labelled (``named``: a heading names it)."""
    if any(_heads_columns(row) for row in rows[:3]):
        return False
    by_row = [fields_of(row) for row in rows]
    fields = {name for row in by_row for name in row}
    if not ("title" in fields or "program" in fields or (named and len(fields) >= 3)):
        return False
    if sum(name in _DESCRIBING for row in by_row for name in row) < 2:
        return False
    labelled = sum(any(label(c) for c in row.cells[:4] if c.strip()) for row in rows)
    return labelled >= max(3, len(rows) // 3)


def _heads_columns(row: Row) -> bool:
    """Tell whether a row heads the columns of a list: a name and others, all of them labels."""
    fields = fields_of(row)
    named = any(name in ("title", "program") for name in fields)
    return (
        named and len(fields) >= 3 and (len(fields) == len(row.filled) or sum(n in _COLUMN_HEADS for n in fields) >= 3)
    )


def title_row(rows: Sequence[Row], at: int = 0) -> bool:
    """Tell whether a row is the name of a form: words alone over all columns, above rows that begin with labels."""
    row = rows[at]
    following = rows[at + 1 : at + 3]
    alone = row.filled == (0,) and len(row.cells) > 1 and not label_at(row, 0)
    name = clean(row.cell(row.filled[0])) if alone else ""
    return (
        2 <= len(name) <= 40
        and "。" not in name
        and len(following) == 2
        and all(r.filled and (found := label_at(r, r.filled[0])) and found.field not in _OPENING for r in following)
    )


def _heads_form(row: Row) -> bool:
    """Tell whether a row only says that labels stand on the left and values on the right (項目 | 内容)."""
    cells = [key(row.cell(i)) for i in row.filled]
    return len(cells) == 2 and cells[0] in words("form_heads", "labels") and cells[1] in words("form_heads", "values")


def split_sheets(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut the rows of a label table into forms: a form ends where its first opening label comes again."""
    current: list[Row] = []
    seen: set[str] = set()
    first: str | None = None
    for at, row in enumerate(rows):
        if _heads_form(row):
            continue
        if current and title_row(rows, at) and seen & _DESCRIBING:
            yield current
            current, seen, first = [], set(), None
        fields = fields_of(row)
        opening = next((f for f in fields if f in _OPENING), None)
        if current and opening in ("program", "title") and seen & _DESCRIBING and not seen & set(_OPENING):
            # What stands before the name of the first form is of no form.
            current, seen = [], set()
        if current and opening and opening == first and seen & _DESCRIBING:
            yield current
            current, seen, first = [], set(), None
        first = first or opening
        seen.update(fields)
        current.append(row)
    if current:
        yield current
