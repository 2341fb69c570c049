"""Checks what a library states against the shapes of ``data/reference/shapes.ttl`` (SHACL).

Each document is checked by itself: its graphs describe all that they name, so memory is bounded by one document.
"""

import io
from collections.abc import Iterable, Iterator

import pyshacl
import rdflib
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib import RDF, SH

from graph.identifiers import is_provenance, parse
from graph.shacl import Violation, shapes, short
from graph.stores import Store


def validate(store: Store, document: str | None = None) -> list[Violation]:
    """Return what breaks the shapes in one document, or in all, sorted; nothing where all is well."""
    names = store.documents() if document is None else [document]
    return sorted(found for name in names for found in violations(read(stated(store, name)), name))


def stated(store: Store, document: str) -> Iterator[Triple]:
    """Yield what a document states and from where it was read, each statement once."""
    yield from store.triples(document)
    for graph in store.graphs():
        name = parse(graph)
        if name and name.document == document and is_provenance(graph):
            yield from store.triples_in(graph)


def read(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return statements as a graph of rdflib, which the checker works on."""
    out = io.BytesIO()
    serialize(triples, out, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=out.getvalue(), format="nt")


def violations(data: rdflib.Graph, document: str) -> Iterator[Violation]:
    """Yield what breaks the shapes in a graph."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"the checker gave no report: {report!r}")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        value = report.value(result, SH.value)
        yield Violation(
            document,
            str(report.value(result, SH.focusNode)),
            short(report.value(result, SH.resultPath)),
            short(report.value(result, SH.sourceConstraintComponent)),
            None if value is None else str(value),
            str(report.value(result, SH.resultMessage)),
        )
