"""The table of municipalities: 全国地方公共団体コード in force and former ones, and the words that name them.

The tables are ``data/reference/municipalities.tsv`` (in force) and ``former_municipalities.tsv`` (ended since 1999);
where they come from stands in the README beside them.  Names are compared by a folded form: old and new glyphs
(龍/竜, 塩竈/塩釜), ケ/ヶ/が and the compatibility characters that PDF files hold are one.  島 and 嶋 stay two, because
鹿島市 and 鹿嶋市 both exist.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, cast

Kind = Literal["prefecture", "city", "town", "village", "special_ward", "ward", "northern_village"]
"""``ward`` is a 行政区 of a designated city; ``northern_village`` one of the six villages without an administration."""
WordKind = Literal["prefecture", "county", "ward", "name"]
"""What a word of the tables can be: the name of a prefecture or county, a ward, any other municipality."""

_REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
_WEIGHTS = (6, 5, 4, 3, 2)
_RANK = {"ward": 1, "northern_village": 2}

_GLYPHS = (
    "ヶが ケが ガが ノの 之の ッツ 龍竜 鹽塩 竈釜 竃釜 瀧滝 澤沢 邊辺 邉辺 濱浜 濵浜 廣広 國国 區区 "
    "縣県 條条 與与 惠恵 檮梼 驒騨 嵜崎 髙高 櫻桜 檜桧 彌弥 豐豊 壹壱 藏蔵 鰺鯵 諫諌 礪砺 萬万 "
    "曾曽 齋斎 齊斎 斉斎 德徳 黑黒 淵渕 舘館 冨富 峯峰 蘂蕊 蕋蕊 鷗鴎 眞真 會会 兒児 榮栄 來来 氣気 圓円 "
    "鐵鉄 莊荘 靜静 藪薮 穎頴 挾挟 當当 隱隠 對対 寶宝 "
    "⻄西 ⻑長 ⻘青 ⻩黄 ⺠民 ⻲亀 ⻯竜"
)
"""Pairs of a written form and the form it is folded to; the last row are radicals that NFKC leaves as they are."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A prefecture, municipality, special ward or ward of a designated city, in force or former.

    ``code`` has six digits.  The name of a ward begins with its city (札幌市中央区).  ``reading`` is hiragana, None
    where it is not known (some former ones).  A former one has ``valid_until``, the first day without it, and
    ``successor``, the code of the one in force that holds its area, or the larger part of it.
    ``quarters`` counts the municipalities that have a quarter of the same name, a former one's successor included.
    """

    code: str
    name: str
    reading: str | None
    prefecture: str
    county: str | None
    kind: Kind
    valid_until: date | None = None
    successor: str | None = None
    quarters: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True)
class NameTable:
    """What the tables hold, by folded word: names, wards under their short name, and every word that ends a token."""

    codes: dict[str, Municipality]
    names: dict[str, tuple[Municipality, ...]]
    wards: dict[str, tuple[Municipality, ...]]
    words: dict[str, WordKind]
    lengths: dict[str, tuple[int, ...]]


def check_digit(code5: str) -> str:
    """Return the sixth digit of a five-digit code (総務省 全国地方公共団体コード 仕様): weights 6 to 2, modulus 11."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code5, strict=True))
    return str((11 - total % 11) % 10)


def read_table(file: str) -> Iterator[Municipality]:
    """Yield the rows of a table of ``data/reference`` in its order."""
    lines = (_REFERENCE / file).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(header, line.split("\t"), strict=True))
        until = row.get("valid_until")
        yield Municipality(
            code=row["code"],
            name=row["name"],
            reading=row["reading"] or None,
            prefecture=row["prefecture"],
            county=row["county"] or None,
            kind=cast("Kind", row["kind"]),
            valid_until=date.fromisoformat(until) if until else None,
            successor=row.get("successor"),
            quarters=int(row["quarters"]),
        )


@cache
def _current() -> tuple[Municipality, ...]:
    return tuple(read_table("municipalities.tsv"))


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """Return everything below the prefectures by code, those in force first, then the former ones."""
    current = (m for m in _current() if m.kind != "prefecture")
    return (*current, *read_table("former_municipalities.tsv"))


def prefectures() -> tuple[Municipality, ...]:
    """Return the 47 prefectures in the order of their codes."""
    return tuple(m for m in _current() if m.kind == "prefecture")


@cache
def _folding() -> dict[int, str]:
    """Return the table that makes the variants of a character one; every entry keeps the length of a text."""
    glyphs = {pair[0]: pair[1] for pair in _GLYPHS.split()}
    # PDF and Excel files hold Kangxi radicals, compatibility ideographs and half-width kana in place of plain ones.
    for point in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0xFF66, 0xFF9E)):
        plain = unicodedata.normalize("NFKC", chr(point))
        if len(plain) == 1 and plain != chr(point):
            glyphs[chr(point)] = glyphs.get(plain, plain)
    return {ord(variant): plain for variant, plain in glyphs.items()}


def fold(text: str) -> str:
    """Return a text of the same length in which the variants of a character are one."""
    return text.translate(_folding())


def _in_order(group: Iterable[Municipality]) -> tuple[Municipality, ...]:
    """Return a group, those in force first, wards after municipalities; a mere change of code is left out."""
    members = list(group)
    current = {m.code for m in members if m.valid_until is None}
    kept = (m for m in members if m.successor not in current)
    return tuple(sorted(kept, key=lambda m: (m.valid_until is not None, _RANK.get(m.kind, 0), m.code)))


@cache
def name_table() -> NameTable:
    """Return both tables by code and by folded word."""
    everything = (*prefectures(), *all_municipalities())
    cities = {fold(m.name) for m in everything if m.kind == "city"}
    names: defaultdict[str, list[Municipality]] = defaultdict(list)
    wards: defaultdict[str, list[Municipality]] = defaultdict(list)
    words: dict[str, WordKind] = {}
    codes: dict[str, Municipality] = {}
    for m in everything:
        codes.setdefault(m.code, m)
        word = fold(m.name)
        names[word].append(m)
        if m.county:
            words[fold(m.county)] = "county"
        if m.kind == "ward":
            city = next(word[:n] for n in range(len(word), 1, -1) if word[:n] in cities)
            wards[word[len(city) :]].append(m)
        words[word] = m.kind if m.kind in ("prefecture", "ward") else "name"
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        lengths[word[-2:]].add(len(word))
    return NameTable(
        codes=codes,
        names={word: _in_order(group) for word, group in names.items()},
        wards={word: _in_order(group) for word, group in wards.items()},
        words=words,
        lengths={end: tuple(sorted(found, reverse=True)) for end, found in lengths.items()},
    )


def by_code(code: str) -> Municipality | None:
    """Return the one of a five- or six-digit code, in force before former; None for an unknown code."""
    if len(code) == 5 and code.isdecimal():
        code += check_digit(code)
    return name_table().codes.get(code)


def named(name: str) -> tuple[Municipality, ...]:
    """Return all of exactly this name, in any glyph variant, current first (府中市: Tokyo's and Hiroshima's)."""
    return name_table().names.get(fold(name), ())
