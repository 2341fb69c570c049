"""The forms in which data is handed out: address suffix, media type, name."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request


@dataclass(frozen=True, slots=True)
class Format:
    """A form of data; ``name`` is what the graph room calls it, ``label`` what people do."""

    suffix: str
    name: str
    media_type: str
    label: str


RDF = (
    Format("ttl", "turtle", "text/turtle", "Turtle"),
    Format("jsonld", "jsonld", "application/ld+json", "JSON-LD"),
    Format("nt", "ntriples", "application/n-triples", "N-Triples"),
    Format("rdf", "rdfxml", "application/rdf+xml", "RDF/XML"),
)
"""The forms of one graph, that of a single thing too."""


def rdf_wanted(offered: Sequence[Format] = RDF) -> Format | None:
    """Return the syntax of RDF that the client names and likes better than a page, or None."""
    named = {form.media_type: form for form in offered if form.media_type in request.accept_mimetypes.values()}
    return named.get(request.accept_mimetypes.best_match(["text/html", *named]) or "")


def page_wanted() -> bool:
    """Tell whether the client would rather have a page than JSON; who does not say has JSON."""
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


DATASETS = (
    Format("nq", "nquads", "application/n-quads", "N-Quads"),
    Format("trig", "trig", "application/trig", "TriG"),
)
"""The forms that keep the graph of each document apart."""

TABLES_AND_NETWORKS = (
    Format("csv.zip", "csv", "application/zip", "CSV (zip)"),
    Format("graphml", "graphml", "application/graphml+xml", "GraphML"),
    Format("gexf", "gexf", "application/gexf+xml", "GEXF"),
)

EXPORTS = {form.suffix: form for form in (*RDF, *DATASETS, *TABLES_AND_NETWORKS)}

RESULTS = (
    Format("json", "json", "application/sparql-results+json", "JSON"),
    Format("xml", "xml", "application/sparql-results+xml", "XML"),
    Format("csv", "csv", "text/csv", "CSV"),
    Format("tsv", "tsv", "text/tab-separated-values", "TSV"),
)
"""The forms of the rows that a SELECT or ASK gives."""
