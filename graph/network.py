"""Answers that look at the whole network: paths between things, and what a thing is linked with."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import cast

import networkx as nx

from graph.cooperation import find_units
from graph.errors import AmbiguousThing, UnknownThing
from graph.identifiers import parse
from graph.namespaces import RK, SKOS
from graph.queries import query
from graph.stores import IRI, Row, Store
from graph.things import KINDS, Thing, thing
from graph.words import PARTY, RELATIONS, Sentence, Words, sentence, words

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
    start, end = find_thing(store, a), find_thing(store, b)
    if start == end or start not in graph or end not in graph:
        return []
    if without:
        graph = graph.subgraph(
            [node for node in graph if graph.nodes[node]["kind"] not in without or node in {start, end}]
        )
    try:
        found = islice(nx.shortest_simple_paths(graph, start, end), min(k, MOST_PATHS))
        return [tuple(steps_between(graph, nodes)) for nodes in found if len(nodes) <= LONGEST_PATH + 1]
    except nx.NetworkXNoPath:
        return []


def steps_between(graph: "nx.Graph[str]", nodes: list[str]) -> Iterator[Step]:
    """Yield the links that join neighbouring nodes of a list, each as a step."""
    for start, end in pairwise(nodes):
        link = graph.edges[start, end]
        said: Words = link["words"]
        forward = link["start"] == start
        yield Step(
            thing(start, graph.nodes[start]["label"]),
            thing(end, graph.nodes[end]["label"]),
            said.ja if forward else said.inverse_ja,
            said.en if forward else said.inverse_en,
            link["documents"][0],
            link["lines"],
            sentence(link["relation"]),
            forward,
        )


def thing_of(store: Store, iri: str) -> Thing:
    """Return a thing of the network by its IRI."""
    return thing(iri, network(store).nodes[iri]["label"])


def lines_of(store: Store, iri: str) -> tuple[int, int] | None:
    """Return the lines of its document on which a project or an area is stated, None for other things."""
    found: dict[str, tuple[int, int]] = network(store).graph["lines"]
    return found.get(iri)


def find_thing(store: Store, text: str) -> str:
    """Return the IRI of a department, municipality, project, area or document by IRI, id, title or name."""
    graph = network(store)
    if text in graph:
        return text
    known: dict[str, list[str]] = graph.graph["ids"]
    found = known.get(text) or graph.graph["labels"].get(text) or []
    if not found:
        found = [iri for unit in find_units(store, text) for iri in known.get(unit.id, ())]
    if not found:
        raise UnknownThing(text)
    if len(found) > 1:
        raise AmbiguousThing(text, [thing(iri, "").id for iri in found])
    return found[0]


def network(store: Store) -> "nx.Graph[str]":
    """Return the network of a store, read once for each content of it; it stays inside graph/.

    Nodes are IRIs with ``label`` and ``kind``; edges have ``start``, ``relation``, ``words``, ``documents`` and ``lines``.
    """
    memo = store.memo
    if "network" not in memo:
        memo["network"] = _read(store)
    return cast("nx.Graph[str]", memo["network"])


def _read(store: Store) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    for iri, label in sorted(_labels(store)):
        name = parse(iri)
        if name and name.kind in KINDS:
            graph.add_node(iri, label=label, kind=name.kind)
    lines = _lines(store)
    for relation in RELATIONS:
        links = store.select(query("links"), relation=IRI(relation))
        for start, end, stated in sorted((str(row["start"]), str(row["end"]), str(row["graph"])) for row in links):
            _link(graph, (start, end), relation, stated, lines.get(start))
    for row in sorted(store.select(query("parties")), key=lambda row: (str(row["document"]), str(row["municipality"]))):
        document = str(row["document"])
        _link(graph, (document, str(row["municipality"])), "party", document, _range(row))
    _index(graph)
    graph.graph["lines"] = lines
    return graph


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


def _link(
    graph: "nx.Graph[str]", ends: tuple[str, str], relation: str, stated: str, lines: tuple[int, int] | None
) -> None:
    """Add a link between two things with names; the lines are those of the first document that says so."""
    start, end = ends
    name = parse(stated)
    document = name.document if name else None
    if start not in graph or end not in graph:
        return
    if graph.has_edge(start, end):
        graph.edges[start, end]["documents"].append(document)
    else:
        said = PARTY if relation == "party" else words(relation)
        graph.add_edge(start, end, start=start, relation=relation, words=said, documents=[document], lines=lines)


def _index(graph: "nx.Graph[str]") -> None:
    ids: dict[str, list[str]] = {}
    labels: dict[str, list[str]] = {}
    for iri in graph:
        label = graph.nodes[iri]["label"]
        ids.setdefault(thing(iri, label).id, []).append(iri)
        labels.setdefault(label, []).append(iri)
    graph.graph.update(ids=ids, labels=labels)


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
