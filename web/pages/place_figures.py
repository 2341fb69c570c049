"""The figures that documents print for a municipality: series over the years, figures by kind, single ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ingest.records import ObservationRecord, Source
from web.entries import MunicipalityEntry
from web.pages.frame import opened
from web.pictures.series import bar, line

_SERIES = 3
"""From so many points in time on, figures are drawn as a line."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure: the period or kind it is of, its value, and where it is printed."""

    label: str
    value: float
    source: Source


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one name: over time (``series``), by kind (``kinds``) or alone (``single``)."""

    form: str
    name: str
    unit: str | None
    document: str
    period: str | None
    points: tuple[Point, ...]

    @property
    def picture(self) -> Markup:
        """The line of a series."""
        return line([(point.label, point.value) for point in self.points], self.name)

    def bar(self, point: Point) -> Markup:
        """Return the bar of a figure beside the others."""
        return bar(point.value, max(each.value for each in self.points))


def figures_of(entry: MunicipalityEntry) -> list[Figures]:
    """Return the figures of a municipality, series first, each group in the order in which it is printed."""
    groups: dict[tuple[str, str, str | None, tuple[str, ...], str | None], list[ObservationRecord]] = {}
    for record in _observations(entry):
        kinds = tuple(record.dimensions)
        period = record.period if kinds else None
        groups.setdefault((record.document, record.indicator, record.unit, kinds, period), []).append(record)
    found = [_figures(records) for records in groups.values()]
    return sorted(found, key=lambda each: ("series", "kinds", "single").index(each.form))


def _observations(entry: MunicipalityEntry) -> Iterator[ObservationRecord]:
    state, directory = opened().state, opened().directory
    for document in dict.fromkeys(party.document for party in entry.parties):
        if "observation" not in state.documents[document].counts:
            continue
        for record in state.records(document):
            if not isinstance(record, ObservationRecord) or record.municipality is None or record.value is None:
                continue
            if directory.municipality_key(record.municipality, document) == entry.key:
                yield record


def _figures(records: list[ObservationRecord]) -> Figures:
    first = records[0]
    if first.dimensions:
        form, points = "kinds", _points((" ".join(r.dimensions.values()), r) for r in records)
    else:
        ordered = sorted(records, key=lambda r: r.period or "")
        points = _points((r.period or "", r) for r in ordered)
        form = "series" if len({p.label for p in points}) >= _SERIES else "single"
    return Figures(form, first.indicator, first.unit, first.document, first.period, points)


def _points(labelled: Iterable[tuple[str, ObservationRecord]]) -> tuple[Point, ...]:
    return tuple(Point(label, record.value, record.source) for label, record in labelled if record.value is not None)
