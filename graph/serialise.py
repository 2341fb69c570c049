"""Everything as open data: RDF in six syntaxes, networks for graph tools, tables for spreadsheets.

Every format is in one order (``graph.ordered``): the same content gives the same bytes on every machine. RDF is written
as it is read, not held in memory.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

import networkx as nx
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from graph.errors import UnknownFormat
from graph.identifiers import parse
from graph.jsonld import write_jsonld
from graph.namespaces import PREFIXES
from graph.network import network
from graph.ordered import line, ordered, sorted_lines
from graph.prefixed import write_prefixed
from graph.stores import Store
from graph.tables import TABLES, table, write_csv

_NO_CLOCK = re.compile(b' lastmodifieddate="[^"]*"')


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its media type, the suffix of its files, and what writes it."""

    media_type: str
    suffix: str
    write: Callable[[Store, IO[bytes], str | None], None]


def _quads(store: Store, document: str | None) -> Iterator[Quad]:
    """Yield the statements of each named graph after one another, each graph in order."""
    for graph in store.graphs():
        name = parse(graph)
        if document is None or (name and name.document == document):
            with ordered(store.triples_in(graph)) as found:
                for triple in found:
                    yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))


def _turtle(store: Store, out: IO[bytes], document: str | None) -> None:
    with ordered(store.triples(document)) as triples:
        write_prefixed(triples, out, RdfFormat.TURTLE)


def _rdfxml(store: Store, out: IO[bytes], document: str | None) -> None:
    with ordered(store.triples(document)) as triples:
        serialize(triples, out, RdfFormat.RDF_XML, prefixes=PREFIXES)


def _trig(store: Store, out: IO[bytes], document: str | None) -> None:
    write_prefixed(_quads(store, document), out, RdfFormat.TRIG)


def _jsonld(store: Store, out: IO[bytes], document: str | None) -> None:
    with ordered(store.triples(document)) as triples:
        write_jsonld(triples, out)


def _ntriples(store: Store, out: IO[bytes], document: str | None) -> None:
    out.writelines(sorted_lines(map(line, store.triples(document))))


def _nquads(store: Store, out: IO[bytes], document: str | None) -> None:
    out.writelines(sorted_lines(map(line, _quads(store, document))))


def _network(store: Store, document: str | None) -> "nx.Graph[str]":
    """Return the network with plain attributes: labels, kinds and pages of things, relations in both languages."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    whole = network(store)
    for link in whole.links():
        if document not in {None, *link.documents}:
            continue
        ends = whole.iris[link.start], whole.iris[link.end]
        for iri, found in zip(ends, map(whole.thing, (link.start, link.end)), strict=True):
            graph.add_node(iri, label=found.label, kind=found.kind, ref=found.id, page=found.page or "")
        first, last = link.lines or (0, 0)
        documents = " ".join(sorted({each for each in link.documents if each}))
        said = link.words
        graph.add_edge(*ends, label=said.ja, label_en=said.en, documents=documents, first_line=first, last_line=last)
    return graph


def _graphml(store: Store, out: IO[bytes], document: str | None) -> None:
    nx.write_graphml(_network(store, document), out, encoding="utf-8", prettyprint=True)


def _gexf(store: Store, out: IO[bytes], document: str | None) -> None:
    buffer = io.BytesIO()
    nx.write_gexf(_network(store, document), buffer, encoding="utf-8", prettyprint=True)
    # The day of writing is no part of the content: the same content gives the same bytes.
    out.write(_NO_CLOCK.sub(b"", buffer.getvalue()))


def _csv(store: Store, out: IO[bytes], document: str | None) -> None:
    """Write a zip of all tables; the times in it are fixed, so that the same content gives the same bytes."""
    with zipfile.ZipFile(out, "w") as archive:
        for name in TABLES:
            entry = zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, write_csv(*table(store, name, document), bom=True))


FORMATS: dict[str, Export] = {
    "turtle": Export("text/turtle; charset=utf-8", ".ttl", _turtle),
    "jsonld": Export("application/ld+json", ".jsonld", _jsonld),
    "ntriples": Export("application/n-triples", ".nt", _ntriples),
    "nquads": Export("application/n-quads", ".nq", _nquads),
    "trig": Export("application/trig", ".trig", _trig),
    "rdfxml": Export("application/rdf+xml", ".rdf", _rdfxml),
    "csv": Export("application/zip", ".zip", _csv),
    "graphml": Export("application/graphml+xml", ".graphml", _graphml),
    "gexf": Export("application/gexf+xml", ".gexf", _gexf),
}
"""The formats by name."""


def export(store: Store, format: str, out: IO[bytes], *, document: str | None = None) -> None:  # noqa: A002
    """Write all that the library states, or one document of it; raises ``UnknownFormat``."""
    if format not in FORMATS:
        raise UnknownFormat(format, list(FORMATS))
    FORMATS[format].write(store, out, document)


def export_table(store: Store, name: str, *, document: str | None = None, bom: bool = False) -> bytes:
    """Return one table as CSV; raises ``UnknownFormat`` for a name that is not of ``TABLES``."""
    if name not in TABLES:
        raise UnknownFormat(name, TABLES)
    return write_csv(*table(store, name, document), bom=bom)
