"""What the words around a table of figures say of it: its name, its time, its sources, the notes that marks lead to."""

import re
from collections.abc import Collection

from ingest import areas, years
from ingest.blocks import Table
from ingest.numbers import UNIT_WORD
from ingest.text import clean, nfkc

_NOTE_MARK = re.compile(r"([※*]|注)\s*(\d+)")
NOTE = re.compile(r"[(（]?[※*]\s*\d*[)）]?|\(注\s*\d*\)|注\d+\)?")
_SOURCE_NOTE = re.compile(
    r"出典|資料[:：]|より$|(?:調査|統計|国勢調査|センサス|台帳|一覧|計画|調)[」）)]|(?:年\S{0,8}現在|時点)(?![)）])"
)
_SURVEY = re.compile(
    r"[\s(]*(?:[HRS]|昭和|平成|令和)?(?:\d{1,4}|元)(?:年|(?<=[HRS]\d)|(?<=[HRS]\d\d))[^\s()]{0,6}(?:調査|センサス|調)\)?$"
)
_DATED = re.compile(r"\((?:[^()]*\d\s*(?:年|月|日)[^()]*|[^()]*(?:現在|時点)|[HRS]\d{1,2}[^()]*)\)")

_DATED_HEAD = re.compile(
    r"(?:(?:令和|平成|昭和|[RHS])\s?(?:元|\d{1,2})|(?:19|20)\d\d)(?:年度?|(?<=[RHS]\d)|(?<=[RHS]\d\d))(?:\d{1,2}月(?:末|\d{1,2}日)?)?"
    r"(?:現在|時点)?の?\s*(?=[^\d\s年度月日ぁ-ん()/~-][^\s()])"
)
_UNITS_NOTED = re.compile(r"単位\s*[:：]\s*([^()\s]{1,20})")
_RATIO = re.compile(r"指数$|率$|割合$|[比度]$|構成比|比率")
_UNIT_KINDS = (
    (re.compile(r"k?m2|ha|a"), re.compile(r"面積")),
    (re.compile(r"世帯"), re.compile(r"世帯")),
    (re.compile(r"[十百千万]*人"), re.compile(r"人口|人数|者数|員数|生徒|児童|人$")),
    (re.compile(r"[十百千万億兆]*円"), re.compile(r"額|費|収入|歳入|歳出|所得|予算|決算|債|基金|税")),
    (re.compile(r"[十百千万]*社|[十百千万]*者|[十百千万]*所|箇所|か所"), re.compile(r"事業所|企業|施設|店舗")),
    (re.compile(r"[十百千万]*戸"), re.compile(r"戸|住宅|農家|空き家")),
    (re.compile(r"k?m"), re.compile(r"延長|距離")),
)


def mark_of(cell: str) -> str:
    """Return the mark of a note in a heading (※1, 注2), in one spelling."""
    found = _NOTE_MARK.search(nfkc(cell))
    return f"{found[1]}{found[2]}" if found else ""


def noted_periods(table: Table) -> dict[str, str]:
    """Return the times that marked notes below a table name, by their marks."""
    noted: dict[str, str] = {}
    for note in table.after:
        found = re.match(rf"^[(（]?{_NOTE_MARK.pattern}", nfkc(note.words))
        when = _time_in(note.words) if found else None
        if found and when:
            noted.setdefault(f"{found[1]}{found[2]}", when)
    return noted


def _time_in(words_: str) -> str | None:
    when = years.iso_date(words_) if re.search(r"年\S{0,8}\d+月", nfkc(words_)) else None
    year = years.year_in(words_)
    return when or (str(year) if year else None)


def sources(table: Table) -> list[tuple[str, str]]:
    """Return the sources that a note names in brackets, each with its time."""
    noted = [nfkc(note.words) for note in table.after if _SOURCE_NOTE.search(nfkc(note.words))]
    named = [name for note in noted[:1] for name in re.findall(r"[「『]([^」』]+)[」』]", note)]
    return [(name, when) for name in named if (when := _time_in(name))]


def split_survey(label: str) -> tuple[str, str | None]:
    """Cut a dated survey off a label: 人口(人) 令和2年国勢調査 → 人口(人), 2020."""
    found = _SURVEY.search(label)
    return (label[: found.start()].strip(), _time_in(found[0])) if found and found.start() else (label, None)


def split_year(label: str) -> tuple[str, str | None]:
    """Cut a year off the head of a label: 平成27年人口 → 人口, 2015."""
    found = _DATED_HEAD.match(nfkc(label))
    year = years.year_in(found[0]) if found else None
    return (clean(label)[found.end() :], str(year)) if found and year else (label, None)


def units_around(table: Table) -> tuple[str, ...]:
    """Return the units that the words right above a table name: (単位:人), (人、km2), (令和3年度、百万円)."""
    for words_ in [*(p.words for p in reversed(table.before[-2:])), *(h.words for h in table.headings[-1:])]:
        noted = _UNITS_NOTED.search(nfkc(words_))
        if noted:
            return tuple(filter(None, re.split(r"[、,・/]", noted[1])))
        for inner in reversed(re.findall(r"\(([^()]*)\)", nfkc(words_))):
            units = [part.strip() for part in re.split(r"[、,・/]", inner) if UNIT_WORD.fullmatch(part.strip())]
            if units:
                return tuple(units)
    return ()


def unit_of(indicator: str, units: Collection[str]) -> str | None:
    """Choose the unit of a figure among those that stand above its table; an index or a rate has none of money or people."""
    if _RATIO.search(indicator):
        return next((unit for unit in units if unit in ("%", "‰", "倍")), None)
    if len(units) == 1:
        return next(iter(units))
    kind = next((kind for kind, named in _UNIT_KINDS if named.search(indicator)), None)
    return next((unit for unit in units if kind and kind.fullmatch(unit)), None)


def split_unit(label: str) -> tuple[str, str | None]:
    """Cut the unit off a label: 0-14歳人口(人) → 0-14歳人口, 人."""
    plain = clean(label)
    plain, _ = split_survey(plain)
    match = re.search(r"\s*\((?:単位:)?((?:[^()\d※注]|(?<=m)[23]){1,8})\)$", plain)
    if match and not re.search(r"内訳|予定|見込|仮称|以上", match[1]):
        return plain[: match.start()].strip(), match[1]
    return plain, None


def heading_words(table: Table) -> str:
    """Return the words that name a table: the nearest heading or caption, without mark, note and unit."""
    captions = [
        p.words
        for p in table.before
        if len(p.words) <= 50
        and not _SOURCE_NOTE.search(nfkc(p.words))
        and not re.match(r"^[※*(（]|^単位\s*[:：]", p.words)
        and "。" not in p.words
        and not re.match(r"^[-・➤]", p.words)
    ]
    names = [h.words for h in table.headings]
    chosen = captions[-1] if captions and table.before else names[-1] if names else ""
    item = areas.heading(chosen)
    return split_unit(_DATED.sub("", clean(NOTE.sub("", item.label or chosen))).strip())[0]


def period_of(table: Table, marked: Collection[str] = ()) -> str | None:
    """Return the time of a table's figures: from its caption, its heading, or the source note below it.

    Notes of the marks in ``marked`` speak of single columns.
    """
    near = [*(p.words for p in reversed(table.before[-3:])), *(h.words for h in reversed(table.headings[-1:]))]
    for text in (words_ for words_ in near if "。" not in words_):
        when = years.iso_date(text) if re.search(r"月", text) else None
        year = years.year_in(text)
        if when or (year and re.search(r"年", text)):
            return when or str(year)
    for note in table.after:
        if _SOURCE_NOTE.search(nfkc(note.words)) or note.words.startswith(("※", "(注", "（注")):
            if mark_of(note.words) in marked:
                continue
            if when := _time_in(note.words):
                return when
    return None
