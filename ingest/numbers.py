"""Figures as Japanese offices print them: 27兆9千億円, ▲2,805人, 約79,600人, 1回/年度, 37,076千人.

A single multiplier stays in the unit, as printed (37,076千人 → 37076, 千人); mixed numerals are composed
(27兆9千億円 → 27900000000000, 円). ▲ and △ before a digit are minus. Where no single number can be read there is none.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.text import nfkc

DASHES = "-‐‑‒–—―−－ー─━"
UNDECIDED = ("調整中", "未定", "検討中", "協議中", "集計中", "精査中", "予算の範囲内", "未算定", "算定中")
"""Words that stand where an amount is not known."""

MULTIPLIERS = {"千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"(?P<sign>[▲△▼+\-−])?\s*(?P<digits>{_DIGITS})")
_MIXED = re.compile(
    rf"(?P<sign>[▲△▼+\-−])?\s*(?P<body>(?:(?:{_DIGITS})\s*(?:千億|百億|十億|千万|百万|十万|兆|億|万|千)\s*){{2,}}(?:{_DIGITS})?|(?:{_DIGITS})\s*(?:兆|億|万)\s*(?:{_DIGITS})(?![\d,.]))"
)
_PART = re.compile(rf"({_DIGITS})\s*(千億|百億|十億|千万|百万|十万|兆|億|万|千)?")
_PARENTHESES = re.compile(r"\([^()]*\)")
_QUALIFIER = re.compile(r"(?:程度|以上|以下|未満|超|前後|以内|余り?|予定|見込み?|程)")
_BEFORE = re.compile(r"^(?:約|各|計|延べ|年間|概ね|おおむね|毎年|年)\s*")
_DIGIT = re.compile(r"\d")
_OF_YEARS = re.compile(r"\s*年(?:度|\b|$)")
_POWER = re.compile(r"(?<=m)[23](?![\d.,])")
"""The power in km2 and m3 (㎢ and ㎥ after normalisation)."""
_UNIT = re.compile(r"[^\d\s()、。,:;~]*")
UNIT_WORD = re.compile(
    r"[十百千万億兆]*(?:円|人|世帯|戸|件|社|者|所|棟|台|t|トン)|校|院|床|箇所|か所|ヶ所|本|回|冊|頭|kg|ha|a|k?m[23]?|kWh|チーム|組|便|分|秒|名|枚|部|隻|艘|路線|団体|事業|項目|%|‰|倍|歳|年|日|時間|点|種類"
)
"""The words for units that stand alone, in parentheses, above figures or behind their names."""
_UNIT_BEHIND = re.compile(rf"[(（](?:単位\s*[:：]\s*)?({UNIT_WORD.pattern})[)）]$")
_THOUSAND_YEN = {
    "円": 0.001,
    "十円": 0.01,
    "百円": 0.1,
    "千円": 1.0,
    "万円": 10.0,
    "十万円": 100.0,
    "百万円": 1000.0,
    "千万円": 10000.0,
    "億円": 100000.0,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the unit printed with it (None where no unit is printed)."""

    value: int | float
    unit: str | None


def is_dash(text: str) -> bool:
    """Tell whether a cell holds nothing but a dash."""
    plain = text.strip()
    return bool(plain) and all(c in DASHES for c in plain)


def is_undecided(text: str) -> bool:
    """Tell whether a cell says that the amount is not known (未定, 調整中 …)."""
    plain = nfkc(text).strip(" ()")
    return any(word in plain for word in UNDECIDED)


def _number(digits: str) -> int | float:
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _weight(multiplier: str) -> int:
    weight = 1
    for character in multiplier:
        weight *= MULTIPLIERS.get(character, {"百": 100, "十": 10}.get(character, 1))
    return weight


def number(text: str) -> int | float | None:
    """Return the number of a cell that holds nothing else (1,136, ▲5, 0), or None."""
    match = _PLAIN.fullmatch(nfkc(text).strip())
    if not match:
        return None
    value = _number(match["digits"])
    return -value if match["sign"] and match["sign"] != "+" else value


@lru_cache(maxsize=8192)
def figure(text: str) -> Figure | None:
    """Return the one figure that a text prints, or None where it prints none, or more than one.

    What stands in parentheses (a date, 集計中) is no part of the figure; 約 before it and 以上, 程度 behind it are left out.
    """
    plain = _PARENTHESES.sub(" ", nfkc(text)).strip()
    plain = _BEFORE.sub("", plain)
    mixed = _MIXED.match(plain)
    if mixed:
        value: int | float = sum(_number(n) * _weight(m or "") for n, m in _PART.findall(mixed["body"]))
        rest, sign = plain[mixed.end() :], mixed["sign"]
        value = int(value) if value == int(value) else value
    else:
        single = _PLAIN.match(plain)
        if not single:
            return None
        value, rest, sign = _number(single["digits"]), plain[single.end() :], single["sign"]
    if _DIGIT.search(_POWER.sub("", rest)) or _OF_YEARS.match(rest):
        return None
    unit = _QUALIFIER.sub("", "".join(rest.split()))
    return Figure(-value if sign and sign != "+" else value, unit or None)


def unit_behind(name: str) -> str | None:
    """Return the unit that stands in parentheses behind the name of a figure: 相談件数(件)."""
    found = _UNIT_BEHIND.search(nfkc(name).strip())
    return found[1] if found else None


def thousand_yen(text: str, unit: str = "千円") -> int | float | None:
    """Return an amount of money in thousand yen; ``unit`` is that of the table where the cell prints none.

    ``0`` is a printed zero; a dash, a blank or an undecided amount is None.
    """
    plain = nfkc(text).strip()
    if not plain or is_dash(plain) or is_undecided(plain):
        return None
    read = figure(plain)
    if read is None:
        return None
    factor = _THOUSAND_YEN.get(read.unit or unit)
    if factor is None:
        return None
    value = read.value * factor
    return int(value) if value == int(value) else round(value, 6)


def money_unit(text: str) -> str | None:
    """Return the unit of money that a label or note names ((単位:千円), 事業費(百万円)), or None."""
    match = re.search(r"(?:十万|百万|千万|[十百千万億])?円", nfkc(text))
    return match[0] if match and match[0] in _THOUSAND_YEN else None
