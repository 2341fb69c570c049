"""Tables that set a new text beside the old one (新旧対照表): what a document says now is the new one.

Both sides stay in the text that is kept, shown and searched; records are made of the new side alone.
"""

import re
from collections.abc import Sequence

from ingest.blocks import is_page_mark
from ingest.labels import words
from ingest.text import SOFT, clean, key

_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_LEFT_OUT = re.compile(r"[(（\[［]?(?:略|削除|新設|以下略|中略|同左|同右)[)）\]］]?")
_LONGEST_HEAD = 20
_LONGEST_ROW = 4 * _LONGEST_HEAD
_BESIDE = ("remarks", "pages")


def with_new_text(lines: Sequence[str]) -> list[str]:
    """Return the lines with the new side of such tables alone: a row of one cell becomes a line of text."""
    told = list(lines)
    kept: list[int] | None = None
    for number, line in enumerate(lines):
        if "\t" not in line:
            if line.strip() and not is_page_mark(line):
                kept = None
            continue
        cells = line.split("\t")
        heads = _kept_columns(cells)
        if heads is not None:
            kept, told[number] = heads, ""
        elif kept is not None:
            told[number] = _new_side(cells, kept)
    return told


def heads_comparison(cells: Sequence[str]) -> bool:
    """Tell whether cells head a table that sets a new text beside the old one."""
    return _kept_columns(cells) is not None


def compared_lines(lines: Sequence[str]) -> list[int]:
    """Return the numbers, from 1, of the rows that head such tables."""
    rows = ((number, line) for number, line in enumerate(lines, 1) if "\t" in line and len(line) <= _LONGEST_ROW)
    return [number for number, line in rows if _kept_columns(line.split("\t"))]


def _kept_columns(cells: Sequence[str]) -> list[int] | None:
    """Return the columns that hold the new side and what names its rows, where cells head such a table; else None."""
    heads = {i: _key_of(cell) for i, cell in enumerate(cells) if cell.strip()}
    if len(heads) < 2 or any(len(clean(cells[i])) > _LONGEST_HEAD for i in heads):
        return None
    sides = {side: [i for i, word in heads.items() if word in words("revisions", side)] for side in ("new", "old")}
    if len(sides["new"]) != 1 or len(sides["old"]) != 1:
        return None
    dropped = {i for i, word in heads.items() if any(word in words("revisions", side) for side in ("old", *_BESIDE))}
    return [i for i in range(len(cells)) if max((h for h in heads if h <= i), default=0) not in dropped]


def _key_of(cell: str) -> str:
    return key(_PARENTHESES.sub("", clean(cell)) or cell)


def _new_side(cells: Sequence[str], kept: Sequence[int]) -> str:
    side = [cells[i] if i < len(cells) else "" for i in kept]
    side = ["" if _LEFT_OUT.fullmatch(clean(cell.replace(SOFT, ""))) else cell for cell in side]
    while side and not side[-1].strip():
        side.pop()
    return "\t".join(side) if any(cell.strip() for cell in side) else ""
