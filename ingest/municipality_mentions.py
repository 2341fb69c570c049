"""Municipalities in running text: where a name stands as a word of its own, and which ones it can mean there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.municipality_table import Municipality, NameTable, WordKind, fold, name_table

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
    kind: WordKind


def find(text: str) -> list[Mention]:
    """Return every mention of a municipality in running text, left to right, non-overlapping, the longest match first.

    A ward behind its city belongs to the city's mention without being part of it; a quarter (札幌市中央区旭町) is none.
    A former municipality counts with a prefecture, county or 旧 in front, or where its name is no common one.
    """
    return list(_find(text))


@lru_cache(maxsize=4096)
def _find(text: str) -> tuple[Mention, ...]:
    folded = fold(text)
    table = name_table()
    mentions: list[Mention] = []
    before: list[_Token] = []
    for token in _tokens(folded, table):
        if token.kind in ("prefecture", "county"):
            before.append(token)
            continue
        if before and _is_quarter(folded, token, before[-1], mentions):
            # The quarter now ends the address: what follows at once is a quarter again.
            before.append(_Token(before[-1].start, token.end, token.word, "ward"))
            continue
        mention = _mention(text, folded, token, before, table)
        if mention is not None:
            mentions.append(mention)
            before.append(token)
    return tuple(mentions)


def _tokens(folded: str, table: NameTable) -> Iterator[_Token]:
    """Yield known words that stand at their own boundaries, leftmost first, of these the longest."""
    found: list[tuple[int, int, str]] = []
    for hit in _SUFFIX.finditer(folded):
        end = hit.end()
        for length in table.lengths.get(folded[max(end - 2, 0) : end], ()):
            word = folded[max(end - length, 0) : end]
            if len(word) == length and word in table.words:
                found.append((end - length, -end, word))
    found.sort()
    last: _Token | None = None
    for start, negative_end, word in found:
        if last and start < last.end:
            continue
        token = _Token(start, -negative_end, word, table.words[word])
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
    quarters = max(m.quarters for m in name_table().names[word])
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
    own = [m for m in name_table().names[token.word] if m.valid_until is None and m.prefecture in near]
    return not own or own[0].quarters >= _COMMON_QUARTER


def _mention(text: str, folded: str, token: _Token, before: list[_Token], table: NameTable) -> Mention | None:
    end = token.end
    if token.kind == "ward":
        end = token.start + max(n for n in range(2, len(token.word)) if table.words.get(token.word[:n]) == "name")
    word = folded[token.start : end]
    everyone = table.names[word] + table.wards.get(word, ())
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
    return place.word == fold(m.prefecture if place.kind == "prefecture" else m.county or "")


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
