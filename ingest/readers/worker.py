"""The child process that reads files: requests come on its standard input, replies go to its standard output.

Where it is asked to, it makes the records too, so that a hostile file cannot hold up the parent there either. The
operating system holds the child to its memory and processor time (POSIX); wall time is the parent's to watch. Run as
``python -m ingest.readers.worker``.
"""

import os
import sys
import time
from pathlib import Path
from typing import cast

import msgspec

from ingest.errors import AmbiguousDocument, IngestError, RefusedFile, UnreadableFile, UnsupportedFile
from ingest.extract import Extract
from ingest.files import records_of, sha256_of
from ingest.messages import receive, send
from ingest.readers import read
from ingest.readers.sources import Limits
from ingest.records import AnyRecord

_KINDS: dict[str, type[IngestError]] = {
    kind.__name__: kind for kind in (UnreadableFile, UnsupportedFile, RefusedFile, AmbiguousDocument)
}
_WORN_OUT = 0.4
"""The share of the allowed memory above which a process has served its time."""


class Request(msgspec.Struct, frozen=True):
    """A file to read, and to parse where ``parse`` says so."""

    path: str
    name: str
    ocr: bool
    limits: Limits
    parse: bool = False


class Parsed(msgspec.Struct, frozen=True):
    """What a file became: its records, the ``document`` first, and the lines of its text."""

    records: list[AnyRecord]
    text: list[str]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome: an extract or records, or the kind, the sentence and the facts of an error.

    ``last`` says that the child ends.
    """

    extract: Extract | None = None
    parsed: Parsed | None = None
    kind: str = ""
    sentence: str = ""
    facts: dict[str, str] = {}
    last: bool = False

    def outcome(self) -> Extract | Parsed | IngestError:
        """Return the extract or the records, or the error as it was raised in the child."""
        if self.extract is not None:
            return self.extract
        if self.parsed is not None:
            return self.parsed
        error = _KINDS[self.kind].__new__(_KINDS[self.kind], self.sentence)
        error.__dict__.update(self.facts)
        return error


def parse_file(path: Path, name: str, extract: Extract) -> Parsed:
    """Make the records of a file that was read; raises ``AmbiguousDocument`` and, on a fault of ours, ``UnreadableFile``."""
    try:
        records = records_of(Path(name).name, sha256_of(path), extract)
    except (IngestError, MemoryError):
        raise
    except Exception as error:  # a form that a parser was not written for must not cost the other files
        fault = f"{type(error).__name__}: {error}"
        raise UnreadableFile(name, fault, "please report it with this file") from error
    return Parsed(cast("list[AnyRecord]", records), extract.text)


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
        path = Path(request.path)
        extract = read(path, name=request.name, ocr=request.ocr, limits=request.limits)
        if not request.parse:
            return Reply(extract=extract, last=_peak_bytes() > worn_out)
        return Reply(parsed=parse_file(path, request.name, extract), last=_peak_bytes() > worn_out)
    except MemoryError:
        return _failed(RefusedFile(request.name, "it needs too much memory"), last=True)
    except IngestError as error:
        return _failed(error, last=isinstance(error.__context__, MemoryError) or _peak_bytes() > worn_out)


def _failed(error: IngestError, *, last: bool) -> Reply:
    facts = {name: str(value) for name, value in vars(error).items()}
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
    """Return the most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux: there, the count of getrusage begins with what the parent held
        held = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) * 1024
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
