"""Where in the lines of a record a value stands: a record knows the lines of its sheet, a value may be one cell of it.

Words are compared without the white space between them, as a cell may go on in the next line. Nothing is guessed: words
that stand on several lines, that are too short to tell, or that no line has in one piece keep the lines of their record.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from graph.resolve import normal
from ingest.records import Source
from ingest.text import clean

SHORTEST = 4
"""Characters of words that are looked for; shorter ones (7, →) stand inside of others."""


class Narrowing:
    """The words of a document, by their lines."""

    def __init__(self, text: Sequence[str], sources: Iterable[Source]) -> None:
        """Take the lines, and the places of all records, which tell on which pages lines are."""
        lines = [normal(clean(line)) for line in text]
        self._words = "".join(lines)
        self._begins = [0, *accumulate(map(len, lines))]
        self._starts = sorted((source.lines[0], source.page or 0) for source in sources)

    def lines_of(self, words: str, source: Source, behind: str = "") -> Source:
        """Return the lines on which words stand among those of a record; all of these where that cannot be told.

        Where they stand on several, those count that stand ``behind`` a name (both cities have the same role).
        """
        first, last = source.lines
        wanted = normal(words)
        if first == last or len(wanted) < SHORTEST or last >= len(self._begins):
            return source
        found = {*self._places(wanted, "", first, last)}
        if len(found) > 1 and behind:
            found = {*self._places(wanted, normal(behind), first, last)}
        if len(found) != 1:
            return source
        lines = found.pop()
        return Source(source.page, lines) if self._is_on_page(lines[1], source.page or 0) else source

    def _places(self, wanted: str, behind: str, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the lines of each place where words stand right behind others."""
        begin, end = self._begins[first - 1], self._begins[last]
        at = self._words.find(behind + wanted, begin, end)
        while at >= 0:
            start = at + len(behind)
            yield bisect_right(self._begins, start), bisect_right(self._begins, start + len(wanted) - 1)
            at = self._words.find(behind + wanted, at + 1, end)

    def _is_on_page(self, line: int, page: int) -> bool:
        """Tell whether a line is on the page on which its record begins: whether what begins behind it does so, too."""
        behind = bisect_left(self._starts, (line + 1,))
        return not page or (behind < len(self._starts) and self._starts[behind][1] == page)
