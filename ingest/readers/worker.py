"""The child process that reads files: requests come on its standard input, replies go to its standard output.

A message is its length (4 bytes, big-endian) and MessagePack. The operating system holds the child to its memory and
processor time (POSIX); wall time is the parent's to watch. Run as ``python -m ingest.readers.worker``.
"""

import os
import struct
import sys
import time
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from ingest.errors import IngestError, RefusedFile, UnreadableFile, UnsupportedFile
from ingest.extract import Extract
from ingest.readers import read
from ingest.readers.sources import Limits

_Message = TypeVar("_Message", bound=msgspec.Struct)
_LENGTH = struct.Struct(">I")
_KINDS: dict[str, type[IngestError]] = {kind.__name__: kind for kind in (UnreadableFile, UnsupportedFile, RefusedFile)}
_WORN_OUT = 0.4
"""The share of the allowed memory above which a process has served its time."""


class Request(msgspec.Struct, frozen=True):
    """A file to read."""

    path: str
    name: str
    ocr: bool
    limits: Limits


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome: an extract, or the kind, the sentence and the facts of an error; ``last`` before the child ends."""

    extract: Extract | None = None
    kind: str = ""
    sentence: str = ""
    facts: dict[str, str] = {}
    last: bool = False

    def outcome(self) -> Extract | IngestError:
        """Return the extract, or the error as it was raised in the child."""
        if self.extract is not None:
            return self.extract
        error = _KINDS[self.kind].__new__(_KINDS[self.kind], self.sentence)
        error.__dict__.update(self.facts)
        return error


def send(pipe: IO[bytes], message: msgspec.Struct) -> None:
    """Write a message."""
    data = msgspec.msgpack.encode(message)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes], kind: type[_Message], most: int) -> _Message | None:
    """Read a message; None where the other side has ended, or sends more than ``most`` bytes."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size or _LENGTH.unpack(head)[0] > most:
        return None
    data = pipe.read(_LENGTH.unpack(head)[0])
    return msgspec.msgpack.decode(data, type=kind) if len(data) == _LENGTH.unpack(head)[0] else None


def main() -> None:
    """Answer requests until the parent closes the pipe, or until a file has left the process too large."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get among the replies
    last = False
    while not last and (request := receive(requests, Request, 1_000_000)):
        _limit(request)
        reply = _answer(request)
        last = reply.last
        send(replies, reply)


def _answer(request: Request) -> Reply:
    worn_out = _WORN_OUT * request.limits.memory_bytes
    try:
        extract = read(Path(request.path), name=request.name, ocr=request.ocr, limits=request.limits)
        return Reply(extract=extract, last=_peak_bytes() > worn_out)
    except IngestError as error:
        facts = {name: str(value) for name, value in vars(error).items()}
        last = isinstance(error.__context__, MemoryError) or _peak_bytes() > worn_out
        return Reply(kind=type(error).__name__, sentence=str(error), facts=facts, last=last)


def _limit(request: Request) -> None:
    """Set the limits for one file: memory as it is, processor time on top of what was used so far."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on Windows

        limits = request.limits
        seconds = int(time.process_time() + (limits.ocr_seconds if request.ocr else limits.seconds)) + 1
        for kind, soft in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_CPU, seconds)):
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _peak_bytes() -> int:
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
