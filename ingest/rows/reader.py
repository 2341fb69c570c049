"""Reads the rows of header tables one after the other."""

from collections.abc import Sequence

from ingest import areas, numbers
from ingest.blocks import Row
from ingest.column_meanings import Column, Part
from ingest.labels import words as label_words
from ingest.parties import Parties
from ingest.projects import Draft, number_and_branch
from ingest.rows.basics import BasicIndicator, is_basic
from ingest.rows.fields import RowFields
from ingest.rows.lay import LaidPart
from ingest.rows.places import Places
from ingest.stacked_figures import unstack
from ingest.text import CIRCLED, clean, key


class RowReader:
    """Reads the rows of parts; ``stack`` holds the areas that are open, ``unit`` and ``year`` are those of amounts."""

    def __init__(
        self, parties: Parties, stack: areas.AreaStack, unit: str | None = None, year: int | None = None
    ) -> None:
        self._parties, self._year = parties, year
        self._places = Places(stack)
        self._unit = unit or "千円"
        self._laid = LaidPart(Part([]))
        self._fields = RowFields(self._laid, parties, self._unit, year)
        self._basic_open = False
        self._depth: int | None = None
        self._base = 0

    def read(self, part: Part) -> None:
        """Read the rows of one part; the areas go on from the part before."""
        part = unstack(part)
        own = (numbers.money_unit(c.words) for c in part.columns if c.field in ("budget", "year"))
        self._laid = LaidPart(part)
        self._fields = RowFields(self._laid, self._parties, next(filter(None, own), self._unit), self._year)
        self._base = self._depth if self._depth is not None else self._places.depth
        self._depth = self._base
        for row in part.rows:
            self._laid.lay(row)
            self._row(row)

    def drafts(self) -> list[Draft]:
        """Return the projects read so far, each under its areas."""
        return self._places.drafts()

    def basics(self) -> list[BasicIndicator]:
        """Return the indicators of areas read so far."""
        return self._places.basics()

    def _row(self, row: Row) -> None:
        if self._heads_section(row):
            return
        lead = self._laid.lead(row)
        name = self._fields.name(row)
        if key(name) in label_words("totals") or (
            not name and any(key(cell) in label_words("totals") for cell, _ in lead)
        ):
            return  # 計: a row that adds up those above
        basic = any(is_basic(cell) for cell in row.cells if len(cell) < 24)
        self._enter_areas([(cell, column) for cell, column in lead if not is_basic(cell)])
        part = self._laid.part
        unnamed = not part.first("title") and not part.first("program")
        if unnamed or basic or (self._basic_open and not name and self._fields.indicator_cells(row).names.strip()):
            self._basic_open = True
            self._keep_basic(row)
        elif name and not is_basic(name) and not self._continues(lead) and not self._is_again(name):
            self._basic_open = False
            draft = self._fields.begin(row, [cell for cell, _ in lead])
            self._places.place(draft)
            self._fields.fill(draft, row)
        elif above := self._places.last_draft:
            self._fields.go_on(above, row)

    def _heads_section(self, row: Row) -> bool:
        """Open the area that a row names alone, over all columns: 1 圏域全体の経済成長のけん引, 【観光】."""
        if len(row.filled) != 1 or row.filled[0] > 1 or len(row.cells) < 3:
            return False
        words = row.cell(row.filled[0])
        item = areas.heading(words)
        if item.kind is None or not 2 <= len(item.label) <= 40 or "。" in item.label or is_basic(words):
            return False
        self._places.open(item)
        self._base = self._depth = self._places.depth
        return True

    def _continues(self, lead: Sequence[tuple[str, Column | None]]) -> bool:
        """A name without its number, where rows have numbers and a text above stops inside a sentence, was cut by a page."""
        above = self._places.last
        if above is None or above.number is None or self._laid.part.first("number") is None:
            return False
        return not any(number_and_branch(cell) for cell, _ in lead) and self._fields.has_unfinished(above)

    def _is_again(self, name: str) -> bool:
        """Tell whether a row is one more of the measure above: rows of one party each may repeat its name."""
        above = self._places.last if self._laid.part.first("holder") else None
        return above is not None and clean(name) == (above.text("title") or above.text("program"))

    def _enter_areas(self, lead: Sequence[tuple[str, Column | None]]) -> None:
        columns = [c for c in self._laid.part.columns if c.field.startswith("area")]
        for cell, own in lead:
            if number_and_branch(cell) or numbers.is_dash(cell) or clean(cell) in CIRCLED:
                continue
            at = columns.index(own) if own in columns else 0
            for heading in areas.chain(cell):
                self._places.open(heading, self._base + at + 1 if columns else None)

    def _keep_basic(self, row: Row) -> None:
        cells = self._fields.indicator_cells(row)
        if cells.names.strip():
            self._places.place((cells, row))
