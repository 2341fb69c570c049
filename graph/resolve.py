"""Which printed names are one body.

A municipality is the one that the document's own parties name, else the one that the code table knows near them.
A department is one with another when its municipality and its whole path are the same after width and spaces are
made one; never by the name of its last unit alone: every city has a 福祉課.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest import municipalities
from ingest.municipalities import Municipality
from ingest.records import PartyRecord, Record
from ingest.text import nfkc

_SPACES = re.compile(r"\s+")


def normal(name: str) -> str:
    """Return the form in which names of bodies are compared: width made one (NFKC), spaces gone."""
    return _SPACES.sub("", nfkc(name))


def normal_path(path: Sequence[str]) -> tuple[str, ...]:
    """Return a department's path in the form in which paths are compared; empty units are left out."""
    return tuple(unit for unit in map(normal, path) if unit)


@dataclass(frozen=True, slots=True)
class Body:
    """A municipality as the graph knows it: ``key`` is its code, or its name where no code is known."""

    key: str
    name: str
    entry: Municipality | None

    @property
    def code(self) -> str | None:
        """The six-digit code, where it is known."""
        return self.key if self.key != self.name else None


@dataclass(slots=True)
class Municipalities:
    """Which municipality a document means by a name."""

    parties: dict[str, str | None] = field(default_factory=dict)
    _known: dict[str, Body] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Municipalities":
        """Take the parties of a document's records."""
        return cls({normal(r.municipality): r.code for r in records if isinstance(r, PartyRecord)})

    def find(self, name: str) -> Body:
        """Return the municipality of a printed name; one that no table knows keeps its name as key."""
        name = normal(name)
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Body:
        code = self.parties.get(name)
        entry = municipalities.by_code(code) if code else municipalities.resolve(name, near=self._codes())
        if entry:
            return Body(entry.code, entry.name, entry)
        return Body(code or name, name, None)

    def _codes(self) -> list[str]:
        return [code for code in self.parties.values() if code]
