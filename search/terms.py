"""The entries of a document → the terms and places that engines keep, and what is needed to show and complete them.

A position counts the short units of a field, function words included, so that a phrase is a run of positions. In
``compounds`` and ``readings`` the position carries the number of units covered in its lowest four bits; in ``bigrams``
it counts the characters of the folded text.

A word is met thousands of times and worked out once (``search.lexicon``); the places of a document are then gathered as
arrays, each distinct text of it once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.folding import fold_text
from search.indexes import FIELD_BITS, SLOT_BITS
from search.lexicon import Groups, Ints, Lexicon
from search.model import SUBSTRING_FIELDS, WEIGHTS, SearchDocument
from search.names import Name, Namer
from search.words import Words

END = "\n"
"""Ends the folded text of a name, so that its last character begins a pair too."""

_FIELDS = list(WEIGHTS)
_NAMES = np.array([name in SUBSTRING_FIELDS for name in WEIGHTS])
_TITLE = _FIELDS.index("title")


@dataclass(frozen=True, slots=True)
class Cuttings:
    """What the texts of a document come to.

    ``terms`` and ``places`` say which term (a number of the cutter's) stands where, the slot being the number of the
    entry; ``spans`` has, by entry and field, the source range of each unit (int32 pairs); ``lengths`` the content words
    of each entry and field (uint32); ``words`` each word or run of nouns as printed, with its reading, and how often it
    stands there; ``readings`` those of the titles; ``names`` what can be completed.
    """

    terms: Ints
    places: Ints
    spans: list[dict[str, bytes]]
    lengths: npt.NDArray[np.uint32]
    words: list[tuple[str, str, int]]
    readings: list[str]
    names: list[Name]


class Cutter:
    """Cuts document after document, and remembers the words and names that it met: ``lexicon`` numbers their terms."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self._namer = Namer(self.lexicon)
        self._names: dict[str, int] = {}
        self._pairs = Groups(2)  # of a name: the term of each pair of characters, and its place

    def cut(self, entries: Sequence[SearchDocument]) -> Cuttings:
        """Cut every text of the entries of a document, each distinct one once."""
        texts: dict[str, int] = {}
        used = [
            (entry, field, texts.setdefault(text, len(texts)))
            for entry, document in enumerate(entries)
            for field, name in enumerate(_FIELDS)
            if (text := document.text_of(name))
        ]
        words = Words(self.lexicon, list(texts))
        owner, column, of = np.array(used, np.int64).reshape(-1, 3).T
        base = (owner << SLOT_BITS) | (column << FIELD_BITS)
        named = _NAMES[column]
        names, at = of[named], base[named]
        parts = [words.placed(of, base), words.placed_runs(names, at), self._placed_pairs(list(texts), names, at)]
        terms, places = map(np.concatenate, zip(*parts, strict=True))
        lengths = np.zeros((len(entries), len(WEIGHTS)), np.uint32)
        lengths[owner, column] = words.content[of]
        spans: list[dict[str, bytes]] = [{} for _ in entries]
        listed = words.spans()
        for entry, field, number in used:
            spans[entry][_FIELDS[field]] = listed[number]
        titles = {entry: number for entry, field, number in used if field == _TITLE}
        readings = [e.reading or (words.reading(titles[i]) if i in titles else "") for i, e in enumerate(entries)]
        counted = words.counted(np.bincount(of, minlength=len(texts)))
        return Cuttings(terms, places, spans, lengths, counted, readings, self._namer.names(entries))

    def _placed_pairs(self, texts: Sequence[str], names: Ints, base: Ints) -> tuple[Ints, Ints]:
        """Return the pairs of characters of names, where they stand."""
        numbers = np.zeros(len(texts), np.int64)
        for text in np.unique(names).tolist():
            numbers[text] = self._name(texts[text])
        owner, (terms, ranks) = self._pairs.gathered(numbers[names])
        return terms, ranks + base[owner]

    def _name(self, text: str) -> int:
        if text not in self._names:
            self._names[text] = len(self._names)
            terms = [self.lexicon.number("bigrams", pair) for pair in bigrams(text)]
            self._pairs.add(terms, range(len(terms)))
        return self._names[text]


def bigrams(text: str) -> list[str]:
    """Return the pairs of characters of a text in its folded form, one for each character."""
    folded = fold_text(text) + END
    return [folded[i : i + 2] for i in range(len(folded) - 1)]
