"""Forms whose labels stand above small tables, not in them: a heading, 【役割分担】, a table, 【事業費】, a table and so on.

Word documents are often made so, and texts in which lines of a label and its value stand among them. The pieces below one
name become one table, with each caption as the label of its rows, so that one reader reads all forms.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ingest import areas
from ingest.blocks import Block, Heading, Paragraph, Row, Table, is_unit_note
from ingest.guideline import national_area
from ingest.label_lines import NUMBERED, is_part, lines_as_rows, name_lines, names_form, opens_form
from ingest.labels import Label, label
from ingest.sheets.forms import is_label_table
from ingest.text import clean, nfkc

_BRACKETS = re.compile(
    r"^[■●○◆◇▼・\s]*[【〔\[<〈《(（]?(?P<words>[^】〕\]>〉》]{2,24}?)[】〕\]>〉》)）]?\s*(?P<note>[(（].*[)）])?[:：]?\s*$"
)
_FIELDS = (
    "overview", "purpose", "roles", "cost_sharing", "departments", "schedule", "budget", "indicator", "progress", "participants",
)  # fmt: skip
_REMARK = "備考"
_FEWEST_ALIKE = 3
_AHEAD = 60
"""How many lines below an item of a list its form may say what it is of."""


def gathered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the pieces of each captioned form as one table."""
    found: list[Block] = []
    for section in _sections(list(_with_units(blocks))):
        for piece in [section] if _as_form(section) else _pieces(section):
            found += _as_lines(piece) or _as_form(piece) or piece
    return found


def _pieces(section: list[Block]) -> Iterator[list[Block]]:
    """Cut a section around each table that is no piece of a form.

    Neither a caption nor labels of its own say what it is of, or its caption has not the brackets that all others have.
    """
    captions = {at + 1: _bracket(block) for at, block in enumerate(section) if _caption(section, at)}
    (usual, times), *_ = Counter(captions.values()).most_common(1) or [("", 0)]
    piece: list[Block] = []
    for at, block in enumerate(section):
        captioned = at in captions and (times < _FEWEST_ALIKE or captions[at] == usual)
        if isinstance(block, Table) and not captioned and not _is_labelled(block):
            yield piece
            yield [block]
            piece = []
        else:
            piece.append(block)
    yield piece


def _with_units(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with the note on the unit that stands alone between a caption and its table joined to the caption."""
    at = 0
    while at < len(blocks):
        block, *below = blocks[at : at + 3]
        note = below[0] if below else None
        if (
            isinstance(block, Paragraph)
            and isinstance(note, Paragraph)
            and is_unit_note(note.words)
            and _caption([block, *below[1:]], 0)
        ):
            yield replace(block, words=f"{block.words}({clean(note.words).strip('()')})")
            at += 1
        else:
            yield block
        at += 1


def _bracket(block: Block) -> str:
    """Return the bracket or mark that a caption begins with, "" where it has none."""
    words = "" if isinstance(block, Table) else block.words.strip()
    return words[0] if words and not words[0].isalnum() else ""


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Cut the blocks before each heading and each marked line that is no caption."""
    section: list[Block] = []
    named = False
    for at, block in enumerate(blocks):
        words = block.words if isinstance(block, Paragraph) else ""
        marked = _is_marked(blocks, at) and not _caption(blocks, at)
        item = marked and named and (is_part(words) or not _names_next(blocks[at + 1 : at + 1 + _AHEAD]))
        if isinstance(block, Heading) or (marked and not item):
            if section:
                yield section
            section, named = [], False
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        named = named or names_form(words, below.words if isinstance(below, Paragraph) else "")
        section.append(block)
    if section:
        yield section


def _names_next(below: Sequence[Block]) -> bool:
    """Tell whether the first label below a line begins a form: then the line is none of the items that a form's text lists."""
    lines = list(takewhile(lambda block: isinstance(block, Paragraph), below))
    table = below[len(lines)] if len(lines) < len(below) else None
    rows = lines_as_rows([line for line in lines if isinstance(line, Paragraph)])
    return opens_form([*rows, *(table.rows[:1] if isinstance(table, Table) else ())])


def _is_marked(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a line bears the mark of an area or a name; of items of a list only one right above a label does."""
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return False
    if national_area(block.words):
        below = next((b for b in blocks[at + 1 :] if not (isinstance(b, Paragraph) and national_area(b.words))), None)
        return _begins_form(below)
    item = areas.heading(block.words)
    if "。" in item.label:
        return False
    if item.kind == "bullet":
        return _begins_form(next(iter(blocks[at + 1 : at + 2]), None))
    return item.kind is not None and not (item.kind == "bracket" and label(item.label))


def _begins_form(block: Block | None) -> bool:
    """Tell whether a block is a table, or a line with a label."""
    return isinstance(block, Table) or (isinstance(block, Paragraph) and bool(lines_as_rows([block])[0].cells[0]))


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
    """Return a section with its lines of label and value, and the tables below lines of a label alone, as one table.

    Text right below a table is none of its value: it names the next form, or is a remark; behind the last table it stays text.
    """
    tables = [at for at, block in enumerate(section) if isinstance(block, Table)]
    if not tables:
        return None
    captions = {at: _caption(section, at - 1) if at else None for at in tables}
    lines = [b for at, b in enumerate(section) if isinstance(b, Paragraph) and not captions.get(at + 1)]
    of_line = {id(line): row for line, row in zip(lines, lines_as_rows(lines), strict=True)}
    rows = [
        (at, row)
        for at, block in enumerate(section)
        for row in (
            _labelled(block, captions[at]) if isinstance(block, Table) else filter(None, [of_line.get(id(block))])
        )
    ]
    names = name_lines([row for _, row in rows])
    form: list[tuple[int, Row]] = []
    for n, (at, row) in enumerate(rows):
        loose = not row.cells[0] and not isinstance(section[at], Table) and at > 0
        below_table = loose and (isinstance(section[at - 1], Table) or (form and form[-1][1].cells[0] == _REMARK))
        form.append((at, _as_name(row) if n in names else _as_remark(row) if below_table else row))
    start = next((n for n, (_, row) in enumerate(form) if row.cells[0]), len(form))
    end = next((n for n in range(len(form), start, -1) if form[n - 1][1].cells[0] != _REMARK), start)
    if not any(row.cells[0] for row in of_line.values()) or start == len(form):
        return None
    first, last = form[start][0], form[end - 1][0]
    if not is_label_table([row for _, row in form[start:end]], named=first > 0):
        return None
    headings = next(block.headings for block in section if isinstance(block, Table))
    above = tuple(block for block in section[:first] if isinstance(block, Paragraph))
    return [*section[:first], Table(tuple(row for _, row in form[start:end]), headings, above), *section[last + 1 :]]


def _as_name(row: Row) -> Row:
    """See a line of text as the name of the form below it, with its number where it has one."""
    numbered = NUMBERED.match(nfkc(row.cells[1]))
    cells = ("番号", numbered["number"], "事業名", numbered["name"]) if numbered else ("事業名", row.cells[1])
    return Row(cells, row.first, row.last, row.page)


def _as_remark(row: Row) -> Row:
    """See a line of text as a remark."""
    return Row((_REMARK, row.cells[1]), row.first, row.last, row.page)


def _is_labelled(block: Block) -> bool:
    """Tell whether a table is a piece of a form that needs no caption: labels and their values, or a label in its corner."""
    if not isinstance(block, Table):
        return False
    corner = label(block.rows[0].cell(block.rows[0].filled[0]))
    if corner and corner.field in _FIELDS and not any(_names(row) for row in block.rows):
        return True
    return all(
        len(row.filled) == 2 and label(row.cell(row.filled[0])) and not label(row.cell(row.filled[1]))
        for row in block.rows
    )


def _names(row: Row) -> bool:
    """Tell whether a row labels a name."""
    return any(found.field in ("title", "program") for cell in row.cells if (found := label(cell)))


def _labelled(table: Table, caption: Label | None) -> Iterator[Row]:
    """Yield the rows of a piece behind its caption, as if it were a label merged over them."""
    for row in table.rows:
        if caption is None:
            yield row
            continue
        words = caption.words if row is table.rows[0] else ""
        yield Row((words, *row.cells), row.first, row.last, row.page, ("", *row.layout) if row.layout else ())
