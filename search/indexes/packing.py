"""Places as bytes, all lists of a batch at once: small numbers take few bytes, and reading them is a look at memory.

1 byte      how wide the numbers of the list are (the code of ``_STEPS`` and ``_LOWS``)
4 bytes     the slot of the first place
n times     the distance of each slot from the one before, little-endian
n times     field and position, little-endian
"""

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from search.indexes import FIELD_BITS, SLOT_BITS, Key, Places, Postings

_HEAD = struct.Struct("<BI")
_STEPS = (np.dtype("<u1"), np.dtype("<u2"), np.dtype("<u4"))
_LOWS = (np.dtype("<u2"), np.dtype("<u4"))
_SHORT_BITS = 11
"""Bits of a position that leave room for its field in two bytes."""
_POSITION = (1 << FIELD_BITS) - 1


def packed(postings: Postings) -> Iterator[tuple[Key, bytes]]:
    """Yield each term with its list."""
    if not postings.keys:
        return
    ends = postings.ends
    starts = np.append(0, ends[:-1])
    slots = postings.places >> SLOT_BITS
    steps = np.diff(slots, prepend=0)
    steps[starts] = 0
    positions = postings.places & _POSITION
    fields = (postings.places >> FIELD_BITS) & ((1 << SLOT_BITS - FIELD_BITS) - 1)
    widest = np.maximum.reduceat(steps, starts)
    step_codes = (widest > 0xFF).astype(np.int64) + (widest > 0xFFFF)
    low_codes = (np.maximum.reduceat(positions, starts) >> _SHORT_BITS > 0).astype(np.int64)
    step_data = [_bytes(steps, kind) for kind in _STEPS]
    low_data = [_bytes(fields << _SHORT_BITS | positions, _LOWS[0]), _bytes(fields << FIELD_BITS | positions, _LOWS[1])]
    rows = (starts, ends, slots[starts], step_codes, low_codes)
    for key, start, end, first, step, low in zip(postings.keys, *(row.tolist() for row in rows), strict=True):
        yield key, b"".join((
            _HEAD.pack(low << 2 | step, first),
            step_data[step][start << step : end << step],
            low_data[low][start << low + 1 : end << low + 1],
        ))  # fmt: skip


def unpacked(data: bytes) -> Places:
    """Return the places of a list."""
    code, first = _HEAD.unpack_from(data)
    steps, lows = _STEPS[code & 3], _LOWS[code >> 2]
    count = (len(data) - _HEAD.size) // (steps.itemsize + lows.itemsize)
    slots = np.cumsum(np.frombuffer(data, steps, count, _HEAD.size), dtype=np.int64) + first
    low = np.frombuffer(data, lows, count, _HEAD.size + count * steps.itemsize).astype(np.int64)
    if code >> 2 == 0:
        low = low >> _SHORT_BITS << FIELD_BITS | low & (1 << _SHORT_BITS) - 1
    return np.asarray(slots << SLOT_BITS | low)


def _bytes(numbers: npt.NDArray[np.int64], kind: np.dtype[np.unsignedinteger[Any]]) -> memoryview:
    """Return numbers in so many bytes each, cut off where they are wider."""
    return numbers.astype(kind).data.cast("B")
