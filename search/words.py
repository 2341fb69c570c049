"""The words of all distinct texts of a document, one after another, in arrays."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from search.lexicon import MOST_UNITS, SIZE_BITS, Ints, Lexicon, ends_of, expand, pack

LONGEST_RUN = 3
Mask = npt.NDArray[np.bool_]


class Words:
    """Words of a lexicon where they stand in texts; ``content`` has the number of content words of each text.

    Positions count short units. A run is a content word, or nouns with nothing between them.
    """

    def __init__(self, lexicon: Lexicon, texts: Sequence[str]) -> None:
        self._lexicon, self._texts = lexicon, len(texts)
        self._text, self._words, self._starts = lexicon.words_of(texts)
        self._ends = ends_of(self._text, self._texts)
        content, heads, nouns, lengths = lexicon.features(self._words)
        self.content = np.bincount(self._text, content, self._texts).astype(np.int64)
        of, self._units = lexicon.units_of(self._words, self._starts)
        ends = ends_of(of, len(self._words))
        self._unit_ends = ends[self._ends]
        self._firsts, self._lasts = ends[:-1] - self._unit_ends[self._text], ends[1:] - self._unit_ends[self._text]
        runs = list(self._find_runs(heads > 0, nouns > 0, self._starts + lengths))
        self._first, self._last = (np.concatenate(column) for column in zip(*runs, strict=True))
        self._packed = np.concatenate(
            [pack([self._words[at + i] for i in range(n)]) for n, (at, _) in enumerate(runs, 1)]
        )

    def placed(self, texts: Ints, bases: Ints) -> tuple[Ints, Ints]:
        """Return the terms and places of the words of texts that stand in fields of entries (the upper bits of a place)."""
        word, terms, lows = self._lexicon.rows_of(self._words, self._firsts)
        at, field = expand(ends_of(self._text[word], self._texts), texts)
        return terms[at], lows[at] + bases[field]

    def placed_runs(self, names: Ints, bases: Ints) -> tuple[Ints, Ints]:
        """Return the readings of the runs of nouns of names, where they stand."""
        is_name = np.zeros(self._texts, np.bool_)
        is_name[names] = True
        first, text = self._firsts[self._first], self._text[self._first]
        units = self._lasts[self._last] - first
        runs = np.flatnonzero((self._last > self._first) & is_name[text] & (units <= MOST_UNITS))
        runs = runs[np.argsort(text[runs], kind="stable")]
        reading, number = self._lexicon.run, self._lexicon.number
        terms = np.array([number("readings", reading(run)[1]) for run in self._packed[runs].tolist()], np.int64)
        at, field = expand(ends_of(text[runs], self._texts), names)
        return terms[at], (first[runs] << SIZE_BITS | units[runs])[at] + bases[field]

    def counted(self, times: Ints) -> list[tuple[str, str, int]]:
        """Return each run as printed, with its reading, and how often it stands in texts that stand so often."""
        packed, inverse = np.unique(self._packed, return_inverse=True)
        counts = np.bincount(inverse, times[self._text[self._first]], len(packed)).astype(np.int64)
        found: dict[tuple[str, str], int] = {}
        for run, count in zip(packed.tolist(), counts.tolist(), strict=True):
            word = self._lexicon.run(run)
            found[word] = found.get(word, 0) + count
        return [(word, reading, count) for (word, reading), count in sorted(found.items())]

    def spans(self) -> list[bytes]:
        """Return the source ranges of the units of each text (int32 pairs)."""
        data, ends = self._units.astype("<i4").tobytes(), (8 * self._unit_ends).tolist()
        return [data[a:b] for a, b in pairwise(ends)]

    def reading(self, text: int) -> str:
        """Return the reading of a whole text."""
        words = self._lexicon.lexemes(self._words[self._ends[text] : self._ends[text + 1]])
        return "".join(word.whole.reading for word in words)

    def _find_runs(self, run: Mask, noun: Mask, stops: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Yield the first and last words of the runs of each size."""
        for size in range(1, LONGEST_RUN + 1):
            at = np.flatnonzero(run)
            yield at, at + size - 1
            here, last, there = slice(0, -size), slice(size - 1, -1), slice(size, None)
            joins = np.zeros_like(run)
            joins[here] = (
                run[here] & noun[here] & noun[there]
                & (self._text[here] == self._text[there]) & (stops[last] == self._starts[there])
            )  # fmt: skip
            run = joins
