"""What each municipality is in an area (中心市, 連携町 …): from the wording alone, never from the order of the parties."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from ingest.labels import printed_words
from ingest.listed_names import list_at_start, members_listed, names_in
from ingest.parties import Parties
from ingest.text import clean, clean_spaced

_THIS, _OTHER = "\ue001", "\ue000"
"""Stand for the names and symbols of one party, and of all others, while the wording around them is read."""


@cache
def _capacity_wordings() -> tuple[re.Pattern[str], ...]:
    offered = "|".join(re.escape(word) for word in printed_words("capacities"))
    patterns = (
        rf"(?P<c>{offered})(?:宣言)を(?:公表|行っ|し)[^。、{_OTHER}]{{0,6}}(?:{_OTHER}(?:及び|並びに|・))*{_THIS}",
        rf"(?P<c>{offered})(?:である|としての|たる|の|\(|「|となる)\s*{_THIS}(?![\u4e00-\u9fff{_THIS}{_OTHER}])",
        rf"^(?:(?!{offered}:).)*?(?P<c>{offered}):\s*{_THIS}(?![\u4e00-\u9fff{_THIS}{_OTHER}])",
        rf"{_THIS}[はがを(]?[、\s]*(?P<c>{offered})(?:宣言を|として(?!必要)|(?:である|となる)(?!{_OTHER})|\)|とし)",
        rf"{_THIS}\((?P<c>{offered})(?:で|であり)?[。、,]",
        rf"{_THIS}(?:(?:及び|並びに|・|と){_OTHER})*[はが][^。、{_OTHER}]{{0,90}}?(?P<c>{offered})宣言を(?:公表|行)",
        # 共同して中心市宣言を行った甲市(以下「甲」という。)及び乙市: only where they did so together is it said of all.
        rf"(?:共同(?:して|で)|ともに|共に|いずれも)(?P<c>{offered})宣言を(?:公表|行っ|し)[^。、{_OTHER}{_THIS}]{{0,6}}"
        rf"(?:{_OTHER}(?:\(以下[^()]*\))?(?:及び|並びに|・))*{_THIS}",
    )
    return tuple(re.compile(pattern) for pattern in patterns)


def read_capacities(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Give each party the capacity that the wording states: 中心市宣言を公表した甲, 連携中枢都市である札幌市, 連携市町村（…）."""
    text = " ".join(clean(raw) for _, raw in lines)
    if not any(word in text for word in printed_words("capacities")):
        return
    spoken = [(name, party) for party in parties.members for name in (party.name, party.symbol) if name]
    spoken.sort(key=lambda pair: -len(pair[0]))
    for party in parties.members:
        wording = text
        for name, one in spoken:
            wording = wording.replace(name, _THIS if one is party else _OTHER)
        found = next((m for pattern in _capacity_wordings() if (m := pattern.search(wording))), None)
        if found:
            party.capacity = found["c"]


def capacity_parties(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Add the municipalities that a text or table names by their capacity: 中心市の八幡浜市と、連携町の伊方町, 連携市町村｜岩美町、若桜町."""
    offered = "|".join(re.escape(word) for word in printed_words("capacities"))
    head = re.compile(rf"(?<![一-鿿])(?P<c>{offered})(?:は|である|となる|の|\(|:|「|\s)+(?=(?:\S{{2,3}}[都道府県])?\S)")
    _add_rows(parties, lines)
    above = ""
    # A head that stands before a list in several rows names who takes part in single pieces of work, not what they are.
    rows = Counter(cell for _, raw in lines if "\t" in raw and (cell := clean(raw.strip().split("\t")[0])))
    headed = {word for word in printed_words("capacities") if rows[word] > 1}
    for number, raw in lines:
        text = clean_spaced(raw)
        found = list(head.finditer(text))
        for i, match in enumerate(found):
            end = found[i + 1].start() if i + 1 < len(found) else len(text)
            for mention in list_at_start(text[match.end() : end]):
                party = parties.add_mention(mention, number)
                # The second list under one head names who takes part in one piece of work, not what they are.
                party.capacity = party.capacity or (match["c"] if match["c"] not in headed else None)
        headed.update(match["c"] for match in found if list_at_start(text[match.end() :]))
        for mention in members_listed(text, above):
            parties.add_mention(mention, number)
        above = text


def _add_rows(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Add the municipalities of a table of the members, each with its capacity beside it: 府中市｜連携市町｜37,655."""
    for number, raw in lines:
        name, *beside = (clean(cell) for cell in raw.split("\t"))
        if beside and beside[0] in printed_words("capacities") and names_in(name) == [name]:
            party = parties.add(name, number)
            party.capacity = party.capacity or beside[0]
