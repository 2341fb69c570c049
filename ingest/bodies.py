"""The name of one municipal body: 企画振興部まちづくり拠点整備室まちづくり推進課 → its path from the top unit down."""

import re

from ingest.text import clean

# Rank of a unit by its last characters: a lower rank may hold a higher one. Longest suffix first.
_RANKS = {
    "教育委員会": 0, "委員会": 0, "本庁": 0, "局": 0, "庁": 0, "本部": 1, "部": 1, "支所": 1, "支庁": 1, "区役所": 0, "市役所": 0,
    "センター": 3, "事務所": 2, "保健所": 2, "出張所": 2, "研究所": 2, "事業所": 2, "病院": 2, "室": 2, "課": 3,
    "係": 4, "担当": 4, "グループ": 4, "班": 4, "チーム": 4,
}  # fmt: skip
# A unit also ends a path with one of these, but never begins a lower one: 公園緑地課 is not 公園 and 緑地課.
_LEAVES = (
    *_RANKS,
    "館",
    "園",
    "所",
    "院",
    "校",
    "場",
    "署",
    "会",
    "事務局",
    "学校",
    "図書館",
    "プラザ",
    "企業団",
    "組合",
    "機構",
    "広域連合",
    "公社",
    "財団",
    "会議所",
)
TOP = 1
"""The lowest rank of those units that no other unit holds."""
_SPLIT = re.compile(
    r"(?:教育委員会(?!事務局)|(?<!教育)委員会(?!事務局)|[市区町村]役[所場]|本庁|局(?![長地])|本部(?!事務)|部(?!(?:[会落品分門活]|長(?!寿)))|"
    r"支所|支庁|事務所|保健所|出張所|研究所|事業所|病院(?!局)|センター|室(?![内長蘭])|課(?![税題程長])|係(?![長留])|グループ|班|チーム)"
)
_NOT_UNITS = {
    "東部",
    "西部",
    "南部",
    "北部",
    "中部",
    "内部",
    "外部",
    "全部",
    "一部",
    "上部",
    "下部",
    "本部",
    "幹部",
    "支部",
    "各部",
    "局",
    "部",
    "室",
    "課",
}


_SENTENCE = re.compile(r"[。をはが]")
NOTE = re.compile(r"\([^()]*\)")


def split_path(name: str) -> tuple[str, ...]:
    """Cut one body's name into its units: 部, 室, 課, 係 and their like; the last unit may end as it likes."""
    name = "".join(name.split())
    units: list[str] = []
    start = 0
    for match in _SPLIT.finditer(name):
        unit = name[start : match.end()]
        if match.end() == len(name) or unit in _NOT_UNITS or len(unit) < 2:
            continue
        units.append(unit)
        start = match.end()
    rest = name[start:]
    if rest:
        units.append(rest)
    return tuple(units)


def last_word(words: str) -> str:
    """Return what stands behind the last blank or comma."""
    return words.replace("、", " ").rpartition(" ")[2]


def looks_like_body(words: str) -> bool:
    """Tell whether a text ends as the name of a body does."""
    plain = clean(words)
    plain = NOTE.sub("", plain).strip() if plain.endswith(")") or "(" in plain else plain
    return len(plain) >= 2 and plain.endswith(_LEAVES) and not _SENTENCE.search(plain)


def rank(unit: str) -> int:
    """Return the rank of a unit by its last word: 部 holds 課, 課 holds 係."""
    return next((place for suffix, place in _RANKS.items() if unit.endswith(suffix)), 3)


def clean_keeping_spaces(words: str) -> str:
    """Normalise as ``clean`` does, but keep one space where the document has white space: it may part two bodies."""
    spaced = re.sub(r"\s+", " \u2060 ", words)
    return re.sub(r"\s*\u2060\s*", " ", clean(spaced)).strip()
