"""Tantivy on disk, embedded: for libraries that outgrow Whoosh. It is built and read in Rust.

Its Python binding hands out documents, never postings. So the inverted list of a term *is* a document here: found by its
term, with the places as a stored value, one list for each batch of documents of the library that were written together.
Tantivy gives the dictionary of terms with its prefixes, compression, atomic commits, and maps all of it into memory.

In a batch the entries of its documents are counted through; ``batches.json`` says which documents, and how many entries
of each. A document that is taken out only loses its name there. Small batches and those that have lost half their
entries are copied into the batch being written, so that their number stays small.

A new state shares the files of the one before it by hard links: Tantivy writes no file twice, it replaces.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import tantivy

from ingest.library import share_tree
from search.indexes import NO_PLACES, SLOT_BITS, TERM_FIELDS, DocumentTerms, Places

HEAP = 64_000_000
MOST_POSTINGS = 1_500_000
"""Postings of a batch, so that memory has an end while it is written."""
LARGE = 50_000
"""Entries from which a batch is not copied any more while most of it is alive."""
CACHED_TERMS = 2048
MOST_PREFIXED = 1000
_BATCHES = "batches.json"
_READ_LOCK = ".tantivy-meta.lock"
_LOCKS = (".tantivy-writer.lock", _READ_LOCK)
_KEYS = {name: name[0] for name in TERM_FIELDS}
Lists = dict[str, list[Places]]


class Batch(msgspec.Struct):
    """Documents written together, in order: name (None: taken out) and entries of each."""

    number: int
    documents: list[tuple[str | None, int]] = []

    @property
    def entries(self) -> int:
        """How many entries there are, those taken out included."""
        return sum(count for _, count in self.documents)

    @property
    def alive(self) -> int:
        """How many entries are left."""
        return sum(count for name, count in self.documents if name is not None)

    def shifts(self, slots: Mapping[str, int]) -> Places:
        """Return for each entry of the batch what leads to its slot, a negative number of no slot where it was taken out."""
        counts = [count for _, count in self.documents]
        before = accumulate(counts, initial=0)
        first = [slots.get(name, -1) if name is not None else -1 for name, _ in self.documents]
        shift = [slot - start if slot >= 0 else GONE for slot, start in zip(first, before, strict=False)]
        return np.repeat(np.array(shift, np.int64), counts)


GONE = -(1 << 30)
_batches = msgspec.json.Decoder(list[Batch])


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("term", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("batch", stored=True, indexed=True)
    builder.add_bytes_field("places", stored=True)
    return builder.build()


def update_engine(
    base: Path | None, target: Path, added: Iterable[tuple[str, DocumentTerms]], removed: Collection[str]
) -> None:
    """Write the successor of ``base`` to ``target`` (see ``EngineModule``)."""
    target.mkdir(parents=True, exist_ok=True)
    if base is not None:
        share_tree(base, target)
    batches = _batches.decode((base / _BATCHES).read_bytes()) if base else []
    _take_out(batches, {*removed})
    index = tantivy.Index(_schema(), path=str(target))
    with index.writer(heap_size=HEAP, num_threads=1) as writer:
        number = max((batch.number for batch in batches), default=0)
        new = _Draft(number + 1)
        for document, terms in added:
            if new.size > MOST_POSTINGS:
                batches.append(new.write(writer))
                new = _Draft(new.batch.number + 1)
            new.add(document, terms)
        batches = _merge(index, writer, batches, new)
        if new.batch.documents:
            batches.append(new.write(writer))
        writer.commit()
        writer.wait_merging_threads()
    for name in (_BATCHES, *_LOCKS):  # they may be those of the state before
        (target / name).unlink(missing_ok=True)
    (target / _BATCHES).write_bytes(msgspec.json.encode(batches))
    (target / _READ_LOCK).touch()  # readers open it, and would make it


def _take_out(batches: Iterable[Batch], removed: Collection[str]) -> None:
    for batch in batches:
        batch.documents = [(None if name in removed else name, count) for name, count in batch.documents]


def _merge(index: Any, writer: Any, batches: Sequence[Batch], new: "_Draft") -> list[Batch]:
    """Keep what is large and mostly alive; copy what is left of the rest into the batch being written."""
    kept: list[Batch] = []
    searcher = index.searcher()
    for batch in sorted(batches, key=lambda b: b.alive):
        alive = batch.alive
        if alive and (alive > 2 * new.batch.entries or alive >= LARGE) and alive * 2 > batch.entries:
            kept.append(batch)
            continue
        if alive:
            new.copy(batch, _lists(searcher, index.schema, batch.number))
        writer.delete_documents_by_query(tantivy.Query.term_query(index.schema, "batch", batch.number))
    return kept


def _lists(searcher: Any, schema: Any, batch: int) -> Iterator[tuple[str, Places]]:
    query = tantivy.Query.term_query(schema, "batch", batch)
    for _, address in searcher.search(query, limit=max(searcher.num_docs, 1), count=False).hits:
        _, term, places = _content(searcher.doc(address))
        yield term, places


def _content(document: Any) -> tuple[int, str, Places]:
    """Return the batch, the term and the places of an inverted list."""
    places = np.frombuffer(document.get_first("places"), np.int64)
    return document.get_first("batch"), document.get_first("term"), places


class _Draft:
    """A batch that is being put together, in memory."""

    def __init__(self, number: int) -> None:
        self.batch = Batch(number)
        self.size = 0
        self._lists: Lists = defaultdict(list)

    def add(self, document: str, terms: DocumentTerms) -> None:
        """Take in a document."""
        start, entries = self.batch.entries, 0
        for field, postings in terms.items():
            places = np.frombuffer(postings.places, np.int64)
            if len(places):
                entries = max(entries, int(places.max() >> SLOT_BITS) + 1)
            moved = places + (start << SLOT_BITS)
            first = 0
            for term, end in zip(postings.terms, np.frombuffer(postings.ends, np.int64).tolist(), strict=True):
                self._lists[_KEYS[field] + term].append(moved[first:end])
                first = end
            self.size += len(postings.terms)
        self.batch.documents.append((document, entries))

    def copy(self, batch: Batch, lists: Iterable[tuple[str, Places]]) -> None:
        """Take in what is left of another batch."""
        start = self.batch.entries
        left = [(name, count) for name, count in batch.documents if name is not None]
        names = [name for name, _ in left]
        places_of = dict(zip(names, accumulate((count for _, count in left), initial=start), strict=False))
        shifts = batch.shifts(places_of)
        self.batch.documents.extend(left)
        for key, places in lists:
            moved = _moved(places, shifts)
            if len(moved):
                self._lists[key].append(moved)
                self.size += 1

    def write(self, writer: Any) -> Batch:
        """Hand the lists to Tantivy."""
        for key, parts in self._lists.items():
            document = tantivy.Document()
            document.add_text("term", key)
            document.add_unsigned("batch", self.batch.number)
            document.add_bytes("places", np.concatenate(parts).tobytes())
            writer.add_document(document)
        return self.batch


def _moved(places: Places, shifts: Places) -> Places:
    """Return the places in the slots that the shifts lead to, without those taken out."""
    moved = places + (shifts[places >> SLOT_BITS] << SLOT_BITS)
    return np.asarray(moved[moved >= 0])


def open_engine(path: Path, slots: Mapping[str, int]) -> "TantivyEngine":
    """Open an index for reading."""
    return TantivyEngine(path, slots)


class TantivyEngine:
    """A Tantivy index and the batches of its lists."""

    def __init__(self, path: Path, slots: Mapping[str, int]) -> None:
        self._index = tantivy.Index.open(os.fspath(path))
        self._searcher, self._schema = self._index.searcher(), self._index.schema
        batches = _batches.decode((path / _BATCHES).read_bytes())
        self._shifts = {batch.number: batch.shifts(slots) for batch in batches}
        self._cached = lru_cache(CACHED_TERMS)(self._read)

    def places(self, field: str, term: str) -> Places:
        """Return where a term stands, ascending."""
        return self._cached(field, term)

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that begin so, as many as a query may have."""
        key = _KEYS[field] + prefix
        for found, _ in self._searcher.terms_with_prefix("term", key, limit=MOST_PREFIXED):
            yield found[1:]

    def close(self) -> None:
        """Let go of the files."""
        self._cached.cache_clear()
        del self._searcher, self._index

    def _read(self, field: str, term: str) -> Places:
        query = tantivy.Query.term_query(self._schema, "term", _KEYS[field] + term)
        parts = [NO_PLACES]
        for _, address in self._searcher.search(query, limit=len(self._shifts) or 1, count=False).hits:
            batch, _, places = _content(self._searcher.doc(address))
            parts.append(_moved(places, self._shifts[batch]))
        places = np.concatenate(parts)
        return places if (np.diff(places) > 0).all() else np.sort(places, kind="stable")
