"""Indicators as a board shows them: each figure of a document with its year, its rating, and what the figures say."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.records import (
    AnyRecord,
    BasicIndicatorRecord,
    DocumentRecord,
    Indicator,
    Measured,
    ProjectRecord,
    Source,
    Target,
)
from ingest.text import key
from ingest.years import fiscal_year
from web.entries import ProjectEntry
from web.plans.judging import Reason, Verdict, judge
from web.plans.legend import Legend
from web.plans.renamed import Joined


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator as one document states it.

    ``project`` is None for a basic indicator; ``year`` is the fiscal year that the actual value and the rating are of,
    None where the document does not say; ``shared`` where one printed rating stands for several indicators; ``reason``
    where the verdict is ``open``.
    """

    document: str
    project: str | None
    record: str
    area: tuple[str, ...]
    name: str
    baseline: Measured | None
    target: Target | None
    actual: Measured | None
    rating: str | None
    shared: bool
    year: int | None
    verdict: Verdict
    reason: Reason | None
    source: Source


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board: one indicator, with its figures by year; of two for one year both are kept.

    ``renamed`` holds the projects of other documents that call the measure otherwise, and why they stand here.
    """

    first: Figure
    years: dict[int | None, list[Figure]]
    renamed: dict[str, Joined] = field(default_factory=dict)


def figures_of(document: DocumentRecord, records: Iterable[AnyRecord], legend: Legend | None) -> list[Figure]:
    """Return the figures of a document in its order."""
    year = document.period.from_fy if document.period and document.period.from_fy == document.period.to_fy else None
    words = legend.words if legend else {}
    found: list[Figure] = []
    for record in records:
        if isinstance(record, ProjectRecord) and record.indicators:
            found += _figures(record, record.indicators, record.id, year, words)
        elif isinstance(record, BasicIndicatorRecord):
            found += _figures(record, [record], None, year, words)
    return found


def _figures(
    record: ProjectRecord | BasicIndicatorRecord,
    indicators: Sequence[Indicator | BasicIndicatorRecord],
    project: str | None,
    year: int | None,
    words: dict[str, str],
) -> list[Figure]:
    times = Counter(indicator.name for indicator in indicators)
    return [
        Figure(
            document=record.document,
            project=project,
            record=record.id,
            area=record.area or (),
            name=each.name,
            baseline=each.baseline,
            target=each.target,
            actual=each.actual,
            rating=each.rating,
            shared=each.shared,
            year=_own_year(each) or year if times[each.name] > 1 or year is None else year,
            verdict=judged.verdict,
            reason=judged.reason,
            source=record.source,
        )
        for each in indicators
        for judged in [judge(each, [i for i in indicators if i.shared] if each.shared else [each], words)]
    ]


def _own_year(indicator: Indicator | BasicIndicatorRecord) -> int | None:
    return fiscal_year(indicator.actual.as_of) if indicator.actual and indicator.actual.as_of else None


class Board:
    """Some indicators as a board shows them: in lines, and counted; each part is worked out once.

    ``renamed`` says which projects go on with one that another document calls otherwise.
    """

    def __init__(
        self,
        figures: list[Figure],
        projects: Mapping[str, ProjectEntry],
        renamed: Callable[[], Mapping[str, Joined]] = dict,
    ) -> None:
        self.figures, self._projects, self._renamed = figures, projects, renamed

    @cached_property
    def lines(self) -> list[Line]:
        """The figures of one indicator on one line: those of one name and measure, over documents and years."""
        lines: dict[tuple[str, str], Line] = {}
        renamed = self._renamed()
        times = Counter(figure.project for figure in self.figures)
        for figure in self.figures:
            joined = renamed.get(figure.project or "")
            measure = joined.first if joined else figure.project
            owner = self._projects[measure].title if measure else "/".join(figure.area)
            name = key(figure.name)
            alone = [known for known in lines if known[0] == owner] if joined and times[figure.project] == 1 else []
            if len(alone) == 1:  # a measure of one indicator each time: the indicator may be renamed, too
                name = alone[0][1]
            line = lines.setdefault((owner, name), Line(figure, {}))
            line.years.setdefault(figure.year, []).append(figure)
            if joined and figure.project and self._projects[figure.project].title != owner:
                line.renamed[figure.project] = joined
        return list(lines.values())

    @cached_property
    def counts(self) -> Counter[tuple[str, str]]:
        """How many indicators of each document have each mark."""
        return Counter((figure.document, figure.rating) for figure in self.figures if figure.rating)

    @cached_property
    def verdicts(self) -> Counter[str]:
        """What is said of how many ratings."""
        return Counter(figure.verdict for figure in self.figures if figure.rating)

    @cached_property
    def reasons(self) -> Counter[Reason]:
        """Why how many ratings could not be held against the figures."""
        return Counter(figure.reason for figure in self.figures if figure.rating and figure.reason)
