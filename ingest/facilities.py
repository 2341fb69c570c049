"""Places that a table or list names (sights, schools, halls): beside their municipality, with or without figures."""

import re
from collections.abc import Iterator, Sequence

from ingest import areas, numbers
from ingest.blocks import Block, Heading, Paragraph, Row, Table
from ingest.captions import NOTE, heading_words, period_of, split_unit
from ingest.grid import Series
from ingest.labels import words
from ingest.observations import Statistics
from ingest.parties import names_in
from ingest.text import clean, key, nfkc

_PLACES = re.compile(
    r"施設|観光地|観光資源|名所|史跡|文化財|公園|学校|大学|高等教育機関|病院|医療機関|図書館|体育館|工業団地|温泉|道の駅"
)
_OWNED_NAMES = re.compile(r"^[-・●○■◆\s]*(?P<owner>[^:：、。\s]{2,8}[市町村])\s*[:：]\s*(?P<names>[^。]+)$")


def read_facilities(table: Table, found: Statistics) -> bool:
    """Read a table with a column of names of places; other columns of figures say something of each place."""
    head = table.rows[0]
    columns = _columns_of(head, "facility")
    if not columns:
        return False
    owners = _columns_of(head, "municipality") or _columns_of(head, "location")
    group_at = next((i for i in head.filled if key(head.cell(i)) in words("tables", "group")), None)
    category = heading_words(table)
    for column in columns:
        owner_at = _owner_column(owners, column)
        for rows in _by_owner(table.rows[1:], owner_at):
            for row, municipality, name, group in _owned_names(rows, owner_at, column, group_at):
                found.add_facility(row, municipality, category, name, group)
    figures = [i for i in head.filled if i not in columns and i not in owners and i != group_at]
    if figures:
        _figures_of_names(found, table, columns, owners, figures)
    return True


def _columns_of(head: Row, kind: str) -> list[int]:
    return [i for i in head.filled if key(head.cell(i)) in words("tables", kind)]


def _owner_column(owners: Sequence[int], column: int) -> int:
    """Return the column that says whose the names of a column are: the nearest to its left, else the first to its right."""
    return max((i for i in owners if i < column), default=min(owners, default=0))


def _owned_names(
    rows: Sequence[Row], owner_at: int, column: int, group_at: int | None
) -> Iterator[tuple[Row, str | None, str, str | None]]:
    """Yield row, municipality, name and group of the names beside one owner.

    Where one cell names as many owners as there are names, each has its own.
    """
    owner = names_in(rows[0].cell(owner_at))
    named = [(row, name) for row in rows for name in _names(row.cell(column))]
    for n, (row, name) in enumerate(named):
        group = next(
            (
                g
                for r in reversed(rows[: rows.index(row) + 1])
                if group_at is not None and (g := clean(r.cell(group_at)))
            ),
            None,
        )
        owners: Sequence[str | None] = [owner[n]] if len(owner) == len(named) else owner
        for municipality in owners or [None]:
            yield row, municipality, name, group


def _figures_of_names(
    found: Statistics, table: Table, columns: Sequence[int], owners: Sequence[int], figures: Sequence[int]
) -> None:
    """Figures beside each name of a list (学部数 of a university) are observations with the name as dimension."""
    head, period = table.rows[0], period_of(table)
    for column in columns:
        left = _owner_column(owners, column)
        following = min((c for c in (*columns, *owners) if c > column and c != left), default=table.width)
        owner: str | None = None
        for row in table.rows[1:]:
            owner = next(iter(names_in(row.cell(left))), owner)
            for i in [
                f
                for f in figures
                if column < f < following or (f < column and not owners and f > 0) or (left < f < column)
            ]:
                dimensions = (
                    {clean(head.cell(column)): clean(NOTE.sub("", row.cell(column)))}
                    if i > column and clean(row.cell(column))
                    else {}
                )
                indicator, unit = split_unit(NOTE.sub("", head.cell(i)))
                found.add_observation(row, Series(indicator, owner, period, unit, dimensions), row.cell(i))


def read_lists(blocks: Sequence[Block], found: Statistics) -> None:
    """Read lists of names by municipality below a heading of sights, schools or halls: 松江市:国宝松江城、堀川遊覧船."""
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.words
        elif isinstance(block, Paragraph) and _PLACES.search(heading):
            match = _OWNED_NAMES.match(nfkc(block.words))
            owner = names_in(match["owner"]) if match else []
            if match and owner and clean(match["owner"]) == owner[0]:
                row = Row((), block.line.number, block.line.number, block.line.page)
                for name in _names(match["names"]):
                    found.add_facility(row, owner[0], areas.heading(heading).label, name, None)


def _by_owner(rows: Sequence[Row], column: int) -> Iterator[list[Row]]:
    """Cut rows into runs that begin with a filled owner cell."""
    run: list[Row] = []
    for row in rows:
        if run and row.cell(column).strip():
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _names(cell: str) -> list[str]:
    """Cut a cell into the names it lists; parentheses hold theirs together, ほか and 等 are no names."""
    plain = re.sub(r"\(([^()]*)\)", lambda m: m[0].replace("、", "\ue000"), NOTE.sub("", clean(cell)))
    parts = [p.replace("\ue000", "、").strip() for p in re.split(r"[、,;]", plain)]
    cut = [re.sub(r"\s*(?:ほか|他|など|等)$", "", p).strip() for p in parts]
    return [name for name in cut if name and not numbers.is_dash(name)]
