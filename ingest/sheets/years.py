"""Schedules and budgets of a form: rows below a row of fiscal years."""

import re
from collections.abc import Sequence

from ingest import numbers
from ingest.blocks import Row
from ingest.budgets import (
    Amounts,
    add_costs,
    budget_cells,
    budget_row,
    cost_with_shares,
    costs_of_kinds,
    inline_amounts,
    is_amount,
)
from ingest.labels import Label, guessed, words
from ingest.parties import Parties
from ingest.records import BudgetRow
from ingest.schedules import by_year, schedule_row, told_schedule
from ingest.sheets.segments import Segment
from ingest.sheets.sheet import Sheet
from ingest.text import key
from ingest.years import fiscal_year, year_in

_SIDE_HEADS = frozenset(map(key, ("年度", "年", "区分", "年次")))
_SHARE = re.compile(r"^(?:うち|内)\s*(?=\S{2})")


class FormYears:
    """Reads the rows of a form that say what happens, or what is spent, in which year."""

    def __init__(self, sheet: Sheet, parties: Parties, year: int | None) -> None:
        self._sheet, self._parties, self._year = sheet, parties, year
        self._years: dict[int, int] = {}
        self._unit = self._unit_noted = "千円"
        self._budget_label: str | None = None
        self._label_year: int | None = None
        self._owners: dict[int, str | None] = {}

    def note_unit(self, words_: str) -> None:
        """Take a note on the unit ((単位:円)) for what follows."""
        self._unit = self._unit_noted = numbers.money_unit(words_) or self._unit_noted

    def take_unit(self, words_: str) -> None:
        """Take the second line of a label ((千円)) for the open budget alone."""
        self._unit = numbers.money_unit(words_) or self._unit

    def heading(self, segments: Sequence[Segment], columns: dict[int, int], label_columns: Sequence[int]) -> None:
        """A row of fiscal years heads the schedule or the budget that its label, or the open field, names."""
        self._years = columns
        first = segments[0]
        if first.label is None and first.column in label_columns and first.cells:
            found = guessed(first.cells[0][1])
            self._sheet.open = found if found and found.field in ("schedule", "budget") else Label("schedule", "")
        for segment in segments:
            if segment.label and segment.label.field in ("schedule", "budget"):
                self._sheet.note(segment.label, 0)
                self._sheet.open = segment.label
            if segment.label and segment.label.field == "budget":
                self._unit, self._budget_label = numbers.money_unit(segment.label.words) or self._unit_noted, None
        if self._sheet.open_field not in ("schedule", "budget"):
            self._sheet.open = Label("schedule", "")

    def begin_budget(self, found: Label) -> None:
        """Open a budget; a second label of its kind under the same years names a row."""
        again = self._sheet.has_twice("budget") and bool(self._years)
        self._unit = numbers.money_unit(found.words) or (self._unit if again else self._unit_noted)
        self._budget_label = found.words if again else None
        self._label_year = year_in(found.words)

    def heads_owners(self, segments: Sequence[Segment]) -> bool:
        """Read a row that heads costs by municipality (事業費 | 年度 | 秩父市 | 横瀬町 | 合計), the years below; tell whether it did."""
        first = segments[0].label if len(segments) == 1 else None
        self._owners = {}
        if first is None or first.field != "budget":
            return False
        cells = [(i, cell) for i, cell in segments[0].cells if key(cell) not in _SIDE_HEADS]
        owners = {i: self._parties.resolve(cell) for i, cell in cells}
        named = [i for i, who in owners.items() if len(who) == 1]
        if not named or any(i not in named and key(cell) not in words("totals") for i, cell in cells):
            return False
        self._sheet.note(first, 0)
        self._sheet.open = first
        self.begin_budget(first)
        self._owners = {i: owners[i][0] if i in named else None for i, _ in cells}
        return True

    def row_of_owners(self, row: Row) -> bool:
        """Read the costs of one year under the municipalities above; tell whether the row is one."""
        year = fiscal_year(row.cell(row.filled[0])) if self._owners and row.filled else None
        if year is None:
            return False
        for column, owner in self._owners.items():
            amount = numbers.thousand_yen(row.cell(column), self._unit)
            label = None if owner else "合計"
            add_costs(self._sheet.draft.budget, BudgetRow(label=label, municipality=owner, amounts={str(year): amount}))
        return True

    def schedule_row(self, row: Row, cells: Sequence[tuple[int, str]]) -> None:
        """Read a row of the schedule; amounts alone in it are a budget without a label."""
        draft = self._sheet.draft
        if not self._years:
            words_ = " ".join(c for _, c in cells)
            item = told_schedule(words_) or schedule_row(words_, {}, ())
            draft.schedule += [item] if item else []
            return
        texts = [(i, c) for i, c in cells if i not in self._years]
        marks = by_year((self._years[i], c) for i, c in cells if i in self._years)
        if not texts and self._is_lost_budget(marks):
            self._lost_budget_label(row)
            return
        item = schedule_row(" ".join(c for _, c in texts), marks, sorted(self._years.values()))
        draft.schedule += [item] if item else []

    def _is_lost_budget(self, marks: dict[int, str]) -> bool:
        """Tell whether marks under the schedule are amounts, one a year, in a form without a budget so far."""
        return (
            bool(self._sheet.draft.schedule)
            and not self._sheet.has("budget")
            and len(marks) == len(self._years)
            and all(is_amount(c) for c in marks.values())
        )

    def _lost_budget_label(self, row: Row) -> None:
        """A row of amounts under the schedule whose label is not printed is the budget."""
        self._sheet.odd("missing", "事業費", "金額の行に見出しがない", row.first)
        self._sheet.labels.append(("budget", "", row.first))
        self._add_budget(row, budget_cells(row, 0, self._years, self._unit))

    def budget_row(self, row: Row, start: int, label_at: int | None) -> None:
        """Read a row of amounts from column ``start``; ``label_at`` is the column of its own label."""
        if not self._years and (kinds := costs_of_kinds(" ".join(row.cells), self._unit)):
            self._sheet.draft.budget += kinds
            return
        inline = inline_amounts(" ".join(row.cells[start:]), self._unit) if not self._years else {}
        if inline:
            self._sheet.draft.budget.append(budget_row(Amounts([], inline, shifted=False), None, self._budget_label))
            return
        if not self._years and (year := self._label_year or self._year):
            told = cost_with_shares(" ".join(row.cells[start:]), year, self._unit, self._parties)
            self._sheet.draft.budget += told
            if told:
                return
        if not self._years and not any(is_amount(c) for c in row.cells[start:] if c.strip()):
            return
        read = budget_cells(row, start, self._years, self._unit, label_at)
        if any(key(word) in words("totals") for word in read.words[:1]) or read.amounts or read.words:
            self._add_budget(row, read)

    def _add_budget(self, row: Row, read: Amounts) -> None:
        if read.shifted and len(row.filled) < len(self._years) + 2:
            self._sheet.odd("mismatch", "事業費", "金額の欄が年度の欄とずれている", row.first)
        municipality, share = None, False
        label_words = []
        for word in read.words:
            whole = self._parties.resolve(word)  # first as printed: 内子町 is no share of 子町
            who = whole or self._parties.resolve(_SHARE.sub("", word))
            if len(who) == 1 and municipality is None:
                # A part of the row above (うち佐久市), whose label is not its own.
                municipality, share = who[0], not whole
            else:
                label_words.append(word)
        if label_words:
            self._budget_label = " ".join(label_words)
        if read.amounts:
            self._sheet.draft.budget.append(budget_row(read, municipality, None if share else self._budget_label))
