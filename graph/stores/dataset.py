"""What the stores on pyoxigraph share, in memory and on disk."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Triple

from graph.errors import QueryInvalid, StoreUnavailable
from graph.identifiers import GRAPHS, is_provenance, parse
from graph.namespaces import PREFIXES
from graph.stores import Results, Scope
from graph.stores.terms import Plain, Row, bind, rows

_BULK = 5_000
"""From so many quads on, loading past the write-ahead log is faster than one transaction."""

_DEFAULT = DefaultGraph()
_UNKNOWN_FUNCTION = re.compile(r"custom function <(.+)> is not supported")


def _in_union(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield for the union what documents state; from where they were read stays in graphs of its own."""
    beside: dict[object, bool] = {}
    for quad in quads:
        graph = quad.graph_name
        if graph not in beside:
            beside[graph] = is_provenance(str(graph)[1:-1])
        if not beside[graph]:
            yield Quad(quad.subject, quad.predicate, quad.object)


class _Stream(io.RawIOBase):
    """Texts as a file of bytes, made when they are asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = iter(texts)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as the text at hand goes."""
        while not self._rest:
            text = next(self._texts, None)
            if text is None:
                return 0
            self._rest = memoryview(text.encode())
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _no_answer(_: str) -> list[Row] | None:
    return None


def _no_value(*_: object) -> None:
    """Give no value, which is an error of the expression and not of the query."""


def _nodes(graphs: Iterable[str]) -> list[NamedNode]:
    return [NamedNode(graph) for graph in graphs]


class DatasetStore:
    """A store on a ``pyoxigraph.Store``; ``place`` names it in messages."""

    def __init__(self, store: pyoxigraph.Store, place: str) -> None:
        self._store = store
        self._place = place
        self._memo: dict[str, Any] = {}
        self.answers: Callable[[str], list[Row] | None] = _no_answer
        """Gives the rows of a bound query where they were worked out before; None where they were not."""

    @property
    def memo(self) -> dict[str, Any]:
        """Answers worked out from what the store holds."""
        return self._memo

    def replace(self, document: str, quads: Iterable[Quad]) -> int:
        """Change no more than what differs, so that a document read again costs little."""
        new = set(quads)
        graphs = self._named(document)
        old = {quad for graph in graphs for quad in self._store.quads_for_pattern(None, None, None, graph)}
        self._memo = {}
        return self._add(new - old) - self._discard(old - new, graphs)

    def load(self, lines: Iterable[str]) -> None:
        """Fill an empty store with lines of N-Quads, those of the union among them, as they come; the fastest way in.

        The terms in them must be right: they are not looked at again.
        """
        self._memo = {}
        self._store.bulk_load(input=cast("IO[bytes]", _Stream(lines)), format=RdfFormat.N_QUADS, lenient=True)

    def remove(self, document: str) -> int:
        """Take the document's graph out, and from the union what no other document states."""
        graphs = self._named(document)
        change = self.replace(document, ())
        for graph in graphs:
            self._store.remove_graph(graph)
        return change

    def _add(self, quads: set[Quad]) -> int:
        fresh = {quad for quad in _in_union(quads) if quad not in self._store}
        extend = self._store.bulk_extend if len(quads) > _BULK else self._store.extend
        extend([*quads, *fresh])
        return len(fresh)

    def _discard(self, quads: set[Quad], graphs: list[NamedNode]) -> int:
        stated = [quad for quad in quads if not is_provenance(str(quad.graph_name)[1:-1])]
        alone = [quad for quad in stated if not self._stated_elsewhere(quad, graphs)]
        if quads:
            lines = [f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads]
            self._store.update("DELETE DATA {" + "\n".join([*lines, *(f"{quad.triple} ." for quad in alone)]) + "}")
        return len(alone)

    def _stated_elsewhere(self, quad: Quad, graphs: list[NamedNode]) -> bool:
        found = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(each.graph_name != _DEFAULT and each.graph_name not in graphs for each in found)

    def _named(self, document: str) -> list[NamedNode]:
        return [graph for graph, name in self._graphs() if name == document]

    def _graphs(self) -> list[tuple[NamedNode, str]]:
        """Return the graphs of documents with their ids, sorted by these; graphs of others are left alone."""
        if "graphs" in self._memo:
            return cast("list[tuple[NamedNode, str]]", self._memo["graphs"])
        found = []
        for graph in self._store.named_graphs():
            name = parse(graph.value)
            if isinstance(graph, NamedNode) and name and name.kind in GRAPHS:
                found.append((graph, name.document or ""))
        self._memo["graphs"] = sorted(found, key=lambda pair: (pair[1], pair[0].value))
        return cast("list[tuple[NamedNode, str]]", self._memo["graphs"])

    def documents(self) -> list[str]:
        """Return the ids of the documents, sorted."""
        return sorted({name for _, name in self._graphs() if name})

    def graphs(self) -> list[str]:
        """Return the IRIs of the documents' graphs, those of their provenance included."""
        return [graph.value for graph, _ in self._graphs()]

    def select(self, text: str, **bindings: Plain) -> list[Row]:
        """Run a SELECT query, and return its rows as plain Python values."""
        bound = bind(text, bindings)
        kept = self.answers(bound)
        if kept is not None:
            return kept
        found = self.query(bound)
        if not isinstance(found, QuerySolutions):
            raise QueryInvalid("a SELECT query is needed here")
        return rows(found)

    def query(self, text: str, scope: Scope | None = None, base: str | None = None) -> Results:
        """Run any SPARQL query on the union of all graphs, or on those of a scope.

        A call of a function that nobody knows has no value, as SPARQL has it; the engine would refuse the whole query.
        """
        options: dict[str, Any] = {"prefixes": PREFIXES, "base_iri": base, "custom_functions": (unknown := {})}
        if scope:
            options |= {"default_graph": _nodes(scope.default), "named_graphs": _nodes(scope.named)}
        try:
            while True:
                try:
                    return self._store.query(text, **options)
                except RuntimeError as error:
                    name = _UNKNOWN_FUNCTION.search(str(error))
                    if not name or NamedNode(name[1]) in unknown:
                        raise
                    unknown[NamedNode(name[1])] = _no_value
        except SyntaxError as error:
            raise QueryInvalid(str(error)) from error
        except OSError as error:
            raise StoreUnavailable(self._place, error) from error

    def triples(self, document: str | None = None) -> Iterator[Triple]:
        """Yield each statement once: those of one document, or all."""
        graphs = [_DEFAULT] if document is None else [g for g in self._named(document) if not is_provenance(g.value)]
        for graph in graphs:
            for quad in self._store.quads_for_pattern(None, None, None, graph):
                yield quad.triple

    def triples_in(self, graph: str) -> Iterator[Triple]:
        """Yield the statements of one named graph."""
        for quad in self._store.quads_for_pattern(None, None, None, NamedNode(graph)):
            yield quad.triple

    def quads(self) -> Iterator[Quad]:
        """Yield the statements of all documents with their graphs."""
        for graph, _ in self._graphs():
            yield from self._store.quads_for_pattern(None, None, None, graph)

    def count(self) -> int:
        """Count the statements, each once."""
        return int(str(self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]))

    def close(self) -> None:
        """Let go of the files; the store is not usable afterwards."""
        self._memo = {}
        del self._store
