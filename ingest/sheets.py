"""Label tables: forms (個票, 事業調書) in which label cells stand beside, above or before the words that belong to them.

A sheet is read row by row: a label opens a field, cells without a label go on with the field that is open. So labels may
stand in any column, values may be cut by a page, and a row that lost its label is still understood by what it holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace

from ingest import areas, numbers
from ingest.blocks import Row
from ingest.indicators import RATING, Cells, inline, timed
from ingest.labels import SYMBOLS, Label, guessed, label, words
from ingest.parties import Parties, names_in
from ingest.projects import (
    GROUP,
    Amounts,
    Draft,
    budget_cells,
    budget_row,
    departments_of,
    indicators_of,
    inline_amounts,
    is_amount,
    number_and_branch,
    roles_of,
    schedule_row,
    year_columns,
)
from ingest.records import FindingKind
from ingest.text import CIRCLED, clean, key
from ingest.years import YEAR

_UNIT_NOTE = re.compile(r"[(（]\s*単位\s*[:：]\s*([^()（）]+)[)）]")
_UNIT_ALONE = re.compile(r"\((?:単位:)?(?:[十百千万億]*円)\)")
_AREAS = {"area1": 1, "area2": 2, "area3": 3}
_FIGURES = ("baseline", "target", "actual", "rating")
# Labels that open a sheet when they come again.
_OPENING = ("area1", "area2", "number", "program", "title")
_TEXTS = ("program", "title", "overview", "purpose", "cost_sharing", "progress")
# Labels that say what a project is about: a form has some of them.
_DESCRIBING = {"overview", "purpose", "roles", "departments", "budget", "schedule", "cost_sharing"}
# Labels that, several in one row, head the columns of a list instead.
_COLUMN_HEADS = ("title", "program", "overview", "roles", "departments")


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about the form itself that a reader should know; it becomes a finding."""

    kind: FindingKind
    where: str
    says: str
    line: int


@dataclass
class Sheet:
    """A form with the draft read from it, the labels in the order in which they stood, and what was odd."""

    draft: Draft = field(default_factory=Draft)
    labels: list[tuple[str, str, int]] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Tell whether a field was labelled already."""
        return any(field_name == name for field_name, _, _ in self.labels)


@dataclass
class _Segment:
    label: Label | None
    column: int
    cells: list[tuple[int, str]]


_NUMBERED_NAME = re.compile(r"(?:連携)?(?:事業|取組|項目|施策)(?:No\.?)?\s?(?P<number>\d{1,3})", re.IGNORECASE)
_HOLDER = re.compile(r"\S{0,6}(?:中枢都市|中心市|市町村|市町|町村|各市|各町|圏域|協議会|事務局|組合|連合)")
_PARTY = re.compile(rf"[{SYMBOLS}]|\S{{1,9}}[市町村区]|\S{{0,6}}(?:市町村|市町|町村)")


def _label_at(row: Row, i: int) -> Label | None:
    """Return what a cell says as a label, in its row: 役割 before the name of a party is its role, else an area."""
    found = label(row.cell(i))
    numbered = _NUMBERED_NAME.fullmatch(clean(row.cell(i))) if found is None and i == row.filled[0] else None
    if numbered and len(row.filled) > 1:
        return Label("title", numbered[0])
    if found and found.field == "area1" and key(found.words) == key("役割"):
        following = next((clean(row.cell(j)) for j in row.filled if j > i), "")
        if _PARTY.fullmatch(following):
            return Label("roles", found.words)
    if found and found.field == "subsidy" and i > 0 and key(found.words) == key("補助金"):
        amounts = sum(is_amount(row.cell(j)) for j in row.filled if j > i)
        before = label(row.cell(row.filled[0])) if i > row.filled[0] else None
        if amounts > 1 and (before is None or before.field == "budget"):  # a kind of cost, not what pays it
            return None
    return found


def _segments(row: Row, opened: Label | None) -> list[_Segment]:
    """Cut a row at its labels; what stands before the first one goes on with the open field."""
    segments: list[_Segment] = []
    for i in row.filled:
        cell = row.cell(i)
        found = _label_at(row, i)
        if found and found.field == "participants" and _heads_role(row, i, segments[-1].label if segments else opened):
            found = None
        if found and _is_value(cell, segments):
            found = None
        if found:
            segments.append(_Segment(found, i, []))
        elif segments:
            segments[-1].cells.append((i, cell))
        else:
            segments.append(_Segment(None, i, [(i, cell)]))
    return segments


def _told(segment: _Segment) -> _Segment:
    """See 実績 and its like as what was done, where sentences stand behind them and no figures."""
    words_ = " ".join(cell for _, cell in segment.cells)
    if segment.label and segment.label.field in ("actual", "rating") and re.search(r"[。]|[ぁ-ん]{4}", words_):
        return _Segment(Label("progress", segment.label.words), segment.column, segment.cells)
    return segment


def _heads_role(row: Row, i: int, opened: Label | None) -> bool:
    """Tell whether 関係市町 and its like head a role, inside of roles, rather than a list of who takes part."""
    following = next((row.cell(j) for j in row.filled if j > i), "")
    return bool(opened and opened.field == "roles" and following and not names_in(following))


def _is_value(cell: str, segments: Sequence[_Segment]) -> bool:
    """Tell a value that happens to be a label word from a label: in a table of parties 甲 heads a role, it names none."""
    opened = segments[-1].label if segments else None
    return bool(
        opened
        and opened.field in ("title", "program")
        and not segments[-1].cells
        and key(cell) in ("計画", "事業", "調整", "内容")
    )


@lru_cache(maxsize=8192)
def _fields_of(row: Row) -> tuple[str, ...]:
    return tuple(found.field for i in row.filled if (found := _label_at(row, i)))


def _heads_columns(row: Row) -> bool:
    """Tell whether a row heads the columns of a list: a name and others, all of them labels."""
    fields = _fields_of(row)
    named = any(name in ("title", "program") for name in fields)
    return (
        named and len(fields) >= 3 and (len(fields) == len(row.filled) or sum(n in _COLUMN_HEADS for n in fields) >= 3)
    )


def is_label_table(rows: Sequence[Row], *, named: bool = False) -> bool:
    """Tell whether rows are a form: most begin with a label, a name and texts are labelled (``named``: a heading names it)."""
    by_row = [_fields_of(row) for row in rows]
    fields = {name for row in by_row for name in row}
    if any(_heads_columns(row) for row in rows[:3]):
        return False
    labelled = sum(any(label(c) for c in row.cells[:4] if c.strip()) for row in rows)
    has_name = bool({"title", "program"} & fields) or (named and len(fields) >= 3)
    described = sum(name in _DESCRIBING for row in by_row for name in row)
    return has_name and described >= 2 and labelled >= max(3, len(rows) // 3)


def title_row(rows: Sequence[Row], at: int = 0) -> bool:
    """Tell whether a row is the name of a form: words alone over all columns, above rows that begin with labels."""
    row = rows[at]
    following = rows[at + 1 : at + 3]
    alone = row.filled == (0,) and len(row.cells) > 1 and not _label_at(row, 0)
    words_ = clean(row.cell(row.filled[0])) if alone else ""
    return (
        2 <= len(words_) <= 40
        and "。" not in words_
        and len(following) == 2
        and all(r.filled and (found := _label_at(r, r.filled[0])) and found.field not in _OPENING for r in following)
    )


def split_sheets(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut the rows of a label table into forms: a form ends where its first opening label comes again."""
    current: list[Row] = []
    seen: set[str] = set()
    first: str | None = None
    for at, row in enumerate(rows):
        if current and title_row(rows, at) and seen & _DESCRIBING:
            yield current
            current, seen, first = [], set(), None
        fields = _fields_of(row)
        opening = next((f for f in fields if f in _OPENING), None)
        if current and opening in ("program", "title") and seen & _DESCRIBING and not seen & set(_OPENING):
            # What stands before the name of the first form is of no form.
            current, seen = [], set()
        if current and opening and opening == first and seen & _DESCRIBING:
            yield current
            current, seen, first = [], set(), None
        first = first or opening
        seen.update(fields)
        current.append(row)
    if current:
        yield current


class SheetReader:
    """Reads one form; ``parties`` resolve the municipalities that its cells name."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._sheet = Sheet()
        self._open: Label | None = None
        self._years: dict[int, int] = {}
        self._who: list[str] = []
        self._unit = "千円"
        self._budget_label: str | None = None
        self._figures: dict[int, Label] = {}
        self._slot = ""
        self._unit_noted = "千円"
        self._members: list[str] = []
        self._owners: dict[int, str] = {}
        self._rating = ""
        self._columns: dict[int, Label] = {}
        self._labelled: tuple[dict[str, str], dict[str, str | None], int] | None = None
        self._label_columns: list[int] = []

    def read(self, rows: Sequence[Row]) -> Sheet:
        """Read the rows of one form."""
        for row in rows:
            self._sheet.draft.see(row)
            self._row(row)
        self._repair_title()
        self._repair_area()
        self._share_rating()
        return self._sheet

    def _repair_area(self) -> None:
        """A wider name that bears a mark (施策 | B 観光) beside a name of its own is an area."""
        draft = self._sheet.draft
        item = areas.heading(draft.text("program") or "")
        if (
            draft.text("title")
            and item.label
            and item.kind in ("upper", "lower", "kana", "roman", "paren-digit", "kanji")
        ):
            draft.area = (*draft.area, item)
            del draft.texts["program"]

    def _share_rating(self) -> None:
        """Give a rating that a form prints once to each of its indicators."""
        rating, listed = clean(self._rating), self._sheet.draft.indicators
        if RATING.match(rating) and not any(one.rating for one in listed):
            shared = len(listed) > 1
            self._sheet.draft.indicators = [replace(one, rating=rating, shared=shared) for one in listed]

    def _row(self, row: Row) -> None:
        segments = [_told(s) for s in self._segments_of(row)]
        if self._reads_figures(segments) or self._reads_columns(segments, row):
            return
        columns = year_columns(row)
        if len(columns) >= 2:
            self._heading(segments, columns)
            return
        self._label_columns += [s.column for s in segments[:1] if s.label]
        if self._is_unknown_label(segments):
            segments = self._with_guess(segments[0])
        for segment in segments:
            if segment.label:
                self._begin(segment, row)
            self._continue(segment, row)

    def _segments_of(self, row: Row) -> list[_Segment]:
        """Cut a row at its labels, and note the unit of money that it names."""
        segments = _segments(row, self._open)
        alone = next((s for s in segments if s.cells and _UNIT_ALONE.fullmatch(clean(s.cells[0][1]))), None)
        if alone:  # the second line of a label: 事業費 over (千円)
            self._unit = numbers.money_unit(alone.cells[0][1]) or self._unit
            del alone.cells[0]
        noted = next((m for cell in row.cells if (m := _UNIT_NOTE.search(cell))), None)
        if noted:
            self._unit = self._unit_noted = numbers.money_unit(noted[1]) or self._unit_noted
        return segments

    def _reads_figures(self, segments: Sequence[_Segment]) -> bool:
        """Read a row that heads a small table of figures, or holds figures behind their labels."""
        heads = [s.label for s in segments if s.label and s.label.field in ("indicator", *_FIGURES)]
        if len(segments) == 1 and heads and heads[0].field == "rating" and segments[0].cells:
            self._rating = " ".join(cell for _, cell in segments[0].cells)
            return True
        if any(s.cells for s in segments if s.label and s.label.field in _FIGURES):
            self._labelled_figures(segments)
            return True
        if len(heads) < 2:
            return False
        fields = ("indicator", "unit", "schedule_item", *_FIGURES)
        self._figures = {s.column: s.label for s in segments if s.label and s.label.field in fields}
        self._open = heads[0]
        return True

    def _reads_columns(self, segments: Sequence[_Segment], row: Row) -> bool:
        """Read labels of texts side by side, and the row of texts below them: 概略 | 目指す姿."""
        heads = [s.label for s in segments if s.label and s.label.field in (*_TEXTS, "roles")]
        if len(heads) >= 2 and len(heads) == len(segments) and not any(s.cells for s in segments):
            self._columns = {s.column: s.label for s in segments if s.label}
            for found in heads:
                self._note(found, row.first)
            return True
        if not self._columns or any(s.label for s in segments):
            self._columns = {}
            return False
        for i in row.filled:
            under = max((c for c in self._columns if c <= i), default=min(self._columns))
            self._open, self._slot = self._columns[under], self._columns[under].field
            self._continue(_Segment(None, i, [(i, row.cell(i))]), row)
        return True

    def _labelled_figures(self, segments: Sequence[_Segment]) -> None:
        """Read a row in which each figure stands behind its label: 指標 | … | 現状値(R3) | 31人 | 目標値(R9) | 180人."""
        words_ = {"indicator": ""}
        time: dict[str, str | None] = {}
        for segment in segments:
            field = segment.label.field if segment.label else self._open.field if self._open else ""
            words_.setdefault(field, " ".join(cell for _, cell in segment.cells))
            words_[field] = words_[field] or " ".join(cell for _, cell in segment.cells)
            time[field] = heading_time(segment.label.words) if segment.label else None
            if (
                field == "actual"
                and "baseline" not in words_
                and key(segment.label.words if segment.label else "").startswith("現")
            ):
                words_["baseline"], time["baseline"] = words_.pop(field), time.pop(field)  # 現在値 beside a target
            if segment.label and segment.label.field == "indicator":
                self._open = segment.label
        draft = self._sheet.draft
        if not words_["indicator"] and self._labelled:  # more figures of the indicator in the row above
            words_ = {**self._labelled[0], **{name: said for name, said in words_.items() if said}}
            time = {**self._labelled[1], **time}
            draft.indicators = draft.indicators[: self._labelled[2]]
        self._labelled = (words_, time, len(draft.indicators))
        figures = [words_.get(name, "") for name in ("indicator", *_FIGURES)]
        times = [time.get(name) for name in ("baseline", "target", "actual")]
        draft.indicators += indicators_of(Cells(*figures, *times))

    def _with_guess(self, segment: _Segment) -> list[_Segment]:
        """See a first cell as the label that it most likely is; what no field is for is a remark."""
        (column, words_), *values = segment.cells
        found = guessed(words_)
        known = found if found and found.field not in ("title", "program", "number") else Label("remarks", words_)
        return [_Segment(known, column, values)]

    def _is_unknown_label(self, segments: Sequence[_Segment]) -> bool:
        """Tell whether a row begins with a label that is not known: short words where labels stand, and a value beside."""
        first = segments[0] if segments else None
        if first is None or first.label or len(first.cells) < 2 or self._label_columns.count(first.column) < 3:
            return False
        words_ = clean(first.cells[0][1])
        named = (
            self._parties.resolve(words_) or number_and_branch(words_) or numbers.is_dash(words_) or words_ in CIRCLED
        )
        amounts = sum(is_amount(cell) for _, cell in first.cells[1:])
        in_table = self._open and self._open.field in ("schedule", "schedule_item", "indicator", *_FIGURES)
        money = self._open and self._open.field == "budget" and amounts > 1
        remark = (found := guessed(words_)) is not None and found.field == "remarks"
        return (
            not named
            and len(words_) <= 24
            and "。" not in words_
            and not money
            and (remark or not (in_table or self._figures))
        )

    def _heading(self, segments: Sequence[_Segment], columns: dict[int, int]) -> None:
        """A row of fiscal years heads the schedule or the budget that its label, or the open field, names."""
        self._years = columns
        first = segments[0]
        if first.label is None and first.column in self._label_columns and first.cells:
            found = guessed(first.cells[0][1])
            self._open = found if found and found.field in ("schedule", "budget") else Label("schedule", "")
        for segment in segments:
            if segment.label and segment.label.field in ("schedule", "budget"):
                self._note(segment.label, 0)
                self._open = segment.label
            if segment.label and segment.label.field == "budget":
                self._unit, self._budget_label = numbers.money_unit(segment.label.words) or self._unit_noted, None
        if self._open is None or self._open.field not in ("schedule", "budget"):
            self._open = Label("schedule", "")

    def _note(self, found: Label, line: int) -> None:
        self._sheet.labels.append((found.field, found.words, line))

    def _begin(self, segment: _Segment, row: Row) -> None:
        found = segment.label
        assert found is not None  # noqa: S101  narrowed by the caller
        if found.field == "schedule_item" and self._open and self._open.field == "schedule":
            return
        numbered = _NUMBERED_NAME.fullmatch(found.words)
        if numbered and self._sheet.draft.number is None:
            self._sheet.draft.number = numbered["number"]
        self._note(found, row.first)
        self._open, self._who = found, self._parties.resolve(found.who) if found.who else []
        # A label that stands twice in one form: one of the two may be printed where another belongs.
        again = sum(name == found.field for name, _, _ in self._sheet.labels) > 1
        self._slot = f"{found.field}~2" if again else found.field
        if found.field == "budget":
            again = sum(name == "budget" for name, _, _ in self._sheet.labels) > 1 and bool(self._years)
            self._unit = numbers.money_unit(found.words) or (self._unit if again else self._unit_noted)
            self._budget_label = found.words if again else None
        self._figures = {}

    def _continue(self, segment: _Segment, row: Row) -> None:
        cells = segment.cells if segment.label else self._without_marks(segment.cells)
        if not cells or self._open is None:
            return
        name = self._open.field
        if self._figures:
            self._indicator_row(row)
        elif name in _AREAS:
            self._area(_AREAS[name], " ".join(c for _, c in cells))
        elif name in ("schedule", "schedule_item"):
            self._schedule_row(row, cells)
        elif name == "budget":
            self._budget_row(row, cells[0][0], segment.column if segment.label else None)
        elif name in _TEXTS:
            for _, cell in cells:
                self._sheet.draft.put(self._slot, cell)
        else:
            self._names(name, cells)

    def _names(self, name: str, cells: Sequence[tuple[int, str]]) -> None:
        """Cells that name things: numbers, municipalities with their roles, bodies, indicators."""
        draft, words_ = self._sheet.draft, " ".join(c for _, c in cells)
        if name == "number":
            self._number(cells)
        elif name == "roles":
            self._roles(cells)
        elif name == "departments":
            self._departments(cells)
        elif name == "indicator":
            draft.indicators += indicators_of(timed([c for _, c in cells]) or inline(words_) or Cells(words_))
        elif name == "participants":
            named = [n for _, cell in cells for n in names_in(cell)] or [
                n for _, cell in cells for n in self._parties.resolve(cell)
            ]
            self._members += [n for n in named if n not in self._members]

    def _departments(self, cells: Sequence[tuple[int, str]]) -> None:
        """Read bodies in charge; under a row of municipalities each body is that of the name above it."""
        owners = {i: who[0] for i, cell in cells if len(who := self._parties.resolve(cell)) == 1}
        if len(owners) == len(cells) > 1:
            self._owners = owners
            return
        if self._owners and all(i in self._owners for i, _ in cells):
            for i, cell in cells:
                self._sheet.draft.departments += departments_of(cell, self._parties, self._owners[i])
            return
        words_, owner = " ".join(cell for _, cell in cells), self._who[0] if len(self._who) == 1 else None
        self._sheet.draft.departments += departments_of(words_, self._parties, owner)

    def _without_marks(self, cells: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Take the branch mark and the lone dash of the row of the name out of what goes on."""
        kept = []
        for i, cell in cells:
            plain = clean(cell)
            if (
                len(plain) == 1
                and plain in CIRCLED
                and self._open
                and self._open.field not in ("schedule", "budget", "roles")
            ):
                self._sheet.draft.branch = plain
            elif (
                numbers.is_dash(plain)
                and self._open
                and self._open.field in ("number", "program", "title", "area2", "area1")
            ):
                continue
            else:
                kept.append((i, cell))
        return kept

    def _number(self, cells: Sequence[tuple[int, str]]) -> None:
        draft = self._sheet.draft
        for _, cell in cells:
            read = number_and_branch(cell)
            if read and draft.number is None:
                draft.number, branch = read
                draft.branch = branch or draft.branch
            elif clean(cell) in CIRCLED and clean(cell):
                draft.branch = clean(cell)

    def _area(self, level: int, text: str) -> None:
        draft = self._sheet.draft
        levels = areas.chain(text)
        kept = draft.area[: level - 1] if level > 1 and len(draft.area) >= level - 1 else draft.area
        draft.area = (*kept, *levels) if level > 1 else tuple(levels)

    def _roles(self, cells: Sequence[tuple[int, str]]) -> None:
        draft = self._sheet.draft
        for n, (_, cell) in enumerate(cells):
            who = self._parties.resolve(cell) if len(cell) <= 40 else []
            if GROUP.fullmatch(clean(cell)) and n + 1 < len(cells):
                who = self._others() or who or [clean(cell)]
            elif not who and n + 1 < len(cells) and _HOLDER.fullmatch(clean(cell)):
                who = [clean(cell)]
            if who:
                self._who = who
            elif self._who:
                draft.put_role(self._who, cell)
            else:
                for names, part in roles_of(cell, self._parties, self._others()):
                    draft.put_role(names, part)

    def _others(self) -> list[str]:
        """Return those whom 関係市町 and its like mean: who takes part and has no role of its own yet."""
        return [n for n in self._members or self._parties.names if n not in self._sheet.draft.roles]

    def _schedule_row(self, row: Row, cells: Sequence[tuple[int, str]]) -> None:
        draft = self._sheet.draft
        if not self._years:
            item = schedule_row(" ".join(c for _, c in cells), {}, ())
            draft.schedule += [item] if item else []
            return
        texts = [(i, c) for i, c in cells if i not in self._years]
        marks = {self._years[i]: c for i, c in cells if i in self._years}
        if (
            self._sheet.draft.schedule
            and not self._sheet.has("budget")
            and len(marks) == len(self._years)
            and all(is_amount(c) for c in marks.values())
            and not texts
        ):
            self._lost_budget_label(row)
            return
        item = schedule_row(" ".join(c for _, c in texts), marks, sorted(self._years.values()))
        draft.schedule += [item] if item else []

    def _lost_budget_label(self, row: Row) -> None:
        """A row of amounts under the schedule whose label is not printed is the budget."""
        self._sheet.oddities.append(Oddity("missing", "事業費", "金額の行に見出しがない", row.first))
        self._sheet.labels.append(("budget", "", row.first))
        self._add_budget(row, budget_cells(row, 0, self._years, self._unit))

    def _budget_row(self, row: Row, start: int, label_at: int | None) -> None:
        inline = inline_amounts(" ".join(row.cells[start:]), self._unit) if not self._years else {}
        if inline:
            self._sheet.draft.budget.append(budget_row(Amounts([], inline, shifted=False), None, self._budget_label))
            return
        if not self._years and not any(is_amount(c) for c in row.cells[start:] if c.strip()):
            return
        read = budget_cells(row, start, self._years, self._unit, label_at)
        if any(key(word) in words("totals") for word in read.words[:1]) or read.amounts or read.words:
            self._add_budget(row, read)

    def _add_budget(self, row: Row, read: Amounts) -> None:
        if read.shifted and len(row.filled) < len(self._years) + 2:
            self._sheet.oddities.append(Oddity("mismatch", "事業費", "金額の欄が年度の欄とずれている", row.first))
        municipality = None
        label_words = []
        for word in read.words:
            who = self._parties.resolve(word)
            if len(who) == 1 and municipality is None:
                municipality = who[0]
            else:
                label_words.append(word)
        if label_words:
            self._budget_label = " ".join(label_words)
        if read.amounts:
            self._sheet.draft.budget.append(budget_row(read, municipality, self._budget_label))

    def _indicator_row(self, row: Row) -> None:
        # The column of the names is the last that says so: 数値目標 | 項目 | 現状(R5) | 目標(R9).
        cell = {
            "indicator" if found.field == "schedule_item" else found.field: row.cell(column)
            for column, found in sorted(self._figures.items())
        }
        time = {found.field: heading_time(found.words) for found in self._figures.values()}
        self._sheet.draft.indicators += indicators_of(
            Cells(
                names=cell.get("indicator", ""),
                baseline=cell.get("baseline", ""),
                target=cell.get("target", ""),
                actual=cell.get("actual", ""),
                rating=cell.get("rating", ""),
                baseline_time=time.get("baseline"),
                target_time=time.get("target"),
                actual_time=time.get("actual"),
                unit=clean(cell.get("unit", "")) or None,
            )
        )

    def _repair_title(self) -> None:
        """Put a doubled label right: where the name is missing, the first of two texts under one label is the name."""
        draft = self._sheet.draft
        for name in ("overview", "purpose"):
            second = draft.texts.pop(f"{name}~2", None)
            if second is None:
                continue
            lines = [(w, n) for f, w, n in self._sheet.labels if f == name]
            if "title" not in draft.texts and draft.texts.get(name):
                draft.texts["title"] = draft.texts[name]
                draft.texts[name] = second
                self._sheet.oddities.append(Oddity("label", "連携項目", lines[0][0], lines[0][1]))
            else:
                draft.texts.setdefault(name, []).extend(second)
        self._order_names()
        for name in [n for n in draft.texts if n.endswith("~2")]:
            draft.texts.setdefault(name[:-2], []).extend(draft.texts.pop(name))

    def _order_names(self) -> None:
        """Tell two names of one kind apart (施策 over 事業名): the upper is the wider; above a finer name it is an area."""
        draft = self._sheet.draft
        for name, finer in (("program", "title"), ("title", "program")):
            named = {key(words_) for field_name, words_, _ in self._sheet.labels if field_name == name}
            second = draft.texts.get(f"{name}~2")
            if second is None or len(named) < 2 or not draft.texts.get(name):
                continue
            if name == "program" and draft.texts.get(finer):
                draft.area = (*draft.area, *areas.chain(" ".join(draft.texts[name])))
                draft.texts[name] = draft.texts.pop(f"{name}~2")
            elif not draft.texts.get(finer):
                draft.texts["program"], draft.texts["title"] = draft.texts[name], draft.texts.pop(f"{name}~2")


def heading_time(words_: str) -> str | None:
    """Return the time that a column's heading names in parentheses or alone: 基準値(R1) → R1, 令和10年度目標値 → 令和10年度."""
    inside = re.search(r"\(([^()]*)\)", words_)
    if inside and YEAR.search(inside[1]):
        return inside[1].strip()
    found = re.search(rf"(?:{YEAR.pattern})\s*年?度?末?", words_)
    return found[0].strip() if found else None
