"""The one place that cuts Japanese into words, with SudachiPy.

Every text is cut once, into short units (Sudachi's A) and compounds (C) with their normal forms, readings and offsets
in the text as given; every engine gets the same. What each word is stands in ``search.dictionary``.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from search.dictionary import Lexeme, Unit, lexeme_of

LONGEST = 12_000
"""Characters given to Sudachi at once: it refuses more than 49,149 bytes, and a character has at most four."""
LONGEST_NAME = 60
MOST_LEXEMES = 200_000
"""Words kept as the dictionary has them; a library has far fewer, a hostile one does not fill the memory."""

_CUT_AT = re.compile(r"[。．！？]")
_CELL = re.compile(r"[^\t\n]+|[\t\n]+")


class Compound(NamedTuple):
    """A long unit: the index of its first short unit, and how many it has."""

    first: int
    size: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into short units, and the long ones above them. A blank is no unit, the end of a line is."""

    text: str
    units: tuple[Unit, ...]
    compounds: tuple[Compound, ...]


def cut(text: str) -> Cut:
    """Cut a text of any length into words; names are met again and again, and kept."""
    return _cut_name(text) if len(text) <= LONGEST_NAME else _cut(text)


def _cut(text: str) -> Cut:
    units: list[Unit] = []
    compounds: list[Compound] = []
    for lexeme, start in zip(*lexemes(text), strict=True):
        compounds.append(Compound(len(units), len(lexeme.parts), _moved(lexeme.whole, start)))
        units.extend(_moved(part, start) for part in lexeme.parts)
    return Cut(text, tuple(units), tuple(compounds))


def _moved(unit: Unit, by: int) -> Unit:
    return Unit(unit.start + by, unit.end + by, *unit[2:])


_cut_name = lru_cache(maxsize=16_384)(_cut)


def cells(text: str) -> list[str]:
    """Return the cells and lines of a text, and what parts them, one after another; words never join across."""
    return _CELL.findall(text)


def lexemes(text: str) -> tuple[list[Lexeme], list[int]]:
    """Return the long units of a text and where each begins. One lexeme is one object for as long as it is known."""
    listed: list[Lexeme] = []
    starts: list[int] = []
    tokenize, known = _sudachi().tokenize, _known
    for start, piece in _pieces(text):
        above = ""
        for morpheme in tokenize(piece):  # morphemes follow each other without a gap
            surface = morpheme.surface()
            lexeme = known.get((surface, morpheme.word_id())) if surface else _learn_inside(morpheme, above)
            if lexeme is None:
                lexeme = _learn(morpheme)
            if lexeme is not _BLANK:
                listed.append(lexeme)
                starts.append(start if surface else start - len(above))
            start += len(surface)  # noqa: PLW2901  where the next one begins
            above = surface[-1:] or above
    return listed, starts


_BLANK = Lexeme(Unit(0, 0, "", "", "", content=False, light=False, noun=False, known=True), ())
_INSIDE = "\0"
_known: dict[tuple[str, int] | tuple[str, int, str], Lexeme] = {}


def _learn(morpheme: Any) -> Lexeme:
    """Return a word that is not known by what it looks like alone: a new one, or figures, which are read in several ways."""
    surface, word = morpheme.surface(), morpheme.word_id()
    key = (surface, word, morpheme.reading_form()) if surface[:1].isnumeric() else (surface, word)
    if key not in _known:
        if len(_known) > MOST_LEXEMES:
            _known.clear()
        _known[key] = lexeme_of(morpheme) or _BLANK
    return _known[key]


def _learn_inside(morpheme: Any, character: str) -> Lexeme:
    """Return a word that stands inside of one character with those before it (the 1 of ⑴): it is seen as all of that."""
    key = (character, morpheme.word_id(), _INSIDE)
    if key not in _known:
        found = lexeme_of(morpheme) if character else None
        _known[key] = (
            Lexeme(_over(found.whole, character), tuple(_over(p, character) for p in found.parts)) if found else _BLANK
        )
    return _known[key]


def _over(unit: Unit, character: str) -> Unit:
    return unit._replace(start=0, end=len(character), surface=character)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the cells of a text and where each begins, long ones cut where a sentence ends."""
    start = 0
    for cell in cells(text):
        while len(cell) > LONGEST:
            ends = [m.end() for m in _CUT_AT.finditer(cell, 0, LONGEST)]
            end = ends[-1] if ends else LONGEST
            yield start, cell[:end]
            start, cell = start + end, cell[end:]  # noqa: PLW2901  the rest is the next piece
        yield start, cell
        start += len(cell)


class _Tokenizers(threading.local):
    """One tokenizer a thread: a shared one raises."""

    tokenizer: Any = None


_local = _Tokenizers()
_loading = threading.Lock()


def _sudachi() -> Any:
    if _local.tokenizer is None:
        with _loading:
            _local.tokenizer = _dictionary().tokenizer("C")
    return _local.tokenizer


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary  # noqa: PLC0415  200 MB are mapped on first use only

    return Dictionary()
