"""Named columns of numbers and texts in one file, mapped into memory: what a question does not touch is not read.

    renkei columns 1, and the end of a line
CRC-32 of all that follows, 4 bytes; length of the head, 4 bytes (both little-endian)
head, JSON: {name: [type as numpy writes it, where it begins, how many values]}
the columns one after the other, each from a multiple of 8 bytes on
"""

import json
import mmap
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]

_MAGIC = b"renkei columns 1\n"
_START = -(-(len(_MAGIC) + 8) // 8) * 8


def write_columns(path: Path, columns: Mapping[str, Column]) -> None:
    """Write columns into a new file."""
    head: dict[str, tuple[str, int, int]] = {}
    place, parts = 0, []
    for name, column in columns.items():
        data = np.ascontiguousarray(column).tobytes()
        head[name] = (column.dtype.str, place, len(column))
        parts.append(data + b"\0" * (-len(data) % 8))
        place += len(parts[-1])
    told = json.dumps(head).encode()
    told += b" " * (-len(told) % 8)
    body = told + b"".join(parts)
    start = _MAGIC + zlib.crc32(body).to_bytes(4, "little") + len(told).to_bytes(4, "little")
    path.write_bytes(start.ljust(_START, b"\0") + body)


def open_columns(path: Path) -> Mapping[str, Column] | None:
    """Map the columns of a file into memory; None where it is missing, of another form, or not as it was written."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # no such file, or an empty one
        return None
    seal, length = (int.from_bytes(mapped[len(_MAGIC) + at : len(_MAGIC) + at + 4], "little") for at in (0, 4))
    if mapped[: len(_MAGIC)] != _MAGIC or zlib.crc32(memoryview(mapped)[_START:]) != seal:
        return None
    body = _START + length
    head = json.loads(mapped[_START:body])
    return {name: np.frombuffer(mapped, kind, count, body + place) for name, (kind, place, count) in head.items()}


class Texts(Sequence[str]):
    """Texts in two columns: their bytes in UTF-8 one after the other, and where each ends."""

    def __init__(self, data: Column, ends: Column) -> None:
        self._data, self._ends = memoryview(data.data), ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self._ends):
            raise IndexError(place)
        start = self._ends[place - 1] if place else 0
        return str(self._data[start : self._ends[place]], "utf-8")

    def place(self, text: str) -> int | None:
        """Return the place of a text among texts that are sorted."""
        found = bisect_left(self, text)
        return found if found < len(self) and self[found] == text else None


def text_columns(name: str, texts: Iterable[str]) -> Iterator[tuple[str, Column]]:
    """Yield the two columns of texts."""
    encoded = [text.encode() for text in texts]
    yield name, np.frombuffer(b"".join(encoded), np.uint8)
    yield f"{name} ends", np.fromiter(accumulate(map(len, encoded)), np.int64, len(encoded))


def texts_of(columns: Mapping[str, Column], name: str) -> Texts:
    """Return the texts of two columns."""
    return Texts(columns[name], columns[f"{name} ends"])
