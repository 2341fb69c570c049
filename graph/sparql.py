"""Runs the SPARQL queries that people and programs write, read only, and writes their results.

SELECT and ASK give JSON, XML, CSV or TSV (SPARQL 1.1 results); CONSTRUCT and DESCRIBE give Turtle, N-Triples, JSON-LD
or RDF/XML. The default graph is the union of all documents. There is no time limit here: a caller that runs foreign
queries does so in a process that it can end.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Triple, serialize

from graph.errors import GraphRefused, QueryInvalid, ResultTooLarge, StoreUnavailable, UnknownFormat
from graph.guard import check
from graph.jsonld import write_jsonld
from graph.namespaces import PREFIXES
from graph.prefixed import turtle
from graph.stores import Scope, Store


@dataclass(frozen=True, slots=True)
class Format:
    """A format of results: its media type as sent, the types in an Accept header that ask for it, and other names of it.

    The names are those that clients send as ``format``.
    """

    media_type: str
    accepted: tuple[str, ...]
    names: tuple[str, ...] = ()


TABLES: Mapping[str, Format] = {
    "json": Format(
        "application/sparql-results+json", ("application/sparql-results+json", "application/json"), ("srj",)
    ),
    "xml": Format(
        "application/sparql-results+xml", ("application/sparql-results+xml", "application/xml", "text/xml"), ("srx",)
    ),
    "csv": Format("text/csv; charset=utf-8", ("text/csv",)),
    "tsv": Format("text/tab-separated-values; charset=utf-8", ("text/tab-separated-values",)),
}
"""The formats of SELECT and ASK, the default first."""

GRAPHS: Mapping[str, Format] = {
    "turtle": Format("text/turtle; charset=utf-8", ("text/turtle", "application/x-turtle", "text/n3"), ("ttl", "n3")),
    "ntriples": Format("application/n-triples", ("application/n-triples", "text/plain"), ("nt", "n-triples")),
    "jsonld": Format("application/ld+json", ("application/ld+json", "application/json"), ("json-ld", "json")),
    "rdfxml": Format("application/rdf+xml", ("application/rdf+xml", "application/xml"), ("rdf", "rdf+xml", "xml")),
}
"""The formats of CONSTRUCT and DESCRIBE, the default first."""

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_RDF = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}


def query(store: Store, text: str, *, format: str | None = None, accept: str = "*/*") -> tuple[str, bytes]:  # noqa: A002
    """Run a query and return the media type and the whole result.

    ``format`` is a name of ``TABLES`` or ``GRAPHS`` and goes before ``accept``, the value of an Accept header.
    Raises ``QueryRefused`` and its kin, ``UnknownFormat``, ``StoreUnavailable``.
    """
    name, media_type = prepare(store, text, format, accept)
    out = io.BytesIO()
    evaluate(store, text, name, out)
    return media_type, out.getvalue()


def prepare(
    store: Store, text: str, name: str | None, accept: str, *, scope: Scope | None = None, base: str = ""
) -> tuple[str, str]:
    """Refuse what can be refused before a query runs; return the name and the media type of its result's format."""
    graphs = store.graphs()
    form = check(text, graphs, base)
    for graph in (*scope.default, *scope.named) if scope else ():
        if graph not in graphs:
            raise GraphRefused(graph, sorted(graphs)[:8])
    formats = TABLES if form in {"SELECT", "ASK"} else GRAPHS
    chosen = choose(formats, name, accept)
    return chosen, formats[chosen].media_type


def evaluate(
    store: Store,
    text: str,
    name: str,
    out: IO[bytes],
    *,
    most: int | None = None,
    scope: Scope | None = None,
    base: str | None = None,
) -> None:
    """Run a query that was checked, and write its result in a format to a file that can be read again.

    Raises ``ResultTooLarge`` where there are more rows or triples than ``most``, ``QueryInvalid``, ``StoreUnavailable``.
    """
    try:
        found = store.query(text, scope, base)
        if isinstance(found, QueryTriples):
            triples = list(found if most is None else islice(found, most + 1))
            size = len(triples)
            out.write(write_triples(triples, name) if most is None or size <= most else b"")
        else:
            found.serialize(out, format=_RESULTS[name])
            size = 0 if most is None or isinstance(found, QueryBoolean) else _rows(out, name)
    except (RuntimeError, ValueError) as error:
        raise QueryInvalid(str(error)) from error
    except OSError as error:
        raise StoreUnavailable("the graph", error) from error
    if most is not None and size > most:
        raise ResultTooLarge(most)


def _rows(out: IO[bytes], name: str) -> int:
    """Count the rows of a result that was written; the engine does not say how many there are."""
    out.seek(0)
    if name == "json":
        return len(json.load(out)["results"]["bindings"])
    if name == "xml":
        return out.read().count(b"<result>")
    if name == "tsv":
        return out.read().count(b"\n") - 1
    lines = io.TextIOWrapper(out, "utf-8", newline="")
    count = sum(1 for _ in csv.reader(lines)) - 1
    lines.detach()  # the file outlives the reading
    return count


def choose(formats: Mapping[str, Format], name: str | None, accept: str) -> str:
    """Return the name of the format that is asked for; raises ``UnknownFormat`` where there is none of them."""
    if name is not None:
        for known, each in formats.items():
            if name.lower() in {known, *each.names, *each.accepted}:
                return known
        raise UnknownFormat(name, list(formats))
    for wanted in _by_quality(accept):
        for known, each in formats.items():
            if wanted in {"*/*", *each.accepted} or wanted in {f"{kind.partition('/')[0]}/*" for kind in each.accepted}:
                return known
    raise UnknownFormat(accept, [each.media_type for each in formats.values()])


def _by_quality(accept: str) -> list[str]:
    """Return the types of an Accept header, best first; what has quality 0 is left out."""
    ranked: list[tuple[float, str]] = []
    for part in (accept or "*/*").split(","):
        kind, *options = (piece.strip().lower() for piece in part.split(";"))
        quality = next((option[2:] for option in options if option.startswith("q=")), "1")
        try:
            ranked.append((float(quality), kind))
        except ValueError:
            ranked.append((0.0, kind))
    return [kind for quality, kind in sorted(ranked, key=lambda each: -each[0]) if quality > 0]


def write_triples(triples: list[Triple], name: str) -> bytes:
    """Write triples in one of ``GRAPHS``, each thing in one piece."""
    ordered = sorted(set(triples), key=str)
    if name == "jsonld":
        out = io.BytesIO()
        write_jsonld(ordered, out)
        return out.getvalue()
    if _RDF[name] == RdfFormat.TURTLE:
        return turtle(ordered)
    return serialize(ordered, format=_RDF[name], prefixes=PREFIXES) or b""
