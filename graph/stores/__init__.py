"""Places to keep RDF, one module a store, chosen by URL.

    memory:                          in this process, gone with it
    oxigraph:/path/to/folder         on disk
    sparql+https://host/path         any SPARQL 1.1 server; …?update=/other/path where updates go elsewhere

A store keeps what each document states in a named graph of its own, and the union of these as its default graph, as
triples that really are there: so every SPARQL engine sees each statement once, whatever it makes of unions.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

from graph.errors import UnknownStore
from graph.stores.terms import IRI, Plain, Row

__all__ = ["IRI", "STORES", "Plain", "Results", "Row", "Scope", "Store", "open_store"]

Results = QuerySolutions | QueryBoolean | QueryTriples
"""What a query gives: solutions (SELECT), yes or no (ASK), triples (CONSTRUCT, DESCRIBE). It stays inside graph/."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The graphs that a query sees instead of all: some as one default graph, some by name (SPARQL 1.1, section 13)."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Store(Protocol):
    """What every store does; all errors are of the ``GraphError`` branch."""

    @property
    def memo(self) -> dict[str, Any]:
        """Answers worked out from what the store holds; it is emptied when the content changes."""

    def replace(self, document: str, quads: Iterable[Quad]) -> int:
        """Make these quads, all of the document's graphs, what the document states.

        The empty name stands for what joins documents (``graph.aligning``), in the graph of the library.
        Returns by how many triples the store grew.
        """

    def remove(self, document: str) -> int:
        """Take out what a document alone states; return by how many triples all grew (zero or less)."""

    def documents(self) -> list[str]:
        """Return the ids of the documents, sorted."""

    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs, in the order of ``documents``: what each states, and from where it was read."""

    def select(self, text: str, **bindings: Plain) -> list[Row]:
        """Run a SELECT query with some variables bound, and return its rows as plain Python values.

        A bound variable stands in patterns, not in the projection. ``IRI`` binds a thing, other values literals.
        """

    def query(self, text: str, scope: Scope | None = None, base: str | None = None) -> Results:
        """Run any SPARQL query on the union of all graphs, or on those of a scope; raises ``QueryInvalid``.

        ``base`` is what relative IRIs in it are relative to.
        """

    def triples(self, document: str | None = None) -> Iterator[Triple]:
        """Yield each statement once: those of one document, or all."""

    def triples_in(self, graph: str) -> Iterator[Triple]:
        """Yield the statements of one named graph."""

    def quads(self) -> Iterator[Quad]:
        """Yield the statements of all documents with their graphs."""

    def count(self) -> int:
        """Count the statements, each once."""

    def close(self) -> None:
        """Let go of files and connections."""


STORES: dict[str, str] = {
    "memory": "graph.stores.memory",
    "oxigraph": "graph.stores.oxigraph",
    "sparql+http": "graph.stores.endpoint",
    "sparql+https": "graph.stores.endpoint",
}
"""URL scheme → module; the module has ``open_url(url, writable) -> Store``."""


def open_store(url: str, *, writable: bool = False) -> Store:
    """Open the store of a URL; raises ``UnknownStore`` and ``StoreUnavailable``."""
    scheme = url.partition(":")[0]
    if scheme not in STORES:
        raise UnknownStore(url, list(STORES))
    opener = cast("Callable[[str, bool], Store]", import_module(STORES[scheme]).open_url)
    return opener(url, writable)
