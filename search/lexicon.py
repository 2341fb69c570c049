"""The words that a document cutter has met: what each comes to as terms, worked out once, in arrays to gather from."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from search.indexes import TERM_FIELDS
from search.japanese import MOST_LEXEMES, Lexeme, cells, lexemes

SIZE_BITS = 4
MOST_UNITS = (1 << SIZE_BITS) - 1
Ints = npt.NDArray[np.int64]


def expand(ends: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Return the indexes of all rows of the chosen groups, and for each the place of its group in ``chosen``.

    ``ends`` has one more than there are groups: a group's rows begin at its own number and end before the next one's.
    """
    counts = ends[chosen + 1] - ends[chosen]
    owner = np.repeat(np.arange(len(chosen)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(len(owner)) - before[owner] + ends[chosen][owner], owner


@dataclass(frozen=True, slots=True)
class Rows:
    """Terms and the lower bits of their places, by group (a text, or a word): group ``i`` ends before ``ends[i + 1]``."""

    ends: Ints
    terms: Ints
    lows: Ints

    NONE: ClassVar["Rows"]

    def by(self, groups: Ints) -> "Rows":
        """Return the rows in larger groups: each of those given ends before the group of the next number."""
        return Rows(self.ends[groups], self.terms, self.lows)

    @classmethod
    def joined(cls, parts: Sequence["Rows"]) -> "Rows":
        """Return one group for each of ``parts``."""
        ends = np.cumsum([0, *(len(part.terms) for part in parts)])
        if not parts:
            return cls.NONE
        return cls(ends, np.concatenate([p.terms for p in parts]), np.concatenate([p.lows for p in parts]))


_NO_ROWS: Ints = np.zeros(0, np.int64)
Rows.NONE = Rows(np.zeros(1, np.int64), _NO_ROWS, _NO_ROWS)


class _Groups:
    """Rows of numbers in groups that are added one by one and read all at once."""

    def __init__(self, width: int) -> None:
        self._width, self._ends, self._values = width, array("q", [0]), array("q")

    def add(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Add a group."""
        for row in rows:
            self._values.extend(row)
        self._ends.append(len(self._values) // self._width)

    def ends(self) -> Ints:
        """Return where groups end, with a zero before the first."""
        return np.array(self._ends, np.int64)

    def counts(self) -> Ints:
        """Return how many rows each group has."""
        return np.diff(self.ends())

    def columns(self) -> Ints:
        """Return all rows."""
        return np.array(self._values, np.int64).reshape(-1, self._width)


class Lexicon:
    """Numbers for terms and words. ``units`` has the source range of each short unit of a word, from its start."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, str], int] = {}
        self._listed: list[str] = []
        self._fields = array("b")
        self._numbers: dict[Lexeme, int] = {}
        self._lexemes: list[Lexeme] = []
        self._rows = _Groups(3)  # term, factor of the position, what is added to it
        self.units = _Groups(2)
        self._features = _Groups(4)  # content units, head, noun, characters
        self._runs: dict[tuple[int, ...], tuple[str, str]] = {}
        self._cells: dict[str, tuple[list[int], list[int]]] = {}

    @property
    def is_full(self) -> bool:
        """Whether to begin anew: what was met is kept for speed alone."""
        return (
            max(4 * len(self._cells), len(self._lexemes), len(self._listed) // 8, len(self._runs) // 8) > MOST_LEXEMES
        )

    def words_of(self, text: str) -> tuple[list[int], list[int]]:
        """Return the numbers of the words of a text and where each begins.

        A cell comes again in the text of its field and in the printed lines: what it is cut into is kept.
        """
        numbers: list[int] = []
        starts: list[int] = []
        for offset, cell in cells(text):
            if cell not in self._cells:
                listed, at = lexemes(cell)
                self._cells[cell] = [self.number_of(lexeme) for lexeme in listed], at
            known, at = self._cells[cell]
            numbers.extend(known)
            starts.extend([offset + start for start in at] if offset else at)
        return numbers, starts

    def number(self, field: str, term: str) -> int:
        """Return the number of a term."""
        number = self._terms.setdefault((field, term), len(self._listed))
        if number == len(self._listed):
            self._listed.append(term)
            self._fields.append(TERM_FIELDS.index(field))
        return number

    def listed(self, numbers: Iterable[int]) -> list[str]:
        """Return the terms of numbers."""
        return [self._listed[number] for number in numbers]

    def fields(self) -> npt.NDArray[np.int8]:
        """Return by term the number of its field."""
        return np.array(self._fields, np.int8)

    def number_of(self, lexeme: Lexeme) -> int:
        """Return the number of a word, and work out what it comes to when it is met first."""
        number = self._numbers.get(lexeme)
        if number is None:
            number = self._numbers[lexeme] = len(self._lexemes)
            self._lexemes.append(lexeme)
            self._add(lexeme)
        return number

    def rows_of(self, lexemes: Ints, positions: Ints) -> Rows:
        """Return the rows of words that stand at positions (of their first short units), a group each."""
        at, owner = expand(self._rows.ends(), lexemes)
        term, factor, more = self._rows.columns()[at].T
        ends = np.append(0, np.cumsum(self._rows.counts()[lexemes]))
        return Rows(ends, term, positions[owner] * factor + more)

    def content(self) -> Ints:
        """Return by word how many of its short units are content words."""
        return self._features.columns()[:, 0]

    def heads(self) -> npt.NDArray[np.bool_]:
        """Return by word whether it is a content word."""
        return self._features.columns()[:, 1] > 0

    def nouns(self) -> npt.NDArray[np.bool_]:
        """Return by word whether it joins into compounds."""
        return self._features.columns()[:, 2] > 0

    def lengths(self) -> Ints:
        """Return by word how many characters of the source it takes."""
        return self._features.columns()[:, 3]

    def reading(self, lexemes: Sequence[int]) -> str:
        """Return the reading of words in a row."""
        return "".join(self._lexemes[number].whole.reading for number in lexemes)

    def run(self, lexemes: tuple[int, ...]) -> tuple[str, str]:
        """Return words in a row as printed, and their reading."""
        if lexemes not in self._runs:
            printed = "".join(self._lexemes[number].whole.surface for number in lexemes)
            self._runs[lexemes] = printed, self.reading(lexemes)
        return self._runs[lexemes]

    def _add(self, lexeme: Lexeme) -> None:
        whole, size = lexeme.whole, len(lexeme.parts)
        rows: list[tuple[int, int, int]] = []
        sized = 1 << SIZE_BITS
        for offset, unit in enumerate(lexeme.parts):
            if any(map(str.isalnum, unit.form)):  # particles too, for phrases; punctuation only takes up its position
                rows.append((self.number("words", unit.form), 1, offset))
            if unit.content and unit.reading not in {"", unit.form} and not unit.surface.isascii():
                rows.append((self.number("readings", unit.reading), sized, offset << SIZE_BITS | 1))
        if whole.content and 1 < size <= MOST_UNITS:
            rows.append((self.number("compounds", whole.form), sized, size))
            rows.append((self.number("readings", whole.reading), sized, size))
        self._rows.add(rows)
        self.units.add([unit[:2] for unit in lexeme.parts])
        content = sum(unit.content for unit in lexeme.parts)
        self._features.add([(content, whole.content, whole.noun, whole.end)])
