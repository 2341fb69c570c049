"""Full-text engines behind one port, one module an engine, chosen by URL.

An engine keeps terms and the places where they stand, nothing else: words are cut before they reach it
(``search.japanese``), and what a query means is decided above it (``search.matching``), so that results agree.

A place is an int64: slot of the entry (32 bits), field (5 bits), position of the word (27 bits).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from search.errors import UnknownEngine

INDEXES: dict[str, str] = {"whoosh": "search.indexes.whoosh"}
"""URL scheme → module of the engine."""

TERM_FIELDS = ("words", "compounds", "bigrams", "readings")
"""What an engine keeps of an entry: short units, long units, pairs of characters of its names, readings."""

SLOT_BITS, FIELD_BITS = 32, 27
Places = npt.NDArray[np.int64]
NO_PLACES: Places = np.zeros(0, np.int64)
Terms = Mapping[str, Mapping[str, Sequence[int]]]
"""Term field → term → field and position (the lower 32 bits of places), ascending."""


class Engine(Protocol):
    """An open index of an engine; safe to share between threads."""

    def slots(self) -> Sequence[tuple[str, int] | None]:
        """Return the (document, number of the entry) of each slot, None where the entry was taken out."""

    def places(self, field: str, term: str) -> Places:
        """Return where a term stands, ascending; in slots taken out too."""

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that begin so."""

    def close(self) -> None:
        """Let go of the files."""


class EngineModule(Protocol):
    """What a module of ``INDEXES`` offers."""

    def open_engine(self, path: Path) -> Engine:
        """Open what ``update_engine`` wrote."""

    def update_engine(
        self, base: Path | None, target: Path, added: Iterable[tuple[str, int, Terms]], removed: Collection[str]
    ) -> None:
        """Write the successor of ``base`` to ``target``: documents removed first, then entries added.

        ``base`` is not changed, and the cost is in proportion to the change.
        """


def engine_module(name: str) -> EngineModule:
    """Return the module of an engine; raises ``UnknownEngine``."""
    if name not in INDEXES:
        raise UnknownEngine(name, INDEXES)
    return cast("EngineModule", import_module(INDEXES[name]))
