"""Who a document is of: the municipalities it is between, their symbols (甲, 乙 …), and how its words name them.

Parties are those defined as 甲, 乙 …, those who sign, or those whose names make the title; others that a preamble lists
are not. 甲 is not always the central city: a capacity comes from the wording alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest import municipalities
from ingest.labels import SYMBOLS, printed_words, symbols_in
from ingest.records import Signatory
from ingest.text import clean, is_spaced

_DEFINED = re.compile(rf"\(?以下、?「?(?P<symbol>[{SYMBOLS}])」?と(?:いう|する)")
_MASKED = re.compile(r"[A-Za-z×○〇◯●△□＊*]{1,4}[市町村区]$")
_ALL = re.compile(
    r"^(?:全て?の?|各|両|関係|構成|連携|参加|すべての?)?(?:全)?(?:市町村|市町|市|町村|自治体|関係市町村|関係市町|構成市町村|圏域市町村|両市|両者|双方)(?:共通|全体)?$"
)
_HEAD_LINES = 4
_REFERENCE = re.compile(r"^(?:両|各|全)(?:市町村|市町|市|町村|町|者)$|^(?:共通|双方|全市町村|全市町|全市|全町村)$")


@dataclass
class Party:
    """A municipality of the document with what the document says of it there."""

    name: str
    line: int
    code: str | None = None
    symbol: str | None = None
    capacity: str | None = None
    signatory: Signatory | None = None
    address: str | None = None


@dataclass
class Parties:
    """The parties of a document, in order, and how words lead to them."""

    members: list[Party] = field(default_factory=list)
    _resolved: dict[str, list[str]] = field(default_factory=dict, repr=False)

    @property
    def names(self) -> list[str]:
        """The names of the parties in their order."""
        return [party.name for party in self.members]

    @property
    def codes(self) -> list[str]:
        """The codes of those parties that have one."""
        return [party.code for party in self.members if party.code]

    def add(self, name: str, line: int, symbol: str | None = None, *, printed: str | None = None) -> Party:
        """Add a party, or return the one of this name with the symbol set; ``printed`` may name its prefecture."""
        party = next((p for p in self.members if p.name == name), None)
        if party is None:
            party = Party(name, line)
            self.members.append(party)
        found = municipalities.resolve(printed or name, near=self.codes) if party.code is None else None
        party.code = party.code or (found.code if found else None)
        for other in self.members:  # a name that several municipalities share is known by its neighbours
            if other.code is None and (near := municipalities.resolve(other.name, near=self.codes)):
                other.code = near.code
        self._resolved.clear()
        party.symbol = party.symbol or symbol
        return party

    def add_mention(self, mention: municipalities.Mention, line: int, symbol: str | None = None) -> Party:
        """Add the municipality of a mention, with the prefecture that it may name."""
        return self.add(_name(mention), line, symbol, printed=mention.text)

    def by_symbol(self, symbol: str) -> Party | None:
        """Return the party of a symbol."""
        return next((p for p in self.members if p.symbol == symbol), None)

    def resolve(self, words: str) -> list[str]:
        """Return the municipalities that a heading or cell names (甲及び乙, 石狩市, 両市, 全市町村, 札幌), [] for none."""
        if words not in self._resolved:
            self._resolved[words] = self._resolve(words)
        return self._resolved[words]

    def _resolve(self, words: str) -> list[str]:
        plain = re.sub(r"\s+", "", clean(words)).strip("()[]【】:・の")
        symbols = symbols_in(plain)
        if symbols:
            return [party.name for s in symbols if (party := self.by_symbol(s))]
        if plain in self.names:
            return [plain]
        if _REFERENCE.match(plain) or (
            _ALL.match(plain) and len(plain) <= 6 and self.members and plain not in ("市", "町村")
        ):
            return self.names
        by_capacity = [p.name for p in self.members if p.capacity and _same_capacity(p.capacity, plain)]
        if by_capacity:
            return by_capacity
        short = [name for name in self.names if name[:-1] == plain]
        if short:
            return short
        mentions = municipalities.find(plain)
        rest = "".join(plain[a:b] for a, b in _gaps(mentions, len(plain)))
        if mentions and re.fullmatch(r"[・、,及び並に他ほか/と\s]*", rest):
            return [_name(m) for m in mentions]
        return []

    def is_named(self, words: str) -> bool:
        """Tell whether a cell holds nothing but names of municipalities or symbols."""
        return bool(words.strip()) and len(words) <= 60 and bool(self.resolve(words))


_NEIGHBOURS = re.compile(r"(?:連携|近隣|周辺|構成)(?:市町村|市町|町村|市|町|村)")


def _same_capacity(capacity: str, words: str) -> bool:
    """Tell whether two words name one capacity: 連携町 and 連携市町村 are the same role, 近隣市町村 its older name."""
    return capacity == words or (_NEIGHBOURS.fullmatch(words) is not None and bool(_NEIGHBOURS.fullmatch(capacity)))


def _gaps(mentions: Sequence[municipalities.Mention], end: int) -> Iterable[tuple[int, int]]:
    at = 0
    for mention in mentions:
        yield at, mention.start
        at = mention.end
    yield at, end


def _name(mention: municipalities.Mention) -> str:
    return mention.candidates[0].name


def names_in(text: str) -> list[str]:
    """Return the names of municipalities in a text, each once, in order."""
    found = [_name(m) for m in municipalities.find(clean(text)) if m.candidates[0].kind not in ("prefecture", "ward")]
    return list(dict.fromkeys(found))


def defined_parties(lines: Sequence[tuple[int, str]]) -> Parties:
    """Read the definitions (札幌市（以下「甲」という。）) and the signing block of an agreement.

    ``lines`` are (number, text). A masked name (xx市) stays as printed and has no code.
    """
    parties = Parties()
    for number, raw in lines:
        text = clean(raw)
        at = 0
        for match in _DEFINED.finditer(text):
            before = text[at : match.start()].rstrip("( ")
            mentions = [m for m in municipalities.find(before) if m.candidates[0].kind not in ("prefecture", "ward")]
            if mentions:
                parties.add_mention(mentions[-1], number, match["symbol"])
            elif masked := _MASKED.search(before):
                parties.add(masked[0], number, match["symbol"])
            at = match.end()
    return parties


_CONCLUDES = re.compile(r"(?:協約|協定|覚書|規約)を(?:締結|定め|結)")


def preamble_parties(lines: Sequence[tuple[int, str]]) -> Parties:
    """Read the parties that a preamble names without symbols (A市及びB町は、…連携協約を締結する)."""
    parties = Parties()
    for number, raw in lines[:40]:
        text = clean(raw)
        listed = _listed(text)
        if len(listed) >= 2 and re.match(r"[は（(]", text[listed[-1].end :]) and _CONCLUDES.search(text):
            for mention in listed:
                parties.add_mention(mention, number)
            break
    return parties


_OFFICE = "\ue002"
"""Stands for the office of one party while the lines of the signing block are read."""

_SIGNED = re.compile(rf"(?:^|(?<=[\s:：]))(?:代表者\s*)?{_OFFICE}(?P<deputy>職務代理者)?(?=$|\s)(?P<name>.*)$")
_GAPLESS = re.compile(rf"^((?:代表者)?{_OFFICE})(?=[一-鿿ぁ-んァ-ヶ]{{2,7}}$)(?!.*(?:計画|方針|懇談|会議|選挙))")


def read_signatures(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Read who signed for each party, and its address: on one line with the symbol, or on the lines above the office.

    The office is ``{party}長``; the name stands behind it or on the next line, and a seal (印) is no part of it.
    """
    texts = [re.sub(r"[\s　]+", " ", raw.replace("\t", " ").strip()) for _, raw in lines]
    closed = [clean(text).replace(" ", "") if "長" in text and len(text) < 90 else "" for text in texts]
    for party in parties.members:
        office = f"{party.name}長"
        for at, text in enumerate(texts):
            if office not in closed[at] or re.search(r"[。、]", text):
                continue
            forms = (clean_spaced(text).replace(office, _OFFICE), _with_gap(closed[at].replace(office, _OFFICE)))
            found = next((m for form in forms if (m := _SIGNED.search(form))), None)
            if not found:
                continue
            name = clean(found["name"]) or _name_below(texts, at) or ""
            party.signatory = Signatory(f"{party.name}長{found['deputy'] or ''}", _without_seal(name))
            party.address = _address_before(party, found.string[: found.start()], texts, at)
            break


def _with_gap(closed: str) -> str:
    """Put the space between office and person that a scan or a stretched line lost (延岡市長読谷三郎)."""
    return _GAPLESS.sub(r"\1 ", closed)


def clean_spaced(text: str) -> str:
    """Normalise a line but keep its spaces, which part address, municipality, office and name."""
    return " ".join(clean(piece) for piece in text.split())


def _address_before(party: Party, head: str, texts: Sequence[str], at: int) -> str | None:
    """Return the address that stands before the office on its line, or on one of the lines above."""
    for text in (head, *(clean_spaced(t) for t in reversed(texts[max(0, at - 4) : at]))):
        plain = re.sub(rf"^[{SYMBOLS}][\s:]*(?=\S{{2}})", "", text).strip()
        plain = plain.removesuffix(party.name).strip()
        if (
            re.search(r"[\d一二三四五六七八九十]", plain)
            and re.search(r"[市町村区]", plain)
            and not re.match(r"^(?:令和|平成|20\d\d)", plain)
        ):
            return plain
        if text and not text.endswith(party.name) and not re.fullmatch(rf"[{SYMBOLS}]?", text) and text is not head:
            return None
    return None


def _without_seal(name: str) -> str | None:
    """Drop the mark of a seal (印) behind a name."""
    return re.sub(r"\s*(?:\(?印\)?|㊞)$", "", name).strip() or None


def _name_below(texts: Sequence[str], at: int) -> str | None:
    for text in texts[at + 1 : at + 3]:
        plain = clean(text)
        person = 2 <= len(plain) <= 8 and not re.search(rf"[{SYMBOLS}\d。、:()市町村長条表]", plain)
        return plain if person else None
    return None


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
        rf"{_THIS}[はが][^。、{_OTHER}]{{0,90}}?(?P<c>{offered})宣言を(?:公表|行)",
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


def title_parties(lines: Sequence[tuple[int, str]], limit: int = 80) -> Parties:
    """Read the parties that a title or cover line names alone (千歳市・恵庭市) within the first lines of a document."""
    parties = Parties()
    for place, (number, raw) in enumerate(lines[:limit]):
        line = raw.lstrip("#").replace("\t", " ")
        stretched = is_spaced(line) or all(len(piece) == 1 for piece in line.split())
        text = clean(line) if stretched else clean_spaced(line)
        mentions = municipalities.find(text)
        named = [m for m in mentions if m.candidates[0].kind not in ("prefecture", "ward")]
        rest = "".join(text[a:b] for a, b in _gaps(mentions, len(text)))
        alone = named and re.fullmatch(r"[・、,及び並に\s/と]*", rest)
        in_title = (
            len(named) >= 2
            and len(text) <= 60
            and re.search(r"(?:計画|ビジョン|協定|協約|一覧|調書|について)", text)
            and "。" not in text
        )
        dated = place < 12 and named and len(text) <= 50 and _DATED.match(text[: named[0].start])
        listed = "".join(text[a:b] for a, b in _gaps(named, len(text))) if dated else ""
        dated = dated and re.fullmatch(r"[・、,及び並に\s/と]*", listed[named[0].start :])
        heads = place < _HEAD_LINES and len(_listed(text)) >= 2 and len(text) <= 60 and "。" not in text
        if alone or dated or in_title or heads:
            for mention in named:
                parties.add_mention(mention, number)
        if len(parties.members) >= 2 and number > limit // 2:
            break
    return parties


def capacity_parties(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Add the municipalities that a text or table names by their capacity: 中心市の八幡浜市と、連携町の伊方町, 連携市町村｜岩美町、若桜町."""
    offered = "|".join(re.escape(word) for word in printed_words("capacities"))
    head = re.compile(rf"(?<![一-鿿])(?P<c>{offered})(?:は|である|となる|の|\(|:|「|\s)+(?=(?:\S{{2,3}}[都道府県])?\S)")
    above = ""
    headed: set[str] = set()
    for number, raw in lines:
        text = clean_spaced(re.sub(r"[\s　]+", " ", raw))
        found = list(head.finditer(text))
        for i, match in enumerate(found):
            end = found[i + 1].start() if i + 1 < len(found) else len(text)
            for mention in _listed(text[match.end() : end]):
                party = parties.add_mention(mention, number)
                # The second list under one head names who takes part in one piece of work, not what they are.
                party.capacity = party.capacity or (match["c"] if match["c"] not in headed else None)
        headed.update(match["c"] for match in found if _listed(text[match.end() :]))
        for mention in _members(text) or _named_members(text) or _listed_below(above, text):
            parties.add_mention(mention, number)
        above = text


def _members(text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a sentence lists as those of an area: A市、B町及びC町の1市2町."""
    mentions = municipalities.find(text)
    for count in re.finditer(r"の\s*(?:\d+[市町村]){1,3}", text):
        before = [m for m in mentions if m.end <= count.start()]
        run: list[municipalities.Mention] = []
        at = count.start()
        for mention in reversed(before):
            if not re.fullmatch(r"[、,・及び並に\s/と]*", text[mention.end : at]):
                break
            run.append(mention)
            at = mention.start
        if len(run) >= 2:
            return run[::-1]
    return []


_DATED = re.compile(r"^(?:令和|平成|20\d\d)\S{0,14}(?:月|日)(?:策定|作成)?\s*$")
_BETWEEN = r"(?:[、,・及び並に\s/と]|\([^()]{1,14}\))*"
_MEMBERS_HEAD = re.compile(
    r"(?:構成|関係|連携|参加|圏域)[^、。:]{0,12}(?:市町村|市町|町村|自治体|市|町)[^、。:]{0,6}[:：\s]\s*(?=\S)"
)


_MEMBERS_ABOVE = re.compile(
    r"(?:構成|関係|連携|参加|圏域)[^、。:]{0,8}(?:市町村|市町|町村|自治体|市|町)[^、。]{0,8}[:：]?$|市町村の(?:名称|構成)[:：]?$"
)


def _named_members(text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a line lists behind a heading (構成市町の名称　八代市、芦北町、氷川町)."""
    head = _MEMBERS_HEAD.search(text)
    listed = _listed(text[head.end() :]) if head else []
    return listed if len(listed) >= 2 and listed[-1].end >= len(text) - (head.end() if head else 0) - 12 else []


def _listed_below(above: str, text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a line lists alone, below a line that heads them (構成する市町の名称)."""
    if len(above) > 40 or not _MEMBERS_ABOVE.search(above):
        return []
    listed = _listed(text)
    return listed if len(listed) >= 2 and re.fullmatch(_BETWEEN, text[listed[-1].end :]) else []


def _listed(text: str) -> list[municipalities.Mention]:
    """Return the municipalities that a list names from its first character on, up to the first other words."""
    listed = []
    at = 0
    for mention in municipalities.find(text):
        if not re.fullmatch(_BETWEEN, text[at : mention.start]):
            break
        if mention.candidates[0].kind not in ("prefecture", "ward"):
            listed.append(mention)
        at = mention.end
    return listed
