"""One project in the making: the words of its fields as a form prints them, put together into a record.

Sheets, table rows and nested lists all fill the same ``Draft``; so a field is read in one way, wherever it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest import areas, departments
from ingest.blocks import Row
from ingest.numbers import is_dash
from ingest.parties import Parties, names_in
from ingest.records import BudgetRow, Department, Indicator, ProjectRecord, ScheduleItem, Source
from ingest.text import CIRCLED, clean, clean_or_none, key, nfkc

TEXTS = ("program", "title", "overview", "purpose", "cost_sharing", "progress")
_NUMBER = re.compile(
    rf"^(?:no\.?|№|第)?\s*(?P<number>\d{{1,3}}|(?:\d{{1,2}}[-－ー−]){{1,3}}\d{{1,3}})\s*(?:[-－ー−の.]?\s*(?P<branch>[{CIRCLED}]|\(\d{{1,2}}\)|(?<![-－ー−]\d[-－ー−])(?<![-－ー−]\d\d[-－ー−])\d{{1,2}}))?\s*(?:号|番)?\.?$",
    re.IGNORECASE,
)


NUMBER_BEFORE = re.compile(rf"^\s*(\d{{1,3}}(?:-\d{{1,2}}){{0,2}}(?:-?[{CIRCLED}])?)[\s.．、]\s*(?=\D)(.+)$")
"""A number before a name in the same cell (1 産業観光の推進): the number, and the name."""
_BRANCH_BEFORE = re.compile(rf"([{CIRCLED}])\s*(?=\S\S)([^{CIRCLED}]+)$")


@lru_cache(maxsize=8192)
def number_and_branch(text: str) -> tuple[str, str | None] | None:
    """Read ``7-②`` as ("7", "②"), ``1-2-③`` as ("1-2", "③"); None for anything that is no number of a project."""
    match = _NUMBER.match(nfkc(text).strip())
    return (
        ("-".join(str(int(part)) for part in re.findall(r"\d+", match["number"])), match["branch"]) if match else None
    )


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

    def split_number(self, name: str) -> None:
        """Take a number that stands before a name in the same cell (1 産業観光の推進) off it."""
        pieces = self.texts.get(name, [])
        match = NUMBER_BEFORE.match(nfkc(pieces[0])) if pieces else None
        read = number_and_branch(match[1]) if match else None
        if match and read:
            self.number, self.branch = read
            self.texts[name] = [match[2], *pieces[1:]]

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
        if self.branch is None and title and (marked := _BRANCH_BEFORE.match(title)):
            self.branch, title = marked[1], marked[2]
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


def departments_of(words: str, parties: Parties, owner: str | None = None) -> list[Department]:
    """Read the bodies in charge that a cell names; a dash names none."""
    if is_dash(words) or clean(words) in ("なし", "該当なし"):
        return []
    # A body of a municipality that is no party is still that municipality's.
    named = [name for name in names_in(words) if name not in parties.names]
    return list(departments.departments(words, [*parties.names, *named], owner))
