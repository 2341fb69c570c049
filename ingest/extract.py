"""What a reader makes of a file: numbered lines of text, in which a table row is one line with tabs between its cells.

This one form serves all containers: a parser never knows whether a row came from a PDF, a workbook or a text file.
A cell that is merged over rows or columns has its words in the first of its places and is empty in the others.
A line break inside a cell is one space. Line numbers are what every record's ``source`` points to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import FindingKind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the extracted text: its number from 1, its page where the container has pages, its words."""

    number: int
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader saw that becomes a finding: a hidden sheet, a page without text, a doubtful encoding."""

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
        """The lines without their numbers."""
        return [line.text for line in self.lines]


def number_lines(pages: Sequence[tuple[int | None, Sequence[str]]]) -> tuple[Line, ...]:
    """Number the lines of consecutive pages from 1; a page is its number (or None) and its lines."""
    flat = [(page, text) for page, lines in pages for text in lines]
    return tuple(Line(number, page, text) for number, (page, text) in enumerate(flat, 1))
