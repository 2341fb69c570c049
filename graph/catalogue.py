"""The catalogue of what can be had (DCAT 3): one data set for each document, one for all, and the SPARQL service.

    {base}/catalog                          the catalogue
    {base}/catalog#all                      the data set of everything
    {base}/catalog#document-{document}      the data set of one document
    {base}/catalog#…-{suffix}               a file of a data set

It keeps to the mandatory part of DCAT-AP 3. Where a document does not say under which terms it may be used, the
catalogue says just that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.errors import UnknownFormat
from graph.identifiers import segment, to_uri
from graph.jsonld import write_jsonld
from graph.namespaces import DCAT, DCTERMS, FOAF, PREFIXES, PROV, RDF, RDFS, SKOS, SPDX, VOID, XSD
from graph.queries import query
from graph.statements.writer import date
from graph.stores import Row, Store

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_JAPANESE = NamedNode(f"{_EU}language/JPN")
_GOVERNMENT = NamedNode(f"{_EU}data-theme/GOVE")
_PREFIXES = {**PREFIXES, "spdx": SPDX.iri, "void": VOID.iri}

Object = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class File:
    """A file of a data set as it is sent: where, in which form, how many bytes, and its SHA-256 in hex."""

    address: str
    suffix: str
    media_type: str
    label: str
    size: int
    sha256: str


def write_catalogue(
    store: Store, base: str, files: Mapping[str | None, Sequence[File]], form: str, out: IO[bytes]
) -> None:
    """Write the catalogue in ``turtle`` or ``jsonld``; ``files`` has those of each document by its id, of all by None."""
    write_description(_catalogue(store, base, files), form, out)


def _catalogue(store: Store, base: str, files: Mapping[str | None, Sequence[File]]) -> list[Triple]:
    node, everything = NamedNode(f"{base}/catalog"), NamedNode(f"{base}/catalog#all")
    found = list(_frame(node, base))
    found += _dataset(node, everything, "全文書の連携データ", "Partnership data of all documents", files[None])
    service = NamedNode(f"{base}/catalog#sparql")
    found += [
        Triple(node, DCAT.service, service),
        Triple(service, RDF.type, DCAT.DataService),
        Triple(service, DCTERMS.title, Literal("SPARQL エンドポイント", language="ja")),
        Triple(service, DCTERMS.title, Literal("SPARQL endpoint", language="en")),
        Triple(service, DCAT.endpointURL, NamedNode(f"{base}/sparql")),
        Triple(NamedNode(f"{base}/sparql"), RDF.type, RDFS.Resource),
        Triple(service, DCAT.servesDataset, everything),
    ]
    attributions = store.select(query("attribution"))
    for row in store.select(query("catalogue")):
        name = str(row["id"])
        dataset = NamedNode(f"{base}/catalog#document-{segment(name)}")
        found += _dataset(node, dataset, f"{row['title']}の連携データ", f"Partnership data of {name}", files[name])
        found += _of_document(dataset, row)
        found += _attributed(dataset, [each for each in attributions if each["id"] == name])
    return found


def _frame(node: NamedNode, base: str) -> Iterator[Triple]:
    publisher, terms = NamedNode(f"{base}/catalog#publisher"), _terms(node)
    yield Triple(node, RDF.type, DCAT.Catalog)
    yield from _texts(node, DCTERMS.title, "自治体連携データのカタログ", "Catalogue of municipal partnership data")
    yield from _texts(
        node,
        DCTERMS.description,
        "市町村間の連携に関する文書から読み取ったデータの一覧。",
        "What was read from documents on partnerships between municipalities.",
    )
    yield Triple(node, FOAF.homepage, NamedNode(f"{base}/"))
    yield Triple(NamedNode(f"{base}/"), RDF.type, FOAF.Document)
    yield Triple(node, DCTERMS.publisher, publisher)
    yield Triple(publisher, RDF.type, FOAF.Agent)
    yield Triple(publisher, FOAF.name, Literal("連携 Renkei", language="ja"))
    yield from _language(node)
    yield Triple(terms, RDF.type, DCTERMS.LicenseDocument)
    yield from _texts(
        terms,
        RDFS.label,
        "利用条件は元の文書に示されていない。文書を公表した自治体に確かめること。",
        "The source does not state terms of use; ask the municipalities that published it.",
    )
    yield Triple(_GOVERNMENT, RDF.type, SKOS.Concept)
    yield from _texts(_GOVERNMENT, SKOS.prefLabel, "政府・公共部門", "Government and public sector")


def _terms(node: NamedNode) -> NamedNode:
    return NamedNode(f"{node.value}#terms-not-stated")


def _language(node: NamedNode) -> Iterator[Triple]:
    yield Triple(node, DCTERMS.language, _JAPANESE)
    yield Triple(_JAPANESE, RDF.type, DCTERMS.LinguisticSystem)


def _texts(node: NamedNode, predicate: NamedNode, japanese: str, english: str) -> Iterator[Triple]:
    yield Triple(node, predicate, Literal(japanese, language="ja"))
    yield Triple(node, predicate, Literal(english, language="en"))


def _dataset(
    catalog: NamedNode, node: NamedNode, japanese: str, english: str, files: Sequence[File]
) -> Iterator[Triple]:
    yield Triple(catalog, DCAT.dataset, node)
    yield Triple(node, RDF.type, DCAT.Dataset)
    yield from _texts(node, DCTERMS.title, japanese, english)
    yield from _texts(
        node,
        DCTERMS.description,
        "事業、担当部署、役割分担、事業費、指標などの記載を、出典の行とともに RDF で表したもの。",
        "Projects, departments in charge, roles, budgets and indicators as stated, in RDF with the lines they come from.",
    )
    yield Triple(node, DCTERMS.publisher, NamedNode(f"{catalog.value}#publisher"))
    yield Triple(node, DCAT.theme, _GOVERNMENT)
    yield from _language(node)
    for file in files:
        yield from _distribution(catalog, node, file)


def _distribution(catalog: NamedNode, dataset: NamedNode, file: File) -> Iterator[Triple]:
    node, address = NamedNode(f"{dataset.value}-{file.suffix}"), NamedNode(to_uri(file.address))
    media_type = NamedNode(_MEDIA_TYPES + file.media_type)
    checksum = NamedNode(f"{node.value}-sha256")
    statements: list[tuple[NamedNode, NamedNode, Object]] = [
        (dataset, DCAT.distribution, node),
        (node, RDF.type, DCAT.Distribution),
        (node, DCTERMS.title, Literal(file.label, language="ja")),
        (node, DCAT.accessURL, address),
        (node, DCAT.downloadURL, address),
        (node, DCAT.mediaType, media_type),
        (media_type, RDF.type, DCTERMS.MediaType),
        (node, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)),
        (node, DCTERMS.license, _terms(catalog)),
        (node, SPDX.checksum, checksum),
        (checksum, RDF.type, SPDX.Checksum),
        (checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
        (checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)),
        (SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm),
    ]
    yield from (Triple(*each) for each in statements)


def _of_document(dataset: NamedNode, row: Row) -> Iterator[Triple]:
    document = NamedNode(str(row["document"]))
    yield Triple(dataset, PROV.wasDerivedFrom, document)
    yield Triple(dataset, DCAT.landingPage, document)
    yield Triple(document, RDF.type, FOAF.Document)
    yield Triple(dataset, DCTERMS.identifier, Literal(str(row["id"])))
    if row["issued"]:
        yield Triple(dataset, DCTERMS.issued, date(str(row["issued"])))
    if row["start"] and row["end"]:
        period = NamedNode(f"{dataset.value}-period")
        yield Triple(dataset, DCTERMS.temporal, period)
        yield Triple(period, RDF.type, DCTERMS.PeriodOfTime)
        yield Triple(period, DCAT.startDate, date(str(row["start"])))
        yield Triple(period, DCAT.endDate, date(str(row["end"])))


def _attributed(dataset: NamedNode, rows: Sequence[Row]) -> Iterator[Triple]:
    """Name the municipalities of a document as its makers, and their areas as those that it is about."""
    for row in rows:
        municipality = NamedNode(str(row["municipality"]))
        yield Triple(dataset, DCTERMS.creator, municipality)
        yield Triple(municipality, RDF.type, FOAF.Agent)
        yield Triple(municipality, FOAF.name, Literal(str(row["name"]), language="ja"))
        if row["area"]:
            area = NamedNode(str(row["area"]))
            yield Triple(dataset, DCTERMS.spatial, area)
            yield Triple(area, RDF.type, DCTERMS.Location)


def write_description(triples: Sequence[Triple], form: str, out: IO[bytes]) -> None:
    """Write statements in ``turtle`` or ``jsonld``, each thing in one piece; raises ``UnknownFormat``."""
    ordered = sorted(set(triples), key=str)
    if form == "jsonld":
        write_jsonld(ordered, out)
    elif form == "turtle":
        serialize(ordered, out, RdfFormat.TURTLE, prefixes=_PREFIXES)
    else:
        raise UnknownFormat(form, ("turtle", "jsonld"))
