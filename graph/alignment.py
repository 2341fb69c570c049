"""Which projects of other documents are the same work: by what their titles and descriptions say, never by number.

Words are compared by pairs of neighbouring characters, each weighed by how rare it is in the library: 写真 says more
than 連携. The score is between 0 and 1; each answer says which words it rests on. It is a proposal for people.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from graph.cooperation import cooperation
from graph.errors import UnknownThing
from graph.identifiers import parse
from graph.queries import query
from graph.stores import Store
from graph.things import ProjectRef, thing_id

LEAST = 0.3
"""From this score on two projects are proposed as the same work."""

_TITLE, _TEXT = 0.65, 0.35
_ROUNDING = 0.001
"""Scores are rounded to three places."""
_MOST_WORDS = 5
_NO_WORD = re.compile(r"[\W_]+")
_TELLING = re.compile(r"[一-龠々ァ-ヶーa-z0-9](?:.*[一-龠々ァ-ヶーa-z0-9])?")
"""A run without the kana of grammar at its ends."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Match:
    """A project of another document that may be the same work, how sure that is, and the words that both have."""

    project: ProjectRef
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Works:
    """The weighed character pairs of each project's title and of its whole text, by its id; each of length 1."""

    texts: Mapping[str, tuple[str, str]]
    _vectors: dict[str, tuple[Weights, Weights]] = field(default_factory=dict)

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[str]]:
        """The projects whose text has each pair; a title is part of its text."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key, (_, text) in self.texts.items():
            for pair in dict.fromkeys(_pairs(text)):
                found[pair].append(key)
        return found

    def vectors(self, key: str) -> tuple[Weights, Weights]:
        """Return the weights of a project, of its title and of its text."""
        if key not in self._vectors:
            title, text = self.texts[key]
            self._vectors[key] = (self._weigh(title), self._weigh(text))
        return self._vectors[key]

    def _weigh(self, text: str) -> Weights:
        total, holders = len(self.texts), self._holders
        weights = {
            pair: (1 + math.log(n)) * math.log(1 + total / len(holders[pair]))
            for pair, n in Counter(_pairs(text)).items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {pair: weight / length for pair, weight in weights.items()}

    def near(self, key: str, least: float) -> dict[str, float]:
        """Return the projects that are at least so much alike, with their scores.

        Only projects that share a rare pair are looked at: what the common pairs can add up to, by the lengths of the
        vectors that they make, stays below the least score.
        """
        title, text = self.vectors(key)
        title_left, text_left = (sum(weight * weight for weight in weights.values()) for weights in (title, text))
        candidates: set[str] = set()
        for pair in sorted(text, key=lambda pair: len(self._holders[pair])):
            if _TITLE * math.sqrt(max(title_left, 0)) + _TEXT * math.sqrt(max(text_left, 0)) < least - _ROUNDING:
                break
            candidates.update(self._holders[pair])
            title_left -= title.get(pair, 0.0) ** 2
            text_left -= text[pair] ** 2
        scores = {other: self.score(key, other) for other in candidates}
        return {other: score for other, score in scores.items() if score >= least}

    def score(self, a: str, b: str) -> float:
        """Return how alike two projects are."""
        (title, text), (other_title, other_text) = self.vectors(a), self.vectors(b)
        return round(_TITLE * _dot(title, other_title) + _TEXT * _dot(text, other_text), 3)


def same_work(store: Store, project: str, least: float = LEAST) -> list[Match]:
    """Return the projects of other documents that may be the same work as one, the surest first.

    Raises ``UnknownThing`` for an id that no project has.
    """
    table, works = cooperation(store), _works(store)
    if project not in works.texts:
        raise UnknownThing(project)
    document = project.partition("/")[0]
    found = [
        Match(table.projects[other], score, _shared(works.texts[project][1], works.texts[other][1]))
        for other, score in works.near(project, least).items()
        if other.partition("/")[0] != document
    ]
    return sorted(found, key=lambda match: (-match.score, table.order(match.project.id)))


def between(store: Store, a: str, b: str, least: float = LEAST) -> list[tuple[str, Match]]:
    """Return the projects of two documents that may be the same work, as (project of ``a``, match in ``b``), surest first.

    A project may stand in several of them.
    """
    table, works = cooperation(store), _works(store)
    firsts, seconds = ([key for key in works.texts if key.partition("/")[0] == document] for document in (a, b))
    found = [
        (one, Match(table.projects[other], score, _shared(works.texts[one][1], works.texts[other][1])))
        for one in firsts
        for other in seconds
        if (score := works.score(one, other)) >= least
    ]
    return sorted(found, key=lambda pair: (-pair[1].score, table.order(pair[0]), table.order(pair[1].project.id)))


def _works(store: Store) -> Works:
    memo = store.memo
    if "works" not in memo:
        memo["works"] = Works(dict(_texts(store)))
    return cast("Works", memo["works"])


def _texts(store: Store) -> Iterable[tuple[str, tuple[str, str]]]:
    for row in store.select(query("works")):
        name = parse(str(row["project"]))
        if name:
            title, program, text = (_normal(str(row[key] or "")) for key in ("title", "program", "description"))
            yield thing_id(name), (title, f"{title}\n{program}\n{text}")


def _normal(text: str) -> str:
    return _NO_WORD.sub("\n", unicodedata.normalize("NFKC", text).lower())


def _pairs(text: str) -> list[str]:
    return [line[i : i + 2] for line in text.split("\n") for i in range(len(line) - 1)]


def _dot(a: Weights, b: Weights) -> float:
    small, large = sorted((a, b), key=len)
    return sum(weight * large.get(pair, 0.0) for pair, weight in small.items())


def _shared(a: str, b: str) -> tuple[str, ...]:
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
