"""Eras, fiscal years (年度), dates and periods as Japanese offices print them.

令和6年度, 令和6(2024)年度, R6, H30, 平成31年, ２０２４年度 are all understood; 令和元年 = R1 = 2019. An era may run on beyond its end
(平成32年度 = 2020), as old plans print it. A fiscal year is the integer year in which it begins.
"""

import re
from datetime import date
from functools import lru_cache

from ingest.text import nfkc

ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "M": 1867,
    "T": 1911,
    "S": 1925,
    "H": 1988,
    "R": 2018,
}
"""The year before the first one of each era, by its name and its initial."""

_ERA = r"(?:明治|大正|昭和|平成|令和)"
_NUMBER = r"(?:元|\d{1,2})"
_WEST = r"(?:19|20)\d{2}"
_YEAR = (
    rf"(?:(?P<era>{_ERA})\s*(?P<n>{_NUMBER})\s*(?:\(\s*{_WEST}\s*(?:年度?)?\s*\))?"
    rf"|(?<![A-Za-z])(?P<initial>[MTSHR])\s*\.?(?P<m>\d{{1,2}}|元)(?![\d,])"
    rf"|(?<!\d)(?P<west>{_WEST})(?![\d,]))"
)
YEAR = re.compile(_YEAR)
_HEADED = re.compile(rf"(?:{_YEAR})\s*年?度?末?")
_AROUND_YEAR = re.compile(
    r"[()/・]*(?:年度|年|年目|FY|\(?(?:実績|見込|予定|計画|当初|予算|決算)額?\)?|[前後上下](?:半?期|半)|第[1-4]四半期)*[()/・年度]*"
)
_FISCAL = re.compile(_YEAR + r"\s*(?:\([^()]{1,8}\))?\s*年?度")
_DATE = re.compile(
    _YEAR
    + rf"\s*(?:年|\.|/|-)?\s*(?:\(\s*(?:{_WEST}|{_ERA}\s*{_NUMBER})\s*年?\s*\))?\s*(?:年|\.|/|-)?\s*(?P<month>\d{{1,2}})\s*(?:月|\.|/|-)"
    r"\s*(?:(?P<day>\d{1,2})\s*日?)?"
)
_PERIOD = re.compile(
    _YEAR + rf"\s*(?:\([^()]{{1,8}}\))?\s*(?:年度|年)?\s*(?:\([^()]{{1,8}}\))?\s*(?:~|〜|-|ー|から|より)\s*"
    rf"(?:(?P<era2>{_ERA})?\s*(?P<n2>{_NUMBER})(?!\d)|(?P<initial2>[HR])(?P<m2>\d{{1,2}})|(?P<west2>{_WEST}))"
    r"\s*(?:\([^()]{1,8}\))?\s*(?:年度|年)"
)


_KANJI = re.compile(r"[〇一二三四五六七八九十百]+(?=\s*(?:年|月|日))")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def arabic(numeral: str) -> str:
    """Return a kanji numeral in Arabic digits (二十四 → 24, 二〇一九 → 2019)."""
    if not re.search(r"[十百]", numeral):
        return "".join(str(_DIGITS[c]) for c in numeral)
    total, current = 0, 0
    for character in numeral:
        if character in "十百":
            total, current = total + (current or 1) * (10 if character == "十" else 100), 0
        else:
            current = _DIGITS[character]
    return str(total + current)


def _plain(text: str) -> str:
    """Normalise, and write the kanji numerals of years, months and days in digits."""
    return _KANJI.sub(lambda m: arabic(m[0]), nfkc(text))


def _year(era: str | None, number: str | None, west: str | None) -> int | None:
    if west:
        return int(west)
    if not era or not number:
        return None
    return ERAS[era] + (1 if number == "元" else int(number))


def year_in(text: str) -> int | None:
    """Return the first year (calendar or fiscal) named in the text, or None."""
    match = YEAR.search(_plain(text))
    return _of(match) if match else None


def _of(match: re.Match[str]) -> int | None:
    return _year(match["era"] or match["initial"], match["n"] or match["m"], match["west"])


def year_of_era(year: int) -> int:
    """Return a year as it counts in the era of its first day (2024 → 6)."""
    return year - max(first for first in ERAS.values() if first < year)


@lru_cache(maxsize=8192)
def fiscal_year(text: str) -> int | None:
    """Return the fiscal year that a column heading or short note names, or None.

    Only a text that is little more than the year counts: 2024年度, R6, 令和5年度 (2023), 2016(H28), 6年度 are not all
    alike, but each says one year and nothing else.
    """
    plain = "".join(_plain(text).split())
    match = YEAR.search(plain)
    if not match:
        return None
    rest = YEAR.sub("", plain)
    return _of(match) if _AROUND_YEAR.fullmatch(rest) else None


def fiscal_years_in(text: str) -> list[int]:
    """Return every fiscal year (with 年度) named in running text, in order."""
    return [year for m in _FISCAL.finditer(_plain(text)) if (year := _of(m)) is not None]


def iso_date(text: str) -> str | None:
    """Return the first date of the text as ``YYYY-MM-DD``, or ``YYYY-MM`` where the day is blank or not printed."""
    for match in _DATE.finditer(_plain(text)):
        year, month, day = _of(match), int(match["month"]), match["day"]
        if year is None or not 1 <= month <= 12:
            continue
        if day is None:
            return f"{year:04d}-{month:02d}"
        try:
            return date(year, month, int(day)).isoformat()
        except ValueError:
            return f"{year:04d}-{month:02d}"
    return None


def period(text: str) -> tuple[int, int] | None:
    """Return the first span of years of the text, both ends included (令和6年度～令和10年度, 令和2~6年度, 2024-2028年度)."""
    for match in _PERIOD.finditer(_plain(text)):
        first = _of(match)
        era = match["era2"] or match["initial2"] or match["era"] or match["initial"]
        last = _year(era, match["n2"] or match["m2"], match["west2"])
        if first is not None and last is not None and first <= last <= first + 50:
            return first, last
    return None


def heading_time(words: str) -> str | None:
    """Return the time that a column's heading names in parentheses or alone: 基準値(R1) → R1, 令和10年度目標値 → 令和10年度."""
    inside = re.search(r"\(([^()]*)\)", words)
    if inside and YEAR.search(inside[1]):
        return inside[1].strip()
    found = _HEADED.search(words)
    return found[0].strip() if found else None
