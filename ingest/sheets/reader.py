"""Reads one form row by row."""

import re
from collections.abc import Sequence

from ingest import numbers
from ingest.blocks import Row
from ingest.budgets import is_amount
from ingest.column_meanings import DATED
from ingest.indicator_cells import Cells
from ingest.indicators import indicators
from ingest.labels import Label, guessed, is_remark
from ingest.parties import Parties
from ingest.projects import TEXTS, number_and_branch
from ingest.schedules import year_columns
from ingest.sheets.figures import FormFigures
from ingest.sheets.names import FormNames
from ingest.sheets.repairs import repair
from ingest.sheets.segments import NUMBERED_NAME, Segment, segments
from ingest.sheets.sheet import FIGURES, Sheet
from ingest.sheets.years import FormYears
from ingest.text import CIRCLED, clean

_UNIT_NOTE = re.compile(r"[(（]\s*単位\s*[:：]\s*([^()（）]+)[)）]")
_UNIT_ALONE = re.compile(r"\((?:単位:)?(?:[十百千万億]*円)\)")
_AREAS = {"area1": 1, "area2": 2, "area3": 3}
_DASHED = ("number", "program", "title", "area2", "area1")


class SheetReader:
    """Reads one form; ``parties`` resolve the municipalities that its cells name.

    ``year`` is the fiscal year that costs are of where nothing in the form names one.
    """

    def __init__(self, parties: Parties, year: int | None = None) -> None:
        self._parties = parties
        self._sheet = Sheet()
        self._figures = FormFigures(self._sheet)
        self._years = FormYears(self._sheet, parties, year)
        self._names = FormNames(self._sheet, parties)
        self._slot = ""
        self._columns: dict[int, Label] = {}
        self._label_columns: list[int] = []

    def read(self, rows: Sequence[Row]) -> Sheet:
        """Read the rows of one form."""
        for row in rows:
            self._sheet.draft.see(row)
            self._row(row)
        repair(self._sheet)
        self._figures.share_rating()
        return self._sheet

    def add_indicators(self, cells: Cells, row: Row) -> None:
        """Add the indicators of a row of a table that stands by itself behind the form; a rating in the form is theirs, too."""
        self._sheet.draft.see(row)
        self._sheet.draft.indicators += indicators(cells)
        self._figures.share_rating()

    def _row(self, row: Row) -> None:
        cut = self._segments_of(row)
        if self._figures.read(cut) or self._reads_columns(cut, row):
            return
        if self._years.row_of_owners(row) or (cut and self._years.heads_owners(cut)):
            return
        columns = year_columns(row)
        if len(columns) >= 2 and not (self._figures.is_open and self._figures.holds_figures(row)):
            if any(s.label and s.label.field in ("schedule", "budget") for s in cut):
                self._figures.close()
            self._years.heading(cut, columns, self._label_columns)
            return
        self._label_columns += [s.column for s in cut[:1] if s.label]
        if self._is_unknown_label(cut):
            cut = self._with_guess(cut[0])
        for segment in cut:
            if segment.label:
                self._begin(segment.label, row)
            self._continue(segment, row)

    def _segments_of(self, row: Row) -> list[Segment]:
        """Cut a row at its labels, and note the unit of money that it names."""
        cut = segments(row, self._sheet.open)
        alone = next((s for s in cut if s.cells and _UNIT_ALONE.fullmatch(clean(s.cells[0][1]))), None)
        if alone:  # the second line of a label: 事業費 over (千円)
            self._years.take_unit(alone.cells[0][1])
            del alone.cells[0]
        noted = next((m for cell in row.cells if (m := _UNIT_NOTE.search(cell))), None)
        if noted:
            self._years.note_unit(noted[1])
        return cut

    def _reads_columns(self, cut: Sequence[Segment], row: Row) -> bool:
        """Read labels of texts side by side, and the row of texts below them: 概略 | 目指す姿."""
        heads = [s.label for s in cut if s.label and s.label.field in (*TEXTS, "roles")]
        if len(heads) >= 2 and len(heads) == len(cut) and not any(s.cells for s in cut):
            self._columns = {s.column: s.label for s in cut if s.label}
            for found in heads:
                self._sheet.note(found, row.first)
            return True
        if not self._columns or any(s.label for s in cut):
            self._columns = {}
            return False
        for i in row.filled:
            under = max((c for c in self._columns if c <= i), default=min(self._columns))
            self._sheet.open, self._slot = self._columns[under], self._columns[under].field
            self._continue(Segment(None, i, [(i, row.cell(i))]), row)
        return True

    def _with_guess(self, segment: Segment) -> list[Segment]:
        """See a first cell as the label that it most likely is; what no field is for is a remark."""
        (column, words), *values = segment.cells
        found = guessed(words)
        known = found if found and found.field not in ("title", "program", "number") else Label("remarks", words)
        return [Segment(known, column, values)]

    def _is_unknown_label(self, cut: Sequence[Segment]) -> bool:
        """Tell whether a row begins with a label that is not known: short words where labels stand, and a value beside."""
        first = cut[0] if cut else None
        if first is None or first.label or len(first.cells) < 2 or self._label_columns.count(first.column) < 3:
            return False
        words = clean(first.cells[0][1])
        named = self._parties.resolve(words) or number_and_branch(words) or numbers.is_dash(words) or words in CIRCLED
        if named or len(words) > 24 or "。" in words:
            return False
        amounts = sum(is_amount(cell) for _, cell in first.cells[1:])
        if self._sheet.open_field == "budget" and amounts > 1:
            return False
        in_table = self._sheet.open_field in ("schedule", "schedule_item", "indicator", *FIGURES)
        return is_remark(words) or self._figures.is_left_of(first.column) or not (in_table or self._figures.is_open)

    def _begin(self, found: Label, row: Row) -> None:
        """Open the field of a label; what a year heads beside what a project is (令和5年度の取組内容) is what was done."""
        if found.field == "overview" and self._sheet.has("overview") and DATED.match(found.words):
            found = Label("progress", found.words)
        if found.field == "schedule_item" and self._sheet.open_field == "schedule":
            return
        numbered = NUMBERED_NAME.fullmatch(found.words)
        if numbered and self._sheet.draft.number is None:
            self._sheet.draft.number = numbered["number"]
        self._sheet.note(found, row.first)
        self._sheet.open = found
        self._names.begin(found)
        # A label that stands twice in one form: one of the two may be printed where another belongs.
        self._slot = f"{found.field}~2" if self._sheet.has_twice(found.field) else found.field
        if found.field == "budget":
            self._years.begin_budget(found)
        self._figures.close()

    def _continue(self, segment: Segment, row: Row) -> None:
        """Give cells to the open field."""
        cells = segment.cells if segment.label else self._without_marks(segment.cells)
        if not cells or self._sheet.open is None:
            return
        name = self._sheet.open_field
        if self._figures.is_open:
            self._figures.row(row)
        elif name in _AREAS:
            self._names.area(_AREAS[name], " ".join(c for _, c in cells))
        elif name in ("schedule", "schedule_item"):
            self._years.schedule_row(row, cells)
        elif name == "budget":
            self._years.budget_row(row, cells[0][0], segment.column if segment.label else None)
        elif name in TEXTS:
            if name in ("title", "program") and len(cells) > 1 and clean(cells[0][1]) in CIRCLED:
                self._sheet.draft.branch = clean(cells.pop(0)[1])
            for _, cell in cells:
                self._sheet.draft.put(self._slot, cell)
        elif name in ("indicator", "rating"):
            self._figures.told(name, cells)
        else:
            self._names.read(name, cells)

    def _without_marks(self, cells: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Take the branch mark and the lone dash of the row of the name out of what goes on."""
        kept = []
        name = self._sheet.open_field
        for i, cell in cells:
            plain = clean(cell)
            if len(plain) == 1 and plain in CIRCLED and name and name not in ("schedule", "budget", "roles"):
                self._sheet.draft.branch = plain
            elif not (numbers.is_dash(plain) and name in _DASHED):
                kept.append((i, cell))
        return kept
