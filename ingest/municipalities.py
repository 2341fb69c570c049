"""Names of municipalities ↔ 全国地方公共団体コード: known names in running text, printed names, misprinted names.

The tables are ``data/reference/municipalities.tsv`` (in force) and ``former_municipalities.tsv`` (ended since 1999);
where they come from stands in the README beside them.  Names are compared by a folded form: old and new glyphs
(龍/竜, 塩竈/塩釜), ケ/ヶ/が and the compatibility characters that PDF files hold are one.  島 and 嶋 stay two, because
鹿島市 and 鹿嶋市 both exist.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, cast

Kind = Literal["prefecture", "city", "town", "village", "special_ward", "ward", "northern_village"]
"""``ward`` is a 行政区 of a designated city; ``northern_village`` one of the six villages without an administration."""

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

_SUFFIX = re.compile("[市町村区都道府県郡]")
_COMMON_QUARTER = 5
"""A name that so many other municipalities use for a quarter (栄町, 大和町) is taken for one when in doubt."""

_BY_CHANCE = {"西都市": "圏計部型機", "中央市": "民街立"}
"""Cities that words contain by chance (関西都市圏, 中央市民会館), and what follows in these words."""
_BEFORE = "旧元現及並又"
"""Kanji that can stand before a short name without being part of a longer one."""
_NEVER_FOLLOWS = {"市": "場", "区": "域間分画別"}
"""What makes the suffix part of another word: 市場, 区域."""
_MAY_FOLLOW = "長民内外議役立営道産側等並及又他間甲乙丙丁"
"""Kanji that can follow a name (森町長, 東村内) without making a longer name or an address of it."""
_AGREEMENTS_BEGIN = date(2009, 1, 1)
"""Documents of 定住自立圏 and 連携中枢都市圏 name municipalities that ended after this day without saying 旧."""
_ADDRESS = re.compile("[一-鿿々]{0,6}")
"""What may stand between a municipality and the last part of the name of its quarter."""


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
class Mention:
    """A place in a text that names a municipality: ``text[start:end]``, and those that it can mean, current first.

    A prefecture or county in front is part of the mention, 旧 is not.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    kind: Literal["prefecture", "county", "ward", "name"]


@dataclass(frozen=True, slots=True)
class _Index:
    """What the tables hold, by folded word: names, wards under their short name, and every word that ends a token."""

    codes: dict[str, Municipality]
    names: dict[str, tuple[Municipality, ...]]
    wards: dict[str, tuple[Municipality, ...]]
    words: dict[str, Literal["prefecture", "county", "ward", "name"]]
    lengths: dict[str, tuple[int, ...]]


def check_digit(code5: str) -> str:
    """Return the sixth digit of a five-digit code (総務省 全国地方公共団体コード 仕様): weights 6 to 2, modulus 11."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code5, strict=True))
    return str((11 - total % 11) % 10)


def _read(file: str) -> Iterator[Municipality]:
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
    return tuple(_read("municipalities.tsv"))


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """Return everything below the prefectures by code, those in force first, then the former ones."""
    current = (m for m in _current() if m.kind != "prefecture")
    return (*current, *_read("former_municipalities.tsv"))


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


def _fold(text: str) -> str:
    return text.translate(_folding())


def _in_order(group: Iterable[Municipality]) -> tuple[Municipality, ...]:
    """Return a group, those in force first, wards after municipalities; a mere change of code is left out."""
    members = list(group)
    current = {m.code for m in members if m.valid_until is None}
    kept = (m for m in members if m.successor not in current)
    return tuple(sorted(kept, key=lambda m: (m.valid_until is not None, _RANK.get(m.kind, 0), m.code)))


@cache
def _index() -> _Index:
    everything = (*prefectures(), *all_municipalities())
    cities = {_fold(m.name) for m in everything if m.kind == "city"}
    names: defaultdict[str, list[Municipality]] = defaultdict(list)
    wards: defaultdict[str, list[Municipality]] = defaultdict(list)
    words: dict[str, Literal["prefecture", "county", "ward", "name"]] = {}
    codes: dict[str, Municipality] = {}
    for m in everything:
        codes.setdefault(m.code, m)
        word = _fold(m.name)
        names[word].append(m)
        if m.county:
            words[_fold(m.county)] = "county"
        if m.kind == "ward":
            city = next(word[:n] for n in range(len(word), 1, -1) if word[:n] in cities)
            wards[word[len(city) :]].append(m)
        words[word] = m.kind if m.kind in ("prefecture", "ward") else "name"
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        lengths[word[-2:]].add(len(word))
    return _Index(
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
    return _index().codes.get(code)


def named(name: str) -> tuple[Municipality, ...]:
    """Return all of exactly this name, in any glyph variant, current first (府中市: Tokyo's and Hiroshima's)."""
    return _index().names.get(_fold(name), ())


# --- mentions in running text ---


def find(text: str) -> list[Mention]:
    """Return every mention of a municipality in running text, left to right, non-overlapping, the longest match first.

    A ward behind its city belongs to the city's mention without being part of it; a quarter (札幌市中央区旭町) is none.
    A former municipality counts with a prefecture, county or 旧 in front, or where its name is no common one.
    """
    return list(_find(text))


@lru_cache(maxsize=4096)
def _find(text: str) -> tuple[Mention, ...]:
    folded = _fold(text)
    index = _index()
    mentions: list[Mention] = []
    before: list[_Token] = []
    for token in _tokens(folded, index):
        if token.kind in ("prefecture", "county"):
            before.append(token)
            continue
        if before and _is_quarter(folded, token, before[-1], mentions):
            # The quarter now ends the address: what follows at once is a quarter again.
            before.append(_Token(before[-1].start, token.end, token.word, "ward"))
            continue
        mention = _mention(text, folded, token, before, index)
        if mention is not None:
            mentions.append(mention)
            before.append(token)
    return tuple(mentions)


def _tokens(folded: str, index: _Index) -> Iterator[_Token]:
    """Yield known words that stand at their own boundaries, leftmost first, of these the longest."""
    found: list[tuple[int, int, str]] = []
    for hit in _SUFFIX.finditer(folded):
        end = hit.end()
        for length in index.lengths.get(folded[max(end - 2, 0) : end], ()):
            word = folded[max(end - length, 0) : end]
            if len(word) == length and word in index.words:
                found.append((end - length, -end, word))
    found.sort()
    last: _Token | None = None
    for start, negative_end, word in found:
        if last and start < last.end:
            continue
        token = _Token(start, -negative_end, word, index.words[word])
        behind = last if last and last.end == start else None
        if token.kind != "name" or _stands_alone(folded, token, behind):
            last = token
            yield token


def _is_kanji(character: str) -> bool:
    return "一" <= character <= "鿿" or character in "々〆"


def _stands_alone(folded: str, token: _Token, behind: _Token | None) -> bool:
    """Tell whether a name is no part of a longer word; only short and common names are looked at with suspicion."""
    if behind and behind.kind in ("prefecture", "county"):
        return True
    word, suffix = token.word, token.word[-1]
    after, previous = folded[token.end : token.end + 1], folded[token.start - 1 : token.start]
    if after and after in _NEVER_FOLLOWS.get(suffix, ""):
        return False
    if (suffix == "町" and folded.startswith("内会", token.end)) or (word.endswith("市町") and after == "村"):
        return False
    if "ァ" <= word[0] <= "ヺ" and previous and ("ァ" <= previous <= "ヺ" or previous == "ー"):
        return False
    if behind or not _is_doubtful(word):
        return True
    if previous and _is_kanji(previous) and previous not in _BEFORE:
        return False
    if after and after in _BY_CHANCE.get(word, ""):
        return False
    return len(word) > 2 or suffix in "市区" or not after or not _is_kanji(after) or after in _MAY_FOLLOW


def _is_doubtful(word: str) -> bool:
    quarters = max(m.quarters for m in _index().names[word])
    return len(word) == 2 or word in _BY_CHANCE or word.endswith("市町") or quarters >= _COMMON_QUARTER


def _is_quarter(folded: str, token: _Token, last: _Token, mentions: list[Mention]) -> bool:
    """Tell whether a 区, 町 or 村 behind a municipality is a quarter of it (江別市栄町) and no next item of a list."""
    if last.kind not in ("name", "ward") or token.kind == "ward" or token.word[-1] == "市":
        return False
    between = folded[last.end : token.start]
    if not _ADDRESS.fullmatch(between) or between[:1] in tuple(_MAY_FOLLOW):
        return False
    if between or last.kind == "ward" or token.word[-1] == "区" or token.word == last.word:
        return True
    near = {m.prefecture for m in mentions[-1].candidates}
    own = [m for m in _index().names[token.word] if m.valid_until is None and m.prefecture in near]
    return not own or own[0].quarters >= _COMMON_QUARTER


def _mention(text: str, folded: str, token: _Token, before: list[_Token], index: _Index) -> Mention | None:
    end = token.end
    if token.kind == "ward":
        end = token.start + max(n for n in range(2, len(token.word)) if index.words.get(token.word[:n]) == "name")
    word = folded[token.start : end]
    everyone = index.names[word] + index.wards.get(word, ())
    start, candidates = _with_prefix(folded, token.start, before, everyone)
    if start == token.start:
        candidates = _without_prefix(folded, start, everyone)
    return Mention(start, end, text[start:end], candidates) if candidates else None


def _with_prefix(
    folded: str, start: int, before: list[_Token], everyone: tuple[Municipality, ...]
) -> tuple[int, tuple[Municipality, ...]]:
    """Take in the county and prefecture in front as far as they fit a candidate; one space may stand between."""
    candidates = everyone
    for place in reversed(before[-2:]):
        gap = folded[place.end : start]
        if place.kind not in ("prefecture", "county") or gap not in ("", " ", "\u3000"):
            break
        fitting = tuple(m for m in candidates if _lies_in(m, place))
        if not fitting:
            break
        start, candidates = place.start, fitting
    return start, candidates


def _lies_in(m: Municipality, place: _Token) -> bool:
    return place.word == _fold(m.prefecture if place.kind == "prefecture" else m.county or "")


def _without_prefix(folded: str, start: int, everyone: tuple[Municipality, ...]) -> tuple[Municipality, ...]:
    """Choose those that a bare name can mean; 旧 selects the former ones, which else need a name of their own."""
    former = tuple(m for m in everyone if m.valid_until)
    if start and folded[start - 1] in "旧元" and former:
        return former
    if len(former) == len(everyone) and not all(_has_own_name(m) for m in former):
        return ()
    return tuple(m for m in everyone if m.kind != "northern_village") or everyone


def _has_own_name(former: Municipality) -> bool:
    recent = former.valid_until is not None and former.valid_until >= _AGREEMENTS_BEGIN
    return len(former.name) > 2 and former.quarters <= (1 if recent else 0)


# --- names as printed ---


def resolve(name: str, near: Collection[str] = ()) -> Municipality | None:
    """Return the one that a printed name means, or None where it means none or stays ambiguous.

    The name may have its prefecture and county in front, spaces inside, another glyph, and may lack its suffix
    when only one has that stem (千歳).  ``near`` are six-digit codes of municipalities of the same document: of equal
    names, the one among them wins, then the one in the prefecture that most of them are in.  Those in force come
    before former ones.
    """
    plain = _plain(name)
    candidates = _exact(plain) or _by_stem(plain)
    current = tuple(m for m in candidates if m.valid_until is None)
    return _nearest_of(current, near) or (None if len(current) == 1 else _nearest_of(candidates, near))


def nearest(name: str, near: Collection[str] = ()) -> Municipality | None:
    """Return the most similar one in force for a name that does not exist, None when nothing is near.

    The suffix was legible, so the same suffix wins: 美幌市 is 美唄市 with one character misread rather than 美幌町.
    One character of a stem of two to four may differ, two of a longer one.  Then count, in this order: fewer
    differences, the prefecture of ``near`` (six-digit codes of the same document), the same first characters (so 美唄市
    and not 札幌市), being among ``near``; a tie has no answer.  Only where no name of that suffix is near, the same
    stem with another suffix is taken (倶知安市: 倶知安町).
    """
    prefecture, plain = _cut_prefecture(_plain(name))
    stem, suffix = (plain[:-1], plain[-1]) if plain[-1:] and plain[-1] in "市町村区" else (plain, "")
    home = _home(near) if prefecture is None else prefecture
    limit = 0 if len(stem) < 2 else 1 if len(stem) < 5 else 2
    ranked: list[tuple[tuple[int, bool, int, bool], Municipality]] = []
    for m in all_municipalities():
        if m.valid_until or m.kind in ("ward", "northern_village") or (prefecture and m.prefecture != prefecture):
            continue
        word = _fold(m.name)
        distance = _distance(stem, word[:-1], limit) if suffix in ("", word[-1]) else None
        if distance is not None:
            ranked.append(((distance, m.prefecture != home, -_shared_start(stem, word), m.code not in near), m))
    if not ranked:
        return resolve((prefecture or "") + stem, near) if suffix else None
    best = min(rank for rank, _ in ranked)
    found = [m for rank, m in ranked if rank == best]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return _fold("".join(unicodedata.normalize("NFKC", name).split()))


def _cut_prefecture(plain: str) -> tuple[str | None, str]:
    """Split off the prefecture in front of a folded name; a name that is nothing else stays whole."""
    for m in prefectures():
        if plain.startswith(_fold(m.name)) and plain != _fold(m.name):
            return m.name, plain[len(m.name) :]
    return None, plain


def _exact(plain: str) -> tuple[Municipality, ...]:
    """Return those of a folded name with its suffix, after taking off what is in front of it."""
    prefecture, rest = _cut_prefecture(plain)
    former_only = rest.startswith("旧") and rest not in _index().names
    found = _of_county(rest.removeprefix("旧") if former_only else rest)
    return tuple(
        m for m in found if (prefecture is None or m.prefecture == prefecture) and (not former_only or m.valid_until)
    )


def _of_county(rest: str) -> tuple[Municipality, ...]:
    index = _index()
    whole = index.names.get(rest, ()) + index.wards.get(rest, ())
    if whole:
        return tuple(m for m in whole if m.kind != "northern_village") or whole
    for cut in (hit.end() for hit in re.finditer("郡", rest)):
        found = tuple(m for m in index.names.get(rest[cut:], ()) if m.county and _fold(m.county) == rest[:cut])
        if found:
            return found
    return ()


def _by_stem(plain: str) -> tuple[Municipality, ...]:
    """Return those whose name without its suffix is this; wards and former ones need theirs."""
    found = (m for suffix in "市町村区" for m in _exact(plain + suffix))
    return tuple(m for m in found if m.valid_until is None and m.kind != "ward")


def _home(near: Collection[str]) -> str | None:
    """Return the prefecture that most codes of ``near`` are in, None without a single most frequent one."""
    known = (by_code(code) for code in near)
    counted = Counter(m.prefecture for m in known if m).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _nearest_of(candidates: tuple[Municipality, ...], near: Collection[str]) -> Municipality | None:
    """Return the only candidate, or the only one that ``near`` speaks for."""
    # A former town that only changed its county (門前町) stands in the table twice.
    by_end = sorted(candidates, key=lambda m: m.valid_until or date.max)
    candidates = tuple({(m.prefecture, m.successor or m.code): m for m in by_end}.values())
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    home = _home(near)
    for chosen in (
        [m for m in candidates if m.code in near],
        [m for m in candidates if m.kind == "ward" and any(m.code[:3] == code[:3] for code in near)],
        [m for m in candidates if m.prefecture == home],
    ):
        if chosen:
            return chosen[0] if len(chosen) == 1 else None
    return None


def _shared_start(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _distance(one: str, other: str, limit: int) -> int | None:
    """Return the number of characters to change, add or drop between two stems, None above the limit."""
    if abs(len(one) - len(other)) > limit:
        return None
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1] if row[-1] <= limit else None
