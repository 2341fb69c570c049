"""The words that a document cutter has met: what each comes to as terms, worked out once, in arrays to gather from."""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from search.dictionary import Lexeme
from search.indexes import Key
from search.japanese import MOST_LEXEMES, cells, lexemes

SIZE_BITS = 4
MOST_UNITS = (1 << SIZE_BITS) - 1
Ints = npt.NDArray[np.int64]


class Column:
    """Numbers that are added a few at a time and read all at once."""

    def __init__(self) -> None:
        self._new, self._held, self._count = array("q"), np.zeros(1024, np.int64), 0

    def extend(self, numbers: Iterable[int]) -> None:
        """Add numbers."""
        self._new.extend(numbers)

    def read(self) -> Ints:
        """Return all numbers; what is returned does not change."""
        if self._new:
            end = self._count + len(self._new)
            if end > len(self._held):
                self._held = np.concatenate((self._held[: self._count], np.zeros(2 * end - self._count, np.int64)))
            self._held[self._count : end] = self._new
            self._count, self._new = end, array("q")
        return self._held[: self._count]


class Groups:
    """Rows of numbers in groups that are added one by one and read many at once."""

    def __init__(self, width: int) -> None:
        self._columns, self._ends, self._rows = [Column() for _ in range(width)], Column(), 0
        self._ends.extend([0])

    def add(self, *columns: Sequence[int]) -> None:
        """Add a group: its rows, column by column."""
        for column, numbers in zip(self._columns, columns, strict=True):
            column.extend(numbers)
        self._rows += len(columns[0])
        self._ends.extend([self._rows])

    def gathered(self, chosen: Ints) -> tuple[Ints, list[Ints]]:
        """Return the rows of the chosen groups: for each the place of its group in ``chosen``, and the columns."""
        at, owner = expand(self._ends.read(), chosen)
        return owner, [column.read()[at] for column in self._columns]


def expand(ends: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Return the indexes of all rows of the chosen groups, and for each the place of its group in ``chosen``.

    ``ends`` has one more than there are groups: a group's rows begin at its own number and end before the next one's.
    """
    starts = ends[chosen]
    counts = ends[chosen + 1] - starts
    owner = np.repeat(np.arange(len(chosen)), counts)
    return np.arange(len(owner)) + np.repeat(starts - np.cumsum(counts) + counts, counts), owner


def ends_of(owner: Ints, groups: int) -> Ints:
    """Return where the rows of each group end, with a zero before the first; ``owner`` has the group of each row, ascending."""
    return np.append(0, np.cumsum(np.bincount(owner, minlength=groups)))


class Lexicon:
    """Numbers for terms, words and cells of text."""

    def __init__(self) -> None:
        self.terms: dict[Key, int] = {}
        self._lexemes: dict[Lexeme, int] = {}
        self._listed: list[Lexeme] = []
        self._rows = Groups(3)  # term, factor of the position, what is added to it
        self._units = Groups(2)  # where each short unit begins and ends, from the start of its word
        self._features = [Column() for _ in range(4)]
        self._runs: dict[int, tuple[str, str]] = {}
        self._cells: dict[str, int] = {}
        self._words = Groups(2)  # of a cell: each word, and where it begins
        self._lengths = Column()

    @property
    def is_full(self) -> bool:
        """Whether to begin anew: what was met is kept for speed alone."""
        most = max(4 * len(self._cells), len(self._listed), len(self.terms) // 8, len(self._runs) // 8)
        return most > MOST_LEXEMES

    def number(self, field: str, term: str) -> int:
        """Return the number of a term."""
        return self.terms.setdefault((field, term), len(self.terms))

    def words_of(self, texts: Iterable[str]) -> tuple[Ints, Ints, Ints]:
        """Return the words of texts: the text of each, its number, and where it begins there.

        A cell comes again in the text of its field and in the printed lines: what it is cut into is kept.
        """
        cells_: list[str] = []
        ends = [0]
        for text in texts:
            cells_ += cells(text)
            ends.append(len(cells_))
        numbers = np.array([self._cell(cell) for cell in cells_], np.int64)
        firsts, before = np.array(ends), np.append(0, np.cumsum(self._lengths.read()[numbers]))
        of = np.repeat(np.arange(len(ends) - 1), np.diff(firsts))
        starts = before[:-1] - before[firsts[of]]
        owner, (words, at) = self._words.gathered(numbers)
        return of[owner], words, at + starts[owner]

    def rows_of(self, words: Ints, positions: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the rows of words that stand at positions (of their first short units): word, term, lower bits of places."""
        owner, (terms, factors, more) = self._rows.gathered(words)
        return owner, terms, positions[owner] * factors + more

    def units_of(self, words: Ints, starts: Ints) -> tuple[Ints, Ints]:
        """Return the short units of words that begin at places of a text: word, and where the unit begins and ends."""
        owner, spans = self._units.gathered(words)
        return owner, np.asarray(np.stack(spans, 1) + starts[owner][:, None])

    def features(self, words: Ints) -> list[Ints]:
        """Return of words: how many content words they are made of, 1 for one itself, 1 for a noun, its length."""
        return [column.read()[words] for column in self._features]

    def lexemes(self, words: Ints) -> list[Lexeme]:
        """Return words as the dictionary has them."""
        return [self._listed[number] for number in words.tolist()]

    def run(self, packed: int) -> tuple[str, str]:
        """Return words in a row (``pack``) as printed, and their reading."""
        if packed not in self._runs:
            words = [self._listed[number].whole for number in unpack(packed)]
            self._runs[packed] = "".join(word.surface for word in words), "".join(word.reading for word in words)
        return self._runs[packed]

    def _cell(self, cell: str) -> int:
        number = self._cells.get(cell)
        if number is None:
            number = self._cells[cell] = len(self._cells)
            listed, starts = lexemes(cell)
            self._words.add([self._number(lexeme) for lexeme in listed], starts)
            self._lengths.extend([len(cell)])
        return number

    def _number(self, lexeme: Lexeme) -> int:
        """Return the number of a word, and work out what it comes to when it is met first."""
        number = self._lexemes.get(lexeme)
        if number is None:
            number = self._lexemes[lexeme] = len(self._listed)
            self._listed.append(lexeme)
            self._add(lexeme)
        return number

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
        self._rows.add(*([row[i] for row in rows] for i in range(3)))
        self._units.add([unit.start for unit in lexeme.parts], [unit.end for unit in lexeme.parts])
        content = sum(unit.content for unit in lexeme.parts)
        for column, value in zip(self._features, (content, whole.content, whole.noun, whole.end), strict=True):
            column.extend([value])


def pack(words: Sequence[Ints]) -> Ints:
    """Return one number for words in a row: three at most, and a lexicon is full long before it has so many words."""
    packed = np.zeros(len(words[0]), np.int64)
    for numbers in words:
        packed = packed << _WORD_BITS | numbers + 1
    return packed


def unpack(packed: int) -> list[int]:
    """Return the words of a number that ``pack`` made."""
    words = []
    while packed:
        words.append((packed & (1 << _WORD_BITS) - 1) - 1)
        packed >>= _WORD_BITS
    return words[::-1]


_WORD_BITS = 21
