"""Completion: names by what they begin with, in characters, kana or Latin letters, from any of their words on."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from search.folding import fold_text
from search.kana import from_romaji, shortened, to_romaji
from search.model import TYPES, Suggestion
from search.names import Name

_LAST = chr(0x10FFFF)
_MOST = 4000
_TYPE_RANKS = {name: rank for rank, name in enumerate(dict.fromkeys(("municipality", "department", "area", *TYPES)))}


class Suggester:
    """Sorted arrays of the keys of names; a look-up is a binary search."""

    def __init__(self, names: Iterable[Name], counts: Mapping[tuple[str, str], int]) -> None:
        """Take the names of all documents, and how many entries a (type, value) stands in; a title counts itself."""
        self._names: dict[tuple[str, str], Name] = {}
        self._counts: dict[tuple[str, str], int] = {}
        for name in names:
            key = (name.type, name.value or name.text)
            self._names.setdefault(key, name)
            self._counts[key] = counts.get(key, 0) if name.value else self._counts.get(key, 0) + 1
        self._listed = list(self._names)

    def suggest(self, typed: str, limit: int = 10) -> list[Suggestion]:
        """Return the names that complete what was typed: those that begin so first, then by type and count."""
        folded = fold_text(typed).strip()
        if not folded:
            return []
        found: dict[int, bool] = {}
        for number, at_start in self._find(folded):
            found[number] = found.get(number, False) or at_start
        keys = ((self._listed[n], begins) for n, begins in found.items())
        ranked = sorted(keys, key=lambda k: (not k[1], _TYPE_RANKS.get(k[0][0], 99), -self._counts[k[0]], len(k[0][1])))
        names = [(self._names[key], self._counts[key]) for key, _ in ranked[:limit]]
        return [Suggestion(name.text, name.type, name.label, count) for name, count in names]

    def prepare(self) -> None:
        """Sort the keys now, so that the first look-up need not."""
        self._texts, self._readings, self._letters  # noqa: B018  they are kept once they are asked for

    def _find(self, folded: str) -> Iterator[tuple[int, bool]]:
        yield from _look_up(self._texts, folded)
        if folded.isascii():
            kana = from_romaji(folded)
            yield from _look_up(self._readings, kana) if kana else ()
            yield from _look_up(self._letters, to_romaji(kana) if kana else folded)
            yield from _look_up(self._letters, folded)
        else:
            yield from _look_up(self._readings, folded)
            if any(map(str.isascii, folded)):  # こうh, as an input method shows it on the way
                yield from _look_up(self._letters, to_romaji(folded))

    @cached_property
    def _texts(self) -> list[tuple[str, int, bool]]:
        return sorted((key[0], n, i == 0) for n, i, key in self._keys())

    @cached_property
    def _readings(self) -> list[tuple[str, int, bool]]:
        return sorted((key[1], n, i == 0) for n, i, key in self._keys())

    @cached_property
    def _letters(self) -> list[tuple[str, int, bool]]:
        keys: list[tuple[str, int, bool]] = []
        for number, i, (_, _, letters) in self._keys():
            keys.extend((spelt, number, i == 0) for spelt in {letters, shortened(letters)})
        return sorted(keys)

    def _keys(self) -> Iterator[tuple[int, int, tuple[str, str, str]]]:
        for number, key in enumerate(self._listed):
            for i, pair in enumerate(self._names[key].keys):
                yield number, i, pair


def _look_up(keys: list[tuple[str, int, bool]], prefix: str) -> Iterator[tuple[int, bool]]:
    first = bisect_left(keys, (prefix,))
    last = bisect_left(keys, (prefix + _LAST,), first)
    for _, number, begins in keys[first : min(last, first + _MOST)]:
        yield number, begins
