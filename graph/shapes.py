"""Checks what a library states against the shapes of ``data/reference/shapes.ttl`` (SHACL).

Each document is checked by itself: its graphs describe all that they name, so memory is bounded by one document.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib import RDF, SH
from rdflib.term import Node

from graph.identifiers import is_provenance, parse
from graph.namespaces import PREFIXES
from graph.stores import Store

PATH = Path(__file__).parent.parent / "data" / "reference" / "shapes.ttl"
"""The shapes that are published with the service."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A thing that a document states and that breaks a rule of a shape.

    ``thing`` is an IRI, ``property`` and ``rule`` are prefixed names; ``value`` is the value at fault, where one is.
    """

    document: str
    thing: str
    property: str
    rule: str
    value: str | None
    message: str


@cache
def shapes() -> rdflib.Graph:
    """Read the shapes, once."""
    return rdflib.Graph().parse(PATH, format="turtle")


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
            _short(report.value(result, SH.resultPath)),
            _short(report.value(result, SH.sourceConstraintComponent)),
            None if value is None else str(value),
            str(report.value(result, SH.resultMessage)),
        )


def _short(term: Node | None) -> str:
    text = "" if term is None else str(term)
    known = {**PREFIXES, "sh": str(SH)}
    return next((f"{name}:{text.removeprefix(iri)}" for name, iri in known.items() if text.startswith(iri)), text)
