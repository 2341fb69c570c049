"""Whoosh on disk: an inverted file in segments, each written once.

A document of the library is a document of Whoosh; the value of a posting is the places of the term in it. They are
sorted by term here and handed to Whoosh's codec in order, instead of one by one to its sorting pool.

A new state shares the segments of the one before it by hard links and adds a segment of its own. Whoosh writes no
segment twice: it marks deletions in its table of contents (``_MAIN_n.toc``), which each commit writes under a new
name, and it only unlinks what it no longer needs. The one file that it opens for writing again is its lock, which is
therefore left behind nowhere. Small segments and those that have lost half their documents are merged on the way, so
that their number stays small. Whoosh reads pickles: never open an index that came from outside the library.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, formats, index, reading
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher

from ingest.library import share_tree
from search.indexes import NO_PLACES, SLOT_BITS, TERM_FIELDS, DocumentTerms, Places, Postings

BLOCK, COMPRESSION = 512, 1
MOST_POSTINGS = 1_500_000
"""Postings of a segment, so that memory has an end: some 150 bytes each while it is written."""
LARGE = 1000
"""Documents from which a segment is not copied any more while most of it is alive."""
CACHED_TERMS = 2048
_LOCK = "MAIN_WRITELOCK"


class _PlacesFormat(formats.Format):  # type: ignore[misc]
    """The value of a posting is the places of the term in the document, eight bytes each."""

    posting_size = -1


class _TermsField(fields.FieldType):  # type: ignore[misc]
    """A field that takes postings as they come. Whoosh analyses nothing."""

    def __init__(self) -> None:
        super().__init__(_PlacesFormat(), analyzer=None)

    def index(self, value: Postings, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, places) in the form that Whoosh writes."""
        for term, places in value.items():
            yield term.encode(), 1, 1.0, places


class _Pool:
    """Takes the place of Whoosh's pool, which sorts one tuple for each posting: only the distinct terms are sorted."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, list[tuple[int, bytes]]]] = defaultdict(lambda: defaultdict(list))
        self.size = 0

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting: field, term, document, weight, value. Documents come in ascending order."""
        field, term, document, _, value = posting
        self._fields[field][term].append((document, value))
        self.size += 1

    def iter_postings(self) -> Iterator[tuple[str, list[tuple[bytes, list[tuple[int, bytes]]]]]]:
        """Yield the terms of each field in order, each with its (document, value) pairs."""
        for field, terms in sorted(self._fields.items()):
            yield field, sorted(terms.items())

    def cleanup(self) -> None:
        """Forget the postings."""
        self._fields.clear()


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's writer of terms, given the postings of a term at once: a call for each would take most of the time."""

    def add_postings(
        self, schema: Any, _: object, fields_: Iterable[tuple[str, list[tuple[bytes, list[tuple[int, bytes]]]]]]
    ) -> None:
        """Write what ``_Pool.iter_postings`` yields."""
        for field, terms in fields_:
            self.start_field(field, schema[field])
            for term, postings in terms:
                self.start_term(term)
                for first in range(0, len(postings), BLOCK):
                    self._add_block(postings[first : first + BLOCK])
                self.finish_term()
            self.finish_field()

    def _add_block(self, postings: list[tuple[int, bytes]]) -> None:
        out = self._postwriter
        if out._ids:
            out._write_block()
        ids, values = zip(*postings, strict=True)
        out._ids.extend(ids)
        out._weights.extend([1.0] * len(ids))
        out._values.extend(filter(None, values))
        out._maxweight = 1.0


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec without the lengths of fields: we keep none, and it would ask the disk for each posting."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """Return the writer of the terms of a segment."""
        return _FieldWriter(self, storage, segment)


SCHEMA = fields.Schema(document=fields.ID(sortable=True), **{name: _TermsField() for name in TERM_FIELDS})


def update_engine(
    base: Path | None, target: Path, added: Iterable[tuple[str, DocumentTerms]], removed: Collection[str]
) -> None:
    """Write the successor of ``base`` to ``target`` (see ``EngineModule``)."""
    target.mkdir(parents=True, exist_ok=True)
    if base is not None:
        share_tree(base, target)
        (target / _LOCK).unlink(missing_ok=True)
        opened = index.open_dir(str(target), schema=SCHEMA)
    else:
        opened = index.create_in(str(target), SCHEMA)
    writer = _writer(opened)
    try:
        for document in removed:
            writer.delete_by_term("document", document)
        for document, terms in added:
            writer.add_document(document=document, **terms)
            if writer.pool.size > MOST_POSTINGS:
                writer.commit(merge=False)
                writer = _writer(opened)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_merge)
    (target / _LOCK).unlink(missing_ok=True)


def _writer(opened: Any) -> Any:
    writer = opened.writer(codec=_Codec(blocklimit=BLOCK, compression=COMPRESSION))
    writer.pool = _Pool()
    return writer


def _merge(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Keep what is large and mostly alive; copy the rest into the segment being written."""
    kept: list[Any] = []
    size = writer.docnum
    for segment in sorted(segments, key=lambda s: s.doc_count()):
        alive, slots = segment.doc_count(), segment.doc_count_all()
        if alive and (alive > 2 * size or alive >= LARGE) and alive * 2 > slots:
            kept.append(segment)
        elif alive:
            with reading.SegmentReader(writer.storage, writer.schema, segment) as reader:
                writer.add_reader(reader)
            size += alive
    return kept


def open_engine(path: Path, slots: Mapping[str, int]) -> "WhooshEngine":
    """Open an index for reading."""
    return WhooshEngine(path, slots)


class WhooshEngine:
    """A Whoosh index, read segment by segment. Its files have one read position each, hence the lock."""

    def __init__(self, path: Path, slots: Mapping[str, int]) -> None:
        opened = index.open_dir(str(path), readonly=True, schema=SCHEMA)
        self._reader = opened.reader()
        self._leaves = [(leaf, _starts(leaf, slots)) for leaf, _ in self._reader.leaf_readers() if leaf.doc_count_all()]
        self._lock = threading.Lock()
        self._cached = lru_cache(CACHED_TERMS)(self._read)

    def places(self, field: str, term: str) -> Places:
        """Return where a term stands, ascending."""
        return self._cached(field, term)

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that begin so."""
        with self._lock:
            found = list(self._reader.expand_prefix(field, prefix)) if self._leaves else []
        yield from (term.decode() for term in found)

    def close(self) -> None:
        """Let go of the files."""
        self._cached.cache_clear()
        self._reader.close()

    def _read(self, field: str, term: str) -> Places:
        with self._lock:
            parts = [_leaf_places(leaf, starts, field, term.encode()) for leaf, starts in self._leaves]
        places = np.concatenate([part for part in parts if len(part)] or [NO_PLACES])
        return places if (np.diff(places) > 0).all() else np.sort(places, kind="stable")


def _starts(leaf: Any, slots: Mapping[str, int]) -> Places:
    """Return the first slot of each document of a segment, -1 where it was taken out."""
    names = leaf.column_reader("document")
    alive = (-1 if leaf.is_deleted(number) else slots.get(names[number], -1) for number in range(leaf.doc_count_all()))
    return np.fromiter(alive, np.int64, leaf.doc_count_all())


def _leaf_places(leaf: Any, starts: Places, field: str, term: bytes) -> Places:
    if (field, term) not in leaf:
        return NO_PLACES
    ids: list[int] = []
    values: list[bytes] = []
    for block_ids, block_values in _blocks(leaf._terms.matcher(field, term, leaf.schema[field].format)):
        ids.extend(block_ids)
        values.extend(block_values)
    counts = np.fromiter(map(len, values), np.int64, len(values)) // 8
    first = np.repeat(starts[np.asarray(ids, np.int64)], counts)
    return ((first << SLOT_BITS) + np.frombuffer(b"".join(values), np.int64))[first >= 0]


def _blocks(matcher: W3LeafMatcher) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
    """Yield the postings a block at a time: posting by posting Whoosh's own Python would take ten times as long."""
    while matcher.is_active():
        matcher.id(), matcher.value()
        yield matcher._ids, matcher._values
        matcher._next_block()
