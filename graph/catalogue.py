"""The catalogue of what can be had (DCAT 3): one data set for each document, one for all, and the SPARQL service.

    {base}/catalog                          the catalogue
    {base}/catalog#all                      the data set of everything
    {base}/catalog#documents                the series of the data sets of documents
    {base}/catalog#document-{document}      the data set of one document
    {base}/catalog#…-{suffix}               a file of a data set

It keeps to the mandatory part of DCAT-AP 3. Where nobody states under which terms a document may be used, the catalogue
says just that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.datasets import DatasetWriter, File, concepts, not_stated, publisher, texts
from graph.errors import UnknownFormat
from graph.facts import Facts, Publisher
from graph.identifiers import segment
from graph.jsonld import write_jsonld
from graph.namespaces import DCAT, DCAT3, DCTERMS, FOAF, PREFIXES, RDF, RDFS, SPDX, VCARD, VOID, XSD
from graph.queries import query
from graph.stores import Store

__all__ = ["File", "Published", "write_catalogue", "write_description"]

_PREFIXES = {**PREFIXES, "spdx": SPDX.iri, "vcard": VCARD.iri, "void": VOID.iri}
_NOBODY = Publisher("連携 Renkei")
"""Who publishes where nobody says who does: the software's own name."""

Files = Mapping[str | None, Sequence[File]]
"""The files of each document by its id, those of all by None."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is published: the address that things begin with, the files, when they changed, and what is stated of them."""

    base: str
    files: Files
    modified: datetime
    facts: Facts


def write_catalogue(store: Store, published: Published, form: str, out: IO[bytes]) -> None:
    """Write the catalogue in ``turtle`` or ``jsonld``."""
    write_description(list(_catalogue(store, published)), form, out)


def _catalogue(store: Store, published: Published) -> Iterator[Triple]:
    base, facts, files = published.base, published.facts, published.files
    node, everything = NamedNode(f"{base}/catalog"), NamedNode(f"{base}/catalog#all")
    who, writer = facts.publisher or _NOBODY, DatasetWriter(node, base)
    changed = Literal(published.modified.isoformat(timespec="seconds"), datatype=XSD.dateTime)
    yield from _frame(node, published, changed)
    yield from concepts()
    yield from not_stated(node)
    titles = "全文書の連携データ", "Partnership data of all documents"
    yield from writer.dataset(everything, titles, files[None], facts.licence, who)
    yield Triple(everything, DCTERMS.modified, changed)
    yield Triple(everything, DCAT.landingPage, NamedNode(f"{base}/data"))
    yield Triple(NamedNode(f"{base}/data"), RDF.type, FOAF.Document)
    yield from _service(node, everything)
    attributions = store.select(query("attribution"))
    for row in store.select(query("catalogue")):
        name = str(row["id"])
        own = facts.of(name)
        dataset = NamedNode(f"{base}/catalog#document-{segment(name)}")
        title = own.title or row["title"]
        titles = f"{title}の連携データ", f"Partnership data of {title}"
        yield from writer.dataset(dataset, titles, files[name], own.licence, who)
        yield from writer.of_document(dataset, row, own)
        yield from writer.attributed(dataset, [each for each in attributions if each["id"] == name])
        yield Triple(dataset, DCTERMS.modified, changed)
        yield Triple(everything, DCTERMS.hasPart, dataset)


def _frame(node: NamedNode, published: Published, changed: Literal) -> Iterator[Triple]:
    home, series = NamedNode(f"{published.base}/"), NamedNode(f"{node.value}#documents")
    yield Triple(node, RDF.type, DCAT.Catalog)
    title = published.facts.title or "自治体連携データのカタログ"
    yield from texts(node, DCTERMS.title, title, "Catalogue of municipal partnership data")
    yield from texts(
        node,
        DCTERMS.description,
        "市町村間の連携に関する文書から読み取ったデータの一覧。",
        "What was read from documents on partnerships between municipalities.",
    )
    yield Triple(node, FOAF.homepage, home)
    yield Triple(home, RDF.type, FOAF.Document)
    yield Triple(node, DCTERMS.modified, changed)
    yield Triple(node, DCTERMS.language, NamedNode("http://publications.europa.eu/resource/authority/language/JPN"))
    yield from publisher(NamedNode(f"{node.value}#publisher"), node, published.facts.publisher or _NOBODY)
    if published.facts.licence:
        yield Triple(node, DCTERMS.license, NamedNode(published.facts.licence.url))
    yield Triple(series, RDF.type, DCAT3.DatasetSeries)
    yield from texts(series, DCTERMS.title, "文書ごとの連携データ", "Partnership data by document")
    yield from texts(
        series,
        DCTERMS.description,
        "連携に関する文書ごとに一つのデータセットがある。",
        "One data set for each document on a partnership.",
    )


def _service(node: NamedNode, everything: NamedNode) -> Iterator[Triple]:
    service, endpoint = NamedNode(f"{node.value}#sparql"), NamedNode(node.value.removesuffix("/catalog") + "/sparql")
    yield Triple(node, DCAT.service, service)
    yield Triple(service, RDF.type, DCAT.DataService)
    yield from texts(service, DCTERMS.title, "SPARQL エンドポイント", "SPARQL endpoint")
    yield Triple(service, DCAT.endpointURL, endpoint)
    yield Triple(service, DCAT.endpointDescription, endpoint)
    yield Triple(endpoint, RDF.type, RDFS.Resource)
    yield Triple(service, DCAT.servesDataset, everything)


def write_description(triples: Sequence[Triple], form: str, out: IO[bytes]) -> None:
    """Write statements in ``turtle`` or ``jsonld``, each thing in one piece; raises ``UnknownFormat``."""
    ordered = sorted(set(triples), key=str)
    if form == "jsonld":
        write_jsonld(ordered, out)
    elif form == "turtle":
        serialize(ordered, out, RdfFormat.TURTLE, prefixes=_PREFIXES)
    else:
        raise UnknownFormat(form, ("turtle", "jsonld"))
