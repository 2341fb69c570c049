"""One project in the making: the words of its fields as a form prints them, put together into a record.

Sheets, table rows and nested lists all fill the same ``Draft``; so a field is read in one way, wherever it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest import areas, departments, indicators, numbers, years
from ingest.blocks import Row
from ingest.parties import Parties, names_in
from ingest.records import BudgetRow, Department, Indicator, Phase, ProjectRecord, ScheduleItem, Source
from ingest.text import CIRCLED, clean, clean_or_none, key, nfkc

TEXTS = ("program", "title", "overview", "purpose", "cost_sharing", "progress")
_NUMBER = re.compile(
    rf"^(?:no\.?|№|第)?\s*(?P<number>\d{{1,3}})\s*(?:[-－ー−の.]?\s*(?P<branch>[{CIRCLED}]|\(\d{{1,2}}\)|\d{{1,2}}))?\s*(?:号|番)?\.?$",
    re.IGNORECASE,
)
_ARROW = re.compile(r"[→⇒⇨➡►▶▷>]")
_STROKES = re.compile(r"[-‐–—―−─━=→⇒⇨➡►▶▷>~…\s│|]+|(?<![ァ-ヺ])ー+")
_MARKS = re.compile(r"[●○◎■□◆◇★☆]+")


@lru_cache(maxsize=8192)
def number_and_branch(text: str) -> tuple[str, str | None] | None:
    """Read ``7-②`` as ("7", "②"); None for anything that is no number of a project."""
    match = _NUMBER.match(nfkc(text).strip())
    return (str(int(match["number"])), match["branch"]) if match else None


@dataclass
class Draft:
    """The words of one project, as printed, by field; ``lines`` are all lines that any of them came from."""

    number: str | None = None
    branch: str | None = None
    texts: dict[str, list[str]] = field(default_factory=dict)
    area: tuple[areas.Heading, ...] = ()
    roles: dict[str, list[str]] = field(default_factory=dict)
    departments: list[Department] = field(default_factory=list)
    schedule: list[ScheduleItem] = field(default_factory=list)
    budget: list[BudgetRow] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    page: int | None = None

    def see(self, row: Row) -> None:
        """Remember that a row belongs to the project."""
        self.lines.update(range(row.first, row.last + 1))
        self.page = self.page if self.page is not None else row.page

    def put(self, name: str, words: str) -> None:
        """Add words to a text field; a second piece is what a page or cell cut off."""
        if words.strip():
            self.texts.setdefault(name, []).append(words)

    def text(self, name: str) -> str | None:
        """Return the text of a field, its pieces joined."""
        return clean_or_none(" ".join(self.texts.get(name, [])))

    def put_role(self, who: Sequence[str], words: str) -> None:
        """Give a text to each municipality concerned; a second piece continues the first."""
        for name in who:
            if words.strip():
                self.roles.setdefault(name, []).append(words)

    def source(self) -> Source:
        """The place of the project in the document."""
        return Source(self.page, (min(self.lines), max(self.lines)))

    def is_project(self) -> bool:
        """Tell whether there is enough to be a record: a name."""
        return bool(self.text("title") or self.text("program"))

    def record(self, document: str, local: str) -> ProjectRecord:
        """Return the record; the wider name is the title where no finer one is printed."""
        title, program = self.text("title"), self.text("program")
        if title is None:
            title, program = program, None
        return ProjectRecord(
            id=f"{document}/{local}",
            document=document,
            source=self.source(),
            number=self.number,
            branch=self.branch,
            program=program,
            title=title or "",
            area=tuple(h.label for h in self.area) or None,
            overview=self.text("overview"),
            purpose=self.text("purpose"),
            cost_sharing=self.text("cost_sharing"),
            progress=self.text("progress"),
            roles={who: text for who, pieces in self.roles.items() if (text := clean(" ".join(pieces)))},
            departments=tuple(self.departments),
            schedule=tuple(self.schedule),
            budget=tuple(self.budget),
            indicators=tuple(self.indicators),
        )


def joined(whole: Sequence[Draft], listed: Sequence[Draft]) -> list[Draft]:
    """Put together what several tables say of one piece of work: its form or row, and its line in a list of costs or figures.

    A later draft of the same name and number that tells nothing in words adds its figures to the first. Where there are
    forms (``whole``), lists only add to them.
    """
    found: dict[str, Draft] = {key(d.text("title") or d.text("program") or ""): d for d in whole}
    kept = list(whole)
    for draft in listed:
        name = key(draft.text("title") or draft.text("program") or "")
        first = found.get(name)
        told = any(draft.text(text) for text in ("overview", "purpose", "progress")) or draft.roles
        if first is None or draft.number not in (None, first.number) or told:
            if not whole:
                kept.append(draft)
                found.setdefault(name, draft)
            continue
        first.budget += draft.budget if not first.budget else []
        first.schedule += draft.schedule if not first.schedule else []
        first.indicators += draft.indicators if not first.indicators else []
        first.departments += draft.departments if not first.departments else []
    return kept


def local_ids(drafts: Sequence[Draft], unnumbered: str = "row") -> Iterator[tuple[Draft, str]]:
    """Give each draft the local part of its id: number and branch (7-2), or its place among those without a number."""
    used: set[str] = set()
    counter = 0
    for draft in drafts:
        if draft.number:
            branch = f"-{_digits(draft.branch)}" if draft.branch else ""
            local = f"{draft.number}{branch}"
        else:
            counter += 1
            local = f"{unnumbered}-{counter}"
        unique, again = local, 2
        while unique in used:
            unique, again = f"{local}.{again}", again + 1
        used.add(unique)
        yield draft, unique


def _digits(branch: str) -> str:
    return str(CIRCLED.index(branch) + 1) if branch in CIRCLED else re.sub(r"\D", "", branch) or branch


GROUP = re.compile(
    r"(?:連携|関係|構成|参加|参画|近隣|周辺|(?:その)?他の?(?:関係|連携|構成)?|上記以外の?|残りの?)の?(?:\d{1,2})?(?:市町村|市町|町村|市|町|村|自治体)"
)
"""Words that mean those who are not named one by one: 関係市町, その他の市町村."""


def roles_of(words: str, parties: Parties, members: Sequence[str] = ()) -> list[tuple[list[str], str]]:
    """Cut a text of roles at the municipalities that head its parts (【千歳市】…, 甲：…); no heading gives all parties.

    ``members`` are those whom a group (その他の市町村) can mean; those with a part of their own are not meant.
    """
    text = departments.clean_keeping_spaces(words)
    names = [*parties.names, *(p.symbol for p in parties.members if p.symbol)]
    if not names:
        return []
    who = "|".join([*sorted(map(re.escape, names), key=len, reverse=True), GROUP.pattern])
    heads = list(
        re.finditer(
            rf"(?:^|(?<=[\s。]))[【\[(○●・■]*\s*(?P<who>(?:{who})(?:(?:及び|並びに|・|、|と)(?:{who}))*)\s*(?:[】\])]|[:：])\s*(?:の役割)?[:：]?\s*",
            text,
        )
    )
    if not heads:
        return [(parties.names, text)]
    named = {name for head in heads if not GROUP.fullmatch(head["who"]) for name in parties.resolve(head["who"])}
    parts = []
    for i, head in enumerate(heads):
        end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
        others = [name for name in members or parties.names if name not in named]
        meant = others if GROUP.fullmatch(head["who"]) and others else parties.resolve(head["who"]) or [head["who"]]
        parts.append((meant, text[head.end() : end].strip()))
    return parts


def departments_of(words: str, parties: Parties, owner: str | None = None) -> list[Department]:
    """Read the bodies in charge that a cell names."""
    # A body of a municipality that is no party is still that municipality's.
    named = [name for name in names_in(words) if name not in parties.names]
    return list(departments.departments(words, [*parties.names, *named], owner))


def indicators_of(cells: indicators.Cells) -> list[Indicator]:
    """Read the indicators that the cells of a row hold."""
    return list(indicators.indicators(cells))


def schedule_row(label: str, cells: dict[int, str], span: Sequence[int]) -> ScheduleItem | None:
    """Make a row of a schedule from the cell of each fiscal year; ``span`` are the years of the heading."""
    marks = {str(year): text for year in span if (text := clean(cells.get(year, "")))}
    words = clean_or_none(label)
    if not marks and not words:
        return None
    return ScheduleItem(label=words, marks=marks, phases=_phases(marks, span))


def _phases(marks: dict[str, str], span: Sequence[int]) -> tuple[Phase, ...]:
    """Read the named phases: one with an arrow or a dot lasts until the next mark that names another, others their year."""
    named = [
        (int(year), text, _MARKS.sub("", _STROKES.sub(" ", nfkc(text))).strip(" ・")) for year, text in marks.items()
    ]
    phases = []
    for i, (year, text, word) in enumerate(named):
        if not word:
            continue
        following = next((y for y, _, other in named[i + 1 :] if other), None)
        end = following - 1 if following is not None else span[-1]
        arrows_on = any(not other for y, _, other in named[i + 1 :] if y <= end)
        lasting = bool(_ARROW.search(text)) or (bool(_MARKS.search(text)) and arrows_on)
        phases.append(Phase(year, end if lasting else year, word))
    return tuple(phases)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The cells of a budget row behind its label: words that name it, and the amounts in order.

    ``shifted`` where amounts stand beside their years and are too few to tell whose they are.
    """

    words: list[str]
    amounts: dict[int, int | float | None]
    shifted: bool


def is_amount(cell: str) -> bool:
    """Tell whether a cell is an amount, a dash, or says that the amount is not known."""
    plain = nfkc(cell).strip()
    if not plain:
        return False
    if numbers.is_dash(plain) or numbers.is_undecided(plain) or numbers.number(plain) is not None:
        return True
    read = numbers.figure(plain)
    return bool(read and read.unit and numbers.money_unit(read.unit) == read.unit)


def budget_cells(row: Row, start: int, columns: dict[int, int], unit: str, label_at: int | None = None) -> Amounts:
    """Read a budget row from column ``start``; ``columns`` maps the columns of the heading to fiscal years.

    ``label_at`` is the column of the row's own label.
    Cells stand under their years, but a label that a conversion put into a year's column pushes the amounts aside: then
    they are taken in their order.
    """
    filled = [i for i in row.filled if i >= start]
    first_amount = next((i for i in filled if is_amount(row.cell(i))), None)
    if first_amount is None:
        return Amounts([clean(row.cell(i)) for i in filled], {}, shifted=False)
    words = [clean(row.cell(i)) for i in filled if i < first_amount]
    cells = [i for i in filled if i >= first_amount and is_amount(row.cell(i))]
    order = sorted(columns.items())
    blocked = label_at in columns or any(i in columns for i in filled if i < first_amount)
    by_order = blocked or (len(cells) == len(order) and any(i not in columns for i in cells))
    if by_order:
        taken = {year: row.cell(cell) for (_, year), cell in zip(order, cells, strict=False)}
    else:
        taken = {year: row.cell(column) for column, year in order}
    amounts = {year: numbers.thousand_yen(taken.get(year, ""), unit) for _, year in order}
    # As many amounts as years leave no doubt: then the table only has columns of its own before them.
    return Amounts(words, amounts, shifted=by_order and len(cells) < len(order))


def inline_amounts(text: str, unit: str) -> dict[int, int | float | None]:
    """Read amounts that stand behind their years in running text (令和4年度 1,000 令和5年度 1,200)."""
    plain = nfkc(text)
    heads = list(re.finditer(rf"{years.YEAR.pattern}\s*年度\s*[:：]?\s*", plain))
    if not heads:
        heads = list(re.finditer(rf"(?:^|(?<=[\s、,/])){years.YEAR.pattern}\s*[:：]?\s+", plain))
    amounts: dict[int, int | float | None] = {}
    for i, head in enumerate(heads):
        cell = plain[head.end() : heads[i + 1].start() if i + 1 < len(heads) else len(plain)].strip(" 、,/")
        year = years.year_in(head[0])
        if year is not None and is_amount(cell):
            amounts[year] = numbers.thousand_yen(cell, unit)
    return amounts if len(amounts) == len(heads) else {}


def budget_row(read: Amounts, municipality: str | None, label: str | None) -> BudgetRow:
    """Make the record part of a budget row."""
    return BudgetRow(
        label=label, municipality=municipality, amounts={str(y): a for y, a in sorted(read.amounts.items())}
    )


def year_columns(row: Row) -> dict[int, int]:
    """Return the columns of a row that are headed by a fiscal year."""
    found: dict[int, int] = {}
    last: int | None = None
    for i, cell in enumerate(row.cells):
        year = years.fiscal_year(cell) if len(cell) <= 24 else None
        bare = re.fullmatch(r"\s*(\d{1,2})\s*年度?\s*", nfkc(cell)) if year is None and last is not None else None
        if bare and last is not None and int(bare[1]) == years.year_of_era(last) + 1:  # 令和元年度 | 2年度 | 3年度
            year = last + 1
        if year is not None:
            found[i] = last = year
    return found if len(set(found.values())) == len(found) else {}
