"""Documents written together: how both engines keep postings, and make the next state out of the last.

An inverted list has the places of a term in a *batch* of documents, whose entries are counted through; an engine keeps
one list for each term and batch. ``batches.json`` says which documents a batch has, and how many entries of each. A
document that is taken out only loses its name there. Small batches, and those that have lost half their entries, are
copied into the batch being written, so that their number stays small.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np

from search.indexes import NO_PLACES, SLOT_BITS, Key, Places, Postings
from search.indexes.packing import packed, unpacked

LARGE = 50_000
"""Entries from which a batch is not copied any more while most of it is alive."""
GONE = -(1 << 30)
FILE = "batches.json"


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

    def left(self) -> list[tuple[str, int]]:
        """Return the documents that are left."""
        return [(name, count) for name, count in self.documents if name is not None]

    def shifts(self, slots: Mapping[str, int]) -> Places:
        """Return for each entry of the batch what leads to its slot, a negative number of no slot where it was taken out."""
        counts = [count for _, count in self.documents]
        before = accumulate(counts, initial=0)
        first = [slots.get(name, -1) if name is not None else -1 for name, _ in self.documents]
        shift = [slot - start if slot >= 0 else GONE for slot, start in zip(first, before, strict=False)]
        return np.repeat(np.array(shift, np.int64), counts)


class Store(Protocol):
    """What an engine does with the lists of batches while a state is written."""

    def write(self, batch: int, lists: Iterable[tuple[Key, bytes]]) -> None:
        """Keep the lists of a new batch; keys ascend."""

    def read(self, batch: int) -> Iterable[tuple[Key, bytes]]:
        """Yield the lists of a batch of the state before."""

    def drop(self, batches: Collection[int]) -> None:
        """Forget batches, and make what was written since the state before complete."""


_batches = msgspec.json.Decoder(list[Batch])


def read_batches(folder: Path) -> list[Batch]:
    """Read which documents each batch has."""
    return _batches.decode((folder / FILE).read_bytes())


def renew(store: Store, batches: Sequence[Batch], added: Iterable[Postings], removed: Collection[str]) -> list[Batch]:
    """Write what is added, take out what is removed, and return the batches that there are now."""
    for batch in batches:
        batch.documents = [(None if name in removed else name, count) for name, count in batch.documents]
    written: list[Batch] = []
    numbers = iter(range(max((batch.number for batch in batches), default=0) + 1, 1 << 31))
    pending: list[Postings] = []
    for postings in added:
        written.extend(_write(store, next(numbers), last) for last in pending)
        pending = [postings]
    kept, small = _divided(batches, sum(count for postings in pending for _, count in postings.documents))
    pending += [_left(batch, store.read(batch.number)) for batch in small if batch.alive]
    if pending:
        written.append(_write(store, next(numbers), _joined(pending)))
    store.drop([batch.number for batch in small])
    return [*kept, *written]


def write_batches(folder: Path, batches: Sequence[Batch]) -> None:
    """Write which documents each batch has, into a file of its own: the one that is there may be that of the state before."""
    (folder / FILE).unlink(missing_ok=True)
    (folder / FILE).write_bytes(msgspec.json.encode(batches))


def _divided(batches: Sequence[Batch], size: int) -> tuple[list[Batch], list[Batch]]:
    """Part batches that stay from those to be copied into one that has ``size`` entries so far."""
    kept: list[Batch] = []
    small: list[Batch] = []
    for batch in sorted(batches, key=lambda b: b.alive):
        alive = batch.alive
        if alive and (alive > 2 * size or alive >= LARGE) and alive * 2 > batch.entries:
            kept.append(batch)
        else:
            small.append(batch)
            size += alive
    return kept, small


def _write(store: Store, number: int, postings: Postings) -> Batch:
    store.write(number, packed(postings))
    return Batch(number, [*postings.documents])


def joined_places(parts: Iterable[tuple[bytes, Places]]) -> Places:
    """Return the places of a term from its list in each batch and the shifts of that batch, ascending."""
    moved = [moved_places(unpacked(data), shifts) for data, shifts in parts]
    places = np.concatenate(moved or [NO_PLACES])
    return places if (np.diff(places) > 0).all() else np.sort(places, kind="stable")


def moved_places(places: Places, shifts: Places) -> Places:
    """Return the places in the slots that the shifts lead to, without those taken out."""
    moved = places + (shifts[places >> SLOT_BITS] << SLOT_BITS)
    return np.asarray(moved[moved >= 0])


def _left(batch: Batch, lists: Iterable[tuple[Key, bytes]]) -> Postings:
    """Return what is left of a batch."""
    left = batch.left()
    starts = accumulate((count for _, count in left), initial=0)
    shifts = batch.shifts(dict(zip((name for name, _ in left), starts, strict=False)))
    keys: list[Key] = []
    parts = [NO_PLACES]
    for key, data in lists:
        moved = moved_places(unpacked(data), shifts)
        if len(moved):
            keys.append(key)
            parts.append(moved)
    ends = np.cumsum([len(part) for part in parts[1:]], dtype=np.int64)
    return Postings(left, keys, ends, np.concatenate(parts))


def _joined(parts: Sequence[Postings]) -> Postings:
    """Make one batch of several."""
    if len(parts) == 1:
        return parts[0]
    keys: dict[Key, int] = {}
    numbers, places = [NO_PLACES], [NO_PLACES]
    entries = 0
    for part in parts:
        known = np.array([keys.setdefault(key, len(keys)) for key in part.keys], np.int64)
        numbers.append(np.repeat(known, np.diff(part.ends, prepend=0)))
        places.append(part.places + (entries << SLOT_BITS))
        entries += sum(count for _, count in part.documents)
    documents = [document for part in parts for document in part.documents]
    return Postings.grouped(documents, list(keys), np.concatenate(numbers), np.concatenate(places))
