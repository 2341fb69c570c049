"""Plans and visions: 連携施策推進計画, 都市圏ビジョン, 共生ビジョン with their sheets (個票), 体系図, statistics and summaries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest import areas, numbers
from ingest.annex import has_label_column, named_rows
from ingest.blocks import Heading, Paragraph, Row, Table
from ingest.columns import Part, parts
from ingest.document import Document, is_titled, once
from ingest.indicators import indicators
from ingest.labels import label
from ingest.metadata import document_record, party_records
from ingest.parsers import agreement
from ingest.parsers.contents import (
    area_records,
    basic_records,
    oddity_findings,
    project_records,
    register_drafts,
    scheme_records,
)
from ingest.parsers.traits import (
    has_projects,
    has_results,
    has_sheets,
    is_called_briefing,
    is_called_plan,
    is_called_report,
    lines_as_rows,
)
from ingest.parties import Parties, names_in
from ingest.projects import Draft, joined, number_and_branch
from ingest.records import Record
from ingest.rows import BasicIndicator, RowReader
from ingest.sheets import Oddity, SheetReader, is_label_table, split_sheets, title_row
from ingest.statistics import TableReader

# Headings of chapters, which are no policy areas.
_CHAPTER = re.compile(
    r"^(?:はじめに|総論|各論|概要|趣旨|背景)|^(?:(?:圏域|連携|個別|具体的な?|主な|共同|推進する|協定に基づく?|の|する)*(?:事業|施策|取組|取り組み))(?:等|の内容)?$"
    r"|(?:個別計画|個票|調書|個別事業|シート)\s*(?:No\.?)?\s*\d*$|(?:具体的な?取組|取組内容|事業一覧|将来像|名称|期間|位置付け|位置づけ|推進体制|について|ビジョン|計画|体系図?|状況|実績|評価|結果|一覧表?|概況|現状|課題|指標|KPI|スケジュール|資料|構成市町村?|構成市?町?)(?:等|の内容)?$",
    re.IGNORECASE,
)
# A section, or a chapter that is named as policies are, is an area all the same.
_AREA_OF_CHAPTER = re.compile(r"^第\S+(?:節|項|の柱) |(?:強化|向上|けん引|牽引|集積|促進|充実|形成)$")
# A number with the word for what it counts, before the name of a form.
_NUMBERED = re.compile(
    r"(?:連携)?(?:事業|取組|施策|プロジェクト|項目)?\s?(?:No\.?|番号)?\s?(?<=\S)(?P<number>\d{1,3})(?:\s*[:：.]\s*|\s+)(?P<name>\D.+)$",
    re.IGNORECASE,
)
# What a running title calls the form below it: it names neither an area nor a project.
_FORM = re.compile(r"調書|個票|(?:票|シート|(?:事業|取組|施策|プロジェクト|連携)カード)$")
_NO_AREA = re.compile(rf"[。:：]|{_FORM.pattern}")
_DESCRIBED = ("overview", "roles", "budget", "progress", "purpose", "target")


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a form that stands above it, with its line."""

    item: areas.Heading
    line: int


@once
def identify(document: Document) -> bool:
    """A plan is called one, or holds forms; an agreement or a report on results is none."""
    if is_called_briefing(document) and not has_sheets(document):
        return False
    reports = is_called_report(document) and (not has_sheets(document) or has_results(document))
    if agreement.identify(document) or reports:
        return False
    if has_sheets(document) or (is_called_plan(document) and (bool(document.tables) or not has_results(document))):
        return True
    return has_projects(document) and not has_results(document)


@dataclass
class Contents:
    """What is read from a plan before it becomes records."""

    sheets: list[Draft] = field(default_factory=list)
    oddities: list[tuple[Draft, Oddity]] = field(default_factory=list)
    listed: list[Draft] = field(default_factory=list)
    scheme: list[Draft] = field(default_factory=list)
    basics: list[BasicIndicator] = field(default_factory=list)


def parse(document: Document) -> Iterator[Record]:
    """Yield the records of a plan."""
    yield document_record(document, "plan")
    yield from party_records(document, members_of(document))
    statistics = TableReader(document.id)
    contents = read_tables(document, statistics)
    projects = joined(contents.sheets, contents.listed) if contents.sheets else joined([], contents.listed)
    if not contents.sheets and not contents.listed:
        projects, contents.scheme = contents.scheme, []
    register = areas.AreaRegister()
    register_drafts(register, projects)
    _fill_bare_marks([*contents.scheme, *projects], register)
    register_drafts(register, contents.scheme)
    yield from area_records(document, register)
    made = list(project_records(document, projects))
    yield from made
    yield from scheme_records(document, contents.scheme)
    yield from basic_records(document, contents.basics, indicators)
    statistics.read_lists(document.blocks)
    yield from statistics.found.records()
    yield from oddity_findings(document, contents.oddities, projects, made)


def members_of(document: Document) -> Parties:
    """Return the parties of a plan; where it names none together, those that its lists of who takes part name."""
    parties = document.parties
    if len(parties.members) >= 2:
        return parties
    for table in document.tables:
        columns = {c.index for part in parts(table.rows, parties) for c in part.columns if c.field == "participants"}
        for row in table.rows:
            beside = {i + 1 for i in row.filled if (found := label(row.cell(i))) and found.field == "participants"}
            for name in [n for i in sorted(columns | beside) for n in names_in(row.cell(i))]:
                parties.add(name, row.first)
    return parties


def read_tables(document: Document, statistics: TableReader) -> Contents:
    """Read every table by its form; runs of text that hold label lines are forms too."""
    return _TableWalk(document, statistics).read()


def _is_marked(words: str) -> bool:
    item = areas.heading(words)
    marked = item.kind is not None and item.kind != "bullet" and not re.search(r"参考|資料|様式|別紙|特産", item.label)
    return marked and 0 < len(item.label) <= 40 and not _NO_AREA.search(item.label)


class _Above:
    """The areas that are open above a form: headings by their level, marked lines below them by their marks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings: list[tuple[int, areas.Heading | None]] = []
        self._lines = areas.AreaStack()

    def enter_heading(self, block: Heading) -> None:
        """Open a heading and close those of its level and below; chapters hold areas and are none."""
        if self._document.heads_sheets:
            return
        self._headings = [(level, item) for level, item in self._headings if level < block.level]
        self._lines.open = []
        item = areas.heading(block.words)
        chapter = item.kind == "article" and not _AREA_OF_CHAPTER.search(f"{item.notation} {item.label}")
        named = not chapter and 0 < len(item.label) <= 40 and not _NO_AREA.search(item.label)
        plain = item.kind is None and (len(item.label) > 30 or is_titled(item.label, self._document.title))
        self._headings.append((block.level, item if named and not plain else None))

    def enter_line(self, words: str) -> None:
        """Open an area that a marked line of text names."""
        item = areas.heading(words)
        if item.kind == "article":  # a chapter: what follows is no part of the areas before it
            self._headings, self._lines.open = [], []
        else:
            self._lines.enter(item)

    def enter_named(self, level: int, words: str) -> None:
        """Open an area that a line names by its label (施策の柱:圏域全体の経済成長のけん引)."""
        self._lines.enter(areas.heading(words), min(level, len(self._lines.open) + 1))

    def areas(self, name: str | None) -> tuple[areas.Heading, ...]:
        """Return the open areas for a form of this name."""
        found = [item for _, item in self._headings if item] + self._lines.open
        return tuple(h for h in found if h.label != name and not _CHAPTER.search(h.label))


class _TableWalk:
    """Walks the blocks of a document; ``above`` holds the areas that headings opened for forms that name none."""

    def __init__(self, document: Document, statistics: TableReader) -> None:
        self._document, self._statistics = document, statistics
        self._contents = Contents()
        self._above = _Above(document)
        self._part: Part | None = None

    def read(self) -> Contents:
        run: list[Paragraph] = []
        for block in self._document.blocks:
            if isinstance(block, Paragraph):
                run.append(block)
                continue
            self._flush(run)
            run = []
            if isinstance(block, Table):
                self._table(block)
            else:
                self._above.enter_heading(block)
        self._flush(run)
        return self._contents

    def _flush(self, run: Sequence[Paragraph]) -> None:
        """Read a run of text: marked lines open areas, label lines between them make forms."""
        rows = lines_as_rows(list(run))
        forms = len(rows) >= 3 and is_label_table(rows, named=any(_is_marked(p.words) for p in run))
        pending: list[Row] = []
        titled: _Name | None = None
        for paragraph, row in zip(run, rows, strict=True):
            found = label(row.cells[0]) if row.cells[0] and row.cells[1] and not pending else None
            if found and found.field.startswith("area") and not forms:
                self._above.enter_named(int(found.field[-1]), row.cells[1])
            elif not row.cells[0] and _is_marked(paragraph.words):
                self._forms(pending, titled)
                pending, titled = [], _Name(areas.heading(paragraph.words), paragraph.line.number)
                self._above.enter_line(paragraph.words)
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
            self._sheets(table.rows, titled)
            return
        found = list(parts(table.rows, self._document.parties)) or self._going_on(table)
        if not found:
            self._statistics.read(table)
            return
        self._part = found[-1]
        if has_label_column(found):
            stack = self._stack_above(table, found[0])
            self._contents.listed += named_rows(table.rows, self._document.parties, stack, areas.AreaRegister())
            return
        reader = RowReader(self._document.parties, self._stack_above(table, found[0]), _unit_above(table))
        for part in found:
            reader.read(part)
        described = any(c.field in _DESCRIBED or c.year for part in found for c in part.columns)
        (self._contents.listed if described else self._contents.scheme).extend(reader.drafts())
        self._contents.basics += reader.basics()

    def _going_on(self, table: Table) -> list[Part]:
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
            if item.kind and item.label and len(item.label) <= 40 and "。" not in item.label:
                stack.enter(item)
        return stack

    def _sheets(self, rows: Sequence[Row], titled: _Name | None = None) -> None:
        for form in split_sheets(rows):
            named = title_row(form)
            sheet = SheetReader(self._document.parties).read(form[named:])
            if named and not sheet.draft.is_project():
                sheet.draft.see(form[0])
                sheet.draft.put("title", form[0].cell(form[0].filled[0]))
            if titled and not sheet.draft.is_project():
                sheet.draft.put("title", titled.item.label)
                sheet.draft.lines.add(titled.line)
                _take_number(sheet.draft)
                if sheet.draft.number is None and titled.item.kind == "digit":
                    sheet.draft.number = str(areas.ordinal(titled.item))
            if not sheet.draft.is_project():
                continue
            if not sheet.has("area1"):
                name = sheet.draft.text("title") or sheet.draft.text("program")
                own = sheet.draft.area
                above = self._above.areas(name)
                sheet.draft.area = (*(h for h in above if h.label not in {o.label for o in own}), *own)
            self._contents.sheets.append(sheet.draft)
            self._contents.oddities += [(sheet.draft, oddity) for oddity in sheet.oddities]


def _take_number(draft: Draft) -> None:
    """Take a number off the name above a form: 事業2 サイクルルートの整備, 個票No.3:図書館の連携."""
    numbered = _NUMBERED.match(draft.text("title") or "")
    if numbered and draft.number is None:
        draft.number = numbered["number"]
        draft.texts["title"] = [numbered["name"]]


def _unit_above(table: Table) -> str | None:
    """Return the unit of money that a note right above a table names ((単位:百万円))."""
    noted = (numbers.money_unit(p.words) for p in table.before[-2:] if "単位" in p.words)
    return next((unit for unit in noted if unit), None)


def _name_above(table: Table) -> _Name | None:
    """Return the name of a form that stands as a heading above its table, not in it."""
    above: list[Paragraph | Heading] = [*table.before[-1:], *table.headings[-1:]]
    for block in above:
        item = areas.heading(block.words)
        if (
            item.label
            and len(item.label) <= 40
            and not re.search(r"[。]|\(単位|（単位", item.label)
            and not _FORM.search(item.label)
        ):
            return _Name(item, block.line.number)
    return None


def _fill_bare_marks(drafts: Sequence[Draft], register: areas.AreaRegister) -> None:
    """Name areas that a table gives by their mark alone ((2)), where the same mark is named elsewhere in the document."""
    named = {(path[:-1], notation): path[-1] for path, (notation, _, _) in register.seen.items() if path[-1]}
    for draft in drafts:
        filled: list[areas.Heading] = []
        for item in draft.area:
            outer = tuple(h.label for h in filled)
            label = item.label or named.get((outer, item.notation), "")
            if label:
                filled.append(areas.Heading(item.kind, item.notation, label))
        draft.area = tuple(filled)
