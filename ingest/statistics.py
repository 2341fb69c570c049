"""Tables that are no projects: statistics, lists of facilities, counts of progress, other areas, items carried out.

A table is told by what heads it and by what its cells hold; then every figure is one observation, every name one facility.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest import areas, numbers, years
from ingest.blocks import Block, Heading, Paragraph, Row, Table
from ingest.grid import NOTE, TOTAL, Grid, Series, figure_count, heading_words, period_of, split_unit
from ingest.labels import words
from ingest.parties import names_in
from ingest.records import (
    FacilityRecord,
    ImplementedItemRecord,
    MetropolitanAreaRecord,
    ObservationRecord,
    ProgressCountRecord,
    Source,
)
from ingest.text import clean, key, nfkc

_PLACES = re.compile(
    r"施設|観光地|観光資源|名所|史跡|文化財|公園|学校|大学|高等教育機関|病院|医療機関|図書館|体育館|工業団地|温泉|道の駅"
)
_OWNED_NAMES = re.compile(r"^[-・●○■◆\s]*(?P<owner>[^:：、。\s]{2,8}[市町村])\s*[:：]\s*(?P<names>[^。]+)$")
_STATUS = re.compile(r"実施|着手|協議|共有|検討|完了|達成|継続|中止|未|予定|終了|廃止")
_METRO = {
    name: re.compile(pattern)
    for name, pattern in {
        "core": "^(?:中心となる市|中心市|連携中枢都市|中枢都市|中心都市|中心市名)$",
        "declared": "宣言",
        "agreed": "協約|協定",
        "vision": "ビジョン",
        "members": "(?:連携|構成|関係|参加)(?:する)?市町|市町村数",
        "population": "人口",
        "area_km2": "面積",
    }.items()
}


@dataclass
class Statistics:
    """What was read from the tables of a document that are no projects."""

    observations: list[ObservationRecord] = field(default_factory=list)
    facilities: list[FacilityRecord] = field(default_factory=list)
    counts: list[ProgressCountRecord] = field(default_factory=list)
    implemented: list[ImplementedItemRecord] = field(default_factory=list)
    metropolitan: list[MetropolitanAreaRecord] = field(default_factory=list)

    def records(
        self,
    ) -> Iterator[
        ObservationRecord | FacilityRecord | ProgressCountRecord | ImplementedItemRecord | MetropolitanAreaRecord
    ]:
        """Yield all records, by type."""
        yield from self.counts
        yield from self.implemented
        yield from self.metropolitan
        yield from self.observations
        yield from self.facilities


class TableReader:
    """Reads the tables of one document into ``Statistics``; ids count on over all of them."""

    def __init__(self, document: str) -> None:
        self._document = document
        self.found = Statistics()

    def read(self, table: Table) -> bool:
        """Read a table if it is of a known form; return whether it was."""
        return any(
            form(table)
            for form in (self._implemented, self._progress, self._metropolitan, self._facilities, self._observations)
        )

    def read_lists(self, blocks: Sequence[Block]) -> None:
        """Read lists of names by municipality below a heading of sights, schools or halls: 松江市:国宝松江城、堀川遊覧船."""
        heading = ""
        for block in blocks:
            if isinstance(block, Heading):
                heading = block.words
            elif isinstance(block, Paragraph) and _PLACES.search(heading):
                found = _OWNED_NAMES.match(nfkc(block.words))
                owner = names_in(found["owner"]) if found else []
                if found and owner and clean(found["owner"]) == owner[0]:
                    row = Row((), block.line.number, block.line.number, block.line.page)
                    for name in _names(found["names"]):
                        self._facility(row, owner[0], areas.heading(heading).label, name, None)

    def _id(self, kind: str, count: int) -> str:
        return f"{self._document}/{kind}-{count + 1}"

    def _source(self, row: Row) -> Source:
        return Source(row.page, (row.first, row.last))

    def _implemented(self, table: Table) -> bool:
        head = table.rows[0]
        if not head.filled or key(head.cell(head.filled[0])) not in words("tables", "implemented"):
            return False
        for row in table.rows[1:]:
            title, detail = (
                clean(row.cell(head.filled[0])),
                clean(" ".join(row.cell(i) for i in row.filled if i > head.filled[0])),
            )
            if title:
                self.found.implemented.append(
                    ImplementedItemRecord(
                        id=self._id("implemented-item", len(self.found.implemented)),
                        document=self._document,
                        source=self._source(row),
                        title=title,
                        detail=detail or None,
                    )
                )
        return True

    def _progress(self, table: Table) -> bool:
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
            known = any(c.status == label and c.counts == counts for c in self.found.counts)
            if label and any(v is not None for v in counts.values()) and not known and not TOTAL.search(label):
                self.found.counts.append(
                    ProgressCountRecord(
                        id=self._id("progress-count", len(self.found.counts)),
                        document=self._document,
                        source=self._source(row),
                        status=label,
                        counts=counts,
                    )
                )
        return True

    def _metropolitan(self, table: Table) -> bool:
        """Other areas side by side (cities as columns) or one below the other (cities as rows)."""
        rows = [tuple(clean(c) for c in row.cells) for row in table.rows]
        labels = {
            name: n
            for n, cells in enumerate(rows)
            for name, word in _METRO.items()
            if cells and word.search(cells[0]) and len(cells[0]) < 16
        }
        if len(labels) >= 4 and {"declared", "population"} & labels.keys():
            for column in range(1, table.width):
                self._metro(
                    {
                        name: (table.rows[n], rows[n][column] if column < len(rows[n]) else "")
                        for name, n in labels.items()
                    },
                    table.rows[0],
                    rows[0][column] if column < len(rows[0]) else "",
                )
            return True
        head = {
            name: i
            for i, cell in enumerate(rows[0])
            for name, word in _METRO.items()
            if word.search(cell) and len(cell) < 16
        }
        if len(head) >= 4 and {"declared", "population"} & head.keys():
            for row, cells in zip(table.rows[1:], rows[1:], strict=True):
                self._metro(
                    {name: (row, cells[i] if i < len(cells) else "") for name, i in head.items()},
                    row,
                    cells[0] if cells else "",
                )
            return True
        return False

    def _metro(self, cells: dict[str, tuple[Row, str]], row: Row, core: str) -> None:
        names = names_in(re.sub(r"【.*?】", "", cells["core"][1] if "core" in cells else core))
        if not names:
            return
        text = {name: None if numbers.is_dash(cell) or not cell else cell for name, (_, cell) in cells.items()}
        population, area = (
            numbers.figure(text.get("population") or ""),
            numbers.figure(re.sub(r"km\s*2", "km2", text.get("area_km2") or "").replace("km2", "")),
        )
        dates = {
            name: years.iso_date(text[name] or "") if text.get(name) else None
            for name in ("declared", "agreed", "vision")
        }
        lines = [r.first for r, _ in cells.values()] + [row.first]
        self.found.metropolitan.append(
            MetropolitanAreaRecord(
                id=self._id("metropolitan-area", len(self.found.metropolitan)),
                document=self._document,
                source=Source(row.page, (min(lines), max(lines))),
                core=names[0],
                declared=dates["declared"],
                agreed=dates["agreed"],
                vision=dates["vision"],
                members=text.get("members"),
                population=int(population.value) if population else None,
                area_km2=float(area.value) if area else None,
            )
        )

    def _facilities(self, table: Table) -> bool:
        head = table.rows[0]
        columns = [i for i in head.filled if key(head.cell(i)) in words("tables", "facility")]
        if not columns:
            return False
        owners = [i for i in head.filled if key(head.cell(i)) in words("tables", "municipality")]
        group_at = next((i for i in head.filled if key(head.cell(i)) in words("tables", "group")), None)
        category = heading_words(table)
        for column in columns:
            left = max((i for i in owners if i < column), default=0)
            for rows in _by_owner(table.rows[1:], left):
                self._owned_names(rows, left, column, group_at, category)
        figures = [i for i in head.filled if i not in columns and i not in owners and i != group_at]
        if figures:
            self._figures_of_names(table, columns, owners, figures)
        return True

    def _owned_names(self, rows: Sequence[Row], left: int, column: int, group_at: int | None, category: str) -> None:
        """The names beside one owner; where one cell names as many owners as there are names, each has its own."""
        owner = names_in(rows[0].cell(left))
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
                self._facility(row, municipality, category, name, group)

    def _facility(self, row: Row, municipality: str | None, category: str, name: str, group: str | None) -> None:
        self.found.facilities.append(
            FacilityRecord(
                id=self._id("facility", len(self.found.facilities)),
                document=self._document,
                source=self._source(row),
                municipality=municipality,
                category=category,
                name=name,
                group=group,
            )
        )

    def _figures_of_names(
        self, table: Table, columns: Sequence[int], owners: Sequence[int], figures: Sequence[int]
    ) -> None:
        """Figures beside each name of a list (学部数 of a university) are observations with the name as dimension."""
        head, period = table.rows[0], period_of(table)
        for column in columns:
            following = min((c for c in (*columns, *owners) if c > column), default=table.width)
            left = max((i for i in owners if i < column), default=0)
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
                    self._observe(row, Series(indicator, owner, period, unit, dimensions), row.cell(i))

    def _observe(self, row: Row, series: Series, cell: str) -> None:
        plain = clean(re.sub(r"</?\w+>", "", cell))
        read = numbers.figure(re.sub(r"\(\d+\)$", "", nfkc(plain)))
        if read is None or "~" in plain:
            return
        unit = read.unit or series.unit
        self.found.observations.append(
            ObservationRecord(
                id=self._id("observation", len(self.found.observations)),
                document=self._document,
                source=self._source(row),
                indicator=series.indicator,
                municipality=series.municipality,
                period=series.period,
                value=read.value,
                unit=unit,
                dimensions=series.dimensions,
            )
        )

    def _observations(self, table: Table) -> bool:
        """A table whose body holds figures, with municipalities, years or names of figures around them."""
        top = next(
            (
                n
                for n, row in enumerate(table.rows)
                if figure_count(row) >= max(1, (len(row.filled) - 1) // 2) and n > 0
            ),
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
                    self._observe(row, series, row.cell(i))
        return True


def _whole(cell: str) -> int | None:
    value = numbers.number(cell)
    return value if isinstance(value, int) else None


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
