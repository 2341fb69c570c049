"""Who a document is of: the municipalities it is between, their symbols (甲, 乙 …), and how its words name them.

Parties are those defined as 甲, 乙 …, those who sign, or those whose names make the title; others that a preamble lists
are not. 甲 is not always the central city: a capacity comes from the wording alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest import municipalities
from ingest.labels import SYMBOLS, printed_words, symbols_in
from ingest.records import Signatory
from ingest.text import clean

_DEFINED = re.compile(rf"\(?以下、?「?(?P<symbol>[{SYMBOLS}])」?と(?:いう|する)")
_SIGNING = re.compile(rf"^(?P<symbol>[{SYMBOLS}])[\s:　]+(?P<rest>\S.*)$")
_OFFICE = re.compile(r"^(?P<office>\S{1,12}?[市町村区](?:長|長職務代理者.{0,8}))\s*(?P<name>\S.*)?$")
_ALL = re.compile(
    r"^(?:全て?の?|各|両|関係|構成|連携|参加|すべての?)?(?:全)?(?:市町村|市町|市|町村|自治体|関係市町村|関係市町|構成市町村|圏域市町村|両市|両者|双方)(?:共通|全体)?$"
)
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

    def add(self, name: str, line: int, symbol: str | None = None) -> Party:
        """Add a party, or return the one of this name with the symbol set."""
        party = next((p for p in self.members if p.name == name), None)
        if party is None:
            found = municipalities.resolve(name, near=self.codes)
            party = Party(name, line, code=found.code if found else None)
            self.members.append(party)
        self._resolved.clear()
        party.symbol = party.symbol or symbol
        return party

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

    ``lines`` are (number, text). A name that is no known municipality (xx市, a masked one) makes no party.
    """
    parties = Parties()
    for number, raw in lines:
        text = clean(raw)
        at = 0
        for match in _DEFINED.finditer(text):
            before = text[at : match.start()].rstrip("( ")
            mentions = [m for m in municipalities.find(before) if m.candidates[0].kind not in ("prefecture", "ward")]
            if mentions:
                parties.add(_name(mentions[-1]), number, match["symbol"])
            at = match.end()
    _read_signatures(parties, lines)
    return parties


def _read_signatures(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Read ``甲 address`` and the office and name in the lines below it, up to the next symbol."""
    for i, (_, raw) in enumerate(lines):
        match = _SIGNING.match(re.sub(r"[\s　]+", " ", raw.strip()))
        party = parties.by_symbol(match["symbol"]) if match else None
        if not match or not party or party.address or re.search(r"[。、]|役割|及び", match["rest"]):
            continue
        rest = clean(match["rest"])
        office = _OFFICE.match(rest)
        if office:
            party.signatory = Signatory(office["office"], clean(office["name"] or "") or _name_below(lines, i))
            continue
        if rest != party.name:
            party.address = rest
        _read_office_below(party, lines, i)


def _read_office_below(party: Party, lines: Sequence[tuple[int, str]], at: int) -> None:
    seen = 0
    for j in range(at + 1, min(at + 10, len(lines))):
        text = clean(lines[j][1])
        if not text:
            continue
        if _SIGNING.match(lines[j][1].strip()) or seen > 3:
            return
        seen += 1
        office = _OFFICE.match(re.sub(r"\s+", " ", lines[j][1].strip())) or _OFFICE.match(text)
        if office and clean(office["office"]).endswith("長"):
            name = clean(office["name"] or "") or _name_below(lines, j)
            party.signatory = Signatory(clean(office["office"]), _without_seal(name))
            return
        if party.address is None and text != party.name:
            party.address = text


def _without_seal(name: str | None) -> str | None:
    """Drop the mark of a seal (印) behind a name."""
    return re.sub(r"\s*(?:\(?印\)?|㊞)$", "", name).strip() or None if name else None


def _name_below(lines: Sequence[tuple[int, str]], at: int) -> str | None:
    for _, raw in lines[at + 1 : at + 5]:
        text = clean(raw)
        if text:
            person = 2 <= len(text.replace(" ", "")) <= 8 and not re.search(rf"[{SYMBOLS}\d。、:()市町村長]", text)
            return text if person else None
    return None


def read_capacities(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Give each party the capacity that the wording states: 中心市宣言を公表した甲, 連携中枢都市である札幌市, 連携市町村（…）."""
    offered = "|".join(re.escape(word) for word in printed_words("capacities"))
    text = " ".join(clean(raw) for _, raw in lines)
    for party in parties.members:
        known = [re.escape(party.name)] + ([party.symbol] if party.symbol else [])
        who = "|".join(known)
        other = (
            "|".join(re.escape(n) for p in parties.members if p is not party for n in (p.name, p.symbol or p.name))
            or "\0"
        )
        patterns = (
            rf"(?P<c>{offered})(?:宣言)を(?:公表|行っ|し)[^。、]{{0,6}}(?:{who})",
            rf"(?P<c>{offered})(?:である|としての|たる|の|\(|:|「|となる)\s*(?:{who})(?![\u4e00-\u9fff])",
            rf"(?:{who})(?:は|が|を|\()?[、\s]*(?P<c>{offered})(?:宣言を|として(?!必要)|である|となる|\)|とし)",
            rf"(?:{who})(?:は|が)(?:(?!{other})[^。、]){{0,90}}?(?P<c>{offered})宣言を(?:公表|行)",
        )
        for pattern in patterns:
            match = re.search(pattern, text)
            if match:
                party.capacity = match["c"]
                break


def title_parties(lines: Sequence[tuple[int, str]], limit: int = 80) -> Parties:
    """Read the parties that a title or cover line names alone (千歳市・恵庭市) within the first lines of a document."""
    parties = Parties()
    for number, raw in lines[:limit]:
        text = clean(raw.lstrip("#"))
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
        if alone or in_title:
            for mention in named:
                parties.add(_name(mention), number)
        if len(parties.members) >= 2 and number > limit // 2:
            break
    return parties
