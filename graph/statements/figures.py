"""Indicators, their values and their ratings."""

from pyoxigraph import NamedNode

from graph import vocabulary
from graph.namespaces import DCTERMS, OBSERVATION_STATUS, RDFS, RK, SDMX_ATTRIBUTE, SDO
from graph.statements.cubes import observation_in
from graph.statements.writer import Node, Writer
from ingest.records import BasicIndicatorRecord, Indicator, Measured, ProjectRecord, Target
from ingest.years import year_in

_FORECAST = "見込"
_STATUS = ((("見込",), "F"), (("速報", "暫定", "集計中"), "P"), (("推計", "概算"), "E"))
"""Words in a figure's text that say how sure it is, and the SDMX code of that."""


def indicators(writer: Writer, project: Node, record: ProjectRecord) -> None:
    """Write the indicators of a project and its ratings; one that is shared rates all the indicators that share it."""
    shared: dict[str, Node] = {}
    for position, each in enumerate(record.indicators, 1):
        node = writer.typed(writer.part("indicator", record, position), RK.Indicator)
        writer.add(node, RK.measure, project)
        writer.number(node, SDO.position, position)
        _indicator(writer, node, each)
        if each.rating:
            own = writer.part("rating", record, position)
            rating = shared.setdefault(each.rating, own) if each.shared else own
            _rating(writer, rating, node, each.rating)


def basic_indicator(writer: Writer, record: BasicIndicatorRecord) -> None:
    """Write an indicator of a policy area."""
    node = writer.node(record, RK.Indicator, RK.BasicIndicator)
    if record.area:
        writer.add(node, DCTERMS.subject, writer.area(record.area))
    _indicator(writer, node, record)
    if record.rating:
        rating = writer.part("basic-indicator", record, "rating")
        _rating(writer, rating, node, record.rating)


def _indicator(writer: Writer, node: Node, each: Indicator | BasicIndicatorRecord) -> None:
    writer.text(node, SDO.name, each.name)
    writer.text(node, RDFS.label, each.name)
    for kind, figure in (("baseline", each.baseline), ("target", each.target), ("actual", each.actual)):
        if figure:
            _value(writer, node, kind, figure)


def _value(writer: Writer, indicator: Node, kind: str, figure: Measured | Target) -> None:
    """Write one figure of an indicator: the number beside the words that it was printed with."""
    node = NamedNode(f"{indicator.value}/{kind}")
    if kind == "actual" and _FORECAST in figure.text:
        kind = "forecast"
    observation_in(writer, node, "indicators" if figure.value is not None else "indicator-texts", indicator, kind)
    found = vocabulary.concept("ValueKinds", kind)
    writer.add(node, RK.indicator, indicator)
    writer.concept(node, RK.valueKind, found)
    writer.text(node, RDFS.label, found.label if found else kind)
    writer.number(node, RK.value, figure.value)
    writer.text(node, RK.unitText, figure.unit)
    writer.text(node, RK.printedAs, figure.text)
    said = figure.due if isinstance(figure, Target) else figure.as_of
    writer.text(node, RK.due if isinstance(figure, Target) else RK.asOf, said)
    writer.number(node, RK.year, year_in(said) if said else None)
    status = next((code for words, code in _STATUS if any(word in figure.text for word in words)), None)
    writer.add(node, SDMX_ATTRIBUTE.obsStatus, NamedNode(OBSERVATION_STATUS + status) if status else None)


def _rating(writer: Writer, rating: Node, indicator: Node, grade: str) -> None:
    writer.typed(rating, RK.Rating)
    writer.text(rating, RDFS.label, f"評価：{grade}")
    writer.number(rating, RK.fiscalYear, writer.year)
    writer.add(rating, RK.grade, writer.local_concept("grade", "評価凡例", grade))
    writer.add(rating, RK.rates, indicator)
