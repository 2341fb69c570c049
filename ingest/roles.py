"""Texts of roles: who a part of a text speaks of (【千歳市】…, 甲：…), and whom a group (関係市町) means."""

import re
from collections.abc import Sequence

from ingest.bodies import clean_keeping_spaces
from ingest.labels import symbols_in
from ingest.parties import Parties, names_in
from ingest.text import CIRCLED, clean

GROUP = re.compile(
    r"(?:連携|関係|構成|参加|参画|近隣|周辺|(?:その)?他の?(?:関係|連携|構成)?|上記以外の?|残りの?)の?(?:\d{1,2})?(?:市町村|市町|町村|市|町|村|自治体)"
)
"""Words that mean those who are not named one by one: 関係市町, その他の市町村."""


CENTRE = re.compile(r"(?:連携)?中[枢核心](?:的な)?(?:都市|市)")
"""Words for the municipality in the middle of an area."""

_EVERYONE = r"(?:両|各|全|\d{1,2}|[二三四五六七八九])(?:市町村|市町|町村|市|町|者)(?:共通)?|共通|双方"
_MARKS = rf"○●◎◇◆□■▶➤※・{CIRCLED}"
_OPENS = rf"【\[(〔<〈《「{_MARKS}"
_CLOSES = r"】\])〕>〉》」"
_PARTS = r"(?:[:：→⇒]|\.{2,}|…+|[-‐―–—]{2,})"
_KIND = re.compile(r"[市町村]{1,3}$")


def holders(words: str, parties: Parties, others: Sequence[str] = ()) -> list[str]:
    """Return whose role a heading speaks of: those it names, else those of the ``others`` whom it means by their kind.

    町村 means the towns and villages among them; where nobody is known, the words stand for themselves.
    """
    named, plain = parties.resolve(words), clean(words)
    kind = _KIND.search(plain)
    meant = [name for name in others if kind and name[-1] in kind[0]]
    if meant and set(meant) < set(named) and GROUP.fullmatch(plain):
        return meant  # 連携市町 beside a column of 姫路市: all but that one
    if named:
        return named
    if CENTRE.fullmatch(plain):
        return parties.centre() or [plain]
    return meant or [plain]


def is_holder(words: str, parties: Parties) -> bool:
    """Tell whether a cell holds only who somebody is: 甲, 石狩市, 関係市町."""
    plain = clean(words)
    return len(plain) <= 40 and bool(symbols_in(plain) or GROUP.fullmatch(plain) or parties.resolve(plain))


def roles_of(
    words: str, parties: Parties, members: Sequence[str] = (), concerned: Sequence[str] = ()
) -> list[tuple[list[str], str]]:
    """Cut a text of roles at the municipalities that head its parts (【千歳市】…, 甲：…) or are what its sentences speak of.

    Where neither is so, it is of all who are ``concerned``, or of all parties.

    ``members`` are those whom a group (その他の市町村) can mean; those with a part of their own are not meant.
    """
    text = clean_keeping_spaces(words)
    # A part may be headed by a municipality that nothing names as a party.
    names = [*parties.names, *(p.symbol for p in parties.members if p.symbol), *names_in(text)]
    if not names and not concerned:
        return []
    who = "|".join([*sorted(map(re.escape, names), key=len, reverse=True), GROUP.pattern, _EVERYONE])
    joined = rf"(?P<who>(?:{who})(?:(?:及び|並びに|・|、|と)(?:{who}))*)"
    heads = list(
        re.finditer(
            rf"(?:^|(?<=[\s。/]))[{_OPENS}]*\s*{joined}(?:の役割)?\s*(?:[{_CLOSES}]|{_PARTS})\s*(?:の役割)?[:：]?\s*",
            text,
        )
    )
    marked = rf"(?:(?:^|(?<=[。\s]))[{_MARKS}]\s*|^|(?<=。)|(?<=。\s))"
    if not heads:  # 佐久市　事務局を担う。, ○佐久市　事務局を担う: a space alone parts the name from its role
        heads = list(re.finditer(rf"{marked}{joined}\s+(?=\S)", text))
        heads = heads if heads and heads[0].start() == 0 else []
    subjects = [] if heads else list(re.finditer(rf"(?:{marked}|(?<=[\s/])){joined}は、?(?=\S)", text))
    if len(subjects) > 1 and subjects[0].start() == 0:  # 甲は、場所を貸す。乙は、人を出す。: a sentence stays whole
        heads = subjects
    if not heads:
        return [(list(concerned) or parties.names, text)]
    named = {name for head in heads if not GROUP.fullmatch(head["who"]) for name in parties.resolve(head["who"])}
    parts = []
    for i, head in enumerate(heads):
        end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
        others = [name for name in members or parties.names if name not in named]
        meant = others if GROUP.fullmatch(head["who"]) and others else parties.resolve(head["who"]) or [head["who"]]
        parts.append((meant, text[head.start("who") if subjects else head.end() : end].strip(" /")))
    return parts
