"""The columns of all entries in the order of the engine's slots: what filters, counts and orders are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.entries import StoredEntry, read_columns, read_entry
from search.found import Floats, Mask
from search.japanese import fold_text
from search.model import FACETS, WEIGHTS, Facet, FacetValue, Sort

Ints = npt.NDArray[np.int64]
MOST_VALUES = 200
"""Values of a facet that a page lists; those chosen are always among them."""


@dataclass(frozen=True)
class FacetTable:
    """A facet: its values and labels, and for each occurrence the slot (``owner``) and the number of the value."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    owner: Ints
    ids: Ints

    def mask(self, chosen: Iterable[int], slots: int) -> Mask:
        """Return the slots that have one of the values."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[list(chosen)] = True
        mask = np.zeros(slots, np.bool_)
        mask[self.owner[wanted[self.ids]]] = True
        return mask

    def resolve(self, asked: str) -> list[int]:
        """Return the values that a filter means: that value, else that label, else every label that contains it."""
        if asked in self._numbers:
            return [self._numbers[asked]]
        folded = fold_text(asked)
        same = [i for i, label in enumerate(self._folded) if label == folded]
        return same or [i for i, label in enumerate(self._folded) if folded in label]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {value: i for i, value in enumerate(self.values)}

    @cached_property
    def _folded(self) -> list[str]:
        return [fold_text(label) for label in self.labels]


class Table:
    """All columns, joined from those of the documents and brought into the order of the slots."""

    def __init__(self, folder: Path, slots: Sequence[tuple[str, int] | None]) -> None:
        self._folder, self._slots = folder, slots
        self.count = len(slots)
        self.alive = np.array([slot is not None for slot in slots], np.bool_)
        self.documents = sorted({slot[0] for slot in slots if slot})
        self._columns = {document: read_columns(folder, document) for document in self.documents}
        starts, start = {}, 0
        for document, columns in self._columns.items():
            starts[document] = start
            start += len(columns.offsets) - 1
        self._rows = np.array([starts[slot[0]] + slot[1] if slot else 0 for slot in slots], np.int64)
        self.lengths = self._weighted_lengths()
        self.facets = {name: self._facet(name, start) for name in FACETS}

    def entry(self, slot: int) -> StoredEntry:
        """Read the entry of a slot."""
        at = self._slots[slot]
        if at is None:
            raise LookupError(f"slot {slot} was taken out")
        offsets = self._columns[at[0]].offsets
        return read_entry(self._folder, at[0], offsets[at[1]], offsets[at[1] + 1])

    def titles(self) -> list[tuple[str, str, int]]:
        """Return (title, reading, slot) of each entry."""
        rows = [(t, r) for c in self._columns.values() for t, r in zip(c.titles, c.readings, strict=True)]
        return [(*rows[row], slot) for slot, row in enumerate(self._rows.tolist()) if self.alive[slot]]

    def filtered(self, filters: Sequence[tuple[str, str]], without: str | None = None) -> Mask:
        """Return the slots that satisfy every filter, those on the facet ``without`` left out of account.

        Values of a single facet are alternatives, those of the others must hold together.
        """
        mask = self.alive.copy()
        for name, many in FACETS.items():
            table = self.facets[name]
            masks = [
                table.mask(table.resolve(value), self.count)
                for facet, value in filters
                if facet == name and facet != without
            ]
            if masks:
                mask &= reduce(and_ if many else or_, masks)
        return mask

    def count_values(self, found: Mask, filters: Sequence[tuple[str, str]]) -> tuple[Facet, ...]:
        """Count the values of every facet so that each count is what choosing the value gives."""
        facets = []
        within = found & self.filtered(filters)
        for name, many in FACETS.items():
            asked = {i for facet, value in filters if facet == name for i in self.facets[name].resolve(value)}
            here = within if many or not asked else found & self.filtered(filters, without=name)
            facets.append(self._count_facet(name, here, asked))
        return tuple(facet for facet in facets if facet.values)

    def project_counts(self) -> dict[tuple[str, str], int]:
        """Return in how many projects each (facet, value) stands, or in how many entries where it stands in none."""
        types = self.facets["type"]
        projects = types.mask([i for i, value in enumerate(types.values) if value == "project"], self.count)
        counts: dict[tuple[str, str], int] = {}
        for name, table in self.facets.items():
            everywhere = np.bincount(table.ids, minlength=len(table.values)).tolist()
            inside = np.bincount(table.ids[projects[table.owner]], minlength=len(table.values)).tolist()
            for i, value in enumerate(table.values):
                counts[name, value] = inside[i] or everywhere[i]
        return counts

    def order(self, slots: Ints, score: Floats, sort: Sort) -> Ints:
        """Return slots in the order asked for; equal ones by score, then by place in the library."""
        keys: list[npt.NDArray[Any]] = [self._rows[slots], -score[slots]]
        if sort == "number":
            keys.extend([self.document_numbers[slots], self.numbers[slots]])
        elif sort == "newest":
            keys.append(-self.dates[slots])
        elif sort == "oldest":
            dates = self.dates[slots]
            keys.append(np.where(dates == 0, np.iinfo(np.int64).max, dates))
        elif sort == "reading":
            keys.append(self.reading_ranks[slots])
        elif sort == "budget":
            keys.append(-self.budgets[slots])
        return slots[np.lexsort(keys)]

    @cached_property
    def numbers(self) -> Ints:
        """Sheet numbers as sort keys."""
        return self._column([n for c in self._columns.values() for n in c.numbers])

    @cached_property
    def dates(self) -> Ints:
        """Dates as yyyymmdd, 0 where there is none."""
        return self._column([d for c in self._columns.values() for d in c.dates])

    @cached_property
    def budgets(self) -> npt.NDArray[np.float64]:
        """Thousand yen, -1 where nothing is printed."""
        rows = [-1.0 if b is None else b for c in self._columns.values() for b in c.budgets]
        return np.array(rows or [0.0], np.float64)[self._rows]

    @cached_property
    def reading_ranks(self) -> Ints:
        """The place of each title in the order of its reading (五十音順)."""
        readings = [r for c in self._columns.values() for r in c.readings]
        ranks = {reading: rank for rank, reading in enumerate(sorted(set(readings)))}
        return self._column([ranks[r] for r in readings])

    @cached_property
    def document_numbers(self) -> Ints:
        """The place of each entry's document among the documents."""
        return self._column([i for i, c in enumerate(self._columns.values()) for _ in c.numbers])

    def _column(self, rows: Sequence[int]) -> Ints:
        return np.array(rows or [0], np.int64)[self._rows]

    def _weighted_lengths(self) -> Floats:
        parts = [np.frombuffer(c.lengths, "<u4").reshape(-1, len(WEIGHTS)) for c in self._columns.values()]
        if not parts:
            return np.zeros(self.count, np.float32)
        weighted = np.concatenate(parts) @ np.array(list(WEIGHTS.values()), np.float32)
        return np.asarray(weighted, np.float32)[self._rows]

    def _facet(self, name: str, rows: int) -> FacetTable:
        numbers: dict[str, int] = {}
        labels: dict[str, str] = {}
        owners, ids, row = [], [], 0
        for columns in self._columns.values():
            column = columns.facets[name]
            counts = np.frombuffer(column.counts, "<u2").astype(np.int64)
            labels = {**dict(column.values), **labels}
            local = np.array([numbers.setdefault(v, len(numbers)) for v, _ in column.values] or [0], np.int64)
            owners.append(np.repeat(np.arange(row, row + len(counts)), counts))
            ids.append(local[np.frombuffer(column.ids, "<u4")])
            row += len(counts)
        slot_of = np.full(rows, -1, np.int64)
        slot_of[self._rows[self.alive]] = np.flatnonzero(self.alive)
        owner = slot_of[np.concatenate(owners)] if owners else np.zeros(0, np.int64)
        listed = np.concatenate(ids) if ids else np.zeros(0, np.int64)
        return FacetTable(tuple(numbers), tuple(labels[v] for v in numbers), owner, listed)

    def _count_facet(self, name: str, here: Mask, asked: set[int]) -> Facet:
        table = self.facets[name]
        counts = np.bincount(table.ids[here[table.owner]], minlength=len(table.values)).tolist()
        shown = [i for i, n in enumerate(counts) if n or i in asked]
        shown.sort(key=lambda i: (-counts[i], table.labels[i]))
        kept = [i for rank, i in enumerate(shown) if rank < MOST_VALUES or i in asked]
        return Facet(name, tuple(FacetValue(table.values[i], table.labels[i], counts[i], i in asked) for i in kept))


def type_factors(types: FacetTable, slots: int, factors: Mapping[str, float]) -> Floats:
    """Return for each slot the factor of its type."""
    by_value = np.array([factors.get(value, 1.0) for value in types.values] or [1.0], np.float32)
    out = np.ones(slots, np.float32)
    out[types.owner] = by_value[types.ids]
    return out
