"""The names of a document that can be completed while they are typed, with what completes them."""

from collections.abc import Iterator, Sequence

import msgspec

from search.dictionary import Lexeme
from search.folding import fold_text
from search.kana import to_romaji
from search.lexicon import Lexicon, ends_of
from search.model import PATH, SearchDocument

_NAMED_FACETS = ("municipality", "department", "area")
_UNNAMED = ("line", *_NAMED_FACETS)


Key = tuple[str, str, str]
Keys = tuple[Key, ...]


class Name(msgspec.Struct, frozen=True, array_like=True):
    """A name that can be completed: its type, its value in the facet of that type (if any), and what to show.

    ``keys`` has the folded text, the reading and its Latin letters from each word of the name on.
    """

    type: str
    value: str
    text: str
    label: str
    keys: Keys


class Namer:
    """Finds the names in entries; what completes a name is worked out when it is met first."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._keys: dict[tuple[str, str | None], Keys] = {}

    def names(self, entries: Sequence[SearchDocument]) -> list[Name]:
        """Return each municipality, department and area once, then each title that is none of them."""
        found = list(_found(entries))
        new = [
            key for key in dict.fromkeys((text, reading) for _, _, text, _, reading in found) if key not in self._keys
        ]
        of, numbers, starts = self._lexicon.words_of([text for text, _ in new])
        words, ends = self._lexicon.lexemes(numbers), ends_of(of, len(new)).tolist()
        for (text, reading), start, end in zip(new, ends, ends[1:], strict=False):
            self._keys[text, reading] = tuple(_keys(text, reading, words[start:end], starts[start:end].tolist()))
        return [
            Name(kind, value, text, label, self._keys[text, reading]) for kind, value, text, label, reading in found
        ]


def _found(entries: Sequence[SearchDocument]) -> Iterator[tuple[str, str, str, str, str | None]]:
    """Yield type, value, text, label and reading (where it is given) of names, each once."""
    seen: set[tuple[str, str]] = set()
    for facet in _NAMED_FACETS:
        for value, label in dict.fromkeys(pair for entry in entries for pair in entry.facets.get(facet, ())):
            text = value.rsplit(PATH, 1)[-1] if PATH in value else label
            seen.add((facet, text))
            yield facet, value, text, label, None
    for entry in entries:
        if entry.type not in _UNNAMED and (entry.type, entry.title) not in seen:
            seen.add((entry.type, entry.title))
            yield entry.type, "", entry.title, entry.title, entry.reading


def _keys(text: str, reading: str | None, words: Sequence[Lexeme], starts: Sequence[int]) -> Iterator[Key]:
    """Yield the keys of the whole name, then those from each content word in it on."""
    whole = reading or "".join(word.whole.reading for word in words)
    yield fold_text(text), whole, to_romaji(whole)
    for i, word in enumerate(words[1:], 1):
        if word.whole.content:
            rest = "".join(w.whole.reading for w in words[i:])
            yield fold_text(text[starts[i] :]), rest, to_romaji(rest)
