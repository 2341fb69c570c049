"""What was found: for each slot how well, and the places to show for it."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from search.indexes import FIELD_BITS, SLOT_BITS, Places
from search.terms import MOST_UNITS, SIZE_BITS

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
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

    def in_slot(self, slot: int) -> list[tuple[int, int, int]]:
        """Return the (field, first, size) of each match in an entry."""
        first, last = np.searchsorted(self.places, (slot << SLOT_BITS, (slot + 1) << SLOT_BITS))
        found = []
        for place in self.places[first:last].tolist():
            position, size = place & _POSITION, self.size
            if not size:
                position, size = position >> SIZE_BITS, position & MOST_UNITS
            found.append(((place >> FIELD_BITS) & _FIELD, position, size))
        return found


@dataclass(slots=True)
class Found:
    """For each slot the score (0 where nothing was found) and whether it is exact; at most ``weight`` can be scored."""

    score: Floats
    exact: Mask
    weight: float
    matches: list[Match] = field(default_factory=list)

    def __and__(self, other: "Found") -> "Found":
        both = (self.score > 0) & (other.score > 0)
        score = np.where(both, self.score + other.score, 0).astype(np.float32)
        return Found(score, self.exact & other.exact, self.weight + other.weight, self.matches + other.matches)

    def __or__(self, other: "Found") -> "Found":
        score = np.maximum(self.score, other.score)
        return Found(score, self.exact | other.exact, max(self.weight, other.weight), self.matches + other.matches)

    def lesser(self, factor: float) -> "Found":
        """Return the same as something that only widens."""
        matches = [replace(match, exact=False) for match in self.matches]
        return Found(self.score * np.float32(factor), np.zeros_like(self.exact), self.weight, matches)


def fields_of(places: Places) -> Places:
    """Return the number of the field of each place."""
    return np.asarray((places >> FIELD_BITS) & _FIELD)


def meet(a: Places, b: Places) -> Places:
    """Return what two ascending arrays share."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    if not len(small):
        return small
    at = np.minimum(np.searchsorted(large, small), len(large) - 1)
    return np.asarray(small[large[at] == small])
