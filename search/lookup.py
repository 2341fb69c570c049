"""Where words stand and how well that fits: each way of looking something up gives the entries found and their scores.

BM25 over the sum of weighted occurrences (BM25F) scores an entry: one saturation for an entry, not one for each field.
"""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import islice
from operator import and_

import numpy as np

from search.features import Features
from search.folding import fold_text
from search.found import Floats, Found, Match, Slots, fields_of, nothing, summed, together, union
from search.indexes import NO_PLACES, SLOT_BITS, Engine, Places
from search.japanese import cut
from search.kana import is_kana
from search.lexicon import MOST_UNITS
from search.model import WEIGHTS
from search.plan import Run, number_keys, run_of
from search.synonyms import Forms
from search.table import Table
from search.terms import bigrams

SATURATION, LENGTH_SHARE = 3.0, 0.4
MOST_TERMS = 400
EVERYWHERE = 0.3
"""Occurrences for each entry of the library."""
FEWEST_KANJI = 2
_KANJI = re.compile("[\u4e00-\u9fff]")
_FIELD_WEIGHTS = np.array(list(WEIGHTS.values()), np.float32)
_TITLE = list(WEIGHTS).index("title")


class Lookup:
    """Looks up words in an engine, and scores what is found by the columns beside it."""

    def __init__(self, engine: Engine, table: Table, features: Features) -> None:
        self._engine, self._table = engine, table
        lengths = table.lengths
        self._weights = _FIELD_WEIGHTS if features.field_weights else np.ones_like(_FIELD_WEIGHTS)
        self._count = len(lengths)
        average = float(lengths.mean()) if len(lengths) else 1.0
        self._norm = (SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(average, 1.0))).astype(np.float32)

    def everything(self) -> Found:
        """Return all entries, alike."""
        ones = np.ones(self._count, np.float32)
        return Found(np.arange(self._count), ones, np.zeros(self._count, np.bool_), 1.0, ones * 0)

    def knows(self, forms: Forms) -> bool:
        """Tell whether each of some words stands anywhere."""
        return all(len(self._engine.places("words", form)) for form in forms)

    def is_everywhere(self, forms: Forms) -> bool:
        """Tell whether words stand in so much of the library that they tell nothing apart."""
        return all(len(self._engine.places("words", form)) > EVERYWHERE * self._count for form in forms)

    def run(self, run: Run) -> Found:
        """Find a run of words as typed, in any spelling."""
        found = self.sequence(run.forms, run.offsets)
        if run.whole:
            found |= self._found([Match(self._engine.places("compounds", run.whole), 0)], exact=True)
            if len(run.forms) > 1:
                found |= self.sequence((run.whole,))
        return found

    def sequence(self, forms: Forms, offsets: Sequence[int] | None = None) -> Found:
        """Find words that stand one after another, or at distances from the first."""
        offsets = range(len(forms)) if offsets is None else offsets
        places = together([(self._engine.places("words", form), at) for form, at in zip(forms, offsets, strict=True)])
        return self._found([Match(places, offsets[-1] + 1)], exact=True)

    def prefix(self, text: str) -> Found:
        """Find words that begin so."""
        run = run_of(cut(text))
        last = run.forms[-1] if run.forms else fold_text(text)
        offset = run.offsets[-1] if run.forms else 0
        before = zip(run.forms[:-1], run.offsets[:-1], strict=True)
        words = [(self._engine.places("words", form), at) for form, at in before]
        matches = [Match(together([*words, (self._union("words", last), offset)]), offset + 1)]
        if len(run.forms) < 2 or run.whole:
            matches.append(Match(self._union("compounds", run.whole or last), 0))
        return self._found(matches, exact=True)

    def piece(self, text: str, *, exact: bool) -> Found:
        """Find a text as a piece of a name, whether it is a word or not; a single kana says too little."""
        pairs = bigrams(text)
        if len(pairs) == 1:
            places = self._union("bigrams", pairs[0][0]) if not is_kana(pairs[0][0]) else NO_PLACES
        else:
            places = together([(self._engine.places("bigrams", pair), at) for at, pair in enumerate(pairs[:-1])])
        return self._found([Match(places, len(pairs), folded=True)], exact=exact)

    def characters(self, text: str) -> Found:
        """Find names that have all the kanji of a word, wherever in them: what is meant by 獣害 is called 有害鳥獣."""
        kanji = [c for c in dict.fromkeys(fold_text(text)) if _KANJI.match(c)]
        if len(kanji) < FEWEST_KANJI:
            return nothing()
        found = (self._found([Match(self._union("bigrams", c), 1, folded=True)], exact=False) for c in kanji)
        return reduce(and_, found)

    def reading(self, kana: str) -> Found:
        """Find what is read so."""
        read = Match(self._engine.places("readings", kana), 0)
        spelt = Match(self._engine.places("words", kana), 1)  # a word printed in kana has no other reading
        return self._found([read, spelt], exact=False)

    def number(self, text: str) -> Found:
        """Find what has this number: before all in which the figures only stand somewhere."""
        slots = self._table.numbered(number_keys(text))
        if not len(slots):
            return nothing()
        ones, rarity = np.ones(len(slots), np.float32), self._rarity(len(slots))
        return Found(slots, ones * np.float32(rarity), ones > 0, rarity, ones * 0)

    def _union(self, name: str, prefix: str) -> Places:
        terms = islice(self._engine.terms(name, prefix), MOST_TERMS)
        found = [self._engine.places(name, term) for term in terms]
        return union(found) if found else NO_PLACES

    def _found(self, matches: list[Match], *, exact: bool) -> Found:
        matches = [match for match in matches if len(match.places)]
        if not matches:
            return nothing()
        sums = [summed(match.places, self._weights) for match in matches]
        slots, score = sums[0]
        if len(sums) > 1:
            slots = union([held for held, _ in sums])
            score = np.zeros(len(slots), np.float32)
            for held, weights in sums:
                score[np.searchsorted(slots, held)] += weights
        rarity = self._rarity(len(slots))
        score = (rarity * score / (score + self._norm[slots])).astype(np.float32)
        return Found(slots, score, np.full(len(slots), exact), rarity, self._cover(slots, matches), matches)

    def _cover(self, slots: Slots, matches: Sequence[Match]) -> Floats:
        """Return which share of the title of each entry the matches take up."""
        units = np.zeros(len(slots), np.float32)
        for match in matches:
            if not match.folded:
                places = match.places[fields_of(match.places) == _TITLE]
                sizes = np.full(len(places), match.size) if match.size else places & MOST_UNITS
                np.maximum.at(units, np.searchsorted(slots, places >> SLOT_BITS), sizes.astype(np.float32))
        return (units / np.maximum(self._table.title_lengths[slots], 1)).astype(np.float32)

    def _rarity(self, entries: int) -> float:
        return float(np.log1p((self._count + 0.5) / (entries + 0.5)))
