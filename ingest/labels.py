"""Label words of forms → fields of records; the words are data (``data/reference/labels.toml``).

A label may carry a unit ((千円)), a party (甲の役割, 石狩市の役割分担及び費用分担, 担当課(福山市)), a year (令和5年度の取組実績) or
two things at once (目的と効果): all are read here.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ingest.text import clean, key

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
_LONGEST = 26
_LONGEST_GUESS = 16
_PARENTHESES = re.compile(r"[(（［\[【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]")
_JOINED = re.compile(r"[・/／、]|及び|並びに|または|又は|と|や")
SYMBOLS = "甲乙丙丁戊己庚辛"
_SYMBOLS_ROLE = re.compile(rf"^(?P<who>[{SYMBOLS}](?:(?:及び|並びに|・|、|と)?[{SYMBOLS}])*)の?(?P<what>.*)$")
_YEAR_BEFORE = re.compile(
    r"^(?:(?:令和|平成)(?:元|\d{1,2})|[RH]\d{1,2}|20\d\d)(?:\(\d{4}\))?(?:年度?)?(?:の|における|末)?(?=[^\d\s]{2})"
)
_OF_MONEY = re.compile(r"[(（［\[【〔](?:単位\s*[:：]?\s*)?[十百千万億]*円[)）\]］】〕]$")
_INNER = re.compile(r"^[^()（）]{1,10}[(（]([^()（）]{2,12})[)）]$")
_SYMBOLS_JOINED = re.compile(rf"[{SYMBOLS}及び並びに・、と]+")
_MARK = re.compile(r"^[\d①-⑳ア-ン]{1,2}[.)、\s]\s*")
_NO_GUESS = re.compile(r"[。、]|\d{2}")
_OWNER = re.compile(rf"[(（]([{SYMBOLS}]|[^()（）]{{1,8}}[市町村区])[)）]$")
_ROLE_TAIL = re.compile(r"^(?P<who>.+?)(?:の|における)?(?P<what>役割.*|費用[負分]担.*|担当[部課所].*|所管課)$")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label cell says: its field, the words as printed, and the party it speaks of, if any (甲, 石狩市)."""

    field: str
    words: str
    who: str | None = None


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    with (REFERENCE / "labels.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words(table: str, name: str = "words") -> frozenset[str]:
    """Return the keys of the words of one list of ``labels.toml``."""
    return frozenset(key(word) for word in _tables()[table][name])


def printed_words(table: str, name: str = "words") -> tuple[str, ...]:
    """Return the words of one list of ``labels.toml`` as they stand there."""
    return tuple(_tables()[table][name])


@cache
def field_words(field: str) -> tuple[str, ...]:
    """Return the label words of a field as they stand in ``labels.toml``."""
    return tuple(_tables()["fields"][field])


@cache
def _fields() -> dict[str, str]:
    return {key(word): field for field, listed in _tables()["fields"].items() for word in listed}


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    affixes = _tables()["affixes"]
    before, behind = (sorted(map(key, affixes[side]), key=len, reverse=True) for side in ("before", "behind"))
    return tuple(before), tuple(behind)


@lru_cache(maxsize=20_000)
def _lookup(word: str) -> str | None:
    """Find the field of a key: as it is, without what may stand around it, or by the parts that are joined in it."""
    fields = _fields()
    if word in fields:
        return fields[word]
    before, behind = _affixes()
    for affix in before:  # first: 施策の概要 says what a measure is, it is no name of one
        if word.startswith(affix) and len(word) > len(affix) + 1 and word[len(affix) :] in fields:
            return fields[word[len(affix) :]]
    for affix in behind:
        if word.endswith(affix) and word[: -len(affix)] in fields:
            return fields[word[: -len(affix)]]
    return next((field for pattern, field in _composed() if pattern.fullmatch(word)), None)


@cache
def _composed() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what labels made of known parts look like: stems, then the end that says the field (共同事業 + の + 骨子)."""
    listed = _tables()["parts"]
    stems, joints = _any_of(listed["stems"]), _any_of(listed["joints"])
    return tuple(
        (re.compile(f"(?:{stems}(?:{joints})?){{0,3}}{_any_of(ends)}(?:等|欄)?"), field)
        for field, ends in listed["ends"].items()
    )


def _any_of(listed: Iterable[str]) -> str:
    """Return a pattern of words, the longest first."""
    return f"(?:{'|'.join(sorted((re.escape(key(word)) for word in listed), key=len, reverse=True))})"


@lru_cache(maxsize=20_000)
def label(cell: str) -> Label | None:
    """Return what a cell says if it is a label, else None.

    A cell is a label when all of it, without parentheses, is made of known label words.
    """
    printed = clean(cell)
    if not printed or len(printed) > _LONGEST + 14:
        return None
    outside = _PARENTHESES.sub("", printed)
    bare = outside or printed.strip("()[]")
    word = key(without_mark(bare) if len(bare) > 3 else bare)
    if not word or len(word) > _LONGEST:
        return None
    field = _lookup(word) or _joined(bare)
    if dated := _YEAR_BEFORE.match("".join(bare.split())):
        rest = key("".join(bare.split())[dated.end() :])
        field = next((name for name in _tables()["dated"] if rest in words("dated", name)), field or _lookup(rest))
    if field is None and outside and _OF_MONEY.search(printed) and re.fullmatch(r"[^\d。、]{2,16}", bare):
        field = "budget"
    if field is None and (inner := _INNER.search(printed)):
        field = _lookup(key(inner[1]))
    if field:
        owner = _OWNER.search(printed)
        return Label(field, printed, owner[1] if owner else None)
    return _of_party(bare, printed)


def without_mark(words_: str) -> str:
    """Return the words of a label without the mark before them (⑤ 役割)."""
    return _MARK.sub("", words_)


@cache
def _guesses() -> tuple[tuple[re.Pattern[str], str], ...]:
    listed = _tables()["guesses"]["patterns"]
    return tuple((re.compile(f"(?:{pattern})$", re.IGNORECASE), field) for pattern, field in listed)


def is_role_or_pillar(found: Label) -> bool:
    """Tell whether a label is the one word for two things: 役割 is what a party does, and a pillar of the guidelines."""
    return found.field == "area1" and key(without_mark(found.words)) == key("役割")


@lru_cache(maxsize=20_000)
def guessed(cell: str) -> Label | None:
    """Return what a cell that stands where labels do most likely says, by its last word; None for no short words.

    Only where the labels around it are known is this safe: a value may end as a label does.
    """
    printed = clean(cell)
    bare = "".join((_PARENTHESES.sub("", printed) or printed).split())
    if not 2 <= len(bare) <= _LONGEST_GUESS or _NO_GUESS.search(bare):
        return None
    field = next((field for pattern, field in _guesses() if pattern.search(bare)), None)
    return Label(field, printed) if field else None


def is_remark(words_: str) -> bool:
    """Tell whether words most likely head a remark: a label that no list knows (今後の方針) ends the field above it all the same."""
    found = guessed(words_)
    return found is not None and found.field == "remarks"


def _joined(bare: str) -> str | None:
    """Read a label of two things (目的と効果, 役割分担・費用負担): all parts must be known; the first that is a text decides."""
    parts = [key(part) for part in _JOINED.split(bare)]
    if len(parts) < 2 or not all(parts):
        return None
    fields = [_lookup(part) for part in parts]
    return fields[0] if all(fields) else None


def _of_party(bare: str, printed: str) -> Label | None:
    text = "".join(bare.split())
    if role := _party_role().fullmatch(text):
        return Label("roles", printed, role["who"])
    symbols = _SYMBOLS_ROLE.match(text)
    if symbols:
        what = symbols["what"]
        field = "roles" if not what or what == "の" else _party_field(what)
        return Label(field, printed, symbols["who"]) if field else None
    tail = _ROLE_TAIL.match(text)
    if tail and re.search(r"[市町村区]$", tail["who"]) and len(tail["who"]) <= 14:
        field = _party_field(tail["what"])
        return Label(field, printed, tail["who"]) if field else None
    return None


@cache
def _party_role() -> re.Pattern[str]:
    """Return what the heading of one party's role looks like: 甲が担う役割, 乙の取組, 石狩市の分担内容."""
    listed = _tables()["party_roles"]
    joints, verbs, ends = (_any_of(listed[name]) for name in ("joints", "verbs", "ends"))
    who = rf"(?P<who>[{SYMBOLS}](?:(?:及び|並びに|・|、|と)?[{SYMBOLS}])*|\S{{1,7}}?[市町村区])"
    return re.compile(f"{who}{joints}(?:{verbs})?{ends}(?:の?分担)?(?:の?内容)?(?:等)?")


def _party_field(what: str) -> str | None:
    if what.startswith("役割"):
        return "roles"
    return _lookup(key(what)) or _joined(what)


def symbols_in(who: str) -> list[str]:
    """Return the party symbols that a heading names (甲及び乙 → 甲, 乙)."""
    return [c for c in who if c in SYMBOLS] if _SYMBOLS_JOINED.fullmatch(who) else []
