"""Tables that are no projects: statistics, lists of facilities, counts of progress, other areas, items carried out.

A table is told by what heads it and by what its cells hold; then every figure is one observation, every name one facility.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest import areas, numbers, years
from ingest.blocks import Row, Table
from ingest.labels import label, words
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

_NOTE = re.compile(r"[(（]?[※*]\s*\d*[)）]?|\(注\s*\d*\)|注\d+\)?")
_SOURCE_NOTE = re.compile(
    r"出典|資料[:：]|より$|(?:調査|統計|国勢調査|センサス|台帳|一覧|計画|調)[」）)]|年\S{0,8}現在|時点"
)
_UNIT = re.compile(r"[(（]\s*(?:単位\s*[:：]\s*)?(?P<unit>[^()（）\d]{1,6})\s*[)）]")
_TOTAL = re.compile(r"^(?:圏域)?(?:合?計|総計|総数|全体)$|圏域(?:合?計|全体)|^小計$")
_STATUS = re.compile(r"実施|着手|協議|共有|検討|完了|達成|継続|中止|未|予定|終了|廃止")
_MEASURE = re.compile(r"(?:数|率|額|量|比|割合|面積|人口|点数|総数|時間|構成比|本数|台数)$")
_METRO = {
    "declared": "宣言",
    "agreed": "協約",
    "vision": "ビジョン",
    "members": "連携市町村",
    "population": "人口",
    "area_km2": "面積",
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
            if label and any(v is not None for v in counts.values()) and not known and not _TOTAL.search(label):
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
            if cells and word in cells[0] and len(cells[0]) < 16
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
            if word in cell and len(cell) < 16
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
        names = names_in(re.sub(r"【.*?】", "", core))
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
        category = _heading_words(table)
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
        head, period = table.rows[0], _period(table)
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
                        {clean(head.cell(column)): clean(row.cell(column))}
                        if i > column and clean(row.cell(column))
                        else {}
                    )
                    self._observe(
                        row, _Series(clean(_NOTE.sub("", head.cell(i))), owner, period, None, dimensions), row.cell(i)
                    )

    def _observe(self, row: Row, series: "_Series", cell: str) -> None:
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
                if _figure_count(row) >= max(1, (len(row.filled) - 1) // 2) and n > 0
            ),
            None,
        )
        if top is None or sum(_figure_count(row) for row in table.rows) < 4:
            return False
        grid = _Grid(table, top)
        if not grid.is_statistics():
            return False
        for row in table.rows[top:]:
            for i in row.filled:
                series = grid.series(row, i)
                if series:
                    self._observe(row, series, row.cell(i))
        return True


@dataclass(frozen=True, slots=True)
class _Series:
    indicator: str
    municipality: str | None
    period: str | None
    unit: str | None
    dimensions: dict[str, str]


class _Grid:
    """A table of figures with what heads its columns and rows."""

    def __init__(self, table: Table, top: int) -> None:
        self._table, self._top = table, top
        self._caption = _heading_words(table)
        self._period = _period(table)
        around = " ".join([*(p.words for p in table.before[-3:]), *(h.words for h in table.headings[-1:])])
        self._owner = next(iter(names_in(around)), None) if len(names_in(around)) == 1 else None
        found = _UNIT.search(nfkc(" ".join(p.words for p in table.before[-2:])))
        self._unit = found["unit"] if found and "単位" in found[0] else None
        self._heads: list[dict[int, str]] = []
        for n in range(top):
            self._heads.append(self._spread(table.rows[: n + 1]))
        first = table.rows[0]
        self._owners = [i for i in first.filled if key(first.cell(i)) in words("tables", "municipality")] or [0]
        body = table.rows[top:]
        # The columns that name the rows: what they hold is mostly words.
        self._leading = {
            i
            for i in range(table.width)
            if 2 * sum(_is_figure(row.cell(i)) for row in body) <= sum(bool(row.cell(i).strip()) for row in body)
        }
        self._unit_at = next((i for i in first.filled if key(first.cell(i)) == "単位"), None)
        # A column headed 指標 names the figure of each row.
        self._names_figures = any((head := label(first.cell(i))) and head.field == "indicator" for i in first.filled)
        self._carried: dict[int, str | None] = {}

    def _spread(self, rows: Sequence[Row]) -> dict[int, str]:
        """A heading merged over columns speaks for the blank ones to its right, as far as the heading above it reaches."""
        spread: dict[int, str] = {}
        last = ""
        for i in range(self._table.width):
            cell = clean(_NOTE.sub("", rows[-1].cell(i)))
            begins = any(above.cell(i).strip() for above in rows[:-1])
            last = cell or ("" if begins else last)
            if i > 0 or cell:
                spread[i] = last
        return spread

    def is_statistics(self) -> bool:
        """Tell whether the figures have something to stand under: years, municipalities or names of figures."""
        heads = [h for level in self._heads for i, h in level.items() if i > 0 and h]
        body = self._table.rows[self._top :]
        owned = any(names_in(row.cell(i)) for row in body for i in self._owners)
        dated = sum(years.fiscal_year(h) is not None or bool(re.fullmatch(r"(?:19|20)\d\d", h)) for h in heads) >= 2
        texts = sum(len(clean(c)) > 24 for row in body for c in row.cells)
        ranges = sum(
            bool(re.search(r"\d\s*[~〜-]\s*\d", nfkc(c)))
            for row in body
            for i, c in enumerate(row.cells)
            if i not in self._leading
        )
        return (owned or dated) and bool(heads) and texts <= len(body) // 3 and ranges <= len(body) // 4

    def series(self, row: Row, column: int) -> _Series | None:
        """Return what a figure's row and column say of it, or None for a cell that heads the row."""
        owner_at = max((i for i in self._owners if i <= column), default=0)
        if column == owner_at or (column == 0 and 0 not in self._owners):
            return None
        levels = [level.get(column, "") for level in self._heads]
        labels = [
            clean(_NOTE.sub("", row.cell(i)))
            for i in range(0 if owner_at == self._owners[0] else owner_at, column)
            if row.cell(i).strip() and i in self._leading
        ]
        owner = next((n for words_ in labels for n in names_in(re.sub(r"\(.*", "", words_))), None)
        if row.cell(owner_at).strip() or labels:
            self._carried[owner_at] = owner
        owner = (
            owner or self._carried.get(owner_at)
            if not any(_TOTAL.search(words_) or "全国" in words_ for words_ in labels)
            else None
        )
        own = [words_ for words_ in labels if not names_in(words_)]
        if self._unit_at is not None and column > self._unit_at:
            own = [words_ for words_ in own if words_ != clean(row.cell(self._unit_at))]
        year = next((y for level in levels if (y := _year_of(level))), None)
        named = [level for level in dict.fromkeys(levels) if level and not _year_of(level)]
        if any("内訳" in level for level in named):  # a breakdown of the figure to its left
            whole = next((h for i in range(column, 0, -1) if (h := self._heads[0].get(i, "")) and "内訳" not in h), "")
            named = [whole, *(level for level in named if "内訳" not in level and level != whole)]
        series = self._named(owner or self._owner_of_total(own), year, named, own)
        unit = clean(row.cell(self._unit_at)) if self._unit_at is not None and column > self._unit_at else ""
        return replace(series, unit=unit) if series and unit else series

    def _owner_of_total(self, labels: Sequence[str]) -> str | None:
        return None if any(_TOTAL.search(words_) for words_ in labels) else self._owner

    def _named(
        self, owner: str | None, year: str | None, columns: Sequence[str], rows: Sequence[str]
    ) -> _Series | None:
        dimensions: dict[str, str] = {}
        if year and rows:
            indicator, unit = _split_unit(rows[-1])
            if not self._names_figures and not _MEASURE.search(indicator) and self._caption and not self._owner:
                dimensions[_corner(self._table) or "区分"] = indicator
                indicator = self._caption
            return _Series(indicator, owner, year, unit or self._unit, dimensions)
        if not columns:
            return _Series(self._caption, owner, year or self._period, self._unit, {}) if self._caption else None
        measure, others = self._measure(columns)
        indicator, unit = _split_unit(measure)
        for other in others:
            name, _ = _split_unit(other)
            dimensions[self._dimension(name)] = name
        for words_ in rows:
            if not _TOTAL.search(words_) and "全国" not in words_:
                dimensions.setdefault(_corner(self._table) or "区分", words_)
            elif "全国" in words_:
                dimensions.setdefault("範囲", "全国")
        units = [u for level in columns if (u := _split_unit(level)[1])]
        return _Series(
            indicator, owner, year or self._period, unit or next(iter(units), None) or self._unit, dimensions
        )

    def _measure(self, columns: Sequence[str]) -> tuple[str, list[str]]:
        """Choose which heading names the figure; the others are dimensions.

        第1次産業 | 事業所 under a caption 民営事業所数: the leaf is the measure, named in full by the caption; 医療施設数 | 病院: the top is.
        """
        leaf, upper = columns[-1], list(columns[:-1])
        top = _split_unit(upper[0])[0] if upper else ""
        if upper and _MEASURE.search(top) and not _TOTAL.search(top) and not _MEASURE.search(_split_unit(leaf)[0]):
            return upper[0], [leaf, *upper[1:]]
        base = _split_unit(leaf)[0]
        if upper and self._caption:
            return (
                self._caption if base in self._caption else f"{self._caption} {leaf}" if base == "構成比" else leaf
            ), upper
        return leaf, upper

    def _dimension(self, name: str) -> str:
        """Name a dimension by the word that its values end with (第1次産業 → 産業), else by the table's section."""
        heads = [h for h in self._heads[0].values() if h and not _TOTAL.search(h)]
        suffix = _common_suffix(list(dict.fromkeys(heads)))
        del name
        return re.sub(r"^[第次\d]+", "", suffix) if len(suffix) >= 2 else "区分"


def _is_figure(cell: str) -> bool:
    return numbers.is_dash(cell) or numbers.figure(re.sub(r"</?\w+>", "", cell)) is not None


def _figure_count(row: Row) -> int:
    return sum(
        1
        for i in row.filled
        if i > 0
        and numbers.figure(re.sub(r"</?\w+>", "", row.cell(i))) is not None
        and not _year_of(clean(row.cell(i)))
    )


def _year_of(label: str) -> str | None:
    plain = clean(label)
    if re.fullmatch(r"(?:19|20)\d\d年?", plain):
        return plain[:4]
    year = years.fiscal_year(plain) if len(plain) <= 16 and re.search(r"年|^[HRS]\d", plain) else None
    return str(year) if year is not None else None


def _split_unit(label: str) -> tuple[str, str | None]:
    """Cut the unit off a label: 0-14歳人口(人) → 0-14歳人口, 人."""
    plain = clean(label)
    match = re.search(r"\s*\((?:単位:)?([^()\d※注]{1,6})\)$", plain)
    if match and not re.search(r"内訳|予定|見込|仮称|以上", match[1]):
        return plain[: match.start()].strip(), match[1]
    return plain, None


def _common_suffix(items: Sequence[str]) -> str:
    if len(items) < 2:
        return ""
    suffix = items[0]
    for item in items[1:]:
        while suffix and not item.endswith(suffix):
            suffix = suffix[1:]
    return suffix


def _corner(table: Table) -> str | None:
    return clean(_NOTE.sub("", table.rows[0].cell(0))) or None


def _heading_words(table: Table) -> str:
    """Return the words that name a table: the nearest heading or caption, without mark, note and unit."""
    captions = [
        p.words
        for p in table.before
        if len(p.words) <= 50
        and not _SOURCE_NOTE.search(nfkc(p.words))
        and not re.match(r"^[※*(（]", p.words)
        and "。" not in p.words
        and not re.match(r"^[-・➤]", p.words)
    ]
    names = [h.words for h in table.headings]
    chosen = captions[-1] if captions and table.before else names[-1] if names else ""
    item = areas.heading(chosen)
    return _split_unit(re.sub(r"\(\d{4}年.*?時点\)", "", clean(_NOTE.sub("", item.label or chosen))))[0]


def _period(table: Table) -> str | None:
    """Return the time of a table's figures: from its caption, its heading, or the source note below it."""
    near = [*(p.words for p in reversed(table.before[-3:])), *(h.words for h in reversed(table.headings[-1:]))]
    for text in near:
        when = years.iso_date(text) if re.search(r"月", text) else None
        year = years.year_in(text)
        if when or (year and re.search(r"年", text)):
            return when or str(year)
    for note in table.after:
        if _SOURCE_NOTE.search(nfkc(note.words)) or note.words.startswith(("※", "(注", "（注")):
            when = years.iso_date(note.words) if re.search(r"年\S{0,8}\d+月", nfkc(note.words)) else None
            year = years.year_in(note.words)
            if when or year:
                return when or str(year)
    return None


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
    plain = re.sub(r"\(([^()]*)\)", lambda m: m[0].replace("、", "\ue000"), _NOTE.sub("", clean(cell)))
    parts = [p.replace("\ue000", "、").strip() for p in re.split(r"[、,;]", plain)]
    cut = [re.sub(r"\s*(?:ほか|他|など|等)$", "", p).strip() for p in parts]
    return [name for name in cut if name and not numbers.is_dash(name)]
