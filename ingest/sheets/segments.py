"""Rows cut at their labels: which cells are labels in their row, and which cells belong to each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.blocks import Row
from ingest.budgets import is_amount
from ingest.indicators import rating_in
from ingest.labels import SYMBOLS, Label, is_role_or_pillar, label
from ingest.numbers import is_dash
from ingest.parties import names_in
from ingest.text import SENTENCE, clean, key

NUMBERED_NAME = re.compile(r"(?:連携)?(?:事業|取組|項目|施策)(?:No\.?)?\s?(?P<number>\d{1,3})", re.IGNORECASE)
"""A label that names a project by its number alone (事業3)."""

_PARTY = re.compile(rf"[{SYMBOLS}]|\S{{1,9}}[市町村区]|\S{{0,6}}(?:市町村|市町|町村)")


@dataclass
class Segment:
    """A label, or None, with the cells that stand behind it, each with its column."""

    label: Label | None
    column: int
    cells: list[tuple[int, str]]

    @property
    def words(self) -> str:
        """The words of all cells."""
        return " ".join(cell for _, cell in self.cells)


def label_at(row: Row, i: int) -> Label | None:
    """Return what a cell says as a label, in its row: 役割 before the name of a party is its role, else an area."""
    found = label(row.cell(i))
    numbered = NUMBERED_NAME.fullmatch(clean(row.cell(i))) if found is None and i == row.filled[0] else None
    if numbered and len(row.filled) > 1:
        return Label("title", numbered[0])
    if found and is_role_or_pillar(found):
        following = next((clean(row.cell(j)) for j in row.filled if j > i), "")
        if _PARTY.fullmatch(following):
            return Label("roles", found.words)
    if found and found.field == "subsidy" and i > 0 and _is_kind_of_cost(found, row, i):
        return None
    return found


def _is_kind_of_cost(found: Label, row: Row, i: int) -> bool:
    """Tell whether 補助金 is a kind of cost in a budget, not what pays for it."""
    if key(found.words) != key("補助金"):
        return False
    amounts = sum(is_amount(row.cell(j)) for j in row.filled if j > i)
    before = label(row.cell(row.filled[0])) if i > row.filled[0] else None
    return amounts > 1 and (before is None or before.field == "budget")


@lru_cache(maxsize=8192)
def fields_of(row: Row) -> tuple[str, ...]:
    """Return the fields that the labels of a row name."""
    return tuple(found.field for i in row.filled if (found := label_at(row, i)))


def segments(row: Row, opened: Label | None) -> list[Segment]:
    """Cut a row at its labels; what stands before the first one goes on with the open field."""
    cut: list[Segment] = []
    for i in row.filled:
        cell = row.cell(i)
        found = label_at(row, i)
        if found and found.field == "participants" and _is_owner(row, i, cut[-1].label if cut else opened):
            found = None
        if found and (_is_value(cell, cut) or _heads_roles_below(found, cut)):
            found = None
        if found:
            cut.append(Segment(found, i, []))
        elif cut:
            cut[-1].cells.append((i, cell))
        else:
            cut.append(Segment(None, i, [(i, cell)]))
    return [_told(segment) for segment in cut]


def _told(segment: Segment) -> Segment:
    """See 実績 and its like as what was done, where sentences stand behind them and no figures."""
    told = SENTENCE.search(segment.words) and not rating_in(segment.words)
    if segment.label and segment.label.field in ("actual", "rating") and told:
        return Segment(Label("progress", segment.label.words), segment.column, segment.cells)
    return segment


def _is_owner(row: Row, i: int, opened: Label | None) -> bool:
    """Tell whether 関係市町 and its like head a role inside of roles, or amounts inside of a budget, no list of who takes part."""
    following = [row.cell(j) for j in row.filled if j > i]
    if not opened or not following:
        return False
    return (opened.field == "roles" and not names_in(following[0])) or (
        opened.field == "budget" and any(is_amount(cell) or is_dash(cell) for cell in following)
    )


def _heads_roles_below(found: Label, cut: Sequence[Segment]) -> bool:
    """Tell whether 役割 behind a label of roles heads the column of what each does (役割分担 | 市町 | 役割)."""
    opened = cut[-1].label if cut else None
    return bool(opened and opened.field == "roles" and is_role_or_pillar(found))


def _is_value(cell: str, cut: Sequence[Segment]) -> bool:
    """Tell a value that happens to be a label word from a label: in a table of parties 甲 heads a role, it names none."""
    opened = cut[-1].label if cut else None
    return bool(
        opened
        and opened.field in ("title", "program")
        and not cut[-1].cells
        and key(cell) in ("計画", "事業", "調整", "内容")
    )
