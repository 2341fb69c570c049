"""Who a document is of: the municipalities it is between, their symbols (甲, 乙 …), and how its words name them.

Parties are those defined as 甲, 乙 …, those who sign, or those whose names make the title; others that a preamble lists
are not. 甲 is not always the central city: a capacity comes from the wording alone.
"""

import re
from dataclasses import dataclass, field

from ingest import municipalities
from ingest.labels import symbols_in
from ingest.listed_names import name_of, names_in, words_around
from ingest.records import Signatory
from ingest.text import clean

__all__ = ["Parties", "Party", "names_in"]

_ALL = re.compile(
    r"^(?:全て?の?|各|両|関係|構成|連携|参加|すべての?)?(?:全)?(?:市町村|市町|市|町村|自治体|関係市町村|関係市町|構成市町村|圏域市町村|両市|両者|双方)(?:共通|全体)?$"
)
_REFERENCE = re.compile(
    r"^(?:両|各|全|\d{1,2}|[二三四五六七八九])(?:市町村|市町|市|町村|町|者)(?:共通)?$|^(?:共通|双方|全市町村|全市町|全市|全町村)$"
)
_MAY_NAME = re.compile(r"[市町村区]")


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
    area_name: str = ""
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
        return self.add(name_of(mention), line, symbol, printed=mention.text)

    def by_symbol(self, symbol: str) -> list[Party]:
        """Return the parties of a symbol: several may be one 乙."""
        return [party for party in self.members if party.symbol == symbol]

    def resolve(self, words: str) -> list[str]:
        """Return the municipalities that a heading or cell names (甲及び乙, 石狩市, 両市, 全市町村, 札幌), [] for none."""
        if words not in self._resolved:
            self._resolved[words] = self._resolve(words)
        return self._resolved[words]

    def _resolve(self, words: str) -> list[str]:
        plain = "".join(clean(words).split()).strip("()[]【】:・の")
        symbols = symbols_in(plain)
        if symbols:
            return [party.name for symbol in symbols for party in self.by_symbol(symbol)]
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
        mentions = municipalities.find(plain) if _MAY_NAME.search(plain) else []
        rest = words_around(plain, mentions)
        if mentions and re.fullmatch(r"[・、,及び並に他ほか/と\s]*", rest):
            return [name_of(m) for m in mentions]
        return []

    def centre(self) -> list[str]:
        """Return the municipality in the middle of the area, [] where the document leaves it open.

        It is the only city among towns and villages (an area has a city in its middle: 推進要綱), or the only party whose
        name or reading the area bears (ふくい嶺北連携中枢都市圏: 福井市).
        """
        if len(self.members) < 2:
            return []
        cities = [party for party in self.members if party.name.endswith("市")]
        named = [party for party in cities if any(word in self.area_name for word in _short_names(party))]
        found = cities if len(cities) == 1 else named
        return [found[0].name] if len(found) == 1 else []

    def is_named(self, words: str) -> bool:
        """Tell whether a cell holds nothing but names of municipalities or symbols."""
        return bool(words.strip()) and len(words) <= 60 and bool(self.resolve(words))


def _short_names(party: Party) -> list[str]:
    """Return the name and the reading of a municipality without what it is."""
    known = municipalities.resolve(party.name, near=[party.code] if party.code else [])
    reading = known.reading if known and known.reading else ""
    return [word for word in (party.name[:-1], reading.removesuffix("し")) if len(word) > 1]


_NEIGHBOURS = re.compile(r"(?:連携|近隣|周辺|構成)(?:市町村|市町|町村|市|町|村)")


def _same_capacity(capacity: str, words: str) -> bool:
    """Tell whether two words name one capacity: 連携町 and 連携市町村 are the same role, 近隣市町村 its older name."""
    return capacity == words or (_NEIGHBOURS.fullmatch(words) is not None and bool(_NEIGHBOURS.fullmatch(capacity)))
