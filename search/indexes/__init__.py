"""Full-text engines behind one port, one module an engine, chosen by URL.

An engine keeps terms and the places where they stand, nothing else: words are cut before they reach it
(``search.japanese``), and what a query means is decided above it (``search.matching``), so that results agree.

A place is an int64: slot of the entry (32 bits), field (5 bits), position of the word (27 bits).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

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
Key = tuple[str, str]
"""A term field and a term of it."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where terms stand in documents that are written together, whose entries are counted through.

    ``documents`` has the name of each and how many entries it has; ``keys`` ascend; the places of each term, ascending,
    end before the number of the same rank in ``ends``.
    """

    documents: Sequence[tuple[str, int]]
    keys: Sequence[Key]
    ends: Places
    places: Places

    @classmethod
    def grouped(
        cls,
        documents: Sequence[tuple[str, int]],
        keys: Sequence[Key],
        numbers: npt.NDArray[np.integer[Any]],
        places: Places,
    ) -> "Postings":
        """Group places by their terms: ``numbers`` has of each the number of its term in ``keys``."""
        counts = np.bincount(numbers, minlength=len(keys))
        used = sorted(np.flatnonzero(counts).tolist(), key=keys.__getitem__)
        ranks = np.zeros(len(keys), np.int64)
        ranks[used] = np.arange(len(used))
        order: Places = ranks[numbers] << _ROW_BITS | np.arange(len(numbers))
        order.sort()  # numbers alone sort many times faster than they do beside others
        ends = np.cumsum(counts[used], dtype=np.int64)
        gathered = places[order & (1 << _ROW_BITS) - 1]
        _ascend(gathered, ends)
        return cls(documents, [keys[number] for number in used], ends, gathered)

    def items(self) -> Iterator[tuple[Key, Places]]:
        """Yield each term with its places."""
        start = 0
        for key, end in zip(self.keys, self.ends.tolist(), strict=True):
            yield key, self.places[start:end]
            start = end


_ROW_BITS = 32


def _ascend(places: Places, ends: Places) -> None:
    """Put the places of each term in order; of hardly any are they not."""
    falls = np.flatnonzero(np.diff(places) < 0) + 1
    for number in np.unique(np.searchsorted(ends, falls[~np.isin(falls, ends)], "right")).tolist():
        places[ends[number - 1] if number else 0 : ends[number]].sort()


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
        self, base: Path | None, target: Path, added: Iterable[Postings], removed: Collection[str]
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
