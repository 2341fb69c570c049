"""Measures as ``name | label | text`` rows (救急医療体制 | 取組内容 | …): the name beside, or merged over, its labels."""

import re
from collections.abc import Sequence

from ingest import areas
from ingest.blocks import Row
from ingest.column_meanings import Part
from ingest.columns import is_heading
from ingest.labels import Label, label
from ingest.parties import Parties
from ingest.projects import Draft
from ingest.text import clean

MEASURE_FIELDS = ("overview", "roles", "cost_sharing", "purpose")
"""What the labels of a measure can name, beside its title."""


def has_label_column(found: Sequence[Part]) -> bool:
    """Tell whether the rows under a heading (取組名 | 区分 | 内容) are labelled one by one: 取組の内容, 甲の役割 …."""
    if any(part.first("holder") for part in found):
        return False
    rows = [row for part in found for row in part.rows]
    labelled = sum(
        any((at := label(row.cell(i))) and at.field in MEASURE_FIELDS for i in row.filled[:-1]) for row in rows
    )
    return len(rows) >= 2 and 10 * labelled >= 6 * len(rows)


def named_rows(
    rows: Sequence[Row], parties: Parties, stack: areas.AreaStack, register: areas.AreaRegister
) -> list[Draft]:
    """Read ``name | label | text`` rows; rows that only head their columns are left out."""
    body = [row for row in rows if not is_heading(row, parties)]
    return _NamedRows(parties, stack, register).read(body)


class _NamedRows:
    """Reads ``name | label | text`` rows; the name stands in the first row of its labels, or is merged over them."""

    def __init__(self, parties: Parties, stack: areas.AreaStack, register: areas.AreaRegister) -> None:
        self._parties, self._stack, self._register = parties, stack, register
        self._opened: Label | None = None
        self._drafts: list[Draft] = []

    def read(self, rows: Sequence[Row]) -> list[Draft]:
        for row in rows:
            cells = [row.cell(i) for i in row.filled]
            at = next((n for n, c in enumerate(cells) if (found := label(c)) and found.field in MEASURE_FIELDS), None)
            found = label(cells[at]) if at is not None else None
            if at is None or found is None:
                self._unlabelled(row, cells)
            else:
                self._labelled(row, " ".join(cells[:at]), found, " ".join(cells[at + 1 :]))
        return [draft for draft in self._drafts if draft.is_project()]

    def _labelled(self, row: Row, printed: str, found: Label, text: str) -> None:
        name = re.sub(r"[(（](?:続き|つづき)[)）]", "", printed).strip()
        draft = self._drafts[-1] if self._drafts else None
        if draft and clean(name) == draft.text("title"):
            name = ""
        if name and (draft is None or found.field == "overview"):
            draft = Draft(area=tuple(self._stack.open))
            draft.put("title", _plain_name(name))
            self._drafts.append(draft)
        elif name and draft:
            draft.put("title", name)
        if draft:
            draft.see(row)
            self._opened = found
            _put(draft, found, text, self._parties)

    def _unlabelled(self, row: Row, cells: Sequence[str]) -> None:
        """A row without a label heads an area, or was cut by a page: its last cell goes on with the text."""
        item = areas.heading(cells[0]) if len(cells) == 1 and len(cells[0]) < 40 else None
        if item and item.kind:
            self._register.add(self._stack.enter(item), row.first, row.last)
        elif self._drafts and self._opened and cells:
            self._drafts[-1].see(row)
            if len(cells) > 1:
                self._drafts[-1].put("title", cells[0])
            _put(self._drafts[-1], self._opened, cells[-1], self._parties)


def _plain_name(name: str) -> str:
    item = areas.heading(name)
    return item.label if item.kind and item.label else name


def _put(draft: Draft, found: Label, text: str, parties: Parties) -> None:
    if found.field == "roles":
        who = parties.resolve(found.who) if found.who else parties.names
        draft.put_role(who, text)
    else:
        draft.put(found.field, text)
