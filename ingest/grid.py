"""Tables of figures: what heads the columns and rows of each figure, and what time a table speaks of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ingest import numbers, years
from ingest.blocks import Row, Table
from ingest.captions import (
    NOTE,
    heading_words,
    mark_of,
    noted_periods,
    period_of,
    sources,
    split_survey,
    split_unit,
    split_year,
    unit_of,
    units_around,
)
from ingest.labels import label, printed_words, words
from ingest.parties import names_in
from ingest.text import clean, key, nfkc

_UNIT = re.compile(r"[(（]\s*(?:単位\s*[:：]\s*)?(?P<unit>[^()（）\d]{1,6})\s*[)）]")
TOTAL = re.compile(r"^(?:圏域)?(?:合?計|総計|総数|全体)$|圏域(?:合?計|全体)|^小計$")
_OTHER_PLACE = re.compile(r"[一-鿿々ぁ-んァ-ヶ]{2,6}[市町村]")
"""A name in the place of a municipality that no municipality has (a misprint): its figures are not another's."""
_FORECAST = re.compile(r"\((?:国勢調査|推計|推計値|予測|見込み?|見通し|速報|確定)\)$")
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
        self._marks = [self._spread(table.rows[: n + 1], mark_of) for n in range(top)]
        self._noted = noted_periods(table)
        self._period = period_of(table, {m for level in self._marks for m in level.values()} & self._noted.keys())
        self._sources = sources(table)
        self._owner = _owner_of(table)
        self._units = units_around(table)
        self._heads: list[dict[int, str]] = []
        for n in range(top):
            self._heads.append(self._spread(table.rows[: n + 1], _without_note))
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
        self._groups: dict[int, str] = {}
        self._column = 0

    def _spread(self, rows: Sequence[Row], read: Callable[[str], str]) -> dict[int, str]:
        """A heading merged over columns speaks for the blank ones to its right, as far as the heading above it reaches."""
        spread: dict[int, str] = {}
        last = ""
        for i in range(self._table.width):
            cell = read(rows[-1].cell(i))
            begins = any(above.cell(i).strip() for above in rows)
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
        labels = self._labels(row, range(0 if owner_at == self._owners[0] else owner_at, column), owner_at)
        owner = next((n for words_ in labels for n in names_in(re.sub(r"\(.*", "", words_))), None)
        if row.cell(owner_at).strip() or labels:
            self._carried[owner_at] = owner
        owner = (
            owner or self._carried.get(owner_at)
            if not any(TOTAL.search(words_) or "全国" in words_ for words_ in labels)
            else None
        )
        # What a municipality is in its area (連携市町) says nothing of its figures.
        own = [words_ for words_ in labels if not names_in(words_) and words_ not in printed_words("capacities")]
        if self._unit_at is not None and column > self._unit_at:
            own = [words_ for words_ in own if words_ != clean(row.cell(self._unit_at))]
        dated = [split_year(level) for level in dict.fromkeys(levels) if level and not _year_of(level)]
        year = next((y for y in [*map(_year_of, levels), *(when for _, when in dated)] if y), None)
        named = [words_ for words_, _ in dated]
        self._column = column
        if any("内訳" in level for level in named):  # a breakdown of the figure to its left
            heads = ((self._heads[0].get(i, ""), i) for i in range(column, 0, -1))
            whole, self._column = next(((h, i) for h, i in heads if h and "内訳" not in h), ("", column))
            named = [whole, *(level for level in named if "内訳" not in level and level != whole)]
        of_rows = year is not None and not any(when for _, when in dated)  # the rows name what the years are of
        series = self._named(owner or self._owner_of_unnamed(labels), year, named, own, of_rows=of_rows)
        unit = clean(row.cell(self._unit_at)) if self._unit_at is not None and column > self._unit_at else ""
        return replace(series, unit=unit) if series and unit else series

    def _labels(self, row: Row, span: range, owner_at: int) -> list[str]:
        """Return the words that name a row; one merged over several rows, left of the municipality, holds for them all."""
        labels = []
        for i in span:
            if i not in self._leading:
                continue
            words_ = clean(NOTE.sub("", row.cell(i)))
            if i < owner_at:
                words_ = self._groups[i] = words_ or (self._groups.get(i, "") if row.cell(owner_at).strip() else "")
            if words_:
                labels.append(words_)
        return labels

    def _owner_of_unnamed(self, labels: Sequence[str]) -> str | None:
        """Return the owner of a row that names no municipality: that of the table, but not of totals and other places."""
        elsewhere = any(TOTAL.search(w) or "全国" in w or _OTHER_PLACE.fullmatch(w) for w in labels)
        return None if elsewhere else self._owner

    def _named(
        self, owner: str | None, year: str | None, columns: Sequence[str], rows: Sequence[str], *, of_rows: bool
    ) -> Series | None:
        dimensions: dict[str, str] = {}
        if of_rows and rows:
            indicator, unit = split_unit(rows[-1])
            if not self._names_figures and not _MEASURE.search(indicator) and self._caption and not self._owner:
                dimensions[_corner(self._table) or "区分"] = indicator
                indicator = self._caption
            return Series(indicator, owner, year, unit or unit_of(indicator, self._units), dimensions)
        if not columns:
            period = year or self._period_for(self._caption)
            unit = unit_of(self._caption, self._units)
            return Series(self._caption, owner, period, unit, {}) if self._caption else None
        measure, others = self._measure(columns)
        indicator, unit = split_unit(measure)
        for other in others:
            name, _ = split_unit(other)
            dimensions[self._dimension(name)] = name
        for words_ in rows:
            if not TOTAL.search(words_) and "全国" not in words_:
                dimensions.setdefault(_corner(self._table) or "区分", words_)
            elif "全国" in words_:
                dimensions.setdefault("範囲", "全国")
        units = [u for level in columns if (u := split_unit(level)[1])]
        period = year or self._period_for(indicator)
        unit = unit or next(iter(units), None) or unit_of(indicator, self._units)
        return Series(indicator, owner, period, unit, dimensions)

    def _period_for(self, indicator: str) -> str | None:
        """Return the time of a figure: of the note that its heading is marked with, or of the source that it is from."""
        marks = [level.get(self._column, "") for level in reversed(self._marks)]
        surveyed = (when for level in reversed(self._heads) if (when := split_survey(level.get(self._column, ""))[1]))
        noted = next((self._noted[mark] for mark in marks if mark in self._noted), None) or next(surveyed, None)
        if noted or len({period for _, period in self._sources}) < 2:
            return noted or self._period
        shared = [(_shared_words(name, indicator), period) for name, period in self._sources]
        best = max(shared, key=lambda pair: pair[0])
        return best[1] if best[0] >= 2 else self._period

    def _measure(self, columns: Sequence[str]) -> tuple[str, list[str]]:
        """Choose which heading names the figure; the others are dimensions.

        第1次産業 | 事業所 under a caption 民営事業所数: the leaf is the measure, named in full by the caption; 医療施設数 | 病院: the top is.
        """
        leaf, upper = columns[-1], list(columns[:-1])
        top = split_unit(upper[0])[0] if upper else ""
        if upper and _MEASURE.search(top) and TOTAL.search(split_unit(leaf)[0]) and not TOTAL.search(top):
            return upper[0], upper[1:]  # 人口 | 総数: the whole of it
        if upper and _MEASURE.search(top) and not TOTAL.search(top) and not _MEASURE.search(split_unit(leaf)[0]):
            return upper[0], [leaf, *upper[1:]]
        base = split_unit(leaf)[0]
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


def _without_note(cell: str) -> str:
    return clean(NOTE.sub("", cell))


def _shared_words(one: str, other: str) -> int:
    """Return the length of the longest run of kanji that two names share."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return len(re.sub(r"[^一-鿿]", "", one[match.a : match.a + match.size]))


def _owner_of(table: Table) -> str | None:
    """Return the municipality that the nearest words above a table name, where they name one."""
    for words_ in [*(p.words for p in reversed(table.before[-3:])), *(h.words for h in table.headings[-1:])]:
        named = names_in(words_)
        if named:
            return named[0] if len(named) == 1 else None
    return None


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
    plain = _FORECAST.sub("", clean(label))
    if re.fullmatch(r"(?:19|20)\d\d年?", plain):
        return plain[:4]
    year = years.fiscal_year(plain) if len(plain) <= 16 and re.search(r"年|^[HRS]\d", plain) else None
    return str(year) if year is not None else None


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
