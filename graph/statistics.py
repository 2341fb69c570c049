"""How much of what the library states (VoID): counts of triples, things, classes and properties, all true."""

from collections.abc import Iterator, Mapping
from typing import IO

from pyoxigraph import Literal, NamedNode, Triple

from graph.catalogue import write_description
from graph.namespaces import DCTERMS, FOAF, PREFIXES, RDF, VOID, XSD
from graph.queries import query
from graph.stores import Store

_COUNTS = {
    VOID.triples: "COUNT(*)",
    VOID.distinctSubjects: "COUNT(DISTINCT ?s)",
    VOID.distinctObjects: "COUNT(DISTINCT ?o)",
    VOID.properties: "COUNT(DISTINCT ?p)",
}
_FORMATS = "http://www.w3.org/ns/formats/"


def write_statistics(store: Store, base: str, dumps: Mapping[str, str], form: str, out: IO[bytes]) -> None:
    """Write the VoID description of everything in ``turtle`` or ``jsonld``.

    ``dumps`` has the address of each file by the name that the W3C gives its format.
    """
    write_description(_statistics(store, base, dumps), form, out)


def _statistics(store: Store, base: str, dumps: Mapping[str, str]) -> list[Triple]:
    node = NamedNode(f"{base}/catalog#all")
    found = [
        Triple(node, RDF.type, VOID.Dataset),
        Triple(node, DCTERMS.title, Literal("全文書の連携データ", language="ja")),
        Triple(node, DCTERMS.title, Literal("Partnership data of all documents", language="en")),
        Triple(node, FOAF.homepage, NamedNode(f"{base}/")),
        Triple(node, VOID.uriSpace, Literal(f"{base}/id/")),
        Triple(node, VOID.sparqlEndpoint, NamedNode(f"{base}/sparql")),
    ]
    for name, address in dumps.items():
        found += [
            Triple(node, VOID.dataDump, NamedNode(address)),
            Triple(node, VOID.feature, NamedNode(_FORMATS + name)),
        ]
    for predicate, count in _COUNTS.items():
        found.append(_count(node, predicate, store, f"SELECT ({count} AS ?n) WHERE {{ ?s ?p ?o }}"))
    found.append(_count(node, VOID.classes, store, "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?s a ?c }"))
    found += [Triple(node, VOID.documents, _integer(len(store.documents())))]
    found += _partitions(store, node)
    found += _examples(store, node)
    return found


def _integer(value: object) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def _count(node: NamedNode, predicate: NamedNode, store: Store, text: str) -> Triple:
    return Triple(node, predicate, _integer(store.select(text)[0]["n"]))


def _partitions(store: Store, node: NamedNode) -> Iterator[Triple]:
    """Say how many things each class has and how many triples each property, and which vocabularies these are of."""
    classes = store.select("SELECT ?term (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?term } GROUP BY ?term")
    properties = store.select("SELECT ?term (COUNT(*) AS ?n) WHERE { ?s ?term ?o } GROUP BY ?term")
    for kind, rows in (("class", classes), ("property", properties)):
        for row in sorted(rows, key=lambda row: str(row["term"])):
            term = NamedNode(str(row["term"]))
            part = NamedNode(f"{node.value}-{kind}-{_short(term.value)}")
            yield Triple(node, VOID.classPartition if kind == "class" else VOID.propertyPartition, part)
            yield Triple(part, VOID.class_ if kind == "class" else VOID.property, term)
            yield Triple(part, VOID.entities if kind == "class" else VOID.triples, _integer(row["n"]))
    terms = {str(row["term"]) for row in (*classes, *properties)}
    for iri in sorted(PREFIXES.values()):
        if any(term.startswith(iri) for term in terms):
            yield Triple(node, VOID.vocabulary, NamedNode(iri))


def _short(term: str) -> str:
    return next((f"{name}-{term.removeprefix(iri)}" for name, iri in PREFIXES.items() if term.startswith(iri)), term)


def _examples(store: Store, node: NamedNode) -> Iterator[Triple]:
    """Name one thing of each kind that people ask for."""
    for name, variable in (("projects", "project"), ("units", "unit"), ("municipalities", "municipality")):
        things = sorted(str(row[variable]) for row in store.select(query(name)))
        yield from (Triple(node, VOID.exampleResource, NamedNode(thing)) for thing in things[:1])
