"""What was found: the slots of entries, how well each fits, and the places to show for it.

All costs are in proportion to what is found, not to the library: slots are kept as ascending arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from search.indexes import FIELD_BITS, SLOT_BITS, Places
from search.lexicon import MOST_UNITS, SIZE_BITS

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Slots = npt.NDArray[np.int64]
LITERAL = 0.3
"""What a phrase as typed is worth, in shares of a title."""
MERGE_BELOW = 8
"""How many times longer the other of two arrays is from which on each value is looked up in it."""
_POSITION = (1 << FIELD_BITS) - 1
_FIELD = (1 << (SLOT_BITS - FIELD_BITS)) - 1


@dataclass(frozen=True, slots=True)
class Match:
    """Places where something was found: ``size`` units from each on, or as many as the place itself says (0).

    ``folded`` counts characters of the folded text instead of units; ``exact`` tells words as typed from what widens.
    """

    places: Places
    size: int
    folded: bool = False
    exact: bool = True

    def between(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """Return the (field, first, size) of a range of the places."""
        found = []
        for place in self.places[first:last].tolist():
            position, size = place & _POSITION, self.size
            if not size:
                position, size = position >> SIZE_BITS, position & MOST_UNITS
            found.append(((place >> FIELD_BITS) & _FIELD, position, size))
        return found


Held = list[tuple[Match, list[tuple[int, int, int]]]]
"""What of an entry was found: by each match that has anything there, the (field, first, size) of its places."""


@dataclass(frozen=True, slots=True)
class Found:
    """The slots found, ascending, the score of each and whether it is exact; at most ``weight`` can be scored.

    ``cover`` tells which share of the title is what was asked for, with a little for words that stand as typed.
    """

    slots: Slots
    score: Floats
    exact: Mask
    weight: float
    cover: Floats
    matches: list[Match] = field(default_factory=list)

    def __and__(self, other: "Found") -> "Found":
        both = meet(self.slots, other.slots)
        a, b = np.searchsorted(self.slots, both), np.searchsorted(other.slots, both)
        return Found(
            both, self.score[a] + other.score[b], self.exact[a] & other.exact[b],
            self.weight + other.weight, self.cover[a] + other.cover[b], self.matches + other.matches,
        )  # fmt: skip

    def __or__(self, other: "Found") -> "Found":
        if not len(other.slots):
            return replace(self, weight=max(self.weight, other.weight))
        if not len(self.slots):
            return replace(other, weight=max(self.weight, other.weight))
        either = union((self.slots, other.slots))
        a, b = np.searchsorted(either, self.slots), np.searchsorted(either, other.slots)
        (score, cover), exact = np.zeros((2, len(either)), np.float32), np.zeros(len(either), np.bool_)
        score[a], cover[a], exact[a] = self.score, self.cover, self.exact
        score[b], cover[b] = np.maximum(score[b], other.score), np.maximum(cover[b], other.cover)
        exact[b] |= other.exact
        return Found(either, score, exact, max(self.weight, other.weight), cover, self.matches + other.matches)

    def in_slots(self, slots: Slots) -> list[Held]:
        """Return what was found in each of some entries."""
        out: list[Held] = [[] for _ in slots]
        distinct = {(id(match.places), match.size, match.exact): match for match in self.matches}
        for match in distinct.values():
            first = np.searchsorted(match.places, slots << SLOT_BITS).tolist()
            last = np.searchsorted(match.places, (slots + 1) << SLOT_BITS).tolist()
            for held, start, end in zip(out, first, last, strict=True):
                if start < end:
                    held.append((match, match.between(start, end)))
        return out

    def where(self, kept: Mask) -> "Found":
        """Return the part for which ``kept`` (one for each slot found) holds."""
        return replace(
            self, slots=self.slots[kept], score=self.score[kept], exact=self.exact[kept], cover=self.cover[kept]
        )

    def without(self, other: "Found") -> "Found":
        """Return what is not in the exact part of another."""
        gone = other.slots[other.exact]
        return self.where(~contains(gone, self.slots)) if len(gone) else self

    def lesser(self, factor: float) -> "Found":
        """Return the same as something that only widens."""
        matches = [replace(match, exact=False) for match in self.matches]
        score, cover = self.score * np.float32(factor), self.cover * np.float32(factor)
        return Found(self.slots, score, np.zeros_like(self.exact), self.weight, cover, matches)

    def times(self, factor: float) -> "Found":
        """Return the same as something that counts for less in a sum."""
        return replace(self, score=self.score * np.float32(factor), weight=self.weight * factor)

    def praised(self, literal: "Found") -> "Found":
        """Return the same, better where the words stand literally as typed."""
        at = contains(literal.slots, self.slots)
        if not at.any():
            return self
        cover = self.cover.copy()
        cover[at] = np.maximum(cover[at], literal.cover[np.searchsorted(literal.slots, self.slots[at])]) + LITERAL
        return replace(self, cover=cover, matches=self.matches + literal.matches)


def nothing() -> Found:
    """Return what is found where nothing is."""
    return Found(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.bool_), 0.0, np.zeros(0, np.float32))


def fields_of(places: Places) -> Places:
    """Return the number of the field of each place."""
    return np.asarray((places >> FIELD_BITS) & _FIELD)


def contains(ascending: Places, values: Places) -> Mask:
    """Tell of each value whether an ascending array has it."""
    if not len(ascending):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return np.asarray(ascending[at] == values)


def meet(a: Places, b: Places) -> Places:
    """Return what two ascending arrays share."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    if len(small) * MERGE_BELOW < len(large):
        return small[contains(large, small)] if len(small) else small
    merged = np.sort(np.concatenate((a, b)), kind="stable")  # two runs in order: merged, not sorted
    return np.asarray(merged[:-1][merged[1:] == merged[:-1]])


def together(lists: Sequence[tuple[Places, int]]) -> Places:
    """Return the places p such that each list has p plus its distance, of which one is 0; the shortest list leads."""
    (shortest, distance), *others = sorted(lists, key=lambda pair: len(pair[0]))
    places = shortest - distance if distance else shortest
    for other, distance in others:
        far = len(places) * MERGE_BELOW < len(other)
        places = places[contains(other, places + distance)] if far else meet(places, other - distance)
    return places


def union(parts: Sequence[Places]) -> Places:
    """Return what any of some ascending arrays has, ascending, each once."""
    merged = np.sort(np.concatenate(parts), kind="stable")  # runs in order are merged, not sorted
    return merged[np.append(True, merged[1:] != merged[:-1])] if len(merged) else merged


def summed(places: Places, weights: Floats) -> tuple[Slots, Floats]:
    """Return the slots of places, each once, and the sum of the weights of the fields that they lie in."""
    slots = places >> SLOT_BITS
    first = np.flatnonzero(np.append(True, slots[1:] != slots[:-1]))
    sums = np.add.reduceat(weights.astype(np.float64)[fields_of(places)], first)
    return slots[first], sums.astype(np.float32)
