"""Measures that another document calls otherwise, as one line of the board: which project goes on in which.

Two rounds of a report may rename or renumber a measure. Who judged two projects the same has said so; else they are one line
where the words of both make it sure enough, and the board says how sure and by which words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph import alignment
from graph.stores import Store
from web.entries import ProjectEntry

MOST_COMPARED = 2_000
"""Projects with indicators that are compared with one another; of more only what people have judged counts."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A project on the line of another: the first of the line, and the match that joined them."""

    first: str
    other: str
    score: float
    words: tuple[str, ...]
    judged: bool


def renamed(store: Store, projects: Mapping[str, ProjectEntry], measured: Iterable[str]) -> dict[str, Joined]:
    """Return the projects with indicators (``measured``, in the order of the library) that go on with an earlier one.

    A line has one project of each document: of several that could be, what people judged counts first, then the surest.
    """
    order = {project: n for n, project in enumerate(dict.fromkeys(measured))}
    groups = {project: {projects[project].document: project} for project in order}
    joined: dict[str, Joined] = {}
    for match, a, b in sorted(_matches(store, order), key=lambda each: (not each[0].verdict, -each[0].score, each[1:])):
        mine, other = groups[a], groups[b]
        if mine is other or mine.keys() & other.keys():
            continue
        both = mine | other
        for project in both.values():
            groups[project] = both
        first, late = sorted(
            (min(mine.values(), key=order.__getitem__), min(other.values(), key=order.__getitem__)),
            key=order.__getitem__,
        )
        joined[late] = Joined(first, a if late == b else b, match.score, match.words, match.verdict == "same")
    firsts = {project: min(group.values(), key=order.__getitem__) for project, group in groups.items()}
    return {late: Joined(firsts[late], j.other, j.score, j.words, j.judged) for late, j in joined.items()}


def _matches(store: Store, order: Mapping[str, int]) -> Iterator[tuple[alignment.Match, str, str]]:
    """Yield the pairs of projects that may be the same work, the earlier one first."""
    judged = {name for pair, said in alignment.judged(store).items() if said.verdict == "same" for name in pair}
    for project in order if len(order) <= MOST_COMPARED else judged & order.keys():
        for match in alignment.same_work(store, project):
            other = match.project.id
            if match.verdict != "undecided" and other in order and order[project] < order[other]:
                yield match, project, other
