"""Header tables: a row of labels above, one project a row below (annexes, 体系図, lists of results).

Columns are found by their headings, never by their place. A conversion may shift the cells of single rows; so each row is
laid against the headings by what its cells hold. Blank cells carry on from the row above; a row without a name continues it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest import areas, numbers
from ingest.blocks import Row
from ingest.columns import Column, Part, unstack
from ingest.departments import looks_like_body
from ingest.indicators import RATING, Cells, values
from ingest.parties import Parties
from ingest.projects import (
    Amounts,
    Draft,
    budget_row,
    departments_of,
    indicators_of,
    is_amount,
    number_and_branch,
    roles_of,
    schedule_row,
)
from ingest.records import BudgetRow
from ingest.sheets import heading_time
from ingest.text import CIRCLED, clean, nfkc
from ingest.years import fiscal_year

BASIC = re.compile(r"基本(?:KPI|指標|目標指標)|圏域(?:全体の)?KPI|(?:成果|重要業績評価)指標\(全体\)", re.IGNORECASE)
"""The mark of an indicator that belongs to an area, not to a project."""

_TEXTS = ("overview", "purpose", "cost_sharing", "progress")
_LEADING = ("area1", "area2", "area3", "number")


@dataclass(frozen=True, slots=True)
class BasicIndicator:
    """An indicator of an area, with the row it came from."""

    area: tuple[areas.Heading, ...]
    cells: Cells
    row: Row


@dataclass
class _Placed:
    """What was read from a row (a draft or a basic indicator's cells) with the areas open at that row."""

    thing: Draft | tuple[Cells, Row]
    area: tuple[areas.Heading, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """An area that a row opened: after how many things, with what path, and what was open before."""

    after: int
    path: tuple[areas.Heading, ...]
    before: tuple[areas.Heading, ...]


class RowReader:
    """Reads the rows of header tables one after the other; ``stack`` holds the areas that are open."""

    def __init__(self, parties: Parties, stack: areas.AreaStack, unit: str | None = None) -> None:
        self._parties, self._stack = parties, stack
        self._part = Part([])
        self._unit = self._unit_noted = unit or "千円"
        self._anchor = 0
        self._carried: dict[str, str] = {}
        self._shift = 0
        self._basic_open = False
        self._depth: int | None = None
        self._base = 0
        self._placed: list[_Placed] = []
        self._opened: list[_Opened] = []

    def read(self, part: Part) -> None:
        """Read the rows of one part; the areas go on from the part before."""
        part = unstack(part)
        self._part = part
        self._unit = next(
            (u for c in part.columns if c.field in ("budget", "year") and (u := numbers.money_unit(c.words))),
            self._unit_noted,
        )
        self._anchor = min((c.index for c in part.columns if c.field not in _LEADING), default=0)
        self._carried, self._shift = {}, 0
        self._base = self._depth if self._depth is not None else len(self._stack.open)
        self._depth = self._base
        for row in part.rows:
            if len(row.filled) > 1:  # a lone cell says too little to be laid anywhere else than the row above
                self._shift = self._best_shift(row)
            self._row(row)

    def drafts(self) -> list[Draft]:
        """Return the projects read so far, each under its areas."""
        self._mend_areas()
        found = []
        for placed in self._placed:
            if isinstance(placed.thing, Draft):
                placed.thing.area = placed.area
                found.append(placed.thing)
        return found

    def basics(self) -> list[BasicIndicator]:
        """Return the indicators of areas read so far."""
        self._mend_areas()
        return [BasicIndicator(p.area, *p.thing) for p in self._placed if not isinstance(p.thing, Draft)]

    def _mend_areas(self) -> None:
        """Give areas back to a heading that was printed in the middle of the rows it is merged over.

        ウ stands beside the rows of A, whose first row came after イ; as B goes on where A ended, all of A belongs to ウ.
        """
        for i, late in enumerate(self._opened[:-1]):
            level = len(late.path) - 1
            following = self._opened[i + 1]
            if len(late.before) <= level + 1 or len(following.path) != level + 2:
                continue
            last, child = late.before[level + 1], following.path[level + 1]
            if last.kind != child.kind or areas.ordinal(child) != (areas.ordinal(last) or 0) + 1:
                continue
            wrong = late.before[: level + 1]
            run = [p for p in self._placed[: late.after] if p.area[: level + 1] == wrong and len(p.area) > level + 1]
            for placed in run:
                placed.area = (*late.path, *placed.area[level + 1 :])
            for placed in self._placed[late.after : following.after]:
                if placed.area == late.path:
                    placed.area = (*late.path, *late.before[level + 1 :])

    def _cell(self, row: Row, column: Column | None) -> str:
        return row.cell(column.index + self._shift) if column else ""

    def _best_shift(self, row: Row) -> int:
        """Return by how many columns the cells of a row stand aside from their headings."""
        scored = [(self._fit(row, shift), -abs(shift - self._shift), -abs(shift), shift) for shift in range(-2, 4)]
        return max(scored)[3]

    def _fit(self, row: Row, shift: int) -> float:
        score = 0.0
        covered = set()
        for column in self._part.columns:
            cell = row.cell(column.index + shift)
            covered.add(column.index + shift)
            if cell.strip():
                score += _fit_of(column, clean(cell))
        for i in row.filled:
            if i not in covered and i > self._anchor + shift:
                score -= 0.6
            elif i < self._anchor + shift and i not in covered:
                lead = clean(row.cell(i))
                score += 0.3 if number_and_branch(lead) or areas.heading(lead).kind else -0.3
        return score

    def _row(self, row: Row) -> None:
        if self._heads_section(row):
            return
        lead: list[tuple[str, Column | None]] = [
            (row.cell(i), None) for i in row.filled if i < self._anchor + self._shift and not self._is_column(i)
        ]
        lead += [
            (self._cell(row, c), c) for c in self._part.columns if c.field in _LEADING and self._cell(row, c).strip()
        ]
        basic = any(_is_basic(cell) for cell in row.cells if len(cell) < 24)
        self._enter_areas([(cell, column) for cell, column in lead if not _is_basic(cell)])
        name = self._name(row)
        unnamed = not self._part.first("title") and not self._part.first("program")
        if unnamed or basic or (self._basic_open and not name and self._indicator_cells(row).names.strip()):
            self._basic_open = True
            self._keep_basic(row)
            return
        if name and not _is_basic(name) and not self._continues(lead):
            self._basic_open = False
            self._begin(row, [cell for cell, _ in lead])
        elif any(isinstance(p.thing, Draft) for p in self._placed):
            self._continue(row)

    def _heads_section(self, row: Row) -> bool:
        """Open the area that a row names alone, over all columns: 1 圏域全体の経済成長のけん引, 【観光】."""
        if len(row.filled) != 1 or row.filled[0] > 1 or len(row.cells) < 3:
            return False
        words_ = row.cell(row.filled[0])
        item = areas.heading(words_)
        if item.kind is None or not 2 <= len(item.label) <= 40 or "。" in item.label or _is_basic(words_):
            return False
        before = tuple(self._stack.open)
        self._opened.append(_Opened(len(self._placed), self._stack.enter(item), before))
        self._base = self._depth = len(self._stack.open)
        return True

    def _name(self, row: Row) -> str:
        column = self._part.first("title") or self._part.first("program")
        return self._cell(row, column).strip()

    def _continues(self, lead: Sequence[tuple[str, Column | None]]) -> bool:
        """A name without its number, where rows have numbers and a text above stops inside a sentence, was cut by a page."""
        number = self._part.first("number")
        if number is None or any(number_and_branch(cell) for cell, _ in lead) or not self._placed:
            return False
        above = self._placed[-1].thing
        if not isinstance(above, Draft) or above.number is None:
            return False
        return any(_unfinished(above, c) for c in self._part.columns if c.field in (*_TEXTS, "roles"))

    def _is_column(self, i: int) -> bool:
        return any(c.index + self._shift == i for c in self._part.columns)

    def _enter_areas(self, lead: Sequence[tuple[str, Column | None]]) -> None:
        columns = [c for c in self._part.columns if c.field.startswith("area")]
        for cell, own in lead:
            if number_and_branch(cell) or numbers.is_dash(cell) or clean(cell) in CIRCLED:
                continue
            for heading in areas.chain(cell):
                before = tuple(self._stack.open)
                if heading.kind is None and self._completes(heading):
                    continue
                at = columns.index(own) if own in columns else 0
                level = min(self._base + at + 1, len(before) + 1) if heading.kind is None and columns else None
                path = self._stack.enter(heading, level)
                self._opened.append(_Opened(len(self._placed), path, before))

    def _completes(self, tail: areas.Heading) -> bool:
        """Join a heading that a page cut inside its cell: its rest stands without a mark in the next row."""
        last = self._opened[-1] if self._opened else None
        if (
            last is None
            or last.path[-1].kind is None
            or not self._placed
            or not len(self._placed) - 1 <= last.after <= len(self._placed)
        ):
            return False
        cut = last.path[-1]
        whole = areas.Heading(cut.kind, cut.notation, cut.label + tail.label)
        path = (*last.path[:-1], whole)
        self._opened[-1] = _Opened(last.after, path, last.before)
        self._stack.open = [whole if h == cut else h for h in self._stack.open]
        for placed in self._placed[last.after :]:
            placed.area = tuple(whole if h == cut else h for h in placed.area)
        return True

    def _keep_basic(self, row: Row) -> None:
        cells = self._indicator_cells(row)
        if not cells.names.strip():
            return
        self._placed.append(_Placed((cells, row), tuple(self._stack.open)))

    def _indicator_cells(self, row: Row) -> Cells:
        def of(name: str) -> tuple[str, str | None]:
            columns = [c for c in self._part.all(name) if self._cell(row, c).strip()]
            if not columns:
                return "", None
            own = clean(self._cell(row, self._part.first(f"{name}_time"))) or None
            return row.laid_out(columns[-1].index + self._shift), own or heading_time(columns[-1].words)

        marks = [row.laid_out(c.index + self._shift) for c in self._part.all("rating") if self._cell(row, c).strip()]
        (names, _), (base, base_time), (goal, goal_time), (real, real_time) = (
            of(n) for n in ("indicator", "baseline", "target", "actual")
        )
        unit, _ = of("unit")
        return Cells(names, base, goal, real, " ".join(marks), base_time, goal_time, real_time, clean(unit) or None)

    def _begin(self, row: Row, lead: Sequence[str]) -> None:
        draft = Draft()
        draft.see(row)
        for cell in lead:
            read = number_and_branch(cell)
            if read and draft.number is None:
                draft.number, draft.branch = read
        number = self._part.first("number")
        if number and (read := number_and_branch(self._cell(row, number))):
            draft.number, draft.branch = read
        self._program(draft, row)
        title = self._part.first("title")
        if title:
            draft.put("title", self._cell(row, title))
        if draft.number is None and number is None:
            _split_number(draft, "title" if title else "program")
        _drop_mark(draft, "title" if title else "program")
        self._placed.append(_Placed(draft, tuple(self._stack.open)))
        self._fill(draft, row)

    def _program(self, draft: Draft, row: Row) -> None:
        """The wider name is merged over the rows of its finer ones: a blank cell carries it on."""
        column = self._part.first("program")
        if column is None:
            return
        words_ = self._cell(row, column)
        if words_.strip():
            self._carried["program"] = words_
        draft.put("program", words_ if words_.strip() else self._carried.get("program", ""))

    def _continue(self, row: Row) -> None:
        """A row without a name: more of the row above, or one more indicator of it."""
        draft = next(p.thing for p in reversed(self._placed) if isinstance(p.thing, Draft))
        draft.see(row)
        if self._continue_open_texts(draft, row):
            return
        for column in (self._part.first("title"), self._part.first("program")):
            if column and self._cell(row, column).strip():
                draft.put(column.field, self._cell(row, column))
        self._fill(draft, row)

    def _continue_open_texts(self, draft: Draft, row: Row) -> bool:
        """Give the pieces of a cut row to the texts that are not at an end yet, where they do not stand under them.

        A page that cuts a row may drop the cells that were complete; then the pieces stand too far to the left.
        """
        columns = [c for c in self._part.columns if c.field in (*_TEXTS, "roles")]
        under = {c.index + self._shift for c in columns}
        pieces = [row.cell(i) for i in row.filled]
        unfinished = [c for c in columns if _unfinished(draft, c)]
        misplaced = [c for c in columns if self._cell(row, c).strip() and c not in unfinished]
        if not misplaced or len(pieces) != len(unfinished) or not set(row.filled) <= under | {min(under) - 1}:
            return False
        for column, piece in zip(unfinished, pieces, strict=True):
            if column.field == "roles":
                draft.put_role([n for w in column.who for n in self._parties.resolve(w)], piece)
            else:
                draft.put(column.field, piece)
        return True

    def _fill(self, draft: Draft, row: Row) -> None:
        for name in _TEXTS:
            for column in self._part.all(name):
                draft.put(name, self._cell(row, column))
        for column in self._part.columns:
            cell = self._cell(row, column)
            if cell.strip():
                self._fill_column(draft, column, cell)
        self._joint_roles(draft, row)
        cells = self._indicator_cells(row)
        if not cells.names.strip() and draft.indicators and (values(cells.target) or values(cells.actual)):
            cells = replace(cells, names=draft.indicators[-1].name)  # a name merged over the rows of its figures
        if cells.names.strip():
            draft.indicators += indicators_of(cells)
        self._years(draft, row)

    def _joint_roles(self, draft: Draft, row: Row) -> None:
        """A role cell merged over the columns of two parties is printed once, in the first: it is the role of both."""
        columns = [c for c in self._part.all("roles") if c.who]
        if not self._name(row) or len(columns) < 2 or len(row.filled) < 2:
            return
        for left, right in pairwise(columns):
            merged = self._cell(row, left)
            if (
                right.index == left.index + 1
                and merged.strip()
                and right.index + self._shift < len(row.cells)
                and not self._cell(row, right).strip()
            ):
                draft.put_role([n for w in right.who for n in self._parties.resolve(w)], merged)

    def _fill_column(self, draft: Draft, column: Column, cell: str) -> None:
        if column.field in ("roles", "party"):
            who = [n for w in column.who for n in self._parties.resolve(w)] if column.who else []
            if column.field == "party" and _is_mark(cell):
                return  # a circle says who takes part; a record has no place for that
            if column.field == "party" and looks_like_body(cell):
                draft.departments += departments_of(cell, self._parties, who[0] if who else None)
            elif who:
                draft.put_role(who, cell)
            elif not column.who:
                for names, text in roles_of(cell, self._parties):
                    draft.put_role(names, text)
        elif column.field == "departments":
            draft.departments += departments_of(cell, self._parties, column.who[0] if len(column.who) == 1 else None)

    def _years(self, draft: Draft, row: Row) -> None:
        columns = [c for c in self._part.columns if c.year is not None and c.field in ("year", "budget", "schedule")]
        cells = {c.year: self._cell(row, c) for c in columns if c.year is not None}
        if any(c.strip() for c in cells.values()):
            money = any(c.field == "budget" for c in columns) or all(is_amount(c) for c in cells.values() if c.strip())
            if money:
                read = Amounts([], {y: numbers.thousand_yen(c, self._unit) for y, c in cells.items()}, shifted=False)
                draft.budget.append(budget_row(read, None, None))
            else:
                item = schedule_row("", cells, sorted(cells))
                draft.schedule += [item] if item else []
        for column in self._part.all("budget"):
            year = (
                column.year
                if column.year is not None
                else fiscal_year(re.sub(r"(?:事業費|予算|決算)\w*|\(.*?\)", "", column.words))
            )
            cell = self._cell(row, column)
            if column.year is None and cell.strip() and is_amount(cell):
                unit = numbers.money_unit(column.words) or self._unit
                who = column.who[0] if column.who else None
                amounts = {str(year): numbers.thousand_yen(cell, unit)} if year is not None else {}
                draft.budget.append(
                    BudgetRow(label=None if amounts else clean(cell), municipality=who, amounts=amounts)
                )


def _split_number(draft: Draft, name: str) -> None:
    """Take a number that stands before the name in the same cell (1 産業観光の推進) off it."""
    pieces = draft.texts.get(name, [])
    match = re.match(rf"^\s*(\d{{1,3}}(?:-?[{CIRCLED}])?)[\s.．、]\s*(?=\D)(.+)$", nfkc(pieces[0])) if pieces else None
    read = number_and_branch(match[1]) if match else None
    if match and read:
        draft.number, draft.branch = read
        draft.texts[name] = [match[2], *pieces[1:]]


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
    return bool(pieces) and not re.search(r"[。.)」]\s*$", clean(pieces[-1]))


@lru_cache(maxsize=8192)
def _is_basic(cell: str) -> bool:
    """Tell whether a cell is the mark of an indicator of an area (【基本KPI】, also 基 本 KPI)."""
    return bool(BASIC.search(re.sub(r"\s+", "", clean(cell))))


def _is_mark(cell: str) -> bool:
    return clean(cell) in ("○", "◎", "●", "〇", "◯", "△", "-", "―", "×")


def _fit_of(column: Column, cell: str) -> float:
    """Say how well a cell suits a column, from what such cells hold."""
    kind = column.field
    if kind == "number":
        return 2.0 if number_and_branch(cell) else -1.0
    if kind == "departments":
        return 1.5 if looks_like_body(re.split(r"[\s、]", cell)[-1]) or looks_like_body(cell) else -0.5
    if kind == "rating":
        return 1.5 if all(RATING.match(v) or numbers.is_dash(v) for v in cell.split()) else -1.0
    if kind.endswith("_time"):
        return 0.8 if fiscal_year(cell) is not None else -0.3
    if kind in ("baseline", "target", "actual"):
        plain = numbers.is_dash(cell) or any(numbers.figure(v) for v in values(cell)) or len(cell) < 16
        return 0.8 if plain and (numbers.is_dash(cell) or not RATING.match(cell)) else 0.2 if plain else -0.8
    if column.year is not None:
        return 0.5 if is_amount(cell) or not re.search(r"[。]", cell) else -0.5
    if kind in ("title", "program", "indicator"):
        bad = (
            number_and_branch(cell)
            or RATING.match(cell)
            or _is_basic(cell)
            or bool(re.match(r"^[▲約]?[\d,.]+\s*(?:%|[^\d\s]{0,5})(?:\s*\(|$)", cell))
        )
        heading = areas.heading(cell).kind in ("lower", "paren-digit", "upper") and kind != "indicator"
        return -1.0 if bad else -0.8 if heading else -0.2 if cell.endswith("。") else 0.6
    if kind in (*_TEXTS, "roles"):
        return 0.4 if len(cell) > 12 else -0.2 if numbers.figure(cell) or RATING.match(cell) else 0.1
    if kind.startswith("area"):
        return 0.6 if areas.heading(cell).kind else 0.1
    return 0.0
