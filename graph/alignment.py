"""Which projects of other documents are the same work: proposed by how alike they are, decided by people.

A proposal has a score with its parts (``likeness``) and the words it rests on. A judgement that the graph holds
overrules it: what a person called different is no answer, what a person called the same is one whatever its score.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from graph.cooperation import cooperation, order
from graph.coverage import fields_of
from graph.errors import UnknownThing
from graph.judgements import Judgement, Verdict, latest
from graph.likeness import LEAST, Likeness, Works, shared_words, work
from graph.queries import query
from graph.stores import Store
from graph.things import ProjectRef, id_of

__all__ = ["LEAST", "Match", "judged", "judged_with", "proposals", "same_work", "works"]


@dataclass(frozen=True, slots=True)
class Match:
    """A project of another document that may be the same work, how sure that is, and why.

    ``words`` are what both have; ``judgement`` is what a person said of the pair, None where nobody has.
    """

    project: ProjectRef
    likeness: Likeness
    words: tuple[str, ...]
    judgement: Judgement | None = None

    @property
    def score(self) -> float:
        """How sure it is by the words alone, between 0 and 1."""
        return self.likeness.score

    @property
    def verdict(self) -> Verdict | None:
        """What a person said: ``same`` or ``undecided``; None for a proposal."""
        return self.judgement.verdict if self.judgement else None


def same_work(store: Store, project: str, least: float = LEAST) -> list[Match]:
    """Return the projects of other documents that may be the same work as one: judged so first, then the surest.

    Raises ``UnknownThing`` for an id that no project has.
    """
    known = works(store)
    if project not in known.all:
        raise UnknownThing(project)
    others = {*known.candidates(project), *(other for other in judged_with(store, project) if other in known.all)}
    found = [match for other in others if (match := _match(store, project, other, least))]
    return sorted(found, key=lambda match: (match.verdict != "same", -match.score, order(match.project.id)))


def _match(store: Store, project: str, other: str, least: float) -> Match | None:
    """Compare two projects; a judgement goes before the score."""
    known, judgement = works(store), judged(store).get(_pair(project, other))
    likeness = known.likeness(project, other)
    if judgement.verdict == "different" if judgement else likeness.score < least:
        return None
    words = shared_words(known.all[project].text, known.all[other].text)
    return Match(cooperation(store).projects[other], likeness, words, judgement)


def proposals(known: Works, documents: Iterable[str] | None = None) -> Iterator[tuple[str, str, Likeness]]:
    """Yield each two projects that are proposed as the same work, the ids in order; all, or those of some documents."""
    chosen = None if documents is None else set(documents)
    seen: set[tuple[str, str]] = set()
    for key in sorted(known.all):
        if chosen is not None and known.all[key].document not in chosen:
            continue
        for other in known.candidates(key):
            pair = _pair(key, other)
            if pair not in seen:
                seen.add(pair)
                likeness = known.likeness(*pair)
                if likeness.score >= LEAST:
                    yield *pair, likeness


def judged(store: Store) -> Mapping[tuple[str, str], Judgement]:
    """Return what people have said of pairs of projects, as the graph holds it."""
    memo = store.memo
    if "judged" not in memo:
        memo["judged"] = latest(_judgements(store))
    return cast("Mapping[tuple[str, str], Judgement]", memo["judged"])


def _judgements(store: Store) -> Iterator[Judgement]:
    for row in store.select(query("judgements")):
        a, b = sorted((id_of(str(row["a"])), id_of(str(row["b"]))))
        verdict = cast("Verdict", str(row["verdict"]))
        by, when, why = (str(row[key]) for key in ("by", "when", "why"))
        yield Judgement(a=a, b=b, verdict=verdict, by=by, when=when, why=why)


def judged_with(store: Store, project: str) -> dict[str, Judgement]:
    """Return what people have said of a project and each other one, as the graph holds it, by the other's id."""
    return {a if b == project else b: said for (a, b), said in judged(store).items() if project in {a, b}}


def works(store: Store) -> Works:
    """Return what is compared of all projects, read once for each content of a store."""
    memo = store.memo
    if "works" not in memo:
        fields = fields_of(store)
        memo["works"] = Works(
            {
                id_of(str(row["project"])): work(
                    id_of(str(row["project"])).partition("/")[0],
                    str(row["title"]),
                    cast("str | None", row["program"]),
                    cast("str | None", row["description"]),
                    fields.get(str(row["project"])),
                )
                for row in store.select(query("works"))
            }
        )
    return cast("Works", memo["works"])


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
