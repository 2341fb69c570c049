"""What a query means: which entries hold its words, how well, and where. Engines only say where terms stand.

A word as typed is a run of short units in any spelling; it is *exact*. Synonyms, readings and pieces of names widen it:
they score less and, whatever they score, stand behind all that is exact.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import Literal

import numpy as np

from search.features import ALL, Features
from search.folding import fold_text
from search.found import Found, nothing, union
from search.indexes import Engine
from search.japanese import cut
from search.kana import from_romaji, is_hiragana, is_kana, plain_letters
from search.lookup import Lookup
from search.model import SearchQuery, Term
from search.plan import Part, Run, is_english, is_unlisted_english, joined, parts_of, run_of, telling, units_of
from search.spelling import Speller
from search.synonyms import Forms, is_listed, widen
from search.table import Table

Relaxed = Literal["", "apart", "any", "spelling"]

SYNONYM, READING, PIECE, APART, ANY = 0.5, 0.4, 0.3, 0.3, 0.2
FARTHER = 0.9
"""What each way to say it is worth beside the one listed before it."""
VAGUE = 0.4
MOST_WAYS, MOST_WRITTEN = 32, 4
MOST_SHARE = 0.3
SENTENCE = 3
"""Parts that make what was typed a sentence: what holds most of them stands behind what holds all."""
LONG_KANA = 5
"""Hiragana from which on the words that it seems to be made of are chance."""
FEW = 5
"""Entries below which what holds the parts of compounds apart is shown behind."""


class Matcher:
    """Answers queries from an engine and the columns beside it."""

    def __init__(self, engine: Engine, table: Table, speller: Callable[[], Speller], features: Features = ALL) -> None:
        self._look, self._speller, self._features = Lookup(engine, table, features), speller, features
        self._is_project = table.filtered((("type", "project"),))

    def find(self, query: SearchQuery) -> tuple[Found, Relaxed]:
        """Return what holds the words of a query; where few projects do, what holds less of them stands behind."""
        groups = self._known(joined(query.groups))
        if not groups:
            return self._without(self._look.everything(), query.excluded), ""
        found = self._strict(groups)
        relaxed: Relaxed = ""
        if not all(term.phrase for group in groups for term in group):
            found, relaxed = self._relaxed(groups, found)
        return self._without(found, query.excluded), relaxed

    def _strict(self, groups: Sequence[tuple[Term, ...]]) -> Found:
        found = _all(self._group(group) for group in groups)
        if len(groups) >= SENTENCE and is_english(groups):
            found |= self._most(self._terms(groups))
        return found

    def _relaxed(self, groups: Sequence[tuple[Term, ...]], found: Found) -> tuple[Found, Relaxed]:
        """Let the parts of compounds stand apart, then ask for any of the words; only as far as projects are few.

        Whatever is chosen beside the words has no say in that: a facet counts what choosing its value gives.
        """
        if self._projects(found) >= FEW:
            return found, ""
        relaxed: Relaxed = ""
        apart = _all(self._group(group, apart=True) for group in groups)
        if not len(found.slots):
            found, relaxed = apart.lesser(1.0), "apart"
        else:
            found |= apart.lesser(APART)
        if self._projects(found):
            return found, relaxed
        most = self._most(self._terms(groups))
        if not self._projects(most):
            most |= self._most(map(self._run, _units(groups)))
        if not self._projects(most) and self._features.pieces:
            most |= _all(self._look.characters(term.text) for group in groups for term in group).lesser(PIECE)
        return (found | most.lesser(ANY), relaxed) if len(found.slots) else (most, "any")

    def _projects(self, found: Found) -> int:
        return int(self._is_project[found.slots].sum())

    def _known(self, groups: Sequence[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
        """Leave out the English words of a sentence that neither the synonyms nor the documents know."""
        known = [group for group in groups if not is_unlisted_english(group) or self._is_anywhere(group[0])]
        return known if known and len(groups) >= SENTENCE else list(groups)

    def _is_anywhere(self, term: Term) -> bool:
        return self._look.knows(run_of(cut(term.text)).forms) or bool(len(self._reading(term.text).slots))

    def _without(self, found: Found, excluded: Sequence[Term]) -> Found:
        for term in excluded:
            found = found.without(self._term(term, widened=False))
        return found

    def _group(self, terms: Sequence[Term], *, apart: bool = False) -> Found:
        return reduce(or_, (self._term(term, apart=apart) for term in terms))

    def _term(self, term: Term, *, apart: bool = False, widened: bool = True) -> Found:
        if term.prefix:
            return self._look.prefix(term.text)
        if term.phrase:
            return self._phrase(term.text, widened=widened)
        if widened and self._features.readings and is_hiragana(term.text):
            found = self._spelt_out(term.text)
            if len(found.slots) or len(term.text) >= LONG_KANA:
                return found
        words = cut(term.text)
        parts = self._telling(parts_of(words))
        found = _all(self._part(part, apart=apart, widened=widened) for part in parts)
        if len(parts) > 1:
            found = found.praised(self._look.run(run_of(words)))
        if widened and len(parts) >= SENTENCE:
            found |= self._most(map(self._weighed, parts))
        if widened:
            if self._features.pieces:
                found |= self._look.piece(term.text, exact=False).lesser(PIECE)
            if self._features.readings:
                found |= self._reading(term.text).lesser(READING)
            found |= self._look.number(term.text)
        return found

    def _spelt_out(self, text: str) -> Found:
        """Find a text in hiragana as it is printed or read: cut into words it would fall into pieces that mean nothing."""
        run = run_of(cut(text))
        found = self._look.run(run) if run.forms else nothing()
        if self._features.pieces:
            found |= self._look.piece(text, exact=False).lesser(PIECE)
        return found | self._reading(text).lesser(READING)

    def _telling(self, parts: Sequence[Part]) -> Sequence[Part]:
        """Return the parts of a sentence without the vague ones that stand everywhere."""
        if len(parts) < SENTENCE or not self._features.light_words:
            return parts
        everywhere = self._look.is_everywhere
        return [part for part in parts if not (part.vague and everywhere(part.runs[0].forms))] or parts

    def _phrase(self, text: str, *, widened: bool) -> Found:
        """Find a quoted text literally."""
        run = run_of(cut(text))
        found = self._look.run(run) if run.forms else nothing()
        return found | self._look.piece(text, exact=True) if widened and self._features.pieces else found

    def _part(self, part: Part, *, apart: bool = False, widened: bool = True) -> Found:
        found = _all(self._run(run, apart=apart, widened=widened) for run in part.runs)
        if widened and self._features.synonyms:
            found |= self._ways(part.ways)
        return found

    def _ways(self, ways: Iterable[Forms]) -> Found:
        listed = enumerate(islice(ways, MOST_WAYS))
        found = (self._look.sequence(forms).lesser(SYNONYM * max(FARTHER**rank, 0.5)) for rank, forms in listed)
        return reduce(or_, found, nothing())

    def _run(self, run: Run, *, apart: bool = False, widened: bool = True) -> Found:
        apart = (apart or not self._features.together) and len(run.forms) > 1
        found = self._look.run(run)
        if apart:
            found |= _all(self._run(unit, widened=widened) for unit in telling(units_of(run)))
        if widened and self._features.synonyms:
            found |= self._ways(widen(run.forms, run.keys))
        return found

    def _reading(self, text: str) -> Found:
        """Find what is read as typed in kana or Latin letters: the words that are written so, and the same widened."""
        kana = kana_of(text)
        if not kana:
            return nothing()
        found = self._look.reading(kana)
        for words in self._speller().written(kana, by_sound=not is_kana(fold_text(text)))[:MOST_WRITTEN]:
            found |= _all(self._part(part) for word in words for part in parts_of(cut(word)))
        return found

    def _terms(self, groups: Sequence[tuple[Term, ...]]) -> Iterator[Found]:
        """Yield what is found by each part of what was typed, kana and Latin letters by how they are read."""
        for term in (term for group in groups for term in group):
            if kana_of(term.text):
                yield self._term(term, apart=True)
            else:
                yield from map(self._weighed, self._telling(parts_of(cut(term.text))))

    def _weighed(self, part: Part) -> Found:
        return self._part(part, apart=True).times(VAGUE if part.vague and self._features.light_words else 1.0)

    def _most(self, parts: Iterable[Found]) -> Found:
        """Return what holds most of the parts, by weight: ``MOST_SHARE`` of what the best entry holds, and more."""
        listed = list(parts)
        slots = union([found.slots for found in listed]) if listed else nothing().slots
        score, held, cover = np.zeros((3, len(slots)), np.float32)
        for found in listed:
            at = np.searchsorted(slots, found.slots)
            score[at] += found.score
            held[at] += np.float32(found.weight)
            cover[at] += found.cover
        matches = [match for found in listed for match in found.matches]
        most = Found(slots, score, np.zeros(len(slots), np.bool_), sum(f.weight for f in listed), cover, matches)
        return most.where(held >= held.max(initial=0) * MOST_SHARE)


def _units(groups: Sequence[tuple[Term, ...]]) -> Iterator[Run]:
    """Yield each word that was typed; a single character says too little where nothing else is found."""
    parts = [part for group in groups for term in group for part in parts_of(cut(term.text))]
    units = telling([unit for part in parts for run in part.runs for unit in units_of(run)])
    return (unit for unit in units if len(unit.forms[0]) > 1)


def kana_of(text: str) -> str | None:
    """Return how a text in kana or Latin letters is read, None of any other and of listed English words."""
    folded = fold_text(plain_letters(text)).strip()
    if is_kana(folded):
        return folded if len(folded) > 1 else None
    if not folded.isascii() or len(folded) < 3 or is_listed((folded,)):
        return None
    return from_romaji(folded)


def _all(parts: Iterable[Found]) -> Found:
    listed = list(parts)
    return reduce(and_, listed) if listed else nothing()
