"""The network of things with names and of the links between them, in columns that a file can hold (``graph.columns``).

Things are numbered in the order of their IRIs, links as they were read; a thing's links come in the order of their
numbers, so that the same library gives the same answers, whether its network was read from the store or from the file.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from graph.columns import Column, Texts, text_columns, texts_of
from graph.things import KINDS, Thing, id_of, thing
from graph.words import LISTED, PARTY, RELATIONS, Words, words

PARTY_OF = "party"
"""The relation of a document and a municipality that it is of; the graph says it by a membership."""
LISTED_WITH = "listed"
"""The relation of a project and a unit that only the overview table names with it."""
_RELATIONS = (*RELATIONS, PARTY_OF, LISTED_WITH)
_WORDS = {PARTY_OF: PARTY, LISTED_WITH: LISTED}

Lines = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two things by their numbers; ``lines`` are those of the first document that says so."""

    start: int
    end: int
    relation: str
    documents: tuple[str, ...]
    lines: Lines

    @property
    def words(self) -> Words:
        """The relation in words."""
        return _WORDS.get(self.relation) or words(self.relation)


class Network:
    """Things and links; it stays inside graph/."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.columns = columns
        self.iris, self._labels = texts_of(columns, "iri"), texts_of(columns, "label")
        self._documents: Texts = texts_of(columns, "document")
        self._kinds = columns["kind"]

    def __len__(self) -> int:
        return len(self.iris)

    def kind(self, node: int) -> str:
        """Return the kind of a thing."""
        return KINDS[self._kinds[node]]

    def of_kind(self, kind: str) -> list[int]:
        """Return all things of a kind."""
        found: list[int] = np.flatnonzero(self._kinds == KINDS.index(kind)).tolist()
        return found

    def thing(self, node: int) -> Thing:
        """Return a thing as answers have it."""
        return thing(self.iris[node], self._labels[node])

    def lines(self, node: int) -> Lines:
        """Return the lines on which a project or an area is stated, None for other things."""
        return _lines(self.columns["stated"], node)

    def named(self, text: str) -> list[int]:
        """Return the things of an IRI, else of an id, else of a label."""
        node = self.iris.place(text)
        if node is not None:
            return [node]
        keys, mark = self.columns["name"], _mark(text)
        first, last = np.searchsorted(keys, mark), np.searchsorted(keys, mark, "right")
        found = sorted(self.columns["named"][first:last].tolist())
        by_id = [node for node in found if id_of(self.iris[node]) == text]
        return by_id or [node for node in found if self._labels[node] == text]

    def around(self, node: int) -> list[tuple[int, int]]:
        """Return what a thing is linked with: the other things and the numbers of the links."""
        first, last = self._own(node)
        return list(
            zip(self.columns["other"][first:last].tolist(), self.columns["by"][first:last].tolist(), strict=True)
        )

    def others(self, node: int) -> list[int]:
        """Return the things that a thing is linked with."""
        first, last = self._own(node)
        found: list[int] = self.columns["other"][first:last].tolist()
        return found

    def degree(self, node: int) -> int:
        """Return with how many things a thing is linked."""
        first, last = self._own(node)
        return last - first

    def _own(self, node: int) -> tuple[int, int]:
        ends = self.columns["own"]
        return int(ends[node - 1]) if node else 0, int(ends[node])

    def link(self, number: int) -> Link:
        """Return a link by its number."""
        columns = self.columns
        ends = columns["documents"]
        said = columns["says"][ends[number - 1] if number else 0 : ends[number]].tolist()
        return Link(
            int(columns["start"][number]),
            int(columns["end"][number]),
            _RELATIONS[columns["relation"][number]],
            tuple(self._documents[document] for document in said),
            _lines(columns["lines"], number),
        )

    def between(self, one: int, other: int) -> Link:
        """Return the link that joins two things; raises ``KeyError``."""
        return self.link(dict(self.around(one))[other])

    def links(self) -> Iterator[Link]:
        """Yield all links."""
        return map(self.link, range(len(self.columns["start"])))

    def towards(self, node: int, relation: str, *, forward: bool) -> list[int]:
        """Return what links of one relation lead to from a thing; backwards, from where they lead to it."""
        number, here = _RELATIONS.index(relation), self.columns["start" if forward else "end"]
        related = self.columns["relation"]
        return [other for other, link in self.around(node) if related[link] == number and here[link] == node]


def _lines(column: Column, place: int) -> Lines:
    first, last = column[2 * place : 2 * place + 2].tolist()
    return (first, last) if first else None


def _mark(text: str) -> np.uint64:
    """Return a number for a name; another name with the same number is told apart by the name itself."""
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little"))


class Links:
    """A network in the making."""

    def __init__(self, named: Mapping[str, tuple[str, str]], lines: Mapping[str, tuple[int, int]]) -> None:
        """Take the things by IRI, with label and kind, and the lines on which projects and areas are stated."""
        self._things = dict(sorted(named.items()))
        self._nodes = {iri: node for node, iri in enumerate(self._things)}
        self._stated = lines
        self._documents: dict[str, int] = {}
        self._numbers: dict[tuple[int, int], int] = {}
        self._links: list[tuple[int, int, int, tuple[int, int]]] = []
        self._says: list[list[int]] = []

    def add(self, start: str, end: str, relation: str, document: str, lines: Lines) -> None:
        """Add a link; of two things that one joins already, only the document that says so too is new."""
        one, other = self._nodes.get(start), self._nodes.get(end)
        if one is None or other is None:
            return
        pair = (one, other) if one < other else (other, one)
        said = self._documents.setdefault(document, len(self._documents))
        number = self._numbers.setdefault(pair, len(self._links))
        if number == len(self._links):
            self._links.append((one, other, _relation(relation), lines or (0, 0)))
            self._says.append([said])
        else:
            self._says[number].append(said)

    def add_stated(self, start: str, end: str, relation: str, document: str) -> None:
        """Add a link that stands where its start is stated."""
        self.add(start, end, relation, document, self._stated.get(start))

    def network(self) -> Network:
        """Return the network."""
        size, links = len(self._things), np.array([each[:3] for each in self._links], np.int32).reshape(-1, 3)
        starts, ends = links[:, 0], links[:, 1]
        numbers = np.arange(len(links), dtype=np.int32)
        # A link of a thing with itself is one of its links, not two.
        turned = starts != ends
        near = np.concatenate((starts, ends[turned]))
        far = np.concatenate((ends, starts[turned]))
        by = np.concatenate((numbers, numbers[turned]))
        order = np.lexsort((by, near))
        marks, nodes = self._names()
        return Network(
            dict(text_columns("iri", self._things))
            | dict(text_columns("label", (label for label, _ in self._things.values())))
            | dict(text_columns("document", self._documents))
            | {
                "kind": np.array([KINDS.index(kind) for _, kind in self._things.values()], np.uint8),
                "stated": np.array([self._stated.get(iri, (0, 0)) for iri in self._things], np.int32).reshape(-1),
                "name": marks,
                "named": nodes,
                "start": starts,
                "end": ends,
                "relation": links[:, 2].astype(np.uint8),
                "lines": np.array([each[3] for each in self._links], np.int32).reshape(-1),
                "documents": np.cumsum([len(said) for said in self._says], dtype=np.int64),
                "says": np.array([document for said in self._says for document in said], np.int32),
                "own": np.cumsum(np.bincount(near, minlength=size), dtype=np.int64),
                "other": far[order],
                "by": by[order],
            }
        )

    def _names(self) -> tuple[Column, Column]:
        """Return the numbers of all ids and labels, sorted, and the thing that each names."""
        found: defaultdict[np.uint64, set[int]] = defaultdict(set)
        for node, (iri, (label, _)) in enumerate(self._things.items()):
            for name in (id_of(iri), label):
                found[_mark(name)].add(node)
        pairs = sorted((mark, node) for mark, nodes in found.items() for node in nodes)
        marks, nodes = np.array([pair[0] for pair in pairs], np.uint64), np.array([pair[1] for pair in pairs], np.int32)
        return marks, nodes


@cache
def _relation(name: str) -> int:
    return _RELATIONS.index(name)
