"""The entries of a document → the terms and places that engines keep, and what is needed to show and complete them.

A position counts the short units of a field, function words included, so that a phrase is a run of positions. In
``compounds`` and ``readings`` the position carries the number of units covered in its lowest four bits; in ``bigrams``
it counts the characters of the folded text.

A word is met thousands of times and worked out once (``search.lexicon``); the places of a document are then gathered as
arrays, each distinct text of it once.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.indexes import FIELD_BITS, SLOT_BITS, TERM_FIELDS, DocumentTerms, Postings
from search.japanese import Lexeme, fold_text, lexemes
from search.lexicon import MOST_UNITS, SIZE_BITS, Lexicon, Rows, expand
from search.model import SUBSTRING_FIELDS, WEIGHTS, SearchDocument

LONGEST_RUN = 3
MOST_NAMES = 50_000
END = "\n"
"""Ends the folded text of a name, so that its last character begins a pair too."""

_NAMES = np.array([name in SUBSTRING_FIELDS for name in WEIGHTS])
_TITLE = list(WEIGHTS).index("title")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cuttings:
    """What the texts of a document come to.

    ``spans`` has, by entry and field, the source range of each unit (int32 pairs); ``lengths`` the content words of each
    entry and field (uint32); ``words`` each word or run of nouns as printed, with its reading, and how often it stands
    there; ``readings`` those of the titles.
    """

    terms: DocumentTerms
    spans: list[dict[str, bytes]]
    lengths: npt.NDArray[np.uint32]
    words: list[tuple[str, str, int]]
    readings: list[str]


class Cutter:
    """Cuts document after document, and remembers the words and names that it met."""

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        self._names: dict[str, Rows] = {}

    def cut(self, entries: Sequence[SearchDocument]) -> Cuttings:
        """Cut every text of the entries of a document, each distinct one once."""
        if len(self._names) > MOST_NAMES or self._lexicon.is_full:
            self._lexicon, self._names = Lexicon(), {}
        texts: dict[str, int] = {}
        fields = list(enumerate(WEIGHTS))
        used = [
            (entry, field, texts.setdefault(words, len(texts)))
            for entry, document in enumerate(entries)
            for field, name in fields
            if (words := document.text_of(name))
        ]
        tokens = _Tokens(self._lexicon, texts)
        owner, column, of = np.array(used, np.int64).reshape(-1, 3).T
        base = (owner << SLOT_BITS) | (column << FIELD_BITS)
        is_name = _NAMES[column]
        names = self._name_rows(texts, set(of[is_name].tolist()))
        parts = [_placed(tokens.rows, of, base), _placed(names, of[is_name], base[is_name])]
        lengths = np.zeros((len(entries), len(WEIGHTS)), np.uint32)
        lengths[owner, column] = tokens.content[of]
        spans: list[dict[str, bytes]] = [{} for _ in entries]
        listed, in_order = tokens.spans(), list(WEIGHTS)
        for entry, field, text in used:
            spans[entry][in_order[field]] = listed[text]
        titles = {entry: text for entry, field, text in used if field == _TITLE}
        return Cuttings(
            self._postings(*map(np.concatenate, zip(*parts, strict=True))),
            spans,
            lengths,
            tokens.words(np.bincount(of, minlength=len(texts))),
            [e.reading or (tokens.reading(titles[i]) if i in titles else "") for i, e in enumerate(entries)],
        )

    def _postings(self, terms: Ints, places: Ints) -> DocumentTerms:
        """Group places by field and term, ascending."""
        fields = self._lexicon.fields()[terms]
        order = np.lexsort((places, terms, fields))
        terms, places, fields = terms[order], places[order], fields[order]
        bounds = np.searchsorted(fields, np.arange(len(TERM_FIELDS) + 1)).tolist()
        made = {}
        for name, first, last in zip(TERM_FIELDS, bounds, bounds[1:], strict=False):
            if first < last:
                inside = terms[first:last]
                starts = np.flatnonzero(np.diff(inside, prepend=-1))
                ends = np.append(starts[1:], len(inside))
                listed = self._lexicon.listed(inside[starts].tolist())
                made[name] = Postings(listed, ends.tobytes(), places[first:last].tobytes())
        return made

    def _name_rows(self, texts: dict[str, int], names: Collection[int]) -> Rows:
        """Return the rows that only names have, by text: pairs of characters, and readings of runs of nouns."""
        rows = []
        for text, number in texts.items():
            if number in names and text not in self._names:
                self._names[text] = self._name(text)
            rows.append(self._names[text] if number in names else Rows.NONE)
        return Rows.joined(rows)

    def _name(self, text: str) -> Rows:
        number = self._lexicon.number
        terms = [number("bigrams", pair) for pair in bigrams(text)]
        lows = list(range(len(terms)))
        units = 0
        listed, starts = lexemes(text)
        for i, first in enumerate(listed):
            for run in noun_runs(listed, starts, i):
                size = sum(len(lexeme.parts) for lexeme in run)
                if size <= MOST_UNITS:
                    terms.append(number("readings", "".join(lexeme.whole.reading for lexeme in run)))
                    lows.append(units << SIZE_BITS | size)
            units += len(first.parts)
        return Rows(np.array([0, len(terms)], np.int64), np.array(terms, np.int64), np.array(lows, np.int64))


class _Tokens:
    """The words of all distinct texts of a document, one after another."""

    def __init__(self, lexicon: Lexicon, texts: Collection[str]) -> None:
        numbers: list[int] = []
        starts: list[int] = []
        ends = [0]
        for text in texts:
            listed, at = lexicon.words_of(text)
            numbers.extend(listed)
            starts.extend(at)
            ends.append(len(numbers))
        self._lexicon, self._ends = lexicon, np.array(ends, np.int64)
        self._lexemes, self._starts = np.array(numbers, np.int64), np.array(starts, np.int64)
        self._text = np.repeat(np.arange(len(ends) - 1), np.diff(self._ends))
        units = lexicon.units.counts()[self._lexemes]
        before = np.append(0, np.cumsum(units))
        self._unit_ends = before[self._ends]
        first = before[:-1] - self._unit_ends[self._text]
        self.rows = lexicon.rows_of(self._lexemes, first).by(self._ends)
        self.content = np.diff(np.append(0, np.cumsum(lexicon.content()[self._lexemes]))[self._ends])

    def spans(self) -> list[bytes]:
        """Return the source ranges of the units of each text (int32 pairs)."""
        units = self._lexicon.units
        at, owner = expand(units.ends(), self._lexemes)
        spans = (units.columns()[at] + self._starts[owner][:, None]).astype("<i4")
        return [spans[a:b].tobytes() for a, b in zip(self._unit_ends[:-1], self._unit_ends[1:], strict=True)]

    def reading(self, text: int) -> str:
        """Return the reading of a whole text."""
        return self._lexicon.reading(self._lexemes[self._ends[text] : self._ends[text + 1]].tolist())

    def words(self, times: Ints) -> list[tuple[str, str, int]]:
        """Return each content word and run of nouns with its reading and how often it stands in the document."""
        lexemes, weights = self._lexemes, times[self._text]
        noun, ends = self._lexicon.nouns()[lexemes], self._starts + self._lexicon.lengths()[lexemes]
        found: dict[tuple[str, str], int] = {}
        run = self._lexicon.heads()[lexemes]
        for size in range(1, LONGEST_RUN + 1):
            at = np.flatnonzero(run)
            stacked = np.stack([lexemes[at + i] for i in range(size)])
            for key, count in _counted(stacked, weights[at]):
                word = self._lexicon.run(key)
                found[word] = found.get(word, 0) + count
            here, last, there = slice(0, -size), slice(size - 1, -1), slice(size, None)
            joins = np.zeros_like(run)
            joins[here] = (
                run[here] & noun[here] & noun[there]
                & (self._text[here] == self._text[there]) & (ends[last] == self._starts[there])
            )  # fmt: skip
            run = joins
        return [(word, reading, count) for (word, reading), count in sorted(found.items())]


def _counted(columns: Ints, weights: Ints) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield each distinct column of lexeme numbers, and the sum of its weights."""
    if not columns.shape[1]:
        return
    key = np.zeros(columns.shape[1], np.int64)
    for row in columns:
        key = key << 21 | row  # a lexicon is full long before it has so many words
    _, at, inverse = np.unique(key, return_index=True, return_inverse=True)
    sums = np.bincount(inverse, weights).astype(np.int64)
    yield from zip(map(tuple, columns[:, at].T.tolist()), sums.tolist(), strict=True)


def _placed(rows: Rows, text: Ints, base: Ints) -> tuple[Ints, Ints]:
    """Return the terms and the places of all texts where they stand."""
    at, owner = expand(rows.ends, text)
    return rows.terms[at], rows.lows[at] + base[owner]


def noun_runs(listed: Sequence[Lexeme], starts: Sequence[int], first: int) -> Iterator[Sequence[Lexeme]]:
    """Yield the runs of two and more nouns, nothing between them, that begin at a word."""
    end = first + 1
    while listed[end - 1].whole.noun and end < len(listed) and end - first < LONGEST_RUN:
        if not listed[end].whole.noun or starts[end] != starts[end - 1] + listed[end - 1].whole.end:
            return
        end += 1
        yield listed[first:end]


def bigrams(text: str) -> list[str]:
    """Return the pairs of characters of a text in its folded form, one for each character."""
    folded = fold_text(text) + END
    return [folded[i : i + 2] for i in range(len(folded) - 1)]
