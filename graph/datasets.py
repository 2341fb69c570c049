"""A data set of the catalogue (DCAT 3): what it holds, whose it is, under which terms, and its files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from graph.facts import DocumentFacts, Licence, Publisher
from graph.identifiers import segment, to_uri
from graph.namespaces import DCAT, DCAT3, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, SPDX, VCARD, XSD
from graph.statements.writer import date
from graph.stores import Row

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_JAPANESE = NamedNode(f"{_EU}language/JPN")
_GOVERNMENT = NamedNode(f"{_EU}data-theme/GOVE")
_PUBLIC = NamedNode(f"{_EU}access-right/PUBLIC")

_FILE_TYPES = {
    "ttl": "RDF_TURTLE",
    "jsonld": "JSON_LD",
    "nt": "RDF_N_TRIPLES",
    "rdf": "RDF_XML",
    "nq": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
    "csv.zip": "ZIP",
}
"""The suffix of a file → its type in the list that DCAT-AP uses."""

Object = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class File:
    """A file of a data set as it is sent: where, in which form, how many bytes, and its SHA-256 in hex.

    The last two are None for a file that nobody has had yet.
    """

    address: str
    suffix: str
    media_type: str
    label: str
    size: int | None
    sha256: str | None


def texts(node: NamedNode, predicate: NamedNode, japanese: str, english: str) -> Iterator[Triple]:
    """Yield a text in both languages."""
    yield Triple(node, predicate, Literal(japanese, language="ja"))
    yield Triple(node, predicate, Literal(english, language="en"))


def concepts() -> Iterator[Triple]:
    """Yield what the terms of public authorities are that every data set uses."""
    yield Triple(_JAPANESE, RDF.type, DCTERMS.LinguisticSystem)
    yield Triple(_GOVERNMENT, RDF.type, SKOS.Concept)
    yield from texts(_GOVERNMENT, SKOS.prefLabel, "政府・公共部門", "Government and public sector")
    yield Triple(_PUBLIC, RDF.type, DCTERMS.RightsStatement)
    yield from texts(_PUBLIC, RDFS.label, "公開", "public")


def not_stated(catalog: NamedNode) -> Iterator[Triple]:
    """Yield the terms of use of what states none."""
    node = terms(catalog, None)
    yield Triple(node, RDF.type, DCTERMS.LicenseDocument)
    yield from texts(
        node,
        RDFS.label,
        "利用条件は元の文書に示されていない。文書を公表した自治体に確かめること。",
        "The source does not state terms of use; ask the municipalities that published it.",
    )


def terms(catalog: NamedNode, licence: Licence | None) -> NamedNode:
    """Return the node of terms of use."""
    return NamedNode(licence.url if licence else f"{catalog.value}#terms-not-stated")


def publisher(node: NamedNode, subject: NamedNode, who: Publisher) -> Iterator[Triple]:
    """Yield who publishes a subject, and how to reach them; ``node`` stands for them."""
    yield Triple(subject, DCTERMS.publisher, node)
    yield Triple(node, RDF.type, FOAF.Agent)
    yield Triple(node, FOAF.name, Literal(who.name, language="ja"))
    if who.url:
        yield Triple(node, FOAF.homepage, NamedNode(who.url))
        yield Triple(NamedNode(who.url), RDF.type, FOAF.Document)
    if who.email:
        contact = NamedNode(f"{node.value}-contact")
        yield Triple(subject, DCAT.contactPoint, contact)
        yield Triple(contact, RDF.type, VCARD.Organization)
        yield Triple(contact, VCARD.fn, Literal(who.name, language="ja"))
        yield Triple(contact, VCARD.hasEmail, NamedNode(f"mailto:{who.email}"))


@dataclass(frozen=True, slots=True)
class DatasetWriter:
    """Describes data sets of one catalogue; ``base`` is the address that things begin with."""

    catalog: NamedNode
    base: str

    def dataset(
        self, node: NamedNode, title: tuple[str, str], files: Sequence[File], licence: Licence | None, who: Publisher
    ) -> Iterator[Triple]:
        """Yield what every data set has; ``title`` is in Japanese and English."""
        yield Triple(self.catalog, DCAT.dataset, node)
        yield Triple(node, RDF.type, DCAT.Dataset)
        yield from texts(node, DCTERMS.title, *title)
        yield from texts(
            node,
            DCTERMS.description,
            "事業、担当部署、役割分担、事業費、指標などの記載を、出典の行とともに RDF で表したもの。",
            "Projects, departments in charge, roles, budgets and indicators as stated, in RDF with the lines they are from.",
        )
        yield from publisher(NamedNode(f"{self.catalog.value}#publisher"), node, who)
        yield Triple(node, DCAT.theme, _GOVERNMENT)
        yield Triple(node, DCTERMS.accessRights, _PUBLIC)
        yield Triple(node, DCTERMS.language, _JAPANESE)
        for words in ("自治体間連携", "連携中枢都市圏", "定住自立圏"):
            yield Triple(node, DCAT.keyword, Literal(words, language="ja"))
        yield from self._licence(node, licence)
        for file in files:
            yield from self._distribution(node, file, licence)

    def _licence(self, node: NamedNode, licence: Licence | None) -> Iterator[Triple]:
        target = terms(self.catalog, licence)
        yield Triple(node, DCTERMS.license, target)
        if licence:
            yield Triple(target, RDF.type, DCTERMS.LicenseDocument)
            yield Triple(target, RDFS.label, Literal(licence.name, language="ja"))
        if licence and licence.attribution:
            rights = NamedNode(f"{node.value}-attribution")
            yield Triple(node, DCTERMS.rights, rights)
            yield Triple(rights, RDF.type, DCTERMS.RightsStatement)
            yield Triple(rights, RDFS.label, Literal(licence.attribution, language="ja"))

    def _distribution(self, dataset: NamedNode, file: File, licence: Licence | None) -> Iterator[Triple]:
        node, address = NamedNode(f"{dataset.value}-{file.suffix}"), NamedNode(to_uri(file.address))
        media_type = NamedNode(_MEDIA_TYPES + file.media_type)
        file_type = NamedNode(f"{_EU}file-type/{_FILE_TYPES[file.suffix]}")
        checksum = NamedNode(f"{node.value}-sha256")
        found: list[tuple[NamedNode, NamedNode, Object]] = [
            (dataset, DCAT.distribution, node),
            (node, RDF.type, DCAT.Distribution),
            (node, DCTERMS.title, Literal(file.label, language="ja")),
            (node, DCAT.accessURL, address),
            (node, DCAT.downloadURL, address),
            (address, RDF.type, RDFS.Resource),
            (node, DCAT.mediaType, media_type),
            (media_type, RDF.type, DCTERMS.MediaType),
            (node, DCTERMS.format, file_type),
            (file_type, RDF.type, DCTERMS.MediaTypeOrExtent),
            (file_type, RDFS.label, Literal(file.label, language="en")),
            (node, DCTERMS.license, terms(self.catalog, licence)),
        ]
        if file.size is not None and file.sha256 is not None:
            found += [
                (node, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)),
                (node, SPDX.checksum, checksum),
                (checksum, RDF.type, SPDX.Checksum),
                (checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
                (checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)),
                (SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm),
            ]
        yield from (Triple(*each) for each in found)

    def of_document(self, dataset: NamedNode, row: Row, facts: DocumentFacts) -> Iterator[Triple]:
        """Yield what the data set of one document has besides."""
        document, page = NamedNode(str(row["document"])), NamedNode(f"{self.base}/documents/{segment(str(row['id']))}")
        yield Triple(dataset, PROV.wasDerivedFrom, document)
        yield Triple(dataset, DCAT.landingPage, page)
        yield Triple(dataset, DCTERMS.identifier, Literal(str(row["id"])))
        yield Triple(dataset, DCAT.keyword, Literal(str(row["kind"]), language="ja"))
        yield Triple(dataset, DCAT3.inSeries, NamedNode(f"{self.catalog.value}#documents"))
        for about in (document, page, *([NamedNode(facts.source)] if facts.source else [])):
            yield Triple(about, RDF.type, FOAF.Document)
        if facts.source:
            yield Triple(dataset, FOAF.page, NamedNode(facts.source))
            yield Triple(document, DCTERMS.source, NamedNode(facts.source))
        if facts.publisher:
            yield from publisher(NamedNode(f"{dataset.value}-publisher"), document, facts.publisher)
        if row["issued"]:
            yield Triple(dataset, DCTERMS.issued, date(str(row["issued"])))
        if row["start"] and row["end"]:
            period = NamedNode(f"{dataset.value}-period")
            yield Triple(dataset, DCTERMS.temporal, period)
            yield Triple(period, RDF.type, DCTERMS.PeriodOfTime)
            yield Triple(period, DCAT.startDate, date(str(row["start"])))
            yield Triple(period, DCAT.endDate, date(str(row["end"])))

    def attributed(self, dataset: NamedNode, rows: Sequence[Row]) -> Iterator[Triple]:
        """Name the municipalities of a document as its makers, and their areas as those that it is about."""
        for row in rows:
            municipality = NamedNode(str(row["municipality"]))
            yield Triple(dataset, DCTERMS.creator, municipality)
            yield Triple(dataset, DCAT.keyword, Literal(str(row["name"]), language="ja"))
            yield Triple(municipality, RDF.type, FOAF.Agent)
            yield Triple(municipality, FOAF.name, Literal(str(row["name"]), language="ja"))
            if row["area"]:
                area = NamedNode(str(row["area"]))
                yield Triple(dataset, DCTERMS.spatial, area)
                yield Triple(area, RDF.type, DCTERMS.Location)
