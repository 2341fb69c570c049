"""A project's tables as they are shown: who does what, when, and for how much money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.records import DocumentRecord, ProjectRecord, ScheduleItem
from web.directory import Directory

ARROW = re.compile(r"[\s\-ー－―—─━–=→➡➔▶►▷⇒>＞]*[→➡➔▶►▷⇒>＞][\s\-ー－―—─━–=→➡➔▶►▷⇒>＞]*")
"""A mark that says nothing but "goes on": an arrow with its line."""


_SUM = re.compile("合計|総計|総額")


@dataclass(slots=True)
class Partner:
    """A municipality in a project: its role, and its departments as (path, key or None)."""

    name: str
    key: str | None
    role: str | None = None
    departments: list[tuple[str, str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cell:
    """A year of a schedule row: what is printed, and whether work goes on in it."""

    year: str
    text: str
    running: bool
    arrow: bool


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A row of a schedule over all years of its table."""

    label: str | None
    cells: list[Cell]

    @property
    def by_year(self) -> dict[str, Cell]:
        """The cells by year."""
        return {cell.year: cell for cell in self.cells}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule of a project."""

    years: list[str]
    rows: list[ScheduleRow]

    @property
    def marked(self) -> bool:
        """Tell whether any year has a mark."""
        return any(cell.running for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell of a budget: ``printed`` tells a dash (True, None) from a year that the row does not have."""

    value: float | None
    printed: bool


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A row of a budget in thousand yen."""

    label: str | None
    municipality: str | None
    amounts: list[Amount]

    @property
    def total(self) -> float | None:
        """The sum of what is printed; None where no amount is."""
        stated = [amount.value for amount in self.amounts if amount.value is not None]
        return sum(stated) if stated else None


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget of a project in thousand yen."""

    years: list[str]
    rows: list[BudgetLine]

    @property
    def counted(self) -> list[BudgetLine]:
        """The rows to add up: those that are themselves sums (合計) stand alone where there are any."""
        sums = [row for row in self.rows if row.label and _SUM.search(row.label)]
        return sums or self.rows

    @property
    def total(self) -> float:
        """The sum of the printed amounts."""
        return sum(row.total or 0 for row in self.counted)

    @property
    def stated(self) -> bool:
        """Tell whether any amount is printed."""
        return any(row.total is not None for row in self.counted)

    @property
    def blank(self) -> int:
        """How many cells hold a dash: amounts that the sum does not know."""
        return sum(1 for row in self.counted for amount in row.amounts if amount.printed and amount.value is None)


def partners(project: ProjectRecord, directory: Directory) -> list[Partner]:
    """Return who takes part, those with a role first; a department without a municipality stands under no name."""
    found: dict[str, Partner] = {}

    def partner(name: str | None) -> Partner:
        key = directory.municipality_key(name, project.document) if name else None
        return found.setdefault(name or "", Partner(name or "", key))

    for name, role in project.roles.items():
        partner(name).role = role
    for department in project.departments:
        key = directory.department_key(department, project.document)
        partner(department.municipality).departments.append(("".join(department.path) or department.raw, key))
    return list(found.values())


def schedule_table(project: ProjectRecord, document: DocumentRecord) -> Schedule | None:
    """Return the schedule over the years of its document and its own; None where there is nothing to show."""
    if not project.schedule:
        return None
    own = {int(y) for item in project.schedule for y in item.marks}
    own |= {y for item in project.schedule for phase in item.phases for y in (phase.from_fy, phase.to_fy)}
    if document.period:
        own |= {document.period.from_fy, document.period.to_fy}
    if not own:
        return Schedule([], [ScheduleRow(item.label, []) for item in project.schedule])
    years = [str(year) for year in range(min(own), max(own) + 1)]
    return Schedule(years, [ScheduleRow(item.label, _cells(item, years)) for item in project.schedule])


def _cells(item: ScheduleItem, years: Sequence[str]) -> list[Cell]:
    cells = []
    for year in years:
        mark = item.marks.get(year, "")
        begun = [phase.label for phase in item.phases if phase.from_fy == int(year)]
        running = bool(mark) or any(phase.from_fy <= int(year) <= phase.to_fy for phase in item.phases)
        arrow = bool(ARROW.fullmatch(mark)) if mark else False
        text = mark if mark and not arrow else "、".join(label for label in begun if not ARROW.fullmatch(label))
        cells.append(Cell(year, text, running, arrow))
    return cells


def budget_table(project: ProjectRecord) -> Budget | None:
    """Return the budget over its years; None where the document prints none."""
    years = sorted({year for row in project.budget for year in row.amounts})
    if not years:
        return None
    rows = [
        BudgetLine(row.label, row.municipality, [Amount(row.amounts.get(year), year in row.amounts) for year in years])
        for row in project.budget
    ]
    return Budget(years, rows)
