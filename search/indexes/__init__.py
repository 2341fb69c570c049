"""Full-text engines behind one port, one module an engine, chosen by URL.

An engine keeps terms and the places where they stand, nothing else: words are cut before they reach it
(``search.japanese``), and what a query means is decided above it (``search.matching``), so that results agree.

A place is an int64: slot of the entry (32 bits), field (5 bits), position of the word (27 bits).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import msgspec
import numpy as np
import numpy.typing as npt

from search.errors import UnknownEngine

INDEXES: dict[str, str] = {"whoosh": "search.indexes.whoosh", "tantivy": "search.indexes.tantivy"}
"""URL scheme → module of the engine. ``whoosh:DIR`` is an index that Whoosh keeps in a folder."""

TERM_FIELDS = ("words", "compounds", "bigrams", "readings")
"""What an engine keeps of an entry: short units, long units, pairs of characters of its names, readings."""

SLOT_BITS, FIELD_BITS = 32, 27
Places = npt.NDArray[np.int64]
NO_PLACES: Places = np.zeros(0, np.int64)


class Postings(msgspec.Struct, frozen=True, array_like=True):
    """The terms of a document in one field, and their places, in which the slot is the number of the entry.

    ``ends`` (int64) has where the places (int64, ascending within a term) of each term end.
    """

    terms: list[str]
    ends: bytes
    places: bytes

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Yield each term with its places."""
        start = 0
        for term, end in zip(self.terms, np.frombuffer(self.ends, np.int64).tolist(), strict=True):
            yield term, self.places[8 * start : 8 * end]
            start = end


DocumentTerms = Mapping[str, Postings]
"""Term field → what stands in it."""


class Engine(Protocol):
    """An open index of an engine; safe to share between threads."""

    def places(self, field: str, term: str) -> Places:
        """Return where a term stands, ascending."""

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that begin so, in order; also such as stood in documents taken out alone."""

    def close(self) -> None:
        """Let go of the files."""


class EngineModule(Protocol):
    """What a module of ``INDEXES`` offers."""

    def open_engine(self, path: Path, slots: Mapping[str, int]) -> Engine:
        """Open what ``update_engine`` wrote; ``slots`` has the slot of the first entry of each document."""

    def update_engine(
        self, base: Path | None, target: Path, added: Iterable[tuple[str, DocumentTerms]], removed: Collection[str]
    ) -> None:
        """Write the successor of ``base`` to ``target``: documents removed first, then documents added.

        ``base`` is not changed, and the cost is in proportion to the change.
        """


def read_url(url: str) -> tuple[str, str]:
    """Return the engine and the folder of ``whoosh:DIR`` or ``tantivy:DIR``; raises ``UnknownEngine``."""
    scheme, _, folder = url.partition(":")
    if scheme not in INDEXES:
        raise UnknownEngine(scheme, INDEXES)
    return scheme, folder


def engine_module(name: str) -> EngineModule:
    """Return the module of an engine; raises ``UnknownEngine``."""
    if name not in INDEXES:
        raise UnknownEngine(name, INDEXES)
    return cast("EngineModule", import_module(INDEXES[name]))
