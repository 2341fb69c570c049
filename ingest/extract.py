"""What a reader makes of a file: numbered lines of text, in which a table row is one line with tabs between its cells.

This one form serves all containers: a parser never knows whether a row came from a PDF, a workbook or a text file.
A cell that is merged over rows or columns has its words in the first of its places and is empty in the others.
A line break inside a cell is one space; where a layout broke a cell's line for want of room, a soft break (``text.SOFT``)
stands between the two parts, and it does not count as text. Line numbers are what every record's ``source`` points to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import FindingKind
from ingest.text import SOFT


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the extracted text: its number from 1, its page where the container has pages, its words.

    ``full`` says that a layout ended it for want of room: its sentence may go on in the next line.
    """

    number: int
    page: int | None
    text: str
    full: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader saw that becomes a finding, in Japanese as all findings: a hidden sheet, a page without text, a doubtful encoding."""

    kind: FindingKind
    where: str
    says: str
    lines: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file with what is known of its container."""

    lines: tuple[Line, ...]
    media_type: str
    pages: int | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def text(self) -> list[str]:
        """The lines without their numbers, as they are kept and shown."""
        return [line.text.replace(SOFT, "") for line in self.lines]


def number_lines(pages: Sequence[tuple[int | None, Sequence[str]]]) -> tuple[Line, ...]:
    """Number the lines of consecutive pages from 1; a page is its number (or None) and its lines.

    A soft break at the end of a line that is no row marks it as full.
    """
    flat = [(page, text) for page, lines in pages for text in lines]
    return tuple(_line(number, page, text) for number, (page, text) in enumerate(flat, 1))


def _line(number: int, page: int | None, text: str) -> Line:
    if not text.endswith(SOFT) or "\t" in text:
        return Line(number, page, text)
    return Line(number, page, text.removesuffix(SOFT), full=True)
