"""How alike two projects of different documents are, in parts that people can follow.

    names   how much of the rarer characters of one's name stands in the other's words (0 to 1)
    text    how alike all their words are (0 to 1)
    field   whether both lie in one field of the national guidelines: 1, the one in a part of the other's: 0.6, one of
            them in none that is known: 0.25, else 0

Words are compared by pairs of neighbouring characters, each weighed by how rare it is in the library: 写真 says more than
連携. The weights of the parts were fitted, by logistic regression, to the pairs for tuning of
``tests/judged/same_work.toml`` on the published documents and on our renditions of them.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from graph import guidelines

Number = TypeVar("Number", float, Any)

LEAST = 0.5
"""From this score on two projects are proposed as the same work."""

_NAMES, _TEXT, _FIELD, _START = 4.6, 3.0, 1.7, -3.55
_SAME, _PART, _UNKNOWN = 1.0, 0.6, 0.25
SHORT = 4.0
"""Rarity that a name lacks for being trusted whole: 福祉 alone says little, 航空写真の共同撮影 much."""
WORTH_A_LOOK = 0.35
"""Names less alike than this make no proposal, whatever else is alike."""
_MOST_WORDS = 5
_NO_WORD = re.compile(r"[\W_]+")
_TELLING = re.compile(r"[一-龠々ァ-ヶーa-z0-9](?:.*[一-龠々ァ-ヶーa-z0-9])?")
"""A run without the kana of grammar at its ends."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is compared of a project: its names (title, programme), all its words, the field it lies in."""

    document: str
    names: tuple[str, ...]
    text: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """The parts of a score, and the score between 0 and 1."""

    names: float
    text: float
    field: float

    @property
    def score(self) -> float:
        """How sure it is that two projects are the same work."""
        return round(1 / (1 + math.exp(-sum_of_parts(self.names, self.text, self.field))), 3)


def sum_of_parts(names: Number, text: Number, field: Number) -> Number:
    """Return the weighed sum that a score is made of, of numbers or of arrays of numbers."""
    return _START + _NAMES * names + _TEXT * text + _FIELD * field


def work(document: str, title: str, program: str | None, description: str | None, field: str | None) -> Work:
    """Return what is compared of a project."""
    names = tuple(_normal(name) for name in (title, program) if name)
    return Work(document, names, "\n".join((*names, _normal(description or ""))), field)


@dataclass(frozen=True)
class Works:
    """The projects of a library by id, and what is needed to compare any two of them."""

    all: Mapping[str, Work]

    @cached_property
    def _pairs(self) -> Mapping[str, Counter[str]]:
        return {key: Counter(pairs_of(each.text)) for key, each in self.all.items()}

    @cached_property
    def _holders(self) -> Mapping[str, list[str]]:
        """Which projects have a pair of characters in their words."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key, pairs in self._pairs.items():
            for pair in pairs:
                found[pair].append(key)
        return found

    @cached_property
    def _named(self) -> Mapping[str, list[str]]:
        """Which projects have a pair among the telling ones of one of their names."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key, each in self.all.items():
            for pair in self._telling(each):
                found[pair].append(key)
        return found

    def _telling(self, one: Work) -> set[str]:
        """Return the rarest pairs of each name, without which names can only be less alike than is worth a look."""
        found: set[str] = set()
        for name in one.names:
            weights = {pair: self._rarity(pair) for pair in pairs_of(name)}
            left = sum(weights.values())
            least = WORTH_A_LOOK * (left + SHORT)
            for pair in sorted(weights, key=lambda pair: (-weights[pair], pair)):
                if left < least:
                    break
                found.add(pair)
                left -= weights[pair]
        return found

    def _rarity(self, pair: str) -> float:
        return math.log(1 + len(self.all) / max(1, len(self._holders.get(pair, ()))))

    def candidates(self, key: str) -> Iterator[str]:
        """Yield the projects of other documents whose names and words are alike enough for a look, and some more."""
        mine = self.all[key]
        found = {other for pair in self._telling(mine) for other in self._holders[pair]}
        found.update(other for pair in self._pairs[key] for other in self._named.get(pair, ()))
        yield from sorted(other for other in found if self.all[other].document != mine.document)

    def likeness(self, a: str, b: str) -> Likeness:
        """Return how alike two projects are."""
        one, other = self.all[a], self.all[b]
        names = max(self._within(one, b), self._within(other, a))
        field = fields_alike(one.field, other.field)
        if names < WORTH_A_LOOK:
            return Likeness(round(names, 3), 0.0, field)
        return Likeness(round(names, 3), round(self._text(a, b), 3), field)

    def _within(self, one: Work, other: str) -> float:
        """Return how much of one's best name stands in the other's words."""
        there, best = self._pairs[other], 0.0
        for name in one.names:
            weights = {pair: self._rarity(pair) for pair in pairs_of(name)}
            shared = sum(weight for pair, weight in weights.items() if pair in there)
            best = max(best, shared / (sum(weights.values()) + SHORT))
        return best

    def _text(self, a: str, b: str) -> float:
        one, other = self._weights(a), self._weights(b)
        small, large = sorted((one, other), key=len)
        dot = sum(weight * large.get(pair, 0.0) for pair, weight in small.items())
        length = math.sqrt(_square(one) * _square(other))
        return dot / length if length else 0.0

    def _weights(self, key: str) -> Mapping[str, float]:
        return {pair: (1 + math.log(n)) * self._rarity(pair) for pair, n in self._pairs[key].items()}


def fields_alike(a: str | None, b: str | None) -> float:
    """Return how near two fields of the national guidelines are (IRIs, or None)."""
    known = guidelines.fields()
    if a is None or b is None or a not in known or b not in known:
        return _UNKNOWN
    if a == b:
        return _SAME
    above_a, above_b = ({each.node.value for each in guidelines.upwards(known[field])} for field in (a, b))
    return _PART if a in above_b or b in above_a else 0.0


def _square(weights: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in weights.values())


def _normal(text: str) -> str:
    return _NO_WORD.sub("\n", unicodedata.normalize("NFKC", text).lower())


def pairs_of(text: str) -> list[str]:
    """Return each two neighbouring characters of a text, as often as they stand in it."""
    return [line[i : i + 2] for line in text.split("\n") for i in range(len(line) - 1)]


def shared_words(a: str, b: str) -> tuple[str, ...]:
    """Return the longest runs of characters that both texts have, none inside another, without kana at their ends."""
    found: set[str] = set()
    for line in a.split("\n"):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[start : end + 1] in b:
                end += 1
            telling = _TELLING.search(line[start:end])
            if telling and len(telling[0]) >= 2:
                found.add(telling[0])
            start = max(end, start + 1)
    ordered = sorted(found, key=lambda run: (-len(run), run))
    kept = [run for i, run in enumerate(ordered) if not any(run in longer for longer in ordered[:i])]
    return tuple(kept[:_MOST_WORDS])
