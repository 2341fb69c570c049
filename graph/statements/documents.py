"""Documents, their articles and areas, and the lists that they print."""

from pyoxigraph import Literal, NamedNode

from graph import vocabulary
from graph.namespaces import DCAT, DCTERMS, FOAF, ORG, PROV, RDFS, RK, SDO, SKOS, XSD
from graph.statements.writer import Node, Writer
from graph.vocabulary import Concept
from ingest.records import (
    AreaRecord,
    ArticleRecord,
    DocumentRecord,
    FacilityRecord,
    FindingRecord,
    ImplementedItemRecord,
    MetropolitanAreaRecord,
    Period,
)
from ingest.years import fiscal_years_in

_CLASSES = {
    "plan": (PROV.Plan,),
    "agreement": (RK.Agreement, SDO.Legislation),
    "settlement-agreement": (RK.Agreement, SDO.Legislation),
    "status-report": (RK.StatusReport,),
}


def document(writer: Writer, record: DocumentRecord) -> None:
    """Write a document: what it is called, what it is, since and until when it speaks."""
    node = writer.node(record, FOAF.Document, *_CLASSES.get(record.kind, ()), label=record.title)
    writer.text(node, DCTERMS.title, record.title)
    writer.plain(node, DCTERMS.identifier, record.id)
    kind = vocabulary.concept("DocumentKinds", record.kind)
    writer.concept(node, DCTERMS.type, kind)
    if SDO.Legislation in _CLASSES.get(record.kind, ()):
        writer.concept(node, SDO.legislationType, _legislation_type(record) or kind)
        writer.date(node, SDO.legislationDate, record.issued)
    if record.kind == "status-report":
        writer.year = next(iter(fiscal_years_in(record.title)), None)
    writer.date(node, DCTERMS.issued, record.issued)
    writer.date(node, DCTERMS.valid, record.effective)
    writer.date(node, RK.effectiveFrom, record.effective)
    writer.add(node, RK.draft, Literal("true" if record.draft else "false", datatype=XSD.boolean))
    if record.draft:
        writer.text(node, SDO.creativeWorkStatus, "案")
    writer.plain(node, RK.fileName, record.file)
    writer.plain(node, SDO.encodingFormat, record.media_type)
    writer.plain(node, SDO.sha256, record.sha256)
    writer.number(node, SDO.numberOfPages, record.pages)
    if record.period:
        writer.period = _period(writer, record.period)
        writer.add(node, DCTERMS.temporal, writer.period)
    for basis in record.legal_basis:
        law = writer.typed(NamedNode(writer.ids.make("law", basis)), RK.LegalProvision, SDO.Legislation)
        writer.text(law, RDFS.label, basis)
        writer.add(node, DCTERMS.references, law)


def _legislation_type(record: DocumentRecord) -> Concept | None:
    """Return 覚書 where the title says so; the record's kind knows no more than agreements."""
    memorandum = vocabulary.concept("DocumentKinds", "memorandum")
    return memorandum if memorandum and memorandum.label in record.title else None


def _period(writer: Writer, period: Period) -> Node:
    """Write the time from the April of the first fiscal year to the March that ends the last one."""
    node = writer.typed(NamedNode(writer.ids.make("period", f"{period.from_fy}-{period.to_fy}")), DCTERMS.PeriodOfTime)
    one_year = period.from_fy == period.to_fy
    writer.text(node, RDFS.label, f"{period.from_fy}年度{'' if one_year else f'から{period.to_fy}年度まで'}")
    writer.date(node, DCAT.startDate, f"{period.from_fy}-04-01")
    writer.date(node, DCAT.endDate, f"{period.to_fy + 1}-03-31")
    writer.number(node, RK.fromFiscalYear, period.from_fy)
    writer.number(node, RK.toFiscalYear, period.to_fy)
    return node


def article(writer: Writer, record: ArticleRecord) -> None:
    """Write an article and each of its paragraphs."""
    number = f"第{record.number}条"
    label = f"{number} {record.heading}" if record.heading else number
    node = writer.node(record, RK.Article, SDO.Legislation, label=label)
    writer.plain(node, SKOS.notation, number)
    if record.number.isdecimal():
        writer.number(node, RK.articleNumber, int(record.number))
    writer.text(node, SDO.name, record.heading)
    writer.add(node, DCTERMS.isPartOf, writer.document)
    for position, words in enumerate(record.paragraphs, 1):
        paragraph = writer.typed(writer.part("article", record, position), RK.Paragraph)
        writer.text(paragraph, RDFS.label, f"{number}第{position}項")
        writer.number(paragraph, SDO.position, position)
        writer.text(paragraph, SDO.text, words)
        writer.add(paragraph, DCTERMS.isPartOf, node)


def area(writer: Writer, record: AreaRecord) -> None:
    """Write a policy area into the document's scheme; parents come before their children."""
    node = writer.node(record, SKOS.Concept)
    writer.text(node, SKOS.prefLabel, record.label)
    writer.plain(node, SKOS.notation, record.notation)
    writer.number(node, RK.level, record.level)
    parent = NamedNode(writer.ids.record(record.parent)) if record.parent else None
    writer.in_scheme(node, parent)
    above = next((path for path, known in writer.areas.items() if known == parent), ())
    writer.areas.setdefault((*above, record.label), node)
    writer.match_area(node, (*above, record.label))


def implemented_item(writer: Writer, record: ImplementedItemRecord) -> None:
    """Write a project that the document lists as carried out."""
    node = writer.node(record, RK.ImplementedItem, label=record.title)
    writer.text(node, SDO.name, record.title)
    writer.text(node, SDO.description, record.detail)


def facility(writer: Writer, record: FacilityRecord) -> None:
    """Write one name of a list of places."""
    node = writer.node(record, SDO.CivicStructure, label=record.name)
    writer.text(node, SDO.name, record.name)
    category = writer.local_concept("category", "施設の区分", record.category)
    writer.add(node, RK.category, category)
    writer.text(node, RK.listing, record.group)
    if record.municipality:
        writer.add(node, SDO.containedInPlace, writer.municipality(record.municipality))


def metropolitan_area(writer: Writer, record: MetropolitanAreaRecord) -> None:
    """Write another area that the document compares with."""
    node = writer.node(record, RK.MetropolitanArea, ORG.OrganizationalCollaboration, label=record.core)
    writer.text(node, RK.core, record.core)
    writer.date(node, RK.declared, record.declared)
    writer.date(node, RK.agreed, record.agreed)
    writer.date(node, RK.vision, record.vision)
    writer.text(node, RK.members, record.members)
    writer.number(node, RK.population, record.population)
    writer.number(node, RK.areaInSquareKilometres, record.area_km2)


def finding(writer: Writer, record: FindingRecord) -> None:
    """Write what a reader should know before trusting the document: what two places say, each with its lines."""
    node = writer.node(record, RK.Discrepancy, label=record.where)
    writer.concept(node, RK.kind, vocabulary.concept("FindingKinds", record.kind))
    writer.concept(node, RK.state, vocabulary.concept("FindingStates", "open"))
    writer.text(node, RK.where, record.where)
    if record.subject:
        writer.add(node, RK.subject, NamedNode(writer.ids.record(record.subject)))
    for place, words, source in (
        (1, record.says, record.source),
        (2, record.elsewhere, record.elsewhere_source or record.source),
    ):
        if words:
            saying = writer.typed(writer.part("saying", record, place), RK.Saying)
            writer.add(node, RK.says, saying)
            writer.text(saying, RDFS.label, words)
            writer.source(saying, source)
            writer.at(source)
            writer.text(saying, SDO.text, words)
