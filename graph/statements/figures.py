"""Figures: indicators and their values, ratings, counts of progress and statistics tables."""

from pyoxigraph import Literal, NamedNode

from graph import vocabulary
from graph.namespaces import DCTERMS, QB, RDFS, RK, SDMX, SDO
from graph.statements.writer import Node, Writer, date
from ingest.records import (
    BasicIndicatorRecord,
    Indicator,
    Measured,
    ObservationRecord,
    ProgressCountRecord,
    ProjectRecord,
    Target,
)


def indicators(writer: Writer, project: Node, record: ProjectRecord) -> None:
    """Write the indicators of a project and its ratings; one that is shared rates all the indicators that share it."""
    shared: dict[str, Node] = {}
    for position, each in enumerate(record.indicators, 1):
        node = writer.typed(writer.part("indicator", record, position), RK.Indicator)
        writer.source(node, record.source)
        writer.add(node, RK.measure, project)
        writer.number(node, SDO.position, position)
        _indicator(writer, node, each)
        if each.rating:
            own = writer.part("rating", record, position)
            rating = shared.setdefault(each.rating, own) if each.shared else own
            _rating(writer, rating, node, each.rating)
            writer.source(rating, record.source)


def basic_indicator(writer: Writer, record: BasicIndicatorRecord) -> None:
    """Write an indicator of a policy area."""
    node = writer.node(record, RK.Indicator, RK.BasicIndicator)
    if record.area:
        writer.add(node, DCTERMS.subject, writer.area(record.area))
    _indicator(writer, node, record)
    if record.rating:
        rating = writer.part("basic-indicator", record, "rating")
        _rating(writer, rating, node, record.rating)
        writer.source(rating, record.source)


def _indicator(writer: Writer, node: Node, each: Indicator | BasicIndicatorRecord) -> None:
    writer.text(node, SDO.name, each.name)
    writer.text(node, RDFS.label, each.name)
    for kind, figure in (("baseline", each.baseline), ("target", each.target), ("actual", each.actual)):
        if figure:
            _value(writer, node, kind, figure)


def _value(writer: Writer, indicator: Node, kind: str, figure: Measured | Target) -> None:
    """Write one figure of an indicator: the number beside the words that it was printed with."""
    node = writer.typed(NamedNode(f"{indicator.value}/{kind}"), QB.Observation)
    writer.add(node, QB.dataSet, writer.dataset("indicators", "評価指標"))
    writer.add(node, RK.indicator, indicator)
    writer.concept(node, RK.valueKind, vocabulary.concept("ValueKinds", kind))
    writer.number(node, RK.value, figure.value)
    writer.text(node, RK.unitText, figure.unit)
    writer.text(node, RK.printedAs, figure.text)
    if isinstance(figure, Target):
        writer.text(node, RK.due, figure.due)
    else:
        writer.text(node, RK.asOf, figure.as_of)


def _rating(writer: Writer, rating: Node, indicator: Node, grade: str) -> None:
    writer.typed(rating, RK.Rating)
    writer.add(rating, RK.grade, writer.local_concept("grade", "評価凡例", grade))
    writer.add(rating, RK.rates, indicator)


def progress_count(writer: Writer, record: ProgressCountRecord) -> None:
    """Write how many projects stood at one status, an observation a fiscal year."""
    node = writer.node(record, RK.ProgressCount, label=record.status)
    writer.text(node, RK.status, record.status)
    for year, count in record.counts.items():
        if count is None:
            continue
        cell = writer.typed(writer.part("progress-count", record, year), QB.Observation)
        writer.add(cell, QB.dataSet, writer.dataset("progress", "進捗状況"))
        writer.add(cell, DCTERMS.isPartOf, node)
        writer.text(cell, RK.status, record.status)
        writer.number(cell, RK.fiscalYear, int(year))
        writer.number(cell, RK.count, count)


def observation(writer: Writer, record: ObservationRecord) -> None:
    """Write one figure of a statistics table; further dimensions are named values."""
    node = writer.node(record, QB.Observation, label=record.indicator)
    writer.add(node, QB.dataSet, writer.dataset("statistics", "統計表"))
    if record.municipality:
        writer.add(node, SDMX.refArea, writer.municipality(record.municipality))
    if record.period:
        writer.add(node, SDMX.refPeriod, date(record.period))
    writer.number(node, RK.value, record.value)
    writer.text(node, RK.unitText, record.unit)
    for name, words in record.dimensions.items():
        part = writer.typed(writer.part("observation", record, name), SDO.PropertyValue)
        writer.add(node, SDO.additionalProperty, part)
        writer.add(part, SDO.name, Literal(name, language="ja"))
        writer.text(part, SDO.value, words)
