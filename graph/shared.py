"""Everything that two things have in common: any two of municipality, department, project, area and document."""

from dataclasses import dataclass

from graph import guidelines
from graph.cooperation import order
from graph.coverage import fields_of
from graph.identifiers import parse
from graph.links import Network
from graph.network import find_node, network
from graph.reach import KINDS, reach
from graph.stores import Store
from graph.things import Thing
from graph.words import shared_sentence

GROUPS = (*KINDS[:2], "field", *KINDS[2:])
"""The kinds of things that can be shared, in the order of answers; fields are those of the national guidelines."""


@dataclass(frozen=True, slots=True)
class SharedThing:
    """A thing that both have to do with, and where its document states it; None where no one place does."""

    thing: Thing
    document: str | None
    lines: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """The shared things of one kind, with a sentence that says how many there are."""

    kind: str
    things: tuple[SharedThing, ...]
    sentence_ja: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Two things and what they share, by kind, without kinds of which they share nothing."""

    a: Thing
    b: Thing
    groups: tuple[SharedGroup, ...]


def everything_shared(store: Store, a: str, b: str) -> Shared:
    """Return what two things (by id, IRI or name) share; nothing shared is no groups.

    Departments in common are those that work with both. Raises ``UnknownThing`` and ``AmbiguousThing``.
    """
    graph, belongs = network(store), reach(store)
    ends = find_node(store, a), find_node(store, b)
    one, other = (graph.thing(end) for end in ends)
    found: dict[str, list[SharedThing]] = {}
    for kind in KINDS:
        common = belongs.of(ends[0], kind) & belongs.of(ends[1], kind) - set(ends)
        found[kind] = sorted((_shared(graph, node) for node in common), key=lambda each: order(each.thing.id))
    found["field"] = [SharedThing(field, None, None) for field in _fields(store, *ends)]
    return Shared(one, other, tuple(_group(kind, found[kind], one, other) for kind in GROUPS if found[kind]))


def _group(kind: str, things: list[SharedThing], one: Thing, other: Thing) -> SharedGroup:
    facts = {"a": one.label, "b": other.label, "n": len(things)}
    return SharedGroup(kind, tuple(things), shared_sentence(kind, "ja", **facts), shared_sentence(kind, "en", **facts))


def _fields(store: Store, a: int, b: int) -> list[Thing]:
    """Return the fields of the guidelines in which both have projects, in the order of the guidelines."""
    of_project, belongs, iris = fields_of(store), reach(store), network(store).iris
    one, other = ({of_project.get(iris[p]) for p in belongs.of(end, "project")} for end in (a, b))
    return [
        Thing("field", iri, concept.label, None) for iri, concept in guidelines.fields().items() if iri in one & other
    ]


def _shared(graph: Network, node: int) -> SharedThing:
    name = parse(graph.iris[node])
    return SharedThing(graph.thing(node), name.document if name else None, graph.lines(node))
