"""Whoosh on disk: an inverted file in segments, each written once.

A new state shares the segments of the one before it by hard links and adds a segment of its own. Whoosh writes no
segment twice: it marks deletions in its table of contents (``_MAIN_n.toc``), which each commit writes under a new
name, and it only unlinks what it no longer needs. The one file that it opens for writing again is its lock, which is
therefore left behind nowhere. Small segments and those that have lost half their entries are merged on the way, so
that their number stays logarithmic. Whoosh reads pickles: never open an index that came from outside the library.
"""

import threading
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import columns, fields, formats, index, reading
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher

from ingest.library import share_tree
from search.indexes import NO_PLACES, SLOT_BITS, TERM_FIELDS, Places, Terms

MEMORY_MB, BLOCK = 512, 512
CACHED_TERMS = 2048
_LOCK = "MAIN_WRITELOCK"


class _PlacesFormat(formats.Format):  # type: ignore[misc]
    """The value of a posting is the places of the term in the entry, four bytes each."""

    posting_size = -1


class _TermsField(fields.FieldType):  # type: ignore[misc]
    """A field that takes terms as they come: a mapping of term → places. Whoosh analyses nothing."""

    def __init__(self) -> None:
        super().__init__(_PlacesFormat(), analyzer=None)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, places) in the form that Whoosh writes."""
        for term, places in value.items():
            yield term.encode(), len(places), 1.0, array("I", places).tobytes()


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec without the lengths of fields: we keep none, and it would ask the disk for each posting."""

    length_stats = False


SCHEMA = fields.Schema(
    document=fields.ID(sortable=True),
    entry=fields.COLUMN(columns.NumericColumn("i")),
    **{name: _TermsField() for name in TERM_FIELDS},
)


def update_engine(
    base: Path | None, target: Path, added: Iterable[tuple[str, int, Terms]], removed: Collection[str]
) -> None:
    """Write the successor of ``base`` to ``target`` (see ``EngineModule``)."""
    target.mkdir(parents=True, exist_ok=True)
    if base is not None:
        share_tree(base, target)
        (target / _LOCK).unlink(missing_ok=True)
        opened = index.open_dir(str(target), schema=SCHEMA)
    else:
        opened = index.create_in(str(target), SCHEMA)
    writer = opened.writer(limitmb=MEMORY_MB, codec=_Codec(blocklimit=BLOCK))
    try:
        for document in removed:
            writer.delete_by_term("document", document)
        for document, entry, terms in added:
            writer.add_document(document=document, entry=entry, **terms)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_merge)
    (target / _LOCK).unlink(missing_ok=True)


def _merge(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Keep what is large and mostly alive; copy the rest into the segment being written."""
    kept: list[Any] = []
    size = writer.docnum
    for segment in sorted(segments, key=lambda s: s.doc_count()):
        alive, slots = segment.doc_count(), segment.doc_count_all()
        if alive and alive > 2 * size and alive * 2 > slots:
            kept.append(segment)
        elif alive:
            with reading.SegmentReader(writer.storage, writer.schema, segment) as reader:
                writer.add_reader(reader)
            size += alive
    return kept


def open_engine(path: Path) -> "WhooshEngine":
    """Open an index for reading."""
    return WhooshEngine(path)


class WhooshEngine:
    """A Whoosh index, read segment by segment. Its files have one read position each, hence the lock."""

    def __init__(self, path: Path) -> None:
        opened = index.open_dir(str(path), readonly=True, schema=SCHEMA)
        self._reader = opened.reader()
        self._leaves: list[tuple[Any, int]] = list(self._reader.leaf_readers())
        self._lock = threading.Lock()
        self._cached = lru_cache(CACHED_TERMS)(self._read)

    def slots(self) -> Sequence[tuple[str, int] | None]:
        """Return the (document, number of the entry) of each slot."""
        out: list[tuple[str, int] | None] = []
        for leaf, _ in self._leaves:
            if not leaf.doc_count_all():
                continue
            documents, entries = leaf.column_reader("document"), leaf.column_reader("entry")
            out.extend(
                None if leaf.is_deleted(slot) else (documents[slot], entries[slot])
                for slot in range(leaf.doc_count_all())
            )
        return out

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
            parts = [_leaf_places(leaf, offset, field, term.encode()) for leaf, offset in self._leaves]
        parts = [part for part in parts if len(part)]
        return np.concatenate(parts) if parts else NO_PLACES


def _leaf_places(leaf: Any, offset: int, field: str, term: bytes) -> Places:
    if (field, term) not in leaf:
        return NO_PLACES
    ids: list[int] = []
    values: list[bytes] = []
    for block_ids, block_values in _blocks(leaf._terms.matcher(field, term, leaf.schema[field].format)):
        ids.extend(block_ids)
        values.extend(block_values)
    counts = np.fromiter(map(len, values), np.int64, len(values)) // 4
    slots = np.repeat(np.asarray(ids, np.int64) + offset, counts)
    return (slots << SLOT_BITS) | np.frombuffer(b"".join(values), np.uint32).astype(np.int64)


def _blocks(matcher: W3LeafMatcher) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
    """Yield the postings a block at a time: posting by posting Whoosh's own Python would take ten times as long."""
    while matcher.is_active():
        matcher.id(), matcher.value()
        yield matcher._ids, matcher._values
        matcher._next_block()
