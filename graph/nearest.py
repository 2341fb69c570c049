"""The projects most like one, found in arrays: what ``graph.likeness`` says of all others at once.

A library that compares each project with thousands of others on request cannot walk over their words one by one. Here
each pair of neighbouring characters knows the projects and the names that have it, with its weight in them, so that one
pass over the pairs of a project gives its likeness to all others. The scores are those of ``Works.likeness``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

import numpy as np
import numpy.typing as npt

from graph import alignment, likeness
from graph.alignment import Match
from graph.cooperation import cooperation, order
from graph.errors import UnknownThing
from graph.judgements import Judgement
from graph.likeness import Likeness, Works, pairs_of, shared_words
from graph.stores import Store

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """The matches asked for, the surest first, and how many there are in all."""

    matches: list[Match]
    total: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the likeness of one project to each."""

    names: Floats
    text: Floats
    field: Floats

    @property
    def scores(self) -> Floats:
        """The scores, rounded as they are shown."""
        rounded = np.round(self.names, 3), np.round(self.text, 3), self.field
        return cast("Floats", np.round(1 / (1 + np.exp(-likeness.sum_of_parts(*rounded))), 3))

    def of(self, place: int) -> Likeness:
        """Return the parts of one."""
        return Likeness(round(float(self.names[place]), 3), round(float(self.text[place]), 3), float(self.field[place]))


class Lists:
    """The things that have a pair of characters, and its weight in each, by the number of the pair."""

    def __init__(self, numbers: Places, things: Places, weights: Floats, pairs: int) -> None:
        order = np.argsort(numbers, kind="stable")
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=pairs))))
        self._things, self._weights = things[order], weights[order]

    def add(self, sums: Floats, pair: int, times: float) -> None:
        """Add what a pair weighs in each thing that has it."""
        part = slice(self._starts[pair], self._starts[pair + 1])
        sums[self._things[part]] += self._weights[part] * times

    def mark(self, sums: Floats, pair: int, weight: float) -> None:
        """Add a weight for each thing that has a pair."""
        sums[self._things[self._starts[pair] : self._starts[pair + 1]]] += weight


class Nearness:
    """How alike any project of a library is to all; made once, then asked by the project's place."""

    def __init__(self, works: Works) -> None:
        self.works = list(works.all.values())
        self.keys = list(works.all)
        self.places = {key: place for place, key in enumerate(self.keys)}
        documents = {name: n for n, name in enumerate(dict.fromkeys(each.document for each in self.works))}
        self.documents = np.array([documents[each.document] for each in self.works], dtype=np.int64)
        fields = list(dict.fromkeys(each.field for each in self.works))
        number = {field: n for n, field in enumerate(fields)}
        self._field = np.array([number[each.field] for each in self.works], dtype=np.int64)
        self._alike = np.array([[likeness.fields_alike(a, b) for b in fields] for a in fields]).reshape(len(fields), -1)
        self._weigh_texts()
        self._weigh_names()

    def _weigh_texts(self) -> None:
        counted = [Counter(pairs_of(each.text)) for each in self.works]
        self._number = {pair: n for n, pair in enumerate(dict.fromkeys(chain.from_iterable(counted)))}
        numbers = np.array([self._number[pair] for pairs in counted for pair in pairs], dtype=np.int64)
        times = np.array([n for pairs in counted for n in pairs.values()], dtype=np.float64)
        things = np.repeat(np.arange(len(counted)), [len(pairs) for pairs in counted])
        holders = np.bincount(numbers, minlength=len(self._number))
        self._rarity = cast("Floats", np.log(1 + len(counted) / holders))
        weights = (1 + np.log(times)) * self._rarity[numbers]
        self._texts = Lists(numbers, things, weights, len(self._number))
        self._length: Floats = np.sqrt(np.bincount(things, weights * weights, minlength=len(counted)))

    def _weigh_names(self) -> None:
        """Weigh the pairs of each name; a name's pairs all stand in the text, so every one has a number."""
        names = [(place, self._numbers(name)) for place, each in enumerate(self.works) for name in each.names]
        things = np.repeat(np.arange(len(names)), [len(pairs) for _, pairs in names])
        numbers = np.array([pair for _, pairs in names for pair in pairs], dtype=np.int64)
        self._owner = np.array([place for place, _ in names], dtype=np.int64)
        self._names = Lists(numbers, things, self._rarity[numbers], len(self._number))
        self._whole = cast("Floats", np.bincount(things, self._rarity[numbers], minlength=len(names)) + likeness.SHORT)

    def _numbers(self, text: str) -> Sequence[int]:
        return [self._number[pair] for pair in dict.fromkeys(pairs_of(text))]

    def parts(self, place: int) -> Parts:
        """Return how alike a project is to each."""
        names = np.maximum(self._within_others(place), self._within_this(place))
        text = np.where(names < likeness.WORTH_A_LOOK, 0.0, self._text(place))
        return Parts(names, text, self._alike[self._field[place]][self._field])

    def _within_others(self, place: int) -> Floats:
        """Return how much of the project's best name stands in the words of each."""
        best = np.zeros(len(self.keys))
        for name in self.works[place].names:
            pairs, sums = self._numbers(name), np.zeros(len(self.keys))
            for pair in pairs:
                self._texts.mark(sums, pair, self._rarity[pair])
            best = np.maximum(best, sums / (self._rarity[pairs].sum() + likeness.SHORT))
        return best

    def _within_this(self, place: int) -> Floats:
        """Return how much of the best name of each stands in the project's words."""
        sums, best = np.zeros(len(self._owner)), np.zeros(len(self.keys))
        for pair in self._numbers(self.works[place].text):
            self._names.add(sums, pair, 1.0)
        np.maximum.at(best, self._owner, sums / self._whole)
        return best

    def _text(self, place: int) -> Floats:
        """Return how alike all words are: the cosine of their weights."""
        sums = np.zeros(len(self.keys))
        for pair, n in Counter(pairs_of(self.works[place].text)).items():
            number = self._number[pair]
            self._texts.add(sums, number, (1 + np.log(n)) * self._rarity[number])
        lengths = self._length * self._length[place]
        return sums / np.where(lengths, lengths, 1.0)


def nearness(store: Store) -> Nearness:
    """Return the arrays of a store, made once for each content of it."""
    memo = store.memo
    if "nearness" not in memo:
        memo["nearness"] = Nearness(alignment.works(store))
    return cast("Nearness", memo["nearness"])


def nearest(store: Store, project: str, most: int, least: float = likeness.LEAST) -> Found:
    """Return the first of the projects that may be the same work as one: judged so first, then the surest.

    They are those that ``alignment.same_work`` begins with. Raises ``UnknownThing`` for an id that no project has.
    """
    if project not in alignment.works(store).all:
        raise UnknownThing(project)
    near = nearness(store)
    looked = _look(store, near, project, least)
    found = np.flatnonzero(looked.rank)
    total = len(found)
    if total > most:  # those that tie with the last are sorted by their ids
        found = found[looked.rank[found] >= np.partition(looked.rank[found], -most)[-most]]
    first = sorted(map(int, found), key=lambda place: (-looked.rank[place], order(near.keys[place])))[:most]
    return Found([looked.match(store, near, place) for place in first], total)


def between(store: Store, a: str, b: str, least: float = likeness.LEAST) -> list[tuple[str, Match]]:
    """Return the projects of two documents that may be the same work, as (project of ``a``, match in ``b``), surest first.

    A project may stand in several of them.
    """
    near = nearness(store)
    ours, theirs = ([place for place, work in enumerate(near.works) if work.document == name] for name in (a, b))
    found = []
    for place in ours:
        looked = _look(store, near, near.keys[place], least)
        found += [(looked, other) for other in theirs if looked.rank[other]]
    found.sort(key=lambda pair: (-pair[0].rank[pair[1]], order(pair[0].project), order(near.keys[pair[1]])))
    return [(looked.project, looked.match(store, near, other)) for looked, other in found]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a project has to do with each other one; ``rank`` sorts them and is 0 for one that is no match."""

    project: str
    parts: Parts
    rank: Floats
    judged: Mapping[str, Judgement]

    def match(self, store: Store, near: "Nearness", place: int) -> Match:
        """Return what is said of one other project."""
        known, other = near.works, near.keys[place]
        words = shared_words(known[near.places[self.project]].text, known[place].text)
        return Match(cooperation(store).projects[other], self.parts.of(place), words, self.judged.get(other))


def _look(store: Store, near: Nearness, project: str, least: float) -> _Look:
    place = near.places[project]
    parts = near.parts(place)
    scores = parts.scores
    chosen = (scores >= least) & (parts.names >= likeness.WORTH_A_LOOK) & (near.documents != near.documents[place])
    rank = np.where(chosen, scores, 0.0)
    judged = {other: said for other, said in alignment.judged_with(store, project).items() if other in near.places}
    for other, said in judged.items():
        there = near.places[other]
        rank[there] = 0.0 if said.verdict == "different" else scores[there] + (said.verdict == "same")
    return _Look(project, parts, rank, judged)
