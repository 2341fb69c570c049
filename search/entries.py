"""The entries themselves, beside the engine: columns to filter, count and sort by, and the texts to show.

    entries/{document}.columns   facets, sort keys, lengths: all that answering needs, read when the index is opened
    entries/{document}.entries   the entries one after another, read one by one when they are shown
    entries/{document}.words     the words of the document with their readings, read when a word is not found
    entries/{document}.names     the names that can be completed, read when something is typed

Each file is written once and belongs to one document: a new state shares it with the state before by a hard link.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from search.indexes import Terms
from search.japanese import cut, fold_text
from search.kana import to_romaji
from search.model import FACETS, PATH, WEIGHTS, SearchDocument
from search.terms import entry_terms

CIRCLED_ONE = ord("①")
NO_NUMBER = 2**31


class FacetColumn(msgspec.Struct, frozen=True, array_like=True):
    """Values of a facet by entry: (value, label) pairs, how many each entry has (u2), and which (u4)."""

    values: list[tuple[str, str]]
    counts: bytes
    ids: bytes


class Columns(msgspec.Struct, frozen=True):
    """The columns of a document's entries; ``offsets`` has one more than there are entries."""

    offsets: list[int]
    lengths: bytes
    facets: dict[str, FacetColumn]
    numbers: list[int]
    dates: list[int]
    budgets: list[float | None]
    readings: list[str]
    titles: list[str]


class StoredEntry(msgspec.Struct, frozen=True):
    """An entry as it is shown, with the source range of each unit of its fields."""

    document: SearchDocument
    spans: dict[str, bytes]


class Name(msgspec.Struct, frozen=True, array_like=True):
    """A name that can be completed: its type, its value in the facet of that type (if any), and what to show.

    ``keys`` has the folded text, the reading and its Latin letters from each word of the name on.
    """

    type: str
    value: str
    text: str
    label: str
    keys: tuple[tuple[str, str, str], ...]


_encode = msgspec.msgpack.encode
_columns = msgspec.msgpack.Decoder(Columns)
_stored = msgspec.msgpack.Decoder(StoredEntry)
_words = msgspec.msgpack.Decoder(list[tuple[str, str, int]])
_names = msgspec.msgpack.Decoder(list[Name])
_SUFFIXES = ("entries", "columns", "words", "names")
_NAMED_FACETS = ("municipality", "department", "area")
_UNNAMED = ("line", *_NAMED_FACETS)


def write_entries(folder: Path, document: str, entries: Sequence[SearchDocument]) -> Iterator[Terms]:
    """Write the four files of a document and yield the terms of each entry, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    offsets, lengths = [0], []
    words: Counter[tuple[str, str]] = Counter()
    readings = []
    path = folder / f"{document}.entries"
    with path.open("wb") as file:
        for entry in entries:
            made = entry_terms(entry)
            offsets.append(offsets[-1] + file.write(_encode(StoredEntry(entry, made.spans))))
            lengths.append(made.lengths)
            words.update(made.words)
            readings.append(made.reading)
            yield made.terms
    columns = Columns(
        offsets=offsets,
        lengths=np.array(lengths, "<u4").reshape(-1, len(WEIGHTS)).tobytes(),
        facets={name: _facet_column(name, entries) for name in FACETS},
        numbers=[number_key(e.number, e.branch) for e in entries],
        dates=[_date_key(e.date) for e in entries],
        budgets=[e.budget for e in entries],
        readings=readings,
        titles=[e.title for e in entries],
    )
    (folder / f"{document}.columns").write_bytes(_encode(columns))
    listed = [(word, reading, n) for (word, reading), n in sorted(words.items())]
    (folder / f"{document}.words").write_bytes(_encode(listed))
    (folder / f"{document}.names").write_bytes(_encode(list(_names_of(entries))))


def remove_entries(folder: Path, document: str) -> None:
    """Take the files of a document away, where there are any."""
    for suffix in _SUFFIXES:
        (folder / f"{document}.{suffix}").unlink(missing_ok=True)


def documents(folder: Path) -> list[str]:
    """Return the ids of the documents that have entries, in order."""
    return sorted(path.stem for path in folder.glob("*.columns"))


def read_columns(folder: Path, document: str) -> Columns:
    """Read the columns of a document."""
    return _columns.decode((folder / f"{document}.columns").read_bytes())


def read_entry(folder: Path, document: str, start: int, end: int) -> StoredEntry:
    """Read one entry: the half-open range of bytes is that of ``Columns.offsets``."""
    with (folder / f"{document}.entries").open("rb") as file:
        file.seek(start)
        return _stored.decode(file.read(end - start))


def read_words(folder: Path, document: str) -> list[tuple[str, str, int]]:
    """Read the words of a document."""
    return _words.decode((folder / f"{document}.words").read_bytes())


def read_names(folder: Path, document: str) -> list[Name]:
    """Read the names of a document."""
    return _names.decode((folder / f"{document}.names").read_bytes())


def number_key(number: str | None, branch: str | None) -> int:
    """Return the place of a number among others: 9 < 10, 7-① < 7-② < 8; what has none comes last."""
    digits = "".join(c for c in number or "" if c.isdecimal())
    if not digits:
        return NO_NUMBER
    after = ord(branch[0]) - CIRCLED_ONE + 1 if branch and "①" <= branch[0] <= "⑳" else int(bool(branch))
    return min(int(digits), 1_000_000) * 100 + after


def _names_of(entries: Sequence[SearchDocument]) -> Iterator[Name]:
    """Yield each municipality, department and area once, then each title that is none of them."""
    seen: set[tuple[str, str]] = set()
    for facet in _NAMED_FACETS:
        for value, label in dict.fromkeys(pair for entry in entries for pair in entry.facets.get(facet, ())):
            text = value.rsplit(PATH, 1)[-1] if PATH in value else label
            seen.add((facet, text))
            yield Name(facet, value, text, label, _keys(text))
    for entry in entries:
        if entry.type not in _UNNAMED and (entry.type, entry.title) not in seen:
            seen.add((entry.type, entry.title))
            yield Name(entry.type, "", entry.title, entry.title, _keys(entry.title, entry.reading))


def _keys(text: str, reading: str | None = None) -> tuple[tuple[str, str, str], ...]:
    parts = cut(text).compounds
    whole = reading or "".join(part.unit.reading for part in parts)
    keys = [(fold_text(text), whole, to_romaji(whole))]
    for i, part in enumerate(parts[1:], 1):
        if part.unit.content:
            rest = "".join(p.unit.reading for p in parts[i:])
            keys.append((fold_text(text[part.unit.start :]), rest, to_romaji(rest)))
    return tuple(keys)


def _date_key(date: str | None) -> int:
    return int((date or "").replace("-", "").ljust(8, "0")) if date else 0


def _facet_column(name: str, entries: Sequence[SearchDocument]) -> FacetColumn:
    numbers: dict[tuple[str, str], int] = {}
    counts: list[int] = []
    ids: list[int] = []
    for entry in entries:
        values = dict.fromkeys(entry.facets.get(name, ()))
        counts.append(len(values))
        ids.extend(numbers.setdefault(value, len(numbers)) for value in values)
    return FacetColumn(list(numbers), np.array(counts, "<u2").tobytes(), np.array(ids, "<u4").tobytes())
