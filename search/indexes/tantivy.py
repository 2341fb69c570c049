"""Tantivy on disk, embedded: for libraries that outgrow Whoosh. It is built and read in Rust.

Its Python binding hands out documents, never postings. So an inverted list *is* a document here: found by its term, with
the places as a stored value. Tantivy gives the dictionary of terms with its prefixes, compression, atomic commits, and
maps all of it into memory. A new state shares the files of the one before it by hard links: Tantivy writes no file
twice, it replaces.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from ingest.library import share_tree
from search.indexes import TERM_FIELDS, Key, Places, Postings
from search.indexes.batches import joined_places, read_batches, renew, write_batches

HEAP = 64_000_000
CACHED_TERMS = 2048
MOST_PREFIXED = 1000
_READ_LOCK = ".tantivy-meta.lock"
_LOCKS = (".tantivy-writer.lock", _READ_LOCK)
_LETTERS = {name: name[0] for name in TERM_FIELDS}
_FIELDS = {letter: name for name, letter in _LETTERS.items()}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("term", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("batch", stored=True, indexed=True)
    builder.add_bytes_field("places", stored=True)
    return builder.build()


def update_engine(base: Path | None, target: Path, added: Iterable[Postings], removed: Collection[str]) -> None:
    """Write the successor of ``base`` to ``target`` (see ``EngineModule``)."""
    target.mkdir(parents=True, exist_ok=True)
    if base is not None:
        share_tree(base, target)
    index = tantivy.Index(_schema(), path=str(target))
    with index.writer(heap_size=HEAP, num_threads=1) as writer:
        batches = renew(_Store(index, writer), read_batches(base) if base else [], added, {*removed})
        writer.commit()
        writer.wait_merging_threads()
    for name in _LOCKS:  # they may be those of the state before
        (target / name).unlink(missing_ok=True)
    write_batches(target, batches)
    (target / _READ_LOCK).touch()  # readers open it, and would make it


class _Store:
    """The lists of an index that is being written."""

    def __init__(self, index: Any, writer: Any) -> None:
        self._index, self._writer = index, writer

    def write(self, batch: int, lists: Iterable[tuple[Key, bytes]]) -> None:
        """Add a document for each list."""
        for (field, term), data in lists:
            document = tantivy.Document()
            document.add_text("term", _LETTERS[field] + term)
            document.add_unsigned("batch", batch)
            document.add_bytes("places", data)
            self._writer.add_document(document)

    def read(self, batch: int) -> Iterator[tuple[Key, bytes]]:
        """Yield the documents of a batch."""
        searcher = self._index.searcher()
        for _, address in searcher.search(self._all_of(batch), limit=max(searcher.num_docs, 1), count=False).hits:
            document: Any = searcher.doc(address)
            term = document.get_first("term")
            yield (_FIELDS[term[0]], term[1:]), document.get_first("places")

    def drop(self, batches: Collection[int]) -> None:
        """Delete the documents of batches."""
        for batch in batches:
            self._writer.delete_documents_by_query(self._all_of(batch))

    def _all_of(self, batch: int) -> Any:
        return tantivy.Query.term_query(self._index.schema, "batch", batch)


def open_engine(path: Path, slots: Mapping[str, int]) -> "TantivyEngine":
    """Open an index for reading."""
    return TantivyEngine(path, slots)


class TantivyEngine:
    """A Tantivy index and the batches of its lists."""

    def __init__(self, path: Path, slots: Mapping[str, int]) -> None:
        self._index = tantivy.Index.open(os.fspath(path))
        self._searcher, self._schema = self._index.searcher(), self._index.schema
        self._shifts = {batch.number: batch.shifts(slots) for batch in read_batches(path)}
        self._cached = lru_cache(CACHED_TERMS)(self._read)

    def places(self, field: str, term: str) -> Places:
        """Return where a term stands, ascending."""
        return self._cached(field, term)

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that begin so, as many as a query may have."""
        key = _LETTERS[field] + prefix
        for found, _ in self._searcher.terms_with_prefix("term", key, limit=MOST_PREFIXED):
            yield found[1:]

    def close(self) -> None:
        """Let go of the files."""
        self._cached.cache_clear()
        del self._searcher, self._index

    def _read(self, field: str, term: str) -> Places:
        query = tantivy.Query.term_query(self._schema, "term", _LETTERS[field] + term)
        found = self._searcher.search(query, limit=len(self._shifts) or 1, count=False).hits
        documents: Iterator[Any] = (self._searcher.doc(address) for _, address in found)
        return joined_places((d.get_first("places"), self._shifts[d.get_first("batch")]) for d in documents)
