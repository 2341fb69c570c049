"""Tables of plain text whose cells only blanks part → tab rows, each line in its place.

A table begins with a line of heads: three pieces or more, most of them labels or years. Its rows have as many pieces, or
their pieces stand below the heads; ``pdftotext -layout``, mail and typewritten lists look so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import is_page_mark
from ingest.labels import label, words
from ingest.text import SOFT, clean, columns_of, is_spaced, key
from ingest.years import fiscal_year

_WIDE = re.compile(r"(?:\u3000|[ ]{2,})[ \u3000]*")
_ANY = re.compile(r"[ \u3000]+")
_FEWEST_HEADS = 3
_FEWEST_FIGURES = 4
_DIGIT = re.compile(r"\d")
_LONGEST_HEAD = 24
_TOTALS = words("totals")
_ASIDE = 6
"""Half-width columns by which a piece may stand aside from its head."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line and what stands before it there."""

    text: str
    before: str = ""

    @property
    def at(self) -> int:
        """The half-width column where it begins."""
        return columns_of(self.before)


def with_gap_rows(lines: Sequence[str]) -> list[str]:
    """Return the lines with the rows of such tables as tab rows; all others stay as they are."""
    told = list(lines)
    at = 0
    while at < len(lines):
        rows = _table(lines, at)
        for number, row in rows.items():
            told[number] = row
        at = max(rows, default=at) + 1
    return told


def _table(lines: Sequence[str], first: int) -> dict[int, str]:
    """Return the rows of the table that begins with a line, by their numbers; {} where none does."""
    for gap in (_WIDE, _ANY) if len(_ANY.findall(lines[first].strip())) >= _FEWEST_HEADS - 1 else ():
        heads = _pieces(lines[first], gap)
        if not _are_heads(heads) and not (gap is _WIDE and _are_figures(lines[first + 1 : first + 3], len(heads))):
            continue
        found: dict[int, list[_Piece]] = {}
        for number in range(first + 1, len(lines)):
            line = lines[number]
            if is_page_mark(line) and not line.strip().isdecimal():  # a number alone may be a cell
                continue
            pieces = _pieces(line, gap)
            if not line.strip():
                if not (number + 1 < len(lines) and len(_pieces(lines[number + 1], gap)) == len(heads)):
                    break
            elif "\t" in line or is_spaced(line) or not _goes_on(pieces, heads, gap):
                break
            else:
                found[number] = pieces
        if any(len(pieces) >= len(heads) for pieces in found.values()):
            return _laid(first, heads, found)
    return {}


def _pieces(line: str, gap: re.Pattern[str]) -> list[_Piece]:
    pieces, at = [], 0
    for match in [*gap.finditer(line), None]:
        text = line[at : match.start() if match else len(line)].strip()
        if text:
            pieces.append(_Piece(text, line[: line.index(text, at)]))
        at = match.end() if match else at
    return _closed_up(pieces)


def _closed_up(pieces: list[_Piece]) -> list[_Piece]:
    """Join the characters of a head that blanks spread (合　計, 担　当)."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1].text if joined else ""
        if len(last) == len(piece.text) == 1 and (label(last + piece.text) or key(last + piece.text) in _TOTALS):
            joined[-1] = _Piece(last + piece.text, joined[-1].before)
        else:
            joined.append(piece)
    return joined


def _are_heads(pieces: Sequence[_Piece]) -> bool:
    if len(pieces) < _FEWEST_HEADS or any(len(piece.text) > _LONGEST_HEAD for piece in pieces):
        return False
    known = sum(label(piece.text) is not None or fiscal_year(piece.text) is not None for piece in pieces)
    return 10 * known >= 6 * len(pieces)


def _are_figures(lines: Sequence[str], heads: int) -> bool:
    """Tell whether two lines have as many pieces as the heads above them, half of which and more hold digits."""
    rows = [_pieces(line, _WIDE) for line in lines if "\t" not in line and not is_spaced(line)]
    if heads < _FEWEST_FIGURES or len(rows) < 2 or any(len(pieces) != heads for pieces in rows):
        return False
    return all(2 * sum(bool(_DIGIT.search(piece.text)) for piece in pieces) >= heads for pieces in rows)


def _goes_on(pieces: Sequence[_Piece], heads: Sequence[_Piece], gap: re.Pattern[str]) -> bool:
    """Tell whether a line is of the table: as many pieces as heads or one before them, or pieces that stand below heads."""
    if len(pieces) != len(heads) and _are_heads(pieces):
        return False  # another table begins
    if len(heads) <= len(pieces) <= len(heads) + 1:
        return True
    if gap is _ANY or not pieces or len(pieces) > len(heads) or (len(pieces) < 3 and label(pieces[0].text)):
        return False
    below = [min(abs(piece.at - head.at) for head in heads) <= _ASIDE for piece in pieces]
    return all(below) and (len(pieces) > 1 or pieces[0].at > heads[0].at)


def _laid(first: int, heads: Sequence[_Piece], found: dict[int, list[_Piece]]) -> dict[int, str]:
    """Return the rows as tab rows; years over rows with names before them get a blank head.

    A line whose pieces begin behind the first column goes on with the row above it (``SOFT`` says so).
    """
    named = sum(len(pieces) == len(heads) + 1 for pieces in found.values())
    lead = named * 2 > len(found)
    columns = [_Piece(""), *heads] if lead else list(heads)
    rows = {first: "\t".join(clean(piece.text) for piece in columns)}
    for number, pieces in found.items():
        if len(pieces) == len(columns):
            rows[number] = "\t".join(piece.text for piece in pieces)
            continue
        cells = [""] * len(columns)
        for piece in pieces:
            under = min(range(len(columns)), key=lambda i: abs(columns[i].at - piece.at))
            cells[under] = f"{cells[under]} {piece.text}".strip()
        goes_on = not cells[0] and 2 * len(pieces) <= len(columns)
        rows[number] = (SOFT if goes_on else "") + "\t".join(cells)
    return rows
