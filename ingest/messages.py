"""Messages between a process and its children: a length (4 bytes, big-endian) and MessagePack."""

import struct
from typing import IO, TypeVar

import msgspec

_Message = TypeVar("_Message", bound=msgspec.Struct)
_LENGTH = struct.Struct(">I")
MOST_BYTES = (1 << 32) - 1
"""The longest message that there can be."""


def send(pipe: IO[bytes], message: msgspec.Struct) -> None:
    """Write a message."""
    data = msgspec.msgpack.encode(message)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes], kind: type[_Message], most: int = MOST_BYTES) -> _Message | None:
    """Read a message; None where the other side has ended, or sends more than ``most`` bytes."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size or _LENGTH.unpack(head)[0] > most:
        return None
    data = pipe.read(_LENGTH.unpack(head)[0])
    return msgspec.msgpack.decode(data, type=kind) if len(data) == _LENGTH.unpack(head)[0] else None
