"""Where in its document a statement is written: the lines that hold the words of a value.

Records know their lines as a whole. Within these the words of one value are looked for, white space and width aside,
so that a page can point to the very line. Where the words are not found as they stand (a cell cut in two, a figure
that was composed), the lines of the record are all there is to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.text import nfkc

_SPACE = re.compile(r"\s+|<br\s*/?>|</?(?:p|ul|ol|li)>", re.IGNORECASE)
_BEGINNING = 12


@dataclass(frozen=True)
class Passage:
    """Some lines of a document, the first of them numbered ``first``."""

    first: int
    lines: Sequence[str]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.first + len(self.lines) - 1

    @property
    def numbered(self) -> list[tuple[int, list[str]]]:
        """The lines with their numbers, each as its cells without the empty ones at its end."""
        return [(number, line.rstrip("\t").split("\t")) for number, line in enumerate(self.lines, self.first)]

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        squeezed = [_squeezed(line) for line in self.lines]
        owners = [self.first + n for n, line in enumerate(squeezed) for _ in line]
        return "".join(squeezed), owners

    def find(self, *values: str | None, last: bool = False) -> tuple[int, int] | None:
        """Return the first and last line on which a value stands; of several values the first that is found.

        Words that stand in several places are taken at the first, or at the last where the caller knows better.
        """
        text, owners = self._joined
        for value in filter(None, values):
            wanted = _squeezed(value)
            start = text.rfind(wanted) if last else text.find(wanted)
            if start >= 0:
                return owners[start], owners[start + len(wanted) - 1]
            start, end = text.find(wanted[:_BEGINNING]), text.rfind(wanted[-_BEGINNING:])
            if len(wanted) > _BEGINNING and 0 <= start <= end:
                return owners[start], owners[end]
        return None


def _squeezed(text: str) -> str:
    return _SPACE.sub("", nfkc(text))
