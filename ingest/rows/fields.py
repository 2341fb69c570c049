"""The cells of one row become fields of its project: texts, roles, bodies, indicators, years."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from msgspec import structs

from ingest import areas, numbers
from ingest.blocks import Row
from ingest.bodies import last_word, looks_like_body
from ingest.column_meanings import Column
from ingest.indicator_cells import Cells, values
from ingest.indicators import indicators
from ingest.labels import label
from ingest.parties import Parties
from ingest.projects import NUMBER_BEFORE, Draft, departments_of, number_and_branch
from ingest.records import Indicator
from ingest.roles import holders, roles_of
from ingest.rows.lay import TEXTS, LaidPart
from ingest.rows.years import RowYears
from ingest.text import CIRCLED, clean, nfkc
from ingest.years import heading_time

_BRANCH_BEFORE = re.compile(rf"^\s*([{CIRCLED}])\s*(\S.*)$")
_INNER_HEAD = re.compile(r"[(（【]([^()（）【】]{2,12})[)）】]$")
_BEHIND_NAME = re.compile(r"(?P<name>.+?)\s*[(（【](?P<bodies>[^()（）【】]+)[)）】]\s*$")
_CIRCLES = ("○", "◎", "●", "〇", "◯", "△", "-", "―", "×")
_SENTENCE_ENDS = re.compile(r"[。.)」]\s*$")
_FEW_PARTIES = 3


class RowFields:
    """Fills drafts from rows laid against one part; ``unit`` and ``year`` are those of amounts whose heads name none."""

    def __init__(self, laid: LaidPart, parties: Parties, unit: str, year: int | None = None) -> None:
        self._laid, self._part, self._parties = laid, laid.part, parties
        self._years = RowYears(laid, unit, year)
        self._carried: dict[str, str] = {}

    def name(self, row: Row) -> str:
        """Return the name of the project of a row, "" where it has none."""
        return self._laid.cell(row, self._part.first("title") or self._part.first("program")).strip()

    def begin(self, row: Row, lead: Sequence[str]) -> Draft:
        """Make the draft of a row that has a name; ``lead`` are the cells before it."""
        draft = Draft()
        draft.see(row)
        for cell in lead:
            read = number_and_branch(cell)
            if read and draft.number is None:
                draft.number, draft.branch = read
        number = self._part.first("number")
        if number and (read := number_and_branch(self._laid.cell(row, number))):
            draft.number, draft.branch = read
        self._program(draft, row)
        title = self._part.first("title")
        if title and not numbers.is_dash(self._laid.cell(row, title)):  # a dash: no finer name than that of the program
            draft.put("title", self._laid.cell(row, title))
        self._second_thing(draft, title or self._part.first("program"))
        name = "title" if draft.text("title") else "program"
        if draft.number is None and number is None:
            _split_branch(draft)
            draft.split_number(name)
        _drop_mark(draft, name)
        return draft

    def _second_thing(self, draft: Draft, column: Column | None) -> None:
        """Take off a name the bodies behind it, where its head says that they stand there: 事業名(担当課)."""
        inner = _INNER_HEAD.search(column.words) if column else None
        found = label(inner[1]) if inner else None
        if column is None or found is None or found.field != "departments":
            return
        cell = _BEHIND_NAME.match(" ".join(draft.texts.get(column.field, [])))
        if cell and looks_like_body(last_word(cell["bodies"])):
            draft.texts[column.field] = [cell["name"]]
            draft.departments += departments_of(cell["bodies"], self._parties)

    def _program(self, draft: Draft, row: Row) -> None:
        """The wider name is merged over the rows of its finer ones: a blank cell carries it on."""
        column = self._part.first("program")
        if column is None:
            return
        words = self._laid.cell(row, column)
        if words.strip():
            self._carried["program"] = words
        draft.put("program", words if words.strip() else self._carried.get("program", ""))

    def go_on(self, draft: Draft, row: Row) -> None:
        """A row without a name: more of the row above, or one more indicator of it."""
        draft.see(row)
        if self._continue_open_texts(draft, row):
            return
        for column in (self._part.first("title"), self._part.first("program")):
            words = self._laid.cell(row, column)
            if column and words.strip() and clean(words) != draft.text(column.field):
                draft.put(column.field, words)
        self.fill(draft, row)

    def has_unfinished(self, draft: Draft) -> bool:
        """Tell whether a text of a draft stops inside a sentence."""
        return any(_unfinished(draft, c) for c in self._texts())

    def _texts(self) -> list[Column]:
        return [c for c in self._part.columns if c.field in (*TEXTS, "roles")]

    def _continue_open_texts(self, draft: Draft, row: Row) -> bool:
        """Give the pieces of a cut row to the texts that are not at an end yet, where they do not stand under them.

        A page that cuts a row may drop the cells that were complete; then the pieces stand too far to the left.
        """
        columns = self._texts()
        under = {self._laid.at(c) for c in columns}
        pieces = [row.cell(i) for i in row.filled]
        unfinished = [c for c in columns if _unfinished(draft, c)]
        misplaced = [c for c in self._laid.filled(row, columns) if c not in unfinished]
        if not misplaced or len(pieces) != len(unfinished) or not set(row.filled) <= under | {min(under) - 1}:
            return False
        for column, piece in zip(unfinished, pieces, strict=True):
            if column.field == "roles":
                draft.put_role(self._who(column), piece)
            else:
                draft.put(column.field, piece)
        return True

    def fill(self, draft: Draft, row: Row) -> None:
        """Read every cell of a row but for its name."""
        for name in TEXTS:
            for column in self._part.all(name):
                draft.put(name, self._laid.cell(row, column))
        for column in self._laid.filled(row, self._part.columns):
            self._fill_column(draft, row, column)
        self._joint_roles(draft, row)
        self._indicators(draft, row)
        self._years.fill(draft, row, next(iter(self._holder(row)), None))

    def _who(self, column: Column) -> list[str]:
        named = {w for c in self._part.all("roles") for w in c.who}
        others = [name for name in self._parties.names if name not in named]
        return [n for w in column.who for n in holders(w, self._parties, others)]

    def _holder(self, row: Row) -> list[str]:
        """Return whose role a row holds, where a column of its own says so."""
        who = self._laid.cell(row, self._part.first("holder"))
        return holders(who, self._parties, self._parties.names) if who.strip() else []

    def _fill_column(self, draft: Draft, row: Row, column: Column) -> None:
        cell = self._laid.cell(row, column)
        if column.field == "departments":
            who = self._who(column) or self._holder(row)
            draft.departments += departments_of(cell, self._parties, who[0] if len(who) == 1 else None)
        elif column.field == "party" and clean(cell) in _CIRCLES:
            return  # a circle says who takes part; a record has no place for that
        elif column.field == "party" and looks_like_body(cell):
            who = self._who(column)
            draft.departments += departments_of(cell, self._parties, who[0] if who else None)
        elif column.field in ("roles", "party"):
            if who := self._who(column) or self._holder(row):
                draft.put_role(who, cell)
                return
            for names, text in roles_of(cell, self._parties):
                draft.put_role(names, text)

    def _joint_roles(self, draft: Draft, row: Row) -> None:
        """A role cell merged over the columns of parties is printed once, in the first: it is the role of all of them.

        Of many parties, a blank cell more likely is of one that takes no part, unless one cell alone holds something.
        """
        columns = [c for c in self._part.all("roles") if c.who]
        if not self.name(row) or len(columns) < 2 or len(row.filled) < 2:
            return
        if len(columns) > _FEW_PARTIES and self._laid.filled(row, columns) != columns[:1]:
            return
        merged = ""
        for left, right in pairwise(columns):
            merged = self._laid.cell(row, left) or merged
            if right.index > left.index + 1 or self._laid.at(right) >= len(row.cells):
                merged = ""
            elif merged.strip() and not self._laid.cell(row, right).strip():
                draft.put_role(self._who(right), merged)

    def indicator_cells(self, row: Row) -> Cells:
        """Return the cells of a row that speak of its indicators."""
        (names, _), (base, base_time), (goal, goal_time), (real, real_time) = (
            self._figures(row, name) for name in ("indicator", "baseline", "target", "actual")
        )
        marks = [row.laid_out(self._laid.at(c)) for c in self._laid.filled(row, self._part.all("rating"))]
        unit, _ = self._figures(row, "unit")
        return Cells(names, base, goal, real, " ".join(marks), base_time, goal_time, real_time, clean(unit) or None)

    def _figures(self, row: Row, name: str) -> tuple[str, str | None]:
        """Return the last filled cell of a field with its time: of a column of its own, or of the head.

        Of results by year it is the last one that is known.
        """
        columns = self._laid.filled(row, self._part.all(name))
        known = [c for c in columns if not numbers.is_dash(self._laid.cell(row, c))]
        columns = known or columns
        if not columns:
            return "", None
        own = clean(self._laid.cell(row, self._part.first(f"{name}_time"))) or None
        return row.laid_out(self._laid.at(columns[-1])), own or heading_time(columns[-1].words)

    def _indicators(self, draft: Draft, row: Row) -> None:
        cells = self.indicator_cells(row)
        if not cells.names.strip() and draft.indicators and (values(cells.target) or values(cells.actual)):
            cells = replace(cells, names=draft.indicators[-1].name)  # a name merged over the rows of its figures
        if not cells.names.strip():
            return
        found = indicators(cells)
        above = draft.indicators[-1] if draft.indicators else None
        if above and above.rating and not self.name(row) and _are_measured_alone(found):
            # A rating merged over the rows of several indicators is printed in the first of them.
            draft.indicators[-1] = structs.replace(above, shared=True)
            found = tuple(structs.replace(one, rating=above.rating, shared=True) for one in found)
        draft.indicators += found


def _are_measured_alone(found: Sequence[Indicator]) -> bool:
    """Tell whether indicators have a result each and no rating."""
    return all(one.rating is None and one.actual and one.actual.value is not None for one in found)


def _split_branch(draft: Draft) -> None:
    """Take number and branch off where the wider name bears the one and the finer the other: 1 …の支援 | ② 人材の確保."""
    program, title = draft.texts.get("program", []), draft.texts.get("title", [])
    wide = NUMBER_BEFORE.match(nfkc(program[0])) if program else None
    fine = _BRANCH_BEFORE.match(nfkc(title[0])) if title else None
    if wide and fine and (read := number_and_branch(f"{wide[1]}{fine[1]}")):
        draft.number, draft.branch = read
        draft.texts |= {"program": [wide[2], *program[1:]], "title": [fine[2], *title[1:]]}


def _drop_mark(draft: Draft, name: str) -> None:
    """Take a mark in parentheses off a name: (1) 企業誘致の推進 is the first of its area, not a project of number 1."""
    pieces = draft.texts.get(name, [])
    item = areas.heading(pieces[0]) if pieces else None
    if item and item.label and (item.kind or "").startswith("paren-"):
        draft.texts[name] = [item.label, *pieces[1:]]


def _unfinished(draft: Draft, column: Column) -> bool:
    """Tell whether the text of a column so far stops inside a sentence."""
    pieces = (
        draft.texts.get(column.field, [])
        if column.field != "roles"
        else [p for w in column.who for p in draft.roles.get(w, [])]
    )
    return bool(pieces) and not _SENTENCE_ENDS.search(clean(pieces[-1]))
