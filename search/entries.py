"""The entries themselves, beside the engine: columns to filter, count and sort by, and the texts to show.

    entries/{document}.columns   facets, sort keys, lengths: all that answering needs, read when the index is opened
    entries/{document}.entries   the entries one after another, read one by one when they are shown; then the words of the
                                 document with their readings, read when a word is not found, and the names that can be
                                 completed, read when something is typed

Each file is written once and belongs to one document: a new state shares it with the state before by a hard link.
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import msgspec
import numpy as np

from search.model import FACETS, SearchDocument
from search.names import Name
from search.terms import Cuttings

CIRCLED_ONE = ord("①")
NO_NUMBER = 2**38


class FacetColumn(msgspec.Struct, frozen=True, array_like=True):
    """Values of a facet: (value, label) pairs, the sets of them that entries have, and the set of each entry (u4).

    Entries share sets: hundreds of them have the same years, the same municipalities.
    """

    values: list[tuple[str, str]]
    sets: list[tuple[int, ...]]
    chosen: bytes


class Columns(msgspec.Struct, frozen=True):
    """The columns of a document's entries, and where its file of entries has what (half-open ranges of bytes).

    ``offsets`` has one more than there are entries.
    """

    offsets: list[int]
    words: tuple[int, int]
    names: tuple[int, int]
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


_encode = msgspec.msgpack.encode
_columns = msgspec.msgpack.Decoder(Columns)
_stored = msgspec.msgpack.Decoder(StoredEntry)
_words = msgspec.msgpack.Decoder(list[tuple[str, str, int]])
_names = msgspec.msgpack.Decoder(list[Name])
_SUFFIXES = ("entries", "columns")


def write_entries(folder: Path, document: str, entries: Sequence[SearchDocument], made: Cuttings) -> None:
    """Write the two files of a document."""
    stored = [_encode(StoredEntry(entry, spans)) for entry, spans in zip(entries, made.spans, strict=True)]
    stored += [_encode(made.words), _encode(made.names)]
    (folder / f"{document}.entries").write_bytes(b"".join(stored))
    *offsets, words_end, names_end = accumulate(map(len, stored), initial=0)
    columns = Columns(
        offsets=offsets,
        words=(offsets[-1], words_end),
        names=(words_end, names_end),
        lengths=made.lengths.astype("<u4").tobytes(),
        facets={name: _facet_column(name, entries) for name in FACETS},
        numbers=[number_key(e.number, e.branch) for e in entries],
        dates=[_date_key(e.date) for e in entries],
        budgets=[e.budget for e in entries],
        readings=made.readings,
        titles=[e.title for e in entries],
    )
    (folder / f"{document}.columns").write_bytes(_encode(columns))


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
    return _stored.decode(_piece(folder, document, start, end))


def read_words(folder: Path, document: str, columns: Columns) -> list[tuple[str, str, int]]:
    """Read the words of a document, each with its reading and how often it stands there."""
    return _words.decode(_piece(folder, document, *columns.words))


def read_names(folder: Path, document: str, columns: Columns) -> list[Name]:
    """Read the names of a document."""
    return _names.decode(_piece(folder, document, *columns.names))


def _piece(folder: Path, document: str, start: int, end: int) -> bytes:
    with (folder / f"{document}.entries").open("rb") as file:
        file.seek(start)
        return file.read(end - start)


def number_key(number: str | None, branch: str | None) -> int:
    """Return the place of a number among others: 9 < 10, 7-① < 7-② < 8; what has none comes last."""
    steps = re.findall(r"\d+", number or "")
    if not steps:
        return NO_NUMBER
    digits = steps[0] + "".join(step.zfill(3)[:3] for step in steps[1:3])
    after = ord(branch[0]) - CIRCLED_ONE + 1 if branch and "①" <= branch[0] <= "⑳" else int(bool(branch))
    return min(int(digits), 1_000_000_000) * 100 + after


def _date_key(date: str | None) -> int:
    return int((date or "").replace("-", "").ljust(8, "0")) if date else 0


def _facet_column(name: str, entries: Sequence[SearchDocument]) -> FacetColumn:
    numbers: dict[tuple[str, str], int] = {}
    sets: dict[tuple[tuple[str, str], ...], int] = {}
    chosen = [sets.setdefault(tuple(dict.fromkeys(entry.facets.get(name, ()))), len(sets)) for entry in entries]
    listed = [tuple(numbers.setdefault(value, len(numbers)) for value in values) for values in sets]
    return FacetColumn(list(numbers), listed, np.array(chosen, "<u4").tobytes())
