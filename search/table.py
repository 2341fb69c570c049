"""The columns of all entries in the order of their slots: what filters, counts and orders are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import accumulate
from operator import and_, or_
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.entries import StoredEntry, documents, read_columns, read_entry, read_names, read_words
from search.folding import fold_text
from search.found import Floats, Mask
from search.model import FACETS, WEIGHTS, Facet, FacetValue, Sort
from search.names import Name

Ints = npt.NDArray[np.int64]
MASKS = 128
ONE_FOR_ALL_DOCUMENTS = ("municipality", "department")
"""Types whose entries in several documents are one thing, where they have the same value of the facet of that name."""
MOST_VALUES = 200
"""Values of a facet that a page lists; those chosen are always among them."""


@dataclass(frozen=True)
class FacetTable:
    """A facet: its values and labels, the sets of values that there are, and which of them each slot has (``chosen``).

    ``members`` has the numbers of the values of all sets, ``owners`` the set of each: what is asked of a facet is asked
    of its sets, of which there are few, and looked up for the slots.
    """

    values: tuple[str, ...]
    labels: tuple[str, ...]
    members: Ints
    owners: Ints
    sets: int
    chosen: Ints

    def mask(self, values: Sequence[int]) -> Mask:
        """Return the slots that have one of the values."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[list(values)] = True
        has = np.zeros(self.sets, np.bool_)
        has[self.owners[wanted[self.members]]] = True
        return has[self.chosen]

    def count(self, slots: Ints | None) -> Ints:
        """Return how many of the slots (None: of all) have each value."""
        times = np.bincount(self.chosen if slots is None else self.chosen[slots], minlength=self.sets)
        return np.bincount(self.members, times[self.owners], len(self.values)).astype(np.int64)

    def count_once(self, slots: Ints, things: Ints) -> Ints:
        """Return how many things have each value by any of their slots."""
        first, end = (np.searchsorted(self.owners, self.chosen[slots], side) for side in ("left", "right"))
        sizes = end - first
        places = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        span = len(self.chosen)
        pairs = np.unique(self.members[places] * span + np.repeat(things, sizes))
        return np.bincount(pairs // span, minlength=len(self.values)).astype(np.int64)

    def resolve(self, asked: str) -> list[int]:
        """Return the values that a filter means: that value, else that label, else every label that contains it."""
        if asked in self._numbers:
            return [self._numbers[asked]]
        folded = fold_text(asked)
        same = [i for i, label in enumerate(self._folded) if label == folded]
        return same or [i for i, label in enumerate(self._folded) if folded in label]

    @cached_property
    def label_ranks(self) -> Ints:
        """The place of each label in their order."""
        ranks = np.empty(len(self.labels), np.int64)
        ranks[sorted(range(len(self.labels)), key=self.labels.__getitem__)] = np.arange(len(self.labels))
        return ranks

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {value: i for i, value in enumerate(self.values)}

    @cached_property
    def _folded(self) -> list[str]:
        return [fold_text(label) for label in self.labels]


class Table:
    """All columns, joined from those of the documents in the order of their ids; ``starts`` has where each begins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._columns = {document: read_columns(folder, document) for document in documents(folder)}
        sizes = [len(columns.offsets) - 1 for columns in self._columns.values()]
        first = list(accumulate(sizes, initial=0))
        self.starts = dict(zip(self._columns, first, strict=False))
        self.count = first[-1]
        self._first, self._documents = np.array(first, np.int64), list(self._columns)
        self.lengths, self.title_lengths = self._lengths()
        self.facets = {name: self._facet(name) for name in FACETS}
        self._things, self._repeated = self._same_things()
        self._mask = lru_cache(MASKS)(self._facet_mask)

    def entry(self, slot: int) -> StoredEntry:
        """Read the entry of a slot."""
        number = int(np.searchsorted(self._first, slot, "right")) - 1
        document = self._documents[number]
        start = slot - int(self._first[number])
        return read_entry(self.folder, document, *self._columns[document].offsets[start : start + 2])

    def words(self) -> Iterator[tuple[str, str, int]]:
        """Yield the words of all documents."""
        for document, columns in self._columns.items():
            yield from read_words(self.folder, document, columns)

    def names(self) -> Iterator[Name]:
        """Yield the names of all documents."""
        for document, columns in self._columns.items():
            yield from read_names(self.folder, document, columns)

    def filtered(self, filters: Sequence[tuple[str, str]], without: str | None = None) -> Mask:
        """Return the slots that satisfy every filter, those on the facet ``without`` left out of account.

        Values of a single facet are alternatives, those of the others must hold together.
        """
        mask = np.ones(self.count, np.bool_)
        for name, many in FACETS.items():
            masks = [self._mask(name, value) for facet, value in filters if facet == name and facet != without]
            if masks:
                mask &= reduce(and_ if many else or_, masks)
        return mask

    def _facet_mask(self, name: str, value: str) -> Mask:
        table = self.facets[name]
        return table.mask(table.resolve(value))

    def count_values(self, found: Ints, within: Ints, filters: Sequence[tuple[str, str]]) -> tuple[Facet, ...]:
        """Count the values of every facet so that each count is what choosing the value gives.

        ``within`` is the part of ``found`` that satisfies the filters.
        """
        facets = []
        for name, many in FACETS.items():
            asked = {i for facet, value in filters if facet == name for i in self.facets[name].resolve(value)}
            here = within if many or not asked else found[self.filtered(filters, without=name)[found]]
            facets.append(self._count_facet(name, here, asked))
        return tuple(facet for facet in facets if facet.values)

    def best_of_each(self, slots: Ints, score: Floats) -> Ints:
        """Return the places of the slots without those that a better entry of the same thing stands before."""
        at = np.flatnonzero(self._repeated[slots])
        if not len(at):
            return np.arange(len(slots))
        ranked = at[np.argsort(-score[at], kind="stable")]
        best = ranked[np.unique(self._things[slots[ranked]], return_index=True)[1]]
        kept = ~self._repeated[slots]
        kept[best] = True
        return np.flatnonzero(kept)

    def count_things(self, slots: Ints) -> int:
        """Return how many things the entries of some slots are of."""
        repeated = slots[self._repeated[slots]]
        return len(slots) - len(repeated) + len(np.unique(self._things[repeated]))

    def project_counts(self) -> dict[tuple[str, str], int]:
        """Return in how many projects each (facet, value) stands, or in how many entries where it stands in none."""
        types = self.facets["type"]
        projects = np.flatnonzero(types.mask([i for i, value in enumerate(types.values) if value == "project"]))
        counts: dict[tuple[str, str], int] = {}
        for name, table in self.facets.items():
            everywhere, inside = table.count(None), table.count(projects)
            listed = np.where(inside > 0, inside, everywhere).tolist()
            counts.update({(name, value): n for value, n in zip(table.values, listed, strict=True)})
        return counts

    def order(self, slots: Ints, score: Floats, sort: Sort, most: int) -> Ints:
        """Return the places of the first ``most`` slots in the order asked for; equal ones by score, then by slot."""
        key = self._sort_key(slots, sort)
        if key is None:
            at = np.arange(len(slots))
            if most < len(slots):
                least = np.partition(score, len(slots) - most)[len(slots) - most] if most else np.inf
                at = np.flatnonzero(score >= least)
            return at[np.argsort(-score[at], kind="stable")][:most]
        return np.lexsort([-score, key])[:most]

    def _sort_key(self, slots: Ints, sort: Sort) -> npt.NDArray[Any] | None:
        if sort == "number":
            return (self.numbers[slots] << 24) + self.document_numbers[slots]
        if sort == "newest":
            return -self.dates[slots]
        if sort == "oldest":
            dates = self.dates[slots]
            return np.where(dates == 0, np.iinfo(np.int64).max, dates)
        if sort == "reading":
            return self.reading_ranks[slots]
        return -self.budgets[slots] if sort == "budget" else None

    def numbered(self, keys: range) -> Ints:
        """Return the slots whose numbers lie in a range of sort keys."""
        if not keys:
            return np.zeros(0, np.int64)
        first, last = np.searchsorted(self._sorted_numbers[0], (keys.start, keys.stop))
        return np.sort(self._sorted_numbers[1][first:last])

    @cached_property
    def _sorted_numbers(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.numbers, kind="stable")
        return self.numbers[order], order

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
        return np.array(rows, np.float64)

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
        return np.array(rows, np.int64)

    def _lengths(self) -> tuple[Floats, Floats]:
        """Return for each entry its weighted length in words, and that of its title."""
        parts = [np.frombuffer(c.lengths, "<u4").reshape(-1, len(WEIGHTS)) for c in self._columns.values()]
        lengths = np.concatenate(parts or [np.zeros((0, len(WEIGHTS)))]).astype(np.float32)
        return lengths @ np.array(list(WEIGHTS.values()), np.float32), lengths[:, list(WEIGHTS).index("title")]

    def _facet(self, name: str) -> FacetTable:
        numbers: dict[str, int] = {}
        labels: dict[str, str] = {}
        sets: dict[tuple[int, ...], int] = {}
        chosen: list[Ints] = [np.zeros(0, np.int64)]
        for columns in self._columns.values():
            column = columns.facets[name]
            for value, label in column.values:
                labels.setdefault(value, label)
            local = [numbers.setdefault(value, len(numbers)) for value, _ in column.values]
            known = [sets.setdefault(tuple(local[i] for i in members), len(sets)) for members in column.sets]
            chosen.append(np.array(known, np.int64)[np.frombuffer(column.chosen, "<u4")])
        members = np.array([value for values in sets for value in values], np.int64)
        owners = np.repeat(np.arange(len(sets)), [len(values) for values in sets])
        named = tuple(labels[value] for value in numbers)
        return FacetTable(tuple(numbers), named, members, owners.astype(np.int64), len(sets), np.concatenate(chosen))

    def _same_things(self) -> tuple[Ints, Mask]:
        """Return for each slot the first slot of the same thing, and whether another slot has the same thing.

        A municipality and a unit have an entry in each document that names them: who looks for them looks for one thing.
        """
        things, repeated = np.arange(self.count), np.zeros(self.count, np.bool_)
        for name in ONE_FOR_ALL_DOCUMENTS:
            slots = np.flatnonzero(self._facet_mask("type", name))
            _, first, which, times = np.unique(
                self.facets[name].chosen[slots], return_index=True, return_inverse=True, return_counts=True
            )
            things[slots], repeated[slots] = slots[first[which]], times[which] > 1
        return things, repeated

    def _count_facet(self, name: str, here: Ints, asked: set[int]) -> Facet:
        table = self.facets[name]
        repeated = self._repeated[here]
        several, things = here[repeated], self._things[here[repeated]]
        alike = np.array_equal(table.chosen[several], table.chosen[things])
        counts = table.count(here[~repeated])
        counts += table.count(np.unique(things)) if alike else table.count_once(several, things)
        shown = np.flatnonzero(counts)
        shown = shown[np.lexsort([table.label_ranks[shown], -counts[shown]])]
        kept = [i for rank, i in enumerate(shown.tolist()) if rank < MOST_VALUES or i in asked]
        kept += sorted((i for i in asked if not counts[i]), key=table.labels.__getitem__)
        shown_counts = counts[kept].tolist()
        values = [
            FacetValue(table.values[i], table.labels[i], n, i in asked) for i, n in zip(kept, shown_counts, strict=True)
        ]
        return Facet(name, tuple(values))


def type_factors(types: FacetTable, factors: Mapping[str, float]) -> Floats:
    """Return for each slot the factor of its type, of which it has one."""
    by_set = np.ones(types.sets, np.float32)
    by_set[types.owners] = [factors.get(types.values[member], 1.0) for member in types.members.tolist()]
    return by_set[types.chosen]
