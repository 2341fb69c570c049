"""Municipalities that a text lists: alone, behind or below a heading of the members, or counted (の1市2町)."""

import re
from collections.abc import Iterable, Sequence

from ingest import municipalities
from ingest.text import clean

_COUNTED = re.compile(r"の\s*(?:\d+[市町村]){1,3}|(?:で|により)構成|から(?:な|成)る")
_BETWEEN = r"(?:[、,・及び並に\s/と]|\([^()]{1,14}\))*"
_MEMBERS_HEAD = re.compile(
    r"(?:構成|関係|連携|参加|圏域)[^、。:]{0,12}(?:市町村|市町|町村|自治体|市|町)[^、。:]{0,6}[:：\s】〕\]]\s*(?=\S)"
)
_MEMBERS_ABOVE = re.compile(
    r"(?:構成|関係|連携|参加|圏域)[^、。:]{0,8}(?:市町村|市町|町村|自治体|市|町)[^、。]{0,8}[:：]?$|市町村の(?:名称|構成)[:：]?$"
)


def words_around(text: str, mentions: Sequence[municipalities.Mention]) -> str:
    """Return what is left of a text without the mentions in it."""
    return "".join(text[a:b] for a, b in _gaps(mentions, len(text)))


def _gaps(mentions: Sequence[municipalities.Mention], end: int) -> Iterable[tuple[int, int]]:
    at = 0
    for mention in mentions:
        yield at, mention.start
        at = mention.end
    yield at, end


def is_municipality(mention: municipalities.Mention) -> bool:
    """Tell whether a mention is of a municipality, not of a prefecture or a ward of a city."""
    return mention.candidates[0].kind not in ("prefecture", "ward")


def name_of(mention: municipalities.Mention) -> str:
    """Return the name of the municipality that a mention most likely means."""
    return mention.candidates[0].name


def names_in(text: str) -> list[str]:
    """Return the names of municipalities in a text, each once, in order."""
    found = [name_of(m) for m in municipalities.find(clean(text)) if is_municipality(m)]
    return list(dict.fromkeys(found))


def list_at_end(text: str, mentions: Sequence[municipalities.Mention]) -> list[municipalities.Mention]:
    """Return the last of some mentions in a text, and those that a list names right before it."""
    listed = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        between = text[mention.end : listed[0].start]
        if not between or not re.fullmatch(r"(?:[、,・\s]|及び|並びに)+", between):
            break
        listed.insert(0, mention)
    return listed


def list_at_start(text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a list names from its first character on, up to the first other words."""
    listed = []
    at = 0
    for mention in municipalities.find(text):
        if not re.fullmatch(_BETWEEN, text[at : mention.start]):
            break
        if is_municipality(mention):
            listed.append(mention)
        at = mention.end
    return listed


def members_listed(text: str, above: str) -> list[municipalities.Mention]:
    """Return the municipalities that a line names as those of an area; ``above`` is the line before it."""
    return _counted(text) or _headed(text) or _below_head(above, text)


def _counted(text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a sentence lists as those of an area: A市、B町及びC町の1市2町."""
    counts = list(_COUNTED.finditer(text))
    mentions = municipalities.find(text) if counts else []
    for count in counts:
        before = [m for m in mentions if m.end <= count.start()]
        run: list[municipalities.Mention] = []
        at = count.start()
        for mention in reversed(before):
            if not re.fullmatch(_BETWEEN, text[mention.end : at]):
                break
            run.append(mention)
            at = mention.start
        if len(run) >= 2:
            return run[::-1]
    return []


def _headed(text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a line lists behind a heading (構成市町の名称　八代市、芦北町、氷川町)."""
    head = _MEMBERS_HEAD.search(text)
    listed = list_at_start(text[head.end() :]) if head else []
    return listed if len(listed) >= 2 and listed[-1].end >= len(text) - (head.end() if head else 0) - 12 else []


def _below_head(above: str, text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a line lists alone, below a line that heads them (構成する市町の名称)."""
    if len(above) > 40 or not _MEMBERS_ABOVE.search(above):
        return []
    listed = list_at_start(text)
    return listed if len(listed) >= 2 and re.fullmatch(_BETWEEN, text[listed[-1].end :]) else []
