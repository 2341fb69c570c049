"""The figures of a document as RDF Data Cubes: each data set says its structure, which is copied out of the vocabulary.

    dataset                 dimensions                                        measure
    budget                  rk:measure rk:budgetRow rk:municipality rk:fiscalYear   rk:amount
    indicators              rk:indicator rk:valueKind                         rk:value
    indicator-texts         the same                                          rk:printedAs (no single number)
    progress                rk:progressCount rk:fiscalYear                    rk:count
    statistics              rk:statistic refArea refPeriod rk:breakdown       rk:value
    statistics-undated      the same without refPeriod                        rk:value

A figure that a document prints twice for the same dimensions goes into a data set of its own (``statistics-2``).
"""

from pyoxigraph import Literal, NamedNode

from graph import vocabulary
from graph.namespaces import DCTERMS, QB, RDFS, RK, SDMX, SDMX_ATTRIBUTE, SDO, YEN
from graph.statements.writer import Node, Writer, date, number
from ingest.records import ObservationRecord, ProgressCountRecord

_STRUCTURES = {
    "budget": ("BudgetStructure", "事業費見込額"),
    "indicators": ("IndicatorStructure", "評価指標"),
    "indicator-texts": ("IndicatorTextStructure", "評価指標（数でない値）"),
    "progress": ("ProgressStructure", "進捗状況"),
    "statistics": ("StatisticsStructure", "統計表"),
    "statistics-undated": ("UndatedStatisticsStructure", "統計表（時点の記載なし）"),
}


def dataset(writer: Writer, kind: str, nth: int = 1) -> Node:
    """Return the data set of one kind of figure of this document, the ``nth`` where one prints the same thing again."""
    structure, label = _STRUCTURES[kind]
    name = kind if nth == 1 else f"{kind}-{nth}"
    node = NamedNode(writer.ids.make("dataset", writer.document_id, name))
    if writer.is_new(node, QB.DataSet):
        writer.typed(node, QB.DataSet)
        writer.text(node, RDFS.label, label if nth == 1 else f"{label}（{nth}回目の記載）")
        writer.add(node, DCTERMS.source, writer.document)
        writer.copy(vocabulary.structure(structure))
        writer.add(node, QB.structure, vocabulary.term(structure))
        if kind == "budget":
            writer.add(node, SDMX_ATTRIBUTE.unitMeasure, YEN)
            writer.add(node, SDMX_ATTRIBUTE.unitMult, number(3))
    return node


def observation_in(writer: Writer, node: Node, kind: str, *key: object) -> None:
    """Put an observation into the data set of its kind; ``key`` are the values of its dimensions."""
    writer.typed(node, QB.Observation)
    writer.add(node, QB.dataSet, dataset(writer, kind, writer.nth(kind, key)))


def progress_count(writer: Writer, record: ProgressCountRecord) -> None:
    """Write how many projects stood at one status, an observation a fiscal year."""
    node = writer.node(record, RK.ProgressCount, label=record.status)
    writer.text(node, RK.status, record.status)
    for year, count in record.counts.items():
        if count is None:
            continue
        cell = writer.part("progress-count", record, year)
        observation_in(writer, cell, "progress", node, year)
        writer.text(cell, RDFS.label, f"{record.status}（{year}年度）")
        writer.add(cell, RK.progressCount, node)
        writer.number(cell, RK.fiscalYear, int(year))
        writer.number(cell, RK.count, count)


def observation(writer: Writer, record: ObservationRecord) -> None:
    """Write one figure of a statistics table; a cell that prints no number is no observation."""
    if record.value is None:
        writer.node(record, RK.BlankCell, label=record.indicator)
        return
    node = writer.node(record, label=record.indicator)
    statistic, area = _statistic(writer, record.indicator), _area(writer, record.municipality)
    breakdown = _breakdown(writer, record.dimensions)
    kind = "statistics" if record.period else "statistics-undated"
    observation_in(writer, node, kind, statistic, area, breakdown, record.period)
    writer.add(node, RK.statistic, statistic)
    writer.add(node, SDMX.refArea, area)
    writer.add(node, RK.breakdown, breakdown)
    if record.period:
        writer.add(node, SDMX.refPeriod, date(record.period))
    writer.number(node, RK.value, record.value)
    writer.text(node, RK.unitText, record.unit)


def _statistic(writer: Writer, name: str) -> Node:
    node = NamedNode(writer.ids.make("statistic", writer.document_id, name))
    if writer.is_new(node, RK.Statistic):
        writer.typed(node, RK.Statistic)
        writer.text(node, RDFS.label, name)
    return node


def _area(writer: Writer, municipality: str | None) -> Node:
    """Return what a figure is of: the area code of a municipality, so that e-Stat's figures can be joined, else itself.

    A total that names no municipality is of the whole partnership.
    """
    if municipality is None:
        return writer.partnership()
    body = writer.municipalities.find(municipality)
    if body.code is None:
        return writer.municipality(municipality)
    writer.municipality(municipality)
    return writer.plain_area_code(body.code, body.name)


def _breakdown(writer: Writer, dimensions: dict[str, str]) -> Node:
    """Return the further dimensions of a figure (産業：農業) as one node; none is a total."""
    words = "、".join(f"{name}：{value}" for name, value in dimensions.items()) or "総数"
    node = NamedNode(writer.ids.make("breakdown", writer.document_id, words))
    if writer.is_new(node, RK.Breakdown):
        writer.typed(node, RK.Breakdown)
        writer.text(node, RDFS.label, words)
        for name, value in dimensions.items():
            part = writer.typed(NamedNode(f"{node.value}/{writer.ids.segment(name)}"), SDO.PropertyValue)
            writer.add(node, SDO.additionalProperty, part)
            writer.text(part, RDFS.label, f"{name}：{value}")
            writer.add(part, SDO.name, Literal(name, language="ja"))
            writer.text(part, SDO.value, value)
    return node
