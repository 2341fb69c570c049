"""The columns of header tables: what their headings say, two heading rows as one, figures stacked under one heading.

Columns are found by their headings, never by their place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import Row
from ingest.column_meanings import (
    FIGURES,
    KEYS,
    Column,
    Part,
    settled,
    with_holders,
    with_name,
    with_policy_of_indicators,
    with_told,
    with_wider_name,
)
from ingest.labels import guessed, label, words
from ingest.parties import Parties
from ingest.roles import CENTRE, GROUP
from ingest.text import clean, key
from ingest.years import fiscal_year, year_in

_ABOUT = {"number", "program", "area2", "overview", "purpose", "roles", "cost_sharing", "party", "participants"} | {
    *("departments", "schedule", "year", "budget", "indicator", "target", "actual", "progress", "rating")
}
"""What a table of projects says of them, beside their names."""
_SUMS = frozenset(map(key, ("計", "合計", "小計")))
_SHARE = re.compile(r"^うち\s*")
_LONGEST = 60
UPPER_AND_LOWER = re.compile(r"上\s*段.*下\s*段")
"""A heading of two figures, one above the other."""

_PARTS = {key(word): "time" for word in ("年度", "年", "年次", "時点", "年月")} | {
    key(w): "value" for w in ("値", "数値")
}
"""What stands in a second heading row under that of a figure."""


def _heading_columns(row: Row, parties: Parties, *, second: bool = False) -> list[Column] | None:
    """Read a row as a heading row (``second``: as one below another), or return None when it is none."""
    columns: list[Column] = []
    unknown: list[int] = []
    for i in sorted(row.filled, key=lambda i: -len(row.cells[i])):  # the longest tells soonest that it is none
        cell = row.cells[i]
        column = None if _is_text(cell) else _heading_column(i, cell, parties, second=second)
        if column:
            columns.append(column)
        elif len(cell) > 20 and len(clean(cell)) > 20:
            return None
        else:
            unknown.append(i)
    columns.sort(key=lambda c: c.index)
    if len(columns) < max(2, 0.6 * len(row.filled)):
        return columns if len(columns) >= 0.6 * len(row.filled) else None
    return sorted([*columns, *_guessed_columns(row, sorted(unknown), columns)], key=lambda c: c.index)


def _heading_column(i: int, cell: str, parties: Parties, *, second: bool) -> Column | None:
    """Return what a cell says as the heading of column ``i``, None where it says nothing that is known."""
    found = label(cell)
    year = fiscal_year(cell) if len(cell) <= 24 else None
    if second and key(cell) in _PARTS:
        return Column(i, _PARTS[key(cell)], clean(cell))
    if found is None and UPPER_AND_LOWER.search(cell):
        return Column(i, "target", clean(cell))
    if found:
        who = tuple(parties.resolve(found.who)) if found.who else ()
        return Column(i, found.field, found.words, who or ((found.who,) if found.who else ()))
    if year is not None:
        kind = "actual" if "実績" in cell and "予算" not in cell else "year"
        return Column(i, kind, clean(cell), year=year)
    whose = _SHARE.sub("", clean(cell)) if second else cell
    if parties.is_named(whose):
        return Column(i, "party", clean(cell), tuple(parties.resolve(whose)))
    if second and (GROUP.fullmatch(clean(cell)) or CENTRE.fullmatch(clean(cell))):
        return Column(i, "party", clean(cell), (clean(cell),))
    return Column(i, "total", clean(cell)) if key(cell) in words("totals") else None


def _is_text(cell: str) -> bool:
    """Tell whether a cell is much too long to head a column, however it is spaced."""
    return "。" in cell or (len(cell) > _LONGEST and "<" not in cell and len("".join(cell.split())) > _LONGEST)


def _guessed_columns(row: Row, unknown: Sequence[int], known: Sequence[Column]) -> Iterator[Column]:
    """Yield what the headings that are not known most likely say; the name of the rows only where none is known."""
    named = any(c.field in KEYS for c in known)
    for i in unknown:
        found = guessed(row.cell(i))
        if found and not (named and found.field == "title"):
            yield Column(i, found.field, found.words)


def is_heading(row: Row, parties: Parties) -> list[Column] | None:
    """Return the columns when a row heads a table of projects: a name (or an indicator) and something about it."""
    columns = _heading_columns(row, parties)
    if not columns or len(columns) < 2:
        return None
    columns = with_name(columns)
    fields = [c.field for c in columns]
    named = [f for f in fields if f in KEYS]
    return columns if named and (set(fields) - set(named[:1])) & _ABOUT else None


def _with_second_row(columns: list[Column], row: Row, parties: Parties) -> list[Column] | None:
    """Merge a second heading row (甲|乙 under 役割分担, R6|R7 under 事業費, 年度|値 under 目標値) into the first, or return None."""
    below = _heading_columns(row, parties, second=True)
    if not below or (any(c.field in KEYS for c in below) and not any(c.field == "indicator" for c in below)):
        return None
    title = next((c for c in columns if c.field in KEYS), None)
    divided = title and any(c.index == title.index and c.field.startswith("area") for c in below)
    if title and row.cell(title.index).strip() and not divided:
        return None
    over = [max((c for c in columns if c.index <= part.index), key=lambda c: c.index, default=None) for part in below]
    kept = [c for c in columns if not any(c is one for one in over)]
    shared = [one for part, one in zip(below, over, strict=True) if part.who and one]
    merged = [
        _under(part, one) if one else part
        for part, one in zip(below, over, strict=True)
        if not (one in shared and key(part.words) in _SUMS)  # what is left when the shares of parties are told
    ]
    if divided:  # 連携事業 over 大項目 | 細項目: inside of an area that a heading above may name
        merged = [replace(c, field="area2") if c.field == "area1" else c for c in merged]
    if title and title in over and not any(c.field in ("title", "program") for c in merged):
        merged = _named_by_last(merged, [part for part, one in zip(merged, over, strict=True) if one is title], row)
    return sorted([*kept, *_dated_shares(merged)], key=lambda c: c.index)


def _named_by_last(columns: Sequence[Column], below: Sequence[Column], row: Row) -> list[Column]:
    """See the last of the columns below the head of the names (連携事業 over 大項目 | 細項目) as the name, those before as areas."""
    last = max(below, key=lambda c: c.index)
    return [replace(c, field="title", words=clean(row.cell(c.index))) if c is last else c for c in columns]


def _dated_shares(columns: Sequence[Column]) -> Iterator[Column]:
    """Give a share of the costs (R5 | R6 | うち彦根市) the year that heads the column before it."""
    year: int | None = None
    for column in columns:
        if column.field == "budget" and column.who and year is not None and year_in(column.words) is None:
            yield replace(column, words=f"{year}年度")
            continue
        yield column
        year = column.year or year_in(column.words) if column.field in ("budget", "year") else None


def _under(part: Column, over: Column) -> Column:
    """Say what a heading of the second row means under that of the first."""
    if over.field == "area1" and key(over.words) == key("役割") and part.field in ("party", "participants"):
        over = replace(over, field="roles")  # 役割 over 中心市 | 関係町 is what each does, no pillar
    if part.field == "time":
        return Column(part.index, f"{over.field}_time", over.words)
    if part.field in ("value", "party"):
        return Column(part.index, over.field, over.words, part.who)
    if part.field == "participants" and over.field in ("roles", "departments", "budget"):
        return Column(part.index, over.field, over.words, (part.words,))  # 役割分担 over 姫路市 | 連携市町
    if part.field == "total" and over.field == "budget":
        return Column(part.index, "budget", part.words)
    if part.field == "roles" and over.field in ("departments", "budget", "participants"):
        return Column(part.index, over.field, over.words, part.who)
    if part.field == over.field == "budget" and year_in(over.words) is not None and year_in(part.words) is None:
        return replace(part, words=f"{over.words} {part.words}")  # 令和6年度事業費 over 予算額 | 決算額
    if part.field != "year":
        return part
    if over.field in FIGURES:
        return Column(part.index, over.field, f"{over.words} {part.words}", year=part.year)
    return Column(
        part.index, over.field if over.field in ("budget", "schedule") else "year", over.words, year=part.year
    )


def parts(rows: Sequence[Row], parties: Parties) -> Iterator[Part]:
    """Cut the rows of a table at its heading rows; a heading that comes again after a page is dropped."""
    for part in _parts(rows, parties):
        yield with_holders(with_policy_of_indicators(with_wider_name(with_told(part))), parties)


def _parts(rows: Sequence[Row], parties: Parties) -> Iterator[Part]:
    part: Part | None = None
    skip = False
    for i, row in enumerate(rows):
        if skip:
            skip = False
            continue
        columns = is_heading(row, parties)
        if columns:
            following = rows[i + 1] if i + 1 < len(rows) else None
            merged = _with_second_row(columns, following, parties) if following else None
            skip = merged is not None
            heading = (row, following) if merged and following else (row,)
            columns = settled(merged or columns)
            if (
                part
                and part.rows
                and [(c.field, c.who, c.year) for c in columns] == [(c.field, c.who, c.year) for c in part.columns]
            ):
                shift_free = [c.index for c in columns] == [c.index for c in part.columns]
                if shift_free:
                    continue
            if part:
                yield part
            part = Part(columns, heading=heading)
        elif part:
            part.rows.append(row)
    if part:
        yield part
