"""The budgets of all projects as single amounts, and their sums with what is blank."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.records import BudgetRow, ProjectRecord
from web.directory import Directory

_SUM = re.compile(r"^(?:.{0,8}(?:合計|総計)|小?計|総額|総事業費)$")


@dataclass(frozen=True, slots=True)
class Amount:
    """One cell of a budget in thousand yen; ``value`` is None for a printed dash, ``municipality`` a key or None."""

    project: str
    document: str
    area: str | None
    municipality: str | None
    label: str | None
    year: str
    value: float | None
    draft: bool


@dataclass(slots=True)
class Sum:
    """A sum in thousand yen: how many amounts are in it, and how many cells were blank (a dash)."""

    value: float = 0
    amounts: int = 0
    blanks: int = 0

    def join(self, other: "Sum") -> None:
        """Add another sum."""
        self.value, self.amounts = self.value + other.value, self.amounts + other.amounts
        self.blanks += other.blanks

    def add(self, value: float | None) -> None:
        """Count a cell in."""
        if value is None:
            self.blanks += 1
        else:
            self.value, self.amounts = self.value + value, self.amounts + 1

    @property
    def shown(self) -> float | None:
        """The sum, or None where every cell is blank: a sum of nothing is not zero."""
        return self.value if self.amounts else None


@dataclass(slots=True)
class SumRow:
    """A row of sums by year; ``key`` is None for what the documents assign to nobody; ``draft`` rows stand apart."""

    key: str | None
    draft: bool
    years: dict[str, Sum] = field(default_factory=dict)
    total: Sum = field(default_factory=Sum)
    projects: set[str] = field(default_factory=set)

    def add(self, amount: Amount) -> None:
        """Count an amount in."""
        if amount.year not in self.years:
            self.years[amount.year] = Sum()
        self.years[amount.year].add(amount.value)
        self.total.add(amount.value)
        self.projects.add(amount.project)


def amounts_of(project: ProjectRecord, directory: Directory) -> list[Amount]:
    """Return the amounts of a project's budget without the rows that add up others."""
    draft = directory.documents[project.document].draft
    entry = directory.projects[project.id]
    return [
        Amount(
            project=project.id,
            document=project.document,
            area=entry.field_of_work,
            municipality=directory.municipality_key(row.municipality, project.document) if row.municipality else None,
            label=row.label,
            year=year,
            value=value,
            draft=draft,
        )
        for row in parts(project.budget)
        for year, value in row.amounts.items()
    ]


def parts(rows: Sequence[BudgetRow]) -> list[BudgetRow]:
    """Return the rows that are no sums of others; a sum that stands alone is all there is, and stays."""
    single = [row for row in rows if not _SUM.match(row.label or "")]
    return _once(single) if single else list(rows)


def _once(rows: list[BudgetRow]) -> list[BudgetRow]:
    """Leave out, of a sum without a name and the shares of municipalities in it, the shares, unless they make up all of it."""
    wholes = [row for row in rows if row.municipality is None and row.label is None]
    shares = [row for row in rows if row.municipality is not None and row.label is None]
    years = {year for row in wholes for year in row.amounts} & {year for row in shares for year in row.amounts}
    if not years:
        return rows
    one, other = ({y: sum(r.amounts.get(y) or 0 for r in each) for y in years} for each in (wholes, shares))
    left_out = wholes if one == other else shares
    return [row for row in rows if row not in left_out]


def summed(amounts: Iterable[Amount], by: str) -> list[SumRow]:
    """Sum amounts by a field of theirs, drafts apart from what is final, in the order in which keys first occur."""
    rows: dict[tuple[str | None, bool], SumRow] = {}
    for amount in amounts:
        key = (getattr(amount, by), amount.draft)
        if key not in rows:
            rows[key] = SumRow(*key)
        rows[key].add(amount)
    return list(rows.values())


def joined(rows: Iterable[SumRow]) -> SumRow:
    """Add rows of sums up to one."""
    whole = SumRow(None, False)
    for row in rows:
        for year, found in row.years.items():
            if year not in whole.years:
                whole.years[year] = Sum()
            whole.years[year].join(found)
        whole.total.join(row.total)
        whole.projects |= row.projects
    return whole


class Sums:
    """Amounts summed by a field of theirs, by row and in all; each part is worked out once."""

    def __init__(self, amounts: Iterable[Amount], by: str) -> None:
        self.rows = summed(amounts, by)

    @cached_property
    def largest_first(self) -> list[SumRow]:
        """The rows by what they sum up to."""
        return sorted(self.rows, key=lambda row: -row.total.value)

    @cached_property
    def years(self) -> list[str]:
        """The years that any amount is for."""
        return sorted({year for row in self.rows for year in row.years})

    @cached_property
    def draft(self) -> SumRow:
        """The sum of the drafts."""
        return joined(row for row in self.rows if row.draft)

    @cached_property
    def final(self) -> SumRow:
        """The sum of what is no draft."""
        return joined(row for row in self.rows if not row.draft)

    @property
    def mixed(self) -> bool:
        """Tell whether there are drafts beside what is final."""
        return bool(self.draft.projects and self.final.projects)


def total(amounts: Iterable[Amount]) -> SumRow:
    """Sum all amounts given."""
    row = SumRow(None, False)
    for amount in amounts:
        row.add(amount)
    return row
