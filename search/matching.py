"""What a query means: which entries hold its words, how well, and where. Engines only say where terms stand.

A word as typed is a run of short units in any spelling; it is *exact*. Synonyms, readings and pieces of names widen it:
they score less and, whatever they score, stand behind all that is exact. BM25 over the sum of weighted occurrences
(BM25F) gives the order: one saturation for an entry, not one for each field.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import islice
from operator import and_
from typing import Literal

import numpy as np

from search.features import ALL, Features
from search.found import Found, Match, meet, nothing, summed, union
from search.indexes import NO_PLACES, Engine, Places
from search.japanese import cut, fold_text
from search.kana import from_romaji, is_kana
from search.model import WEIGHTS, SearchQuery, Term
from search.plan import Run, joined, number_keys, run_of, runs_of, units_of
from search.synonyms import Forms, widen
from search.table import Table
from search.terms import bigrams

Relaxed = Literal["", "apart", "any", "spelling"]

SATURATION, LENGTH_SHARE = 3.0, 0.4
SYNONYM, READING, PIECE = 0.5, 0.4, 0.3
MOST_TERMS, MOST_WAYS = 400, 24
MOST_SHARE = 0.4
SENTENCE = 3
"""Runs of words that make what was typed a sentence: what holds most of them stands behind what holds all."""
_FIELD_WEIGHTS = np.array(list(WEIGHTS.values()), np.float32)


class Matcher:
    """Answers queries from an engine and the columns beside it."""

    def __init__(self, engine: Engine, table: Table, features: Features = ALL) -> None:
        self._engine, self._table, self._features = engine, table, features
        lengths = table.lengths
        self._weights = _FIELD_WEIGHTS if features.field_weights else np.ones_like(_FIELD_WEIGHTS)
        self._count = len(lengths)
        average = float(lengths.mean()) if len(lengths) else 1.0
        self._norm = (SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(average, 1.0))).astype(np.float32)

    def find(self, query: SearchQuery) -> tuple[Found, Relaxed]:
        """Return what holds the words of a query; where nothing does, the parts apart, then any of the words."""
        groups = joined(query.groups)
        if not groups:
            slots = np.arange(self._count)
            everything = Found(slots, np.ones(len(slots), np.float32), np.zeros(len(slots), np.bool_), 1.0)
            return self._without(everything, query.excluded), ""
        found = self._without(self._all(self._group(group) for group in groups), query.excluded)
        if len(found.slots) or all(term.phrase for group in groups for term in group):
            return found, ""
        found = self._without(self._all(self._group(group, apart=True) for group in groups), query.excluded)
        if len(found.slots):
            return found.lesser(1.0), "apart"
        words = [run for group in groups for term in group for run in runs_of(cut(term.text))]
        found = self._without(self._most(words), query.excluded)
        if not len(found.slots):
            found = self._without(self._most([unit for run in words for unit in units_of(run)]), query.excluded)
        return found, "any"

    def _without(self, found: Found, excluded: Sequence[Term]) -> Found:
        for term in excluded:
            found = found.without(self._term(term, widened=False))
        return found

    def _group(self, terms: Sequence[Term], *, apart: bool = False) -> Found:
        found = self._term(terms[0], apart=apart)
        for term in terms[1:]:
            found |= self._term(term, apart=apart)
        return found

    def _term(self, term: Term, *, apart: bool = False, widened: bool = True) -> Found:
        apart = apart or not self._features.together
        if term.prefix:
            return self._prefix(term.text)
        parts = cut(term.text)
        runs = [run_of(parts)] if term.phrase else runs_of(parts)
        found = self._all(self._run(run, apart=apart, widened=widened and not term.phrase) for run in runs if run.forms)
        if widened and len(runs) >= SENTENCE:
            found |= self._most(runs)
        if widened:
            if self._features.pieces:
                found |= self._piece(term.text, exact=term.phrase)
            if self._features.readings and not term.phrase:
                found |= self._reading(term.text)
            found |= self._number(term.text)
        return found

    def _run(self, run: Run, *, apart: bool = False, widened: bool = True) -> Found:
        found = self._sequence(run.forms, run.offsets)
        if run.whole:
            found |= self._found([Match(self._engine.places("compounds", run.whole), 0)], exact=True)
            if len(run.forms) > 1:
                found |= self._sequence((run.whole,), (0,))
        if apart and len(run.forms) > 1:
            found |= self._all(self._sequence((form,), (0,)) for form in run.forms)
        if widened and self._features.synonyms:
            for forms in islice(widen(run.forms), MOST_WAYS):
                found |= self._sequence(forms, tuple(range(len(forms)))).lesser(SYNONYM)
        return found

    def _sequence(self, forms: Forms, offsets: Sequence[int]) -> Found:
        places = self._engine.places("words", forms[0])
        for form, offset in zip(forms[1:], offsets[1:], strict=True):
            if not len(places):
                break
            places = meet(places, self._engine.places("words", form) - offset)
        return self._found([Match(places, offsets[-1] + 1)], exact=True)

    def _prefix(self, text: str) -> Found:
        run = run_of(cut(text))
        last = run.forms[-1] if run.forms else fold_text(text)
        offset = run.offsets[-1] if run.forms else 0
        places = self._union("words", last) - offset
        for form, before in zip(run.forms[:-1], run.offsets[:-1], strict=True):
            places = meet(places, self._engine.places("words", form) - before)
        matches = [Match(places, offset + 1)]
        if len(run.forms) < 2 or run.whole:
            matches.append(Match(self._union("compounds", run.whole or last), 0))
        return self._found(matches, exact=True)

    def _union(self, name: str, prefix: str) -> Places:
        terms = islice(self._engine.terms(name, prefix), MOST_TERMS)
        found = [self._engine.places(name, term) for term in terms]
        return union(found) if found else NO_PLACES

    def _piece(self, text: str, *, exact: bool) -> Found:
        """Find a text as a piece of a name, whether it is a word or not; a single kana says too little."""
        pairs = bigrams(text)
        if len(pairs) == 1:
            places = self._union("bigrams", pairs[0][0]) if not is_kana(pairs[0][0]) else NO_PLACES
        else:
            places = self._engine.places("bigrams", pairs[0])
            for offset, pair in enumerate(pairs[1:-1], 1):
                places = meet(places, self._engine.places("bigrams", pair) - offset)
        found = self._found([Match(places, len(pairs), folded=True)], exact=exact)
        return found if exact else found.lesser(PIECE)

    def _reading(self, text: str) -> Found:
        folded = fold_text(text)
        reading = folded if is_kana(folded) else from_romaji(folded) if folded.isascii() and len(folded) > 2 else None
        if not reading or len(reading) < 2:
            return nothing()
        read = Match(self._engine.places("readings", reading), 0)
        spelt = Match(self._engine.places("words", reading), 1)  # a word printed in kana has no other reading
        return self._found([read, spelt], exact=False).lesser(READING)

    def _number(self, text: str) -> Found:
        """Find what has this number: before all in which the figures only stand somewhere."""
        slots = self._table.numbered(number_keys(text))
        rarity = self._rarity(len(slots)) if len(slots) else 0.0
        return Found(slots, np.full(len(slots), rarity, np.float32), np.ones(len(slots), np.bool_), rarity)

    def _found(self, matches: list[Match], *, exact: bool) -> Found:
        matches = [match for match in matches if len(match.places)]
        if not matches:
            return nothing()
        sums = [summed(match.places, self._weights) for match in matches]
        slots = union([held for held, _ in sums]) if len(sums) > 1 else sums[0][0]
        score = np.zeros(len(slots), np.float32)
        for held, weights in sums:
            score[np.searchsorted(slots, held)] += weights.astype(np.float32)
        rarity = self._rarity(len(slots))
        score = (rarity * score / (score + self._norm[slots])).astype(np.float32)
        return Found(slots, score, np.full(len(slots), exact), rarity, matches)

    def _rarity(self, entries: int) -> float:
        return float(np.log1p((self._count + 0.5) / (entries + 0.5)))

    def _all(self, parts: Iterable[Found]) -> Found:
        listed = list(parts)
        return reduce(and_, listed) if listed else nothing()

    def _most(self, runs: Sequence[Run]) -> Found:
        """Return what holds most of the words, by weight: ``MOST_SHARE`` of what the best entry holds, and more."""
        parts = [self._run(run, apart=True) for run in runs if run.forms]
        slots = union([part.slots for part in parts]) if parts else nothing().slots
        score, held = np.zeros(len(slots), np.float32), np.zeros(len(slots), np.float32)
        for part in parts:
            at = np.searchsorted(slots, part.slots)
            score[at] += part.score
            held[at] += np.float32(part.weight)
        matches = [match for part in parts for match in part.matches]
        found = Found(slots, score, np.zeros(len(slots), np.bool_), sum(part.weight for part in parts), matches)
        return found.where(held >= held.max(initial=0) * MOST_SHARE)
