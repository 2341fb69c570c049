"""Forms whose labels stand above small tables, not in them: a heading, 【役割分担】, a table, 【事業費】, a table and so on.

Word documents are often made so, and texts in which lines of a label and its value stand among them. The pieces below one
name become one table, with each caption as the label of its rows, so that one reader reads all forms.
"""

import re
from collections.abc import Iterator, Sequence

from ingest import areas
from ingest.blocks import Block, Heading, Paragraph, Row, Table
from ingest.label_lines import lines_as_rows
from ingest.labels import Label, label
from ingest.sheets.forms import is_label_table
from ingest.text import clean

_BRACKETS = re.compile(
    r"^[■●○◆◇▼・\s]*[【〔\[<〈《(（]?(?P<words>[^】〕\]>〉》]{2,24}?)[】〕\]>〉》)）]?\s*(?P<note>[(（].*[)）])?[:：]?\s*$"
)
_FIELDS = (
    "overview", "purpose", "roles", "cost_sharing", "departments", "schedule", "budget", "indicator", "progress", "participants",
)  # fmt: skip


def gathered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the pieces of each captioned form as one table."""
    found: list[Block] = []
    for section in _sections(blocks):
        found += _as_form(section) or _as_lines(section) or section
    return found


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Cut the blocks before each heading and each marked line that is no caption."""
    section: list[Block] = []
    for at, block in enumerate(blocks):
        name = isinstance(block, Heading) or (
            isinstance(block, Paragraph) and areas.heading(block.words).kind is not None and not _caption(blocks, at)
        )
        if name and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def _caption(blocks: Sequence[Block], at: int) -> Label | None:
    """Return what the caption of a table says as a label: a line of a label alone, right above the table."""
    block, below = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    if not isinstance(block, Paragraph | Heading) or not isinstance(below, Table) or len(block.words) > 40:
        return None
    match = _BRACKETS.match(clean(block.words))
    found = label(match["words"]) if match else None
    if found is None or found.field not in _FIELDS or _lists_projects(below):
        return None
    return Label(found.field, f"{found.words}{(match and match['note']) or ''}", found.who)


def _lists_projects(table: Table) -> bool:
    heads = [found.field for cell in table.rows[0].cells if (found := label(cell))]
    return "title" in heads or "program" in heads


def _as_form(section: list[Block]) -> list[Block] | None:
    """Return a section with its tables as one where two and more of them have captions, else None."""
    captions = {at + 1: found for at in range(len(section)) if (found := _caption(section, at))}
    if len(captions) < 2:
        return None
    start = min(captions) - 1
    if start and isinstance(section[start - 1], Table):
        start -= 1  # a piece without a caption comes first
    pieces = [(at, block) for at, block in enumerate(section) if at >= start and isinstance(block, Table)]
    (_, first), (end, last) = pieces[0], pieces[-1]
    used = {at for at, _ in pieces} | {at - 1 for at in captions}
    if any(at not in used for at in range(start, end)) or any(at not in captions for at, _ in pieces[1:]):
        return None  # other text or tables stand among them
    rows = [row for at, table in pieces for row in _labelled(table, captions.get(at))]
    above = tuple(block for block in section[:start] if isinstance(block, Paragraph))
    return [*section[:start], Table(tuple(rows), first.headings, above, last.after), *section[end + 1 :]]


def _as_lines(section: list[Block]) -> list[Block] | None:
    """Return a section with its lines of label and value, and the tables below lines of a label alone, as one table."""
    tables = [at for at, block in enumerate(section) if isinstance(block, Table)]
    captions = {at: _caption(section, at - 1) if at else None for at in tables}
    if not tables or not all(found or _is_labelled(section[at]) for at, found in captions.items()):
        return None
    rows: list[Row] = []
    lines: list[Paragraph] = []
    start = len(section)
    for at, block in enumerate(section):
        if isinstance(block, Table):
            rows += [*lines_as_rows(lines), *_labelled(block, captions[at])]
            lines, start = [], min(start, at)
        elif isinstance(block, Paragraph) and not captions.get(at + 1):
            if at < start and lines_as_rows([block])[0].cells[0]:
                start = at
            if at >= start:
                lines.append(block)
    rows += lines_as_rows(lines)
    labelled = any(isinstance(block, Paragraph) and lines_as_rows([block])[0].cells[0] for block in section)
    if not labelled or not is_label_table(rows, named=start > 0):
        return None
    headings = next(block.headings for block in section if isinstance(block, Table))
    above = tuple(block for block in section[:start] if isinstance(block, Paragraph))
    return [*section[:start], Table(tuple(rows), headings, above)]


def _is_labelled(block: Block) -> bool:
    """Tell whether a table holds only labels and their values: a piece of a form that needs no caption."""
    return isinstance(block, Table) and all(
        len(row.filled) == 2 and label(row.cell(row.filled[0])) and not label(row.cell(row.filled[1]))
        for row in block.rows
    )


def _labelled(table: Table, caption: Label | None) -> Iterator[Row]:
    """Yield the rows of a piece behind its caption, as if it were a label merged over them."""
    for row in table.rows:
        if caption is None:
            yield row
            continue
        words = caption.words if row is table.rows[0] else ""
        yield Row((words, *row.cells), row.first, row.last, row.page, ("", *row.layout) if row.layout else ())
