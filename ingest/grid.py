"""Tables of figures: what heads the columns and rows of each figure, and what time a table speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import areas, numbers, years
from ingest.blocks import Row, Table
from ingest.labels import label, words
from ingest.parties import names_in
from ingest.text import clean, key, nfkc

NOTE = re.compile(r"[(（]?[※*]\s*\d*[)）]?|\(注\s*\d*\)|注\d+\)?")
_SOURCE_NOTE = re.compile(
    r"出典|資料[:：]|より$|(?:調査|統計|国勢調査|センサス|台帳|一覧|計画|調)[」）)]|年\S{0,8}現在|時点"
)
_UNIT = re.compile(r"[(（]\s*(?:単位\s*[:：]\s*)?(?P<unit>[^()（）\d]{1,6})\s*[)）]")
TOTAL = re.compile(r"^(?:圏域)?(?:合?計|総計|総数|全体)$|圏域(?:合?計|全体)|^小計$")
_MEASURE = re.compile(r"(?:数|率|額|量|比|割合|面積|人口|点数|総数|時間|構成比|本数|台数)$")


@dataclass(frozen=True, slots=True)
class Series:
    """What a figure is of: its indicator, place, time, unit and dimensions."""

    indicator: str
    municipality: str | None
    period: str | None
    unit: str | None
    dimensions: dict[str, str]


class Grid:
    """A table of figures with what heads its columns and rows."""

    def __init__(self, table: Table, top: int) -> None:
        self._table, self._top = table, top
        self._caption = heading_words(table)
        self._period = period_of(table)
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
            cell = clean(NOTE.sub("", rows[-1].cell(i)))
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
            if i not in self._owners
        )
        return (owned or dated) and bool(heads) and texts <= len(body) // 3 and ranges <= len(body) // 4

    def series(self, row: Row, column: int) -> Series | None:
        """Return what a figure's row and column say of it, or None for a cell that heads the row."""
        owner_at = max((i for i in self._owners if i <= column), default=0)
        if column == owner_at or (column == 0 and 0 not in self._owners):
            return None
        levels = [level.get(column, "") for level in self._heads]
        labels = [
            clean(NOTE.sub("", row.cell(i)))
            for i in range(0 if owner_at == self._owners[0] else owner_at, column)
            if row.cell(i).strip() and i in self._leading
        ]
        owner = next((n for words_ in labels for n in names_in(re.sub(r"\(.*", "", words_))), None)
        if row.cell(owner_at).strip() or labels:
            self._carried[owner_at] = owner
        owner = (
            owner or self._carried.get(owner_at)
            if not any(TOTAL.search(words_) or "全国" in words_ for words_ in labels)
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
        return None if any(TOTAL.search(words_) for words_ in labels) else self._owner

    def _named(self, owner: str | None, year: str | None, columns: Sequence[str], rows: Sequence[str]) -> Series | None:
        dimensions: dict[str, str] = {}
        if year and rows:
            indicator, unit = _split_unit(rows[-1])
            if not self._names_figures and not _MEASURE.search(indicator) and self._caption and not self._owner:
                dimensions[_corner(self._table) or "区分"] = indicator
                indicator = self._caption
            return Series(indicator, owner, year, unit or self._unit, dimensions)
        if not columns:
            return Series(self._caption, owner, year or self._period, self._unit, {}) if self._caption else None
        measure, others = self._measure(columns)
        indicator, unit = _split_unit(measure)
        for other in others:
            name, _ = _split_unit(other)
            dimensions[self._dimension(name)] = name
        for words_ in rows:
            if not TOTAL.search(words_) and "全国" not in words_:
                dimensions.setdefault(_corner(self._table) or "区分", words_)
            elif "全国" in words_:
                dimensions.setdefault("範囲", "全国")
        units = [u for level in columns if (u := _split_unit(level)[1])]
        return Series(indicator, owner, year or self._period, unit or next(iter(units), None) or self._unit, dimensions)

    def _measure(self, columns: Sequence[str]) -> tuple[str, list[str]]:
        """Choose which heading names the figure; the others are dimensions.

        第1次産業 | 事業所 under a caption 民営事業所数: the leaf is the measure, named in full by the caption; 医療施設数 | 病院: the top is.
        """
        leaf, upper = columns[-1], list(columns[:-1])
        top = _split_unit(upper[0])[0] if upper else ""
        if upper and _MEASURE.search(top) and not TOTAL.search(top) and not _MEASURE.search(_split_unit(leaf)[0]):
            return upper[0], [leaf, *upper[1:]]
        base = _split_unit(leaf)[0]
        if upper and self._caption:
            return (
                self._caption if base in self._caption else f"{self._caption} {leaf}" if base == "構成比" else leaf
            ), upper
        return leaf, upper

    def _dimension(self, name: str) -> str:
        """Name a dimension by the word that its values end with (第1次産業 → 産業), else by the table's section."""
        heads = [h for h in self._heads[0].values() if h and not TOTAL.search(h)]
        suffix = _common_suffix(list(dict.fromkeys(heads)))
        del name
        return re.sub(r"^[第次\d]+", "", suffix) if len(suffix) >= 2 else "区分"


def _is_figure(cell: str) -> bool:
    return numbers.is_dash(cell) or numbers.figure(re.sub(r"</?\w+>", "", cell)) is not None


def figure_count(row: Row) -> int:
    """Count the cells of a row, but for the first, that hold figures."""
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
    return clean(NOTE.sub("", table.rows[0].cell(0))) or None


def heading_words(table: Table) -> str:
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
    return _split_unit(re.sub(r"\(\d{4}年.*?時点\)", "", clean(NOTE.sub("", item.label or chosen))))[0]


def period_of(table: Table) -> str | None:
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
