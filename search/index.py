"""The index that readers open: a query goes in, a page of hits with facets and proposals comes out."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np

from ingest.text import nfkc
from search import highlight
from search.build import read_head
from search.errors import IndexMissing
from search.features import ALL, Features
from search.found import LITERAL, Floats, Found, Held
from search.indexes import Engine, engine_module, read_url
from search.japanese import cut
from search.matching import Matcher, Relaxed
from search.model import Hit, Page, Proposal, SearchQuery, Suggestion, Term
from search.plan import runs_of
from search.query import LONGEST, readable, terms
from search.spelling import Speller, is_slip
from search.suggest import Suggester
from search.synonyms import is_listed, keys_of, listed_words
from search.table import Table, type_factors

TYPE_FACTORS = {
    "project": 1.0, "municipality": 0.95, "department": 0.9, "article": 0.9, "document": 0.9, "facility": 0.8,
    "indicator": 0.7, "line": 0.2,
}  # fmt: skip
"""How much the score of each type counts: people look for projects first."""

TITLE = 0.8
"""What a title that is wholly what was asked for adds to the score, in shares of it."""

FEW, MOST_PROPOSALS, LONGEST_WORD, SHORTEST_LATIN = 3, 3, 24, 4
Proposals = tuple[tuple[SearchQuery, int], ...]


class Index:
    """An open index of a library state; safe to share between threads."""

    def __init__(self, table: Table, engine: Engine, features: Features = ALL) -> None:
        self._folder, self._table, self._engine, self._features = table.folder, table, engine, features
        self._matcher = Matcher(engine, table, self._loaded_speller, features)
        self._factors = type_factors(self._table.facets["type"], TYPE_FACTORS)
        self._loading = threading.Lock()

    @classmethod
    def open(cls, where: Path | str, features: Features = ALL) -> "Index":
        """Open the index of a library state, named by its folder or its URL; raises ``IndexMissing`` or ``UnknownEngine``."""
        asked, path = (None, where) if isinstance(where, Path) else read_url(where)
        path = Path(path)
        name = read_head(path)
        if asked not in {None, name}:
            raise IndexMissing(path, f"kept by {name}, not by {asked}")
        table = Table(path / "entries")
        return cls(table, engine_module(name).open_engine(path / name, table.starts), features)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._table.count

    def search(self, query: SearchQuery) -> Page:
        """Answer a query: hits of the page asked for, the total, facets, and proposals where little is found."""
        start = time.perf_counter()
        found, relaxed, proposals = self._find(query)
        here = found.where(self._table.filtered(query.filters)[found.slots]) if query.filters else found
        score = self._final_score(here)
        each = self._table.best_of_each(here.slots, score)
        score = score[each]
        shown = self._table.order(here.slots[each], score, query.sort, query.offset + query.limit)[query.offset :]
        slots = here.slots[each][shown]
        marked = zip(slots.tolist(), score[shown].tolist(), found.in_slots(slots), strict=True)
        hits = tuple(self._hit(slot, points, held) for slot, points, held in marked)
        facets = self._table.count_values(found.slots, here.slots, query.filters)
        total = len(each)
        if not proposals and total < FEW:
            proposals = self._proposals(query, total)
        took = (time.perf_counter() - start) * 1000
        return Page(
            query=query, total=total, hits=hits, facets=facets, took_ms=round(took, 2), relaxed=relaxed,
            proposals=tuple(Proposal(other.text, count) for other, count in proposals),
        )  # fmt: skip

    def total(self, query: SearchQuery) -> int:
        """Return how many things a query finds."""
        found, _ = self._matcher.find(query)
        return self._table.count_things(found.slots[self._table.filtered(query.filters)[found.slots]])

    def suggest(self, typed: str, limit: int = 10) -> list[Suggestion]:
        """Complete what was typed, by characters, kana or Latin letters."""
        with self._loading:
            suggester = self._suggester
        return suggester.suggest(readable(typed)[:LONGEST], limit)

    def prepare(self) -> None:
        """Load what the first key and the first slip need, so that they need not wait; the files may be gone meanwhile."""
        with suppress(OSError), self._loading:
            self._suggester.prepare()
            self._speller  # noqa: B018  it is kept once it is asked for

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()

    def _final_score(self, found: Found) -> Floats:
        """Return 1 for what is exact, and between 0 and 1 for how well it fits: no widening outranks an exact word."""
        share = found.score / np.float32(max(found.weight, 1e-6)) * self._factors[found.slots]
        if self._features.titles:
            share *= (1 + TITLE * np.minimum(found.cover, 1 + LITERAL)) / np.float32(1 + TITLE * (1 + LITERAL))
        first = found.exact if self._features.exact_first else np.float32(0)
        return np.asarray(first + np.minimum(share, np.float32(0.9999)), np.float32)

    def _hit(self, slot: int, score: float, held: Held) -> Hit:
        entry = self._table.entry(slot)
        document = entry.document
        marked = highlight.marks(entry, held)
        return Hit(
            id=document.id, type=document.type, document=document.document, number=document.number,
            branch=document.branch, title=document.title, score=round(score, 4), url=document.url,
            snippet=highlight.snippet(entry, marked), heading=highlight.heading(entry, marked),
            matched=highlight.matched_words(entry, marked), lines=document.lines, facets=document.facets,
        )  # fmt: skip

    def _find(self, query: SearchQuery) -> tuple[Found, Relaxed, Proposals]:
        """Find what is asked; where nothing holds it, what holds the words that it looks like a slip of.

        What is chosen beside the words has no say in what they mean: a facet counts what choosing its value gives.
        """
        found, relaxed = self._matcher.find(query)
        if not relaxed:
            return found, relaxed, ()
        proposals = self._proposals(replace(query, filters=()), 0)
        if proposals and self._features.spelling:
            meant, still = self._matcher.find(proposals[0][0])
            if not still and is_slip(query.text, proposals[0][0].text):
                found, relaxed = meant.lesser(1.0), "spelling"
        return found, relaxed, tuple(self._narrowed(proposals, query.filters)) if query.filters else proposals

    def _narrowed(
        self, proposals: Proposals, filters: tuple[tuple[str, str], ...]
    ) -> Iterator[tuple[SearchQuery, int]]:
        for other, _ in proposals:
            narrow = replace(other, filters=filters)
            if count := self.total(narrow):
                yield narrow, count

    def _proposals(self, query: SearchQuery, total: int) -> Proposals:
        """Return queries with one word replaced that find more, the nearest first, and how much each finds."""
        speller = self._loaded_speller()
        proposals: dict[str, tuple[SearchQuery, int]] = {}
        for term in terms(query):
            for typed in self._unfound(term):
                for word in speller.propose(typed):
                    if (total or typed != term.text) and not is_slip(typed, word):
                        continue  # a word of a sentence (増やす) is not taken for another of the dictionary (燃やす)
                    other = _with_word(query, term, typed, word)
                    if (count := self.total(other)) > total:
                        proposals.setdefault(other.text, (other, count))
                    if len(proposals) >= MOST_PROPOSALS:
                        break
        return tuple(proposals.values())[:MOST_PROPOSALS]

    def _unfound(self, term: Term) -> Iterator[str]:
        """Yield what of a term may be misspelt: the whole, else those of its words that are found nowhere as typed."""
        words = cut(term.text)
        runs = [run.text for run in runs_of(words)]
        for typed in [term.text, *runs] if len(runs) > 1 else [term.text]:
            if (
                len(typed) > LONGEST_WORD
                or is_listed(keys_of(typed))
                or (typed.isascii() and len(typed) < SHORTEST_LATIN)
            ):
                continue
            found, relaxed = self._matcher.find(SearchQuery(groups=((replace(term, text=typed),),)))
            if relaxed or found.exact.sum() < FEW:
                yield typed

    def _loaded_speller(self) -> Speller:
        with self._loading:
            return self._speller

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self._table.names(), self._table.project_counts())

    @cached_property
    def _speller(self) -> Speller:
        return Speller(chain(self._table.words(), ((word, reading, 0) for word, reading in listed_words())))


def _with_word(query: SearchQuery, old: Term, typed: str, word: str) -> SearchQuery:
    text = old.text.replace(typed, word)
    groups = tuple(tuple(replace(t, text=text) if t == old else t for t in group) for group in query.groups)
    whole = query.text if typed in query.text else nfkc(query.text)
    return replace(query, text=whole.replace(typed, word), groups=groups)
