"""Cuts the entries of many documents into words, writes them, and gathers the postings that an engine takes in."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.entries import write_entries
from search.indexes import SLOT_BITS, Postings
from search.lexicon import Ints
from search.model import SearchDocument
from search.terms import Cutter

MOST_PLACES = 6_000_000
"""Places that are gathered before they are handed on, so that memory has an end: some 50 bytes each meanwhile."""


def write_all(folder: Path, replaced: Mapping[str, Sequence[SearchDocument]]) -> Iterator[Postings]:
    """Write the entries of documents and yield their postings, those of as many documents at once as memory should hold."""
    gathered = _Gathered()
    for document, entries in replaced.items():
        made = gathered.cutter.cut(entries)
        write_entries(folder, document, entries, made)
        gathered.add(document, len(entries), made.terms, made.places)
        if gathered.size > MOST_PLACES or gathered.cutter.lexicon.is_full:
            yield gathered.postings()
            gathered = _Gathered(None if gathered.cutter.lexicon.is_full else gathered.cutter)
    if gathered.size:
        yield gathered.postings()


class _Gathered:
    """The terms and places of documents that were cut by one cutter."""

    def __init__(self, cutter: Cutter | None = None) -> None:
        self.cutter = cutter or Cutter()
        self.size, self._entries = 0, 0
        self._documents: list[tuple[str, int]] = []
        self._terms: list[npt.NDArray[np.int32]] = []
        self._places: list[Ints] = []

    def add(self, document: str, entries: int, terms: Ints, places: Ints) -> None:
        """Take in a document."""
        self._terms.append(terms.astype(np.int32))
        self._places.append(places + (self._entries << SLOT_BITS))
        self._documents.append((document, entries))
        self._entries += entries
        self.size += len(places)

    def postings(self) -> Postings:
        """Return what was taken in, by terms."""
        terms = np.concatenate(self._terms)
        return Postings.grouped(self._documents, list(self.cutter.lexicon.terms), terms, np.concatenate(self._places))
