"""What the SPARQL service says of itself (SPARQL 1.1 Service Description): its language, its formats, its graphs."""

from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.namespaces import DCTERMS, RDF, SD, VOID, XSD
from graph.sparql import write_triples
from graph.stores import Store

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def write_service(store: Store, base: str, form: str, out: IO[bytes]) -> None:
    """Write the description in one of the formats of ``graph.sparql.GRAPHS``."""
    out.write(write_triples(_description(store, base), form))


def _description(store: Store, base: str) -> list[Triple]:
    node, dataset, union = (NamedNode(f"{base}/sparql#{name}") for name in ("service", "dataset", "union"))
    everything = NamedNode(f"{base}/catalog#all")
    found = [
        Triple(node, RDF.type, SD.Service),
        Triple(node, SD.endpoint, NamedNode(f"{base}/sparql")),
        Triple(node, SD.supportedLanguage, SD.SPARQL11Query),
        Triple(node, SD.defaultDataset, dataset),
        Triple(node, DCTERMS.title, Literal("SPARQL エンドポイント", language="ja")),
        Triple(node, DCTERMS.title, Literal("SPARQL endpoint", language="en")),
        Triple(dataset, RDF.type, SD.Dataset),
        Triple(dataset, SD.defaultGraph, union),
        Triple(union, RDF.type, SD.Graph),
        Triple(union, RDF.type, VOID.Dataset),
        Triple(union, VOID.triples, Literal(str(store.count()), datatype=XSD.integer)),
        Triple(union, DCTERMS.isPartOf, everything),
    ]
    found += [Triple(node, SD.resultFormat, NamedNode(_FORMATS + name)) for name in (*_RESULTS, *_RDF)]
    for graph in store.graphs():
        named = BlankNode()
        found += [
            Triple(dataset, SD.namedGraph, named),
            Triple(named, RDF.type, SD.NamedGraph),
            Triple(named, SD.name, NamedNode(graph)),
        ]
    return found
