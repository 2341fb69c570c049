"""Answers that look at the whole network: paths between things, and what a thing is linked with."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice, pairwise, starmap
from typing import cast

from graph.cooperation import find_units
from graph.errors import AmbiguousThing, UnknownThing
from graph.identifiers import parse
from graph.links import LISTED_WITH, PARTY_OF, Links, Network
from graph.namespaces import RK, SKOS
from graph.prepared import collecting_later, prepared
from graph.queries import query
from graph.routes import ways
from graph.stores import IRI, Row, Store
from graph.things import KINDS, Thing, thing
from graph.words import RELATIONS, Sentence, sentence, words

LONGEST_PATH = 12
"""Steps of a path; a longer one says nothing about how two things belong together."""
MOST_PATHS = 10
"""Paths given at once."""

HUBS = frozenset({"municipality", "document"})
"""The kinds of things that nearly everything is linked with; ``area`` can be left out besides."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: ``end`` is the ``relation`` (in words) of ``start``, as ``document`` says on ``lines``.

    ``lines`` are None where a link follows from a name that is printed (a division belongs to its department).
    """

    start: Thing
    end: Thing
    relation_ja: str
    relation_en: str
    document: str | None
    lines: tuple[int, int] | None
    said: Sentence
    forward: bool

    @property
    def sentence_ja(self) -> str:
        """The step as a Japanese sentence."""
        return (self.said.ja if self.forward else self.said.back_ja).format(start=self.start.label, end=self.end.label)

    @property
    def sentence_en(self) -> str:
        """The step as an English sentence, names as they are printed."""
        return (self.said.en if self.forward else self.said.back_en).format(start=self.start.label, end=self.end.label)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing that another one is linked with; ``forward`` where the link points to it, not from it."""

    relation_ja: str
    relation_en: str
    forward: bool
    other: Thing


def path(store: Store, a: str, b: str, k: int = 1, *, without: Collection[str] = HUBS) -> list[tuple[Step, ...]]:
    """Return up to ``k`` shortest paths between two things, given by id, IRI or name; no path is an empty list.

    No path leads over a thing of a kind in ``without``, except that it may begin or end there; none is longer than
    ``LONGEST_PATH`` steps. Raises ``UnknownThing`` and ``AmbiguousThing``.
    """
    graph = network(store)
    start, end = find_node(store, a), find_node(store, b)
    if start == end:
        return []

    def others(node: int) -> list[int]:
        return [each for each in graph.others(node) if each in {start, end} or graph.kind(each) not in without]

    found = islice(ways(others, start, end, LONGEST_PATH), min(k, MOST_PATHS))
    return [tuple(starmap(partial(step, graph), pairwise(nodes))) for nodes in found]


def step(graph: Network, start: int, end: int) -> Step:
    """Return the link that joins two things as a step from one to the other."""
    link = graph.between(start, end)
    said, forward = link.words, link.start == start
    return Step(
        graph.thing(start),
        graph.thing(end),
        said.ja if forward else said.inverse_ja,
        said.en if forward else said.inverse_en,
        link.documents[0] or None,
        link.lines,
        sentence(link.relation),
        forward,
    )


def find_node(store: Store, text: str) -> int:
    """Return the number of a department, municipality, project, area or document by IRI, id, title or name.

    Raises ``UnknownThing`` and ``AmbiguousThing``.
    """
    graph = network(store)
    found = graph.named(text) or [node for unit in find_units(store, text) for node in graph.named(unit.id)]
    if not found:
        raise UnknownThing(text)
    if len(found) > 1:
        raise AmbiguousThing(text, [graph.thing(node).id for node in found])
    return found[0]


def find_thing(store: Store, text: str) -> str:
    """Return the IRI of a thing; see ``find_node``."""
    return network(store).iris[find_node(store, text)]


def network(store: Store) -> Network:
    """Return the network of a store: that which was kept, else read once for each content of the store."""
    memo = store.memo
    if "network" not in memo:
        columns = prepared(store)
        memo["network"] = read_network(store) if columns is None else Network(columns)
    return cast("Network", memo["network"])


def read_network(store: Store) -> Network:
    """Read the network from the answers of a store."""
    with collecting_later():
        return _read(store)


def _read(store: Store) -> Network:
    named = {
        iri: (label, name.kind) for iri, label in sorted(_labels(store)) if (name := parse(iri)) and name.kind in KINDS
    }
    links = Links(named, _lines(store))
    for relation in RELATIONS:
        rows = store.select(query("links"), relation=IRI(relation))
        for start, end, stated in sorted((str(row["start"]), str(row["end"]), str(row["graph"])) for row in rows):
            links.add_stated(start, end, relation, _document(stated))
    for row in sorted(store.select(query("parties")), key=lambda row: (str(row["document"]), str(row["municipality"]))):
        document = str(row["document"])
        links.add(document, str(row["municipality"]), PARTY_OF, _document(document), _range(row))
    for row in sorted(
        store.select(query("listed")), key=lambda row: (str(row["project"]), str(row["unit"]), _range(row))
    ):
        document = _document(str(row["document"]))
        links.add(str(row["project"]), str(row["unit"]), LISTED_WITH, document, _range(row))
    return links.network()


@lru_cache(16)  # links come sorted, and one document states many
def _document(iri: str) -> str:
    name = parse(iri)
    return (name.document if name else None) or ""


def _lines(store: Store) -> dict[str, tuple[int, int]]:
    measures = store.select(query("lines"), kind=IRI(RK.Measure.value))
    areas = store.select(query("lines"), kind=IRI(SKOS.Concept.value))
    return {str(row["thing"]): _range(row) for row in (*measures, *areas)}


def _range(row: Row) -> tuple[int, int]:
    return int(str(row["first"])), int(str(row["last"]))


def _labels(store: Store) -> Iterator[tuple[str, str]]:
    for name, variable, label in (
        ("units", "unit", "label"),
        ("municipalities", "municipality", "label"),
        ("projects", "project", "title"),
        ("areas", "area", "label"),
        ("documents", "document", "title"),
    ):
        for row in store.select(query(name)):
            yield str(row[variable]), str(row[label])


def neighbours(store: Store, text: str) -> list[Neighbour]:
    """Return everything with a name that a thing is linked with, sorted by relation, direction and name."""
    iri = find_thing(store, text)
    found = set()
    for row in store.select(query("neighbours"), thing=IRI(iri)):
        said = words(str(row["relation"]))
        forward = bool(row["forward"])
        relation = (said.ja, said.en) if forward else (said.inverse_ja, said.inverse_en)
        found.add(Neighbour(*relation, forward, thing(str(row["other"]), str(row["label"]))))
    return sorted(found, key=lambda each: (each.relation_ja, not each.forward, each.other.id, each.other.label))
