"""The cells of a row that speak of fiscal years: what is spent in each, and what happens."""

import re
from collections.abc import Sequence

from ingest import numbers
from ingest.blocks import Row
from ingest.budgets import Amounts, add_costs, budget_row, is_amount
from ingest.column_meanings import Column
from ingest.labels import words
from ingest.projects import Draft
from ingest.records import BudgetRow
from ingest.roles import GROUP
from ingest.rows.lay import LaidPart
from ingest.schedules import by_year, schedule_row
from ingest.text import clean, key
from ingest.years import fiscal_year

_OF_BUDGET = re.compile(r"(?:事業費|予算|決算)\w*|\(.*?\)")
_KIND_OF_COST = re.compile(r"(?:当初|補正後?|最終)?(?:予算|決算|執行)(?:見込)?額?")


class RowYears:
    """Reads amounts and marks under the columns of a part; ``unit`` and ``year`` are those of amounts whose heads name none."""

    def __init__(self, laid: LaidPart, unit: str, year: int | None) -> None:
        self._laid, self._unit, self._year = laid, unit, year

    def fill(self, draft: Draft, row: Row, owner: str | None) -> None:
        """Read the cells of a row; ``owner`` is the municipality of which a column says that the row is its."""
        for name in ("schedule", "budget", "year"):
            for kind, columns in _by_kind([c for c in self._laid.part.all(name) if c.year is not None]).items():
                cells = by_year((c.year, self._laid.cell(row, c)) for c in columns if c.year is not None)
                filled = [cell for cell in cells.values() if cell.strip()]
                if filled and (name == "budget" or (name == "year" and all(map(is_amount, filled)))):
                    read = Amounts(
                        [], {y: numbers.thousand_yen(c, self._unit) for y, c in cells.items()}, shifted=False
                    )
                    draft.budget.append(budget_row(read, owner, kind))
                elif filled and (item := schedule_row("", cells, sorted(cells))):
                    draft.schedule.append(item)
        for column in self._laid.part.all("budget"):
            cell = self._laid.cell(row, column)
            if column.year is None and cell.strip() and is_amount(cell):
                add_costs(draft.budget, self._single(column, cell, owner))

    def _single(self, column: Column, cell: str, owner: str | None) -> BudgetRow:
        """Read a single amount, whose head may name a year and a party (事業費(令和5年度))."""
        named = next(iter(column.who), None)
        group = named if named and GROUP.fullmatch(named) else None
        whose = None if group else named
        year = fiscal_year(_OF_BUDGET.sub("", column.words)) or self._year
        if year is None:
            return BudgetRow(label=clean(cell), municipality=whose or owner, amounts={})
        amounts = {str(year): numbers.thousand_yen(cell, numbers.money_unit(column.words) or self._unit)}
        total = group or (column.words if key(column.words) in words("totals") else None)
        kind = _kind(column) if len(self._laid.part.all("budget")) > 1 else None
        return BudgetRow(label=total or kind, municipality=whose or owner, amounts=amounts)


def _kind(column: Column) -> str | None:
    found = _KIND_OF_COST.search(column.words)
    return found[0] if found else None


def _by_kind(columns: Sequence[Column]) -> dict[str | None, list[Column]]:
    """Part columns that name a year twice by what they say of it: R5予算 | R5決算 | R6予算."""
    twice = len({c.year for c in columns}) < len(columns)
    kinds: dict[str | None, list[Column]] = {}
    for column in columns:
        kinds.setdefault(_kind(column) if twice else None, []).append(column)
    return kinds
