"""Two documents beside each other: which projects are likely the same work, and which stand in one of them only."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph.nearest import between
from graph.stores import Store
from web.directory import Directory
from web.entries import ProjectEntry

Spans = tuple[tuple[str, bool], ...]
"""Pieces of a text and whether each is in this one only."""


LEAST_ALIKE = 0.6
"""From this likeness on, marks show how two titles differ; below it they would cover them whole."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two projects that are likely the same work, how sure that is, and the words that both have."""

    a: ProjectEntry
    b: ProjectEntry
    score: float
    words: tuple[str, ...]

    @property
    def titles(self) -> tuple[Spans, Spans]:
        """Both titles with what is in one of them only."""
        return difference(self.a.title, self.b.title)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two documents have in common, in the order of the first, and what stands in one only."""

    pairs: list[Aligned]
    only_a: list[ProjectEntry]
    only_b: list[ProjectEntry]


def compare(store: Store, directory: Directory, a: str, b: str) -> Comparison:
    """Align the projects of two documents: each with one of the other at most, the surest pairs first."""
    ours, theirs = directory.by_document.get(a, []), directory.by_document.get(b, [])
    free_a, free_b = {p.id: p for p in ours}, {p.id: p for p in theirs}
    pairs: list[Aligned] = []
    for one, match in between(store, a, b):
        other = match.project.id
        if one in free_a and other in free_b:
            pairs.append(Aligned(free_a.pop(one), free_b.pop(other), match.score, match.words))
    place = {project.id: n for n, project in enumerate(ours)}
    pairs.sort(key=lambda pair: place[pair.a.id])
    return Comparison(pairs, list(free_a.values()), list(free_b.values()))


def difference(a: str, b: str) -> tuple[Spans, Spans]:
    """Mark what each of two texts has that the other has not; nothing where they are too unlike for marks to help."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return ((a, False),), ((b, False),)
    parts = matcher.get_opcodes()
    return (
        tuple((a[start:end], tag != "equal") for tag, start, end, _, _ in parts if end > start),
        tuple((b[start:end], tag != "equal") for tag, _, _, start, end in parts if end > start),
    )


def candidates(directory: Directory, document: str) -> Sequence[str]:
    """Return the documents that it is worth comparing one with: those that share a municipality, then the rest."""
    mine = {m for project in directory.by_document.get(document, ()) for m in project.municipalities}
    others = [name for name in directory.by_document if name != document]
    shared = {n: len(mine & {m for p in directory.by_document[n] for m in p.municipalities}) for n in others}
    return sorted(others, key=lambda name: (-shared[name], name))
