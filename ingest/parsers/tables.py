"""The tables of a plan or a report, each read by its form: forms of labels, lists of projects, figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from ingest import areas, numbers
from ingest.annex import has_label_column, named_rows
from ingest.blocks import Heading, Paragraph, Row, Table
from ingest.column_meanings import Part
from ingest.document import Document
from ingest.guideline import national_area
from ingest.label_lines import NUMBER, NUMBERED, form_number, lines_as_rows, name_lines, names_form, opens_form
from ingest.labels import label
from ingest.metadata import reported_year
from ingest.parsers.areas_above import FORM, AreasAbove, area_line, is_chapter
from ingest.parsers.traits import is_called_report
from ingest.projects import Draft, number_and_branch
from ingest.rows.basics import BasicIndicator, is_basic
from ingest.rows.reader import RowReader
from ingest.sheets.forms import is_label_table, split_sheets, title_row
from ingest.sheets.reader import SheetReader
from ingest.sheets.sheet import Oddity
from ingest.statistics import TableReader
from ingest.text import key

_NUMBER_AND_NAME = re.compile(rf"{NUMBER}[\s.:、]\s*(?P<name>\D.*)$")
_AHEAD = 60
_DESCRIBED = ("overview", "roles", "budget", "progress", "purpose", "target")


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a form that stands above it, with its line."""

    item: areas.Heading
    line: int


@dataclass
class Contents:
    """What is read from a plan before it becomes records."""

    sheets: list[Draft] = field(default_factory=list)
    oddities: list[tuple[Draft, Oddity]] = field(default_factory=list)
    listed: list[Draft] = field(default_factory=list)
    scheme: list[Draft] = field(default_factory=list)
    basics: list[BasicIndicator] = field(default_factory=list)


def read_tables(document: Document, statistics: TableReader) -> Contents:
    """Read every table by its form; runs of text that hold label lines are forms too."""
    return _TableWalk(document, statistics).read()


class _TableWalk:
    """Walks the blocks of a document; ``above`` holds the areas that headings opened for forms that name none."""

    def __init__(self, document: Document, statistics: TableReader) -> None:
        self._document, self._statistics = document, statistics
        self._contents = Contents()
        self._above = AreasAbove(document)
        self._part: Part | None = None
        self._form: SheetReader | None = None
        self._open = areas.AreaStack()
        self._open_above: tuple[areas.Heading, ...] = ()
        reported = reported_year(document) if is_called_report(document) else None
        self._year = reported.from_fy if reported and reported.from_fy == reported.to_fy else None

    def read(self) -> Contents:
        run: list[Paragraph] = []
        above: Heading | None = None
        for block in self._document.blocks:
            if not isinstance(block, Heading):
                self._above.pass_text()
            if isinstance(block, Paragraph):
                run.append(block)
                continue
            self._flush(run, above, before_table=isinstance(block, Table))
            run, above = [], block if isinstance(block, Heading) else None
            if isinstance(block, Table):
                self._table(block)
            else:
                self._above.enter_heading(block)
                self._form = None
        self._flush(run, above)
        return self._contents

    def _flush(self, run: Sequence[Paragraph], above: Heading | None, *, before_table: bool = False) -> None:
        """Read a run of text: marked lines open areas, label lines between them make forms."""
        rows = lines_as_rows(list(run))
        names = name_lines(rows)
        titled = _as_name(above) if above else None
        named = bool(titled or names) or any(area_line(p.words) for p in run)
        forms = len(rows) >= 3 and is_label_table(rows, named=named)
        by_label = any(names_form(p.words, q.words if q else "") for p, q in zip_longest(run, run[1:]) if p)
        pending: list[Row] = []
        for at, (paragraph, row) in enumerate(zip(run, rows, strict=True)):
            found = label(row.cells[0]) if row.cells[0] and row.cells[1] and not pending else None
            if found and found.field.startswith("area") and not forms:
                self._above.enter_named(int(found.field[-1]), row.cells[1])
            elif at in names:
                self._forms(pending, titled)
                pending, titled = [], _as_name(paragraph)
            elif by_label and pending and not row.cells[0] and not opens_form(rows[at + 1 : at + 1 + _AHEAD]):
                pending.append(row)  # an item that a text of the form lists
            elif not row.cells[0] and (item := area_line(paragraph.words)):
                self._forms(pending, titled)
                pending, titled = [], _Name(item, paragraph.line.number)
                self._above.enter_line(paragraph.words)
            elif not row.cells[0] and (chapter := _chapter_of_forms(paragraph.words)):
                self._forms(pending, titled)
                pending, titled = [], None
                self._above.enter(chapter)
            elif (
                not row.cells[0]
                and (national := national_area(paragraph.words))
                and _is_above_form(rows[at + 1 :], before_table=before_table)
            ):
                self._forms(pending, titled)
                pending, titled = [], None
                self._above.enter(national)
            elif forms and (row.cells[0] or pending):
                pending.append(row)
        self._forms(pending, titled)

    def _forms(self, rows: Sequence[Row], titled: _Name | None) -> None:
        """Read label lines as forms; the marked line above them names the form where no label does."""
        if rows and is_label_table(rows, named=titled is not None):
            self._sheets(rows, titled)

    def _table(self, table: Table) -> None:
        titled = _name_above(table)
        headed = any(title_row(table.rows, at) for at in range(len(table.rows)))
        if is_label_table(table.rows, named=titled is not None or headed):
            self._sheets([*_number_above(table), *table.rows], titled)
            return
        own = self._document.parts(table)
        found = own or self._going_on(table)
        if not found:
            self._statistics.read(table)
            return
        self._part = found[-1]
        if has_label_column(found):
            stack = self._stack_above(table, found[0])
            self._contents.listed += named_rows(table.rows, self._document.parties, stack, areas.AreaRegister())
            return
        above = self._above.areas(None)
        goes_on = not own and above == self._open_above  # nothing but a page, or a line it cut off, parts the two
        self._open = areas.AreaStack(list(self._open.open)) if goes_on else self._stack_above(table, found[0])
        self._open_above = above
        form, self._form = (self._form if _is_of_form(table, found) else None), None
        reader = RowReader(self._document.parties, self._open, _unit_above(table), self._year)
        for part in found:
            reader.read(part)
        described = any(c.field in _DESCRIBED or c.year for part in found for c in part.columns)
        drafts, basics = reader.drafts(), reader.basics()
        (self._contents.listed if described else self._contents.scheme).extend(drafts)
        if form and not drafts:  # a form and, under the same heading, the table of its indicators
            for basic in basics:
                form.add_indicators(basic.cells, basic.row)
            self._form = form
        else:
            self._contents.basics += basics

    def _going_on(self, table: Table) -> Sequence[Part]:
        """See rows without a heading of their own under the heading of the table before: lines of areas stand between."""
        part = self._part
        if part is None or not part.first("number") or table.width < 0.6 * len(part.columns):
            return []
        number = part.first("number")
        numbered = [row for row in table.rows if number and number_and_branch(row.cell(number.index))]
        fits = 2 * len(numbered) >= len(table.rows)
        return [Part(part.columns, list(table.rows), part.heading)] if fits else []

    def _stack_above(self, table: Table, part: Part) -> areas.AreaStack:
        """Open the areas that the headings above a table name, unless the table has a column for them."""
        if part.first("area1"):
            return areas.AreaStack()
        above = self._above.areas(None)
        if above or self._document.heads_sheets:
            return areas.AreaStack(list(above))
        stack = areas.AreaStack()
        for text in [p.words for p in table.before[-2:]] or [h.words for h in table.headings[-1:]]:
            item = areas.heading(text)
            named = 0 < len(item.label) <= 40 and not re.search(r"。|[:：]", text) and not is_chapter(item.label)
            if item.kind and named:
                stack.enter(item)
        return stack

    def _sheets(self, rows: Sequence[Row], titled: _Name | None = None) -> None:
        for form in split_sheets(rows):
            named = title_row(form)
            reader = SheetReader(self._document.parties, self._above.year() or self._year)
            sheet = reader.read(form[named:])
            if named and not sheet.draft.is_project():
                sheet.draft.see(form[0])
                sheet.draft.put("title", form[0].cell(form[0].filled[0]))
            if titled and not sheet.draft.is_project():
                _name(sheet.draft, titled)
            if not sheet.draft.is_project():
                continue
            if sheet.draft.number is None:
                sheet.draft.split_number("title" if sheet.draft.text("title") else "program")
            above_it = titled.item.label if titled and _numbered_above(sheet.draft, titled) else None
            if not sheet.has("area1"):
                name = sheet.draft.text("title") or sheet.draft.text("program")
                own = sheet.draft.area
                printed = titled.item.label if titled and titled.line in sheet.draft.lines else None
                above = [h for h in self._above.areas(name) if h.label not in (printed, above_it)]
                sheet.draft.area = (*(h for h in above if h.label not in {o.label for o in own}), *own)
            self._contents.sheets.append(sheet.draft)
            self._form = reader
            self._contents.oddities += [(sheet.draft, oddity) for oddity in sheet.oddities]


def _chapter_of_forms(words: str) -> areas.Heading | None:
    """Return a marked line that heads the forms of a document (4 個票) and so ends the areas of the chapter before."""
    item = areas.heading(words)
    return (
        item
        if item.kind not in (None, "bullet", "bracket") and FORM.search(item.label) and is_chapter(item.label)
        else None
    )


def _is_of_form(table: Table, parts: Sequence[Part]) -> bool:
    """Tell whether a table may hold the indicators of the form above: no more than a caption between, no areas, no 基本KPI."""
    heads = [cell for part in parts for row in part.heading for cell in row.cells]
    own = any(column.field.startswith("area") for part in parts for column in part.columns)
    return len(table.before) <= 1 and not own and not any(map(is_basic, [*heads, *(p.words for p in table.before)]))


def _is_above_form(rows: Sequence[Row], *, before_table: bool) -> bool:
    """Tell whether a form begins below a line, with nothing between but lines that name areas as the guidelines do."""
    below = next((row for row in rows if row.cells[0] or not national_area(row.cells[1])), None)
    return bool(below.cells[0]) if below else before_table


def _name(draft: Draft, titled: _Name) -> None:
    """Take the line above a form as the name that no label in it gives."""
    draft.put("title", titled.item.label)
    draft.lines.add(titled.line)
    _take_number(draft)
    if draft.number is None and titled.item.kind == "digit":
        draft.number, draft.branch = number_and_branch(titled.item.notation or "") or (None, None)
    elif draft.number is None and draft.branch is None and titled.item.kind == "circled":
        draft.branch = titled.item.notation


def _take_number(draft: Draft) -> None:
    """Take a number off the name above a form: 事業2 サイクルルートの整備, 個票No.3:図書館の連携."""
    numbered = _numbered(draft.text("title") or "", NUMBERED)
    if numbered and draft.number is None:
        (draft.number, draft.branch), name = numbered
        draft.texts["title"] = [name]


def _numbered_above(draft: Draft, titled: _Name) -> bool:
    """Take the number of a heading that is a number and the name of the form below it: 1-① 合同商談会の開催."""
    words = f"{titled.item.notation or ''} {titled.item.label}".strip()
    numbered = _numbered(words, _NUMBER_AND_NAME, NUMBERED)
    if not numbered or key(numbered[1]) != key(draft.text("title") or draft.text("program") or ""):
        return False
    if draft.number is None:
        draft.number, branch = numbered[0]
        draft.branch = draft.branch or branch
    return True


def _numbered(words: str, *patterns: re.Pattern[str]) -> tuple[tuple[str, str | None], str] | None:
    """Read words by the first of some patterns that they match, as number and branch, and the name behind them."""
    match = next((found for pattern in patterns if (found := pattern.match(words))), None)
    read = number_and_branch(match["number"]) if match else None
    return (read, match["name"]) if match and read else None


def _unit_above(table: Table) -> str | None:
    """Return the unit of money that a note right above a table names ((単位:百万円))."""
    noted = (numbers.money_unit(p.words) for p in table.before[-2:] if "単位" in p.words)
    return next((unit for unit in noted if unit), None)


def _number_above(table: Table) -> list[Row]:
    """Return what stands right above a form and only numbers it (個票1) as a row of the form."""
    above = table.before[-1] if table.before else table.headings[-1] if table.headings else None
    number = form_number(above.words) if above else None
    at = above.line if above else None
    return [Row(("番号", number), at.number, at.number, at.page)] if number and at else []


def _name_above(table: Table) -> _Name | None:
    """Return the name of a form that stands as a heading above its table, not in it."""
    above: list[Paragraph | Heading] = [*table.before[-1:], *table.headings[-1:]]
    return next((name for block in above if (name := _as_name(block))), None)


def _as_name(block: Paragraph | Heading) -> _Name | None:
    """See a line above a form as its name, unless it is a sentence, a note, or what forms are called."""
    item = areas.heading(block.words)
    if not 0 < len(item.label) <= 45 or re.search(r"[。]|\(単位|（単位", item.label) or FORM.search(item.label):
        return None
    return _Name(item, block.line.number)
