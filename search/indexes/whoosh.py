"""Whoosh on disk: an inverted file in segments, each written once.

A batch of documents (``search.indexes.batches``) is a segment with one document of Whoosh; the value of its only posting
of a term is the list of the term, kept in the dictionary of terms itself.

A new state shares the segments of the one before it by hard links and adds a segment of its own. Whoosh writes no
segment twice: which there are stands in its table of contents (``_MAIN_n.toc``), which each commit writes under a new
name, and it only unlinks what it no longer needs. The one file that it opens for writing again is its lock, which is
therefore left behind nowhere. Whoosh reads pickles: never open an index that came from outside the library.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from whoosh import fields, formats, index
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo

from ingest.library import share_tree
from search.indexes import TERM_FIELDS, Key, Places, Postings
from search.indexes.batches import joined_places, read_batches, renew, write_batches

CACHED_TERMS = 2048
_LOCK = "MAIN_WRITELOCK"
Lists = Iterable[tuple[Key, bytes]]


class _ListFormat(formats.Format):  # type: ignore[misc]
    """The value of a posting is a list."""

    posting_size = -1


class _TermsField(fields.FieldType):  # type: ignore[misc]
    """A field whose postings are written as they come. Whoosh analyses nothing."""

    def __init__(self) -> None:
        super().__init__(_ListFormat(), analyzer=None)


class _Pool:
    """Takes the place of Whoosh's pool, which sorts one tuple for each posting: lists come in order."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def iter_postings(self) -> Lists:
        """Return the lists."""
        return self._lists

    def cleanup(self) -> None:
        """Forget the lists."""
        self._lists = ()


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's writer of terms, given one posting for each: it stands beside the term, not in a file of blocks."""

    def add_postings(self, schema: Any, _: object, lists: Lists) -> None:
        """Write lists in the order of their terms."""
        for field, of_field in groupby(lists, key=lambda item: item[0][0]):
            self.start_field(field, schema[field])
            for (_field, term), data in of_field:
                info = W3TermInfo(weight=1, df=1, minid=0, maxid=0)
                info.set_inlined((0,), (1.0,), (data,))
                self._tindex.add(self._fieldid.to_bytes(2, "big") + term.encode(), info.to_bytes())
            self.finish_field()


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec without the lengths of fields: we keep none, and it would ask the disk for each posting."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """Return the writer of the terms of a segment."""
        return _FieldWriter(self, storage, segment)


SCHEMA = fields.Schema(batch=fields.STORED(), **{name: _TermsField() for name in TERM_FIELDS})


def update_engine(base: Path | None, target: Path, added: Iterable[Postings], removed: Collection[str]) -> None:
    """Write the successor of ``base`` to ``target`` (see ``EngineModule``)."""
    target.mkdir(parents=True, exist_ok=True)
    if base is not None:
        share_tree(base, target)
        (target / _LOCK).unlink(missing_ok=True)
        opened = index.open_dir(str(target), schema=SCHEMA)
    else:
        opened = index.create_in(str(target), SCHEMA)
    write_batches(target, renew(_Store(opened), read_batches(base) if base else [], added, {*removed}))
    (target / _LOCK).unlink(missing_ok=True)


class _Store:
    """The segments of an index that is being written."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened

    def write(self, batch: int, lists: Lists) -> None:
        """Write a segment."""
        writer = self._opened.writer(codec=_Codec())
        writer.add_document(batch=batch)
        writer.pool = _Pool(lists)
        try:
            writer.commit(merge=False)
        except BaseException:
            writer.cancel()
            raise

    def read(self, batch: int) -> Iterator[tuple[Key, bytes]]:
        """Yield the lists of a segment."""
        with self._opened.reader() as reader:
            for number, leaf in _leaves(reader):
                if number == batch:
                    for (field, term), info in leaf._terms.items():
                        yield (field, term.decode()), _list_of(info)

    def drop(self, batches: Collection[int]) -> None:
        """Commit a table of contents without the segments of batches."""
        if batches:
            with self._opened.reader() as reader:
                gone = {leaf.segment().segment_id() for number, leaf in _leaves(reader) if number in batches}
            writer = self._opened.writer(codec=_Codec())
            writer.commit(mergetype=lambda _, segments: [s for s in segments if s.segment_id() not in gone])


def _leaves(reader: Any) -> Iterator[tuple[int, Any]]:
    """Yield the number of the batch and the reader of each segment."""
    for leaf, _ in reader.leaf_readers():
        if leaf.doc_count_all():
            yield leaf.stored_fields(0)["batch"], leaf


def _list_of(info: W3TermInfo) -> Any:
    _, _, (value,) = info.inlined_postings()
    return value


def open_engine(path: Path, slots: Mapping[str, int]) -> "WhooshEngine":
    """Open an index for reading."""
    return WhooshEngine(path, slots)


class WhooshEngine:
    """A Whoosh index, read segment by segment. Its files have one read position each, hence the lock."""

    def __init__(self, path: Path, slots: Mapping[str, int]) -> None:
        self._reader = index.open_dir(str(path), readonly=True, schema=SCHEMA).reader()
        shifts = {batch.number: batch.shifts(slots) for batch in read_batches(path)}
        self._leaves: Sequence[tuple[Any, Places]] = [(leaf, shifts[batch]) for batch, leaf in _leaves(self._reader)]
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
        key = (field, term.encode())
        with self._lock:
            lists = [(_list_of(leaf._terms.term_info(*key)), shifts) for leaf, shifts in self._leaves if key in leaf]
        return joined_places(lists)
