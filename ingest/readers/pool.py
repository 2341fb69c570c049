"""Reads many files with child processes: one hostile file ends as a sentence, and the others go on.

A child is used again for the next file, and replaced after it was killed or has grown. Small text files are read
here: nothing in them can go wrong, and most of a corpus are such. Where records are asked for, only a few of them are
worked on here: making records takes a hundred times as long as reading a text, and many keep every core busy.
"""

import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import LifoQueue
from typing import TypeVar, cast

from ingest.errors import IngestError, RefusedFile, UnreadableFile
from ingest.extract import Extract
from ingest.messages import receive, send
from ingest.readers import READERS, check, read
from ingest.readers.sources import MEGABYTE, Limits, Member, SourceFile
from ingest.readers.worker import Parsed, Reply, Request, parse_file

Outcome = Extract | IngestError
_Result = TypeVar("_Result")
_ROOT = Path(__file__).parents[2]
_SMALL_TEXT = 5 * MEGABYTE
_FEW = 8
"""Below so many files, parsing small texts here is quicker than starting children."""


class ReaderPool:
    """Child processes that read files, started when they are needed; use it as a context manager."""

    def __init__(self, workers: int = 2, *, limits: Limits | None = None, ocr: bool = False) -> None:
        self._limits, self._ocr = limits or Limits(), ocr
        self._workers = [_Worker() for _ in range(workers)]
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)

    def __enter__(self) -> "ReaderPool":
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown()
        for worker in self._workers:
            worker.end()

    def read_all(self, files: Iterable[Path | Member]) -> Iterator[tuple[Member, Outcome]]:
        """Yield each file with its extract or the error that it ended with, in the order given.

        Only a few files are under way at a time, so that memory does not grow with the number of files.
        """
        return self._in_order(files, self._read)

    def parse_all(self, files: Sequence[Path | Member]) -> Iterator[tuple[Member, Parsed | IngestError]]:
        """Yield each file with its records and text or the error that it ended with, as ``read_all`` does."""
        return self._in_order(files, self._parse_here if len(files) < _FEW else self._parse)

    def _in_order(
        self, files: Iterable[Path | Member], work: Callable[[Member], _Result]
    ) -> Iterator[tuple[Member, _Result]]:
        under_way: deque[tuple[Member, Future[_Result]]] = deque()
        for file in files:
            member = file if isinstance(file, Member) else Member(str(file), file)
            under_way.append((member, self._threads.submit(work, member)))
            if len(under_way) > 2 * len(self._workers):
                yield _finished(under_way)
        while under_way:
            yield _finished(under_way)

    def _read(self, member: Member) -> Outcome:
        return cast("Outcome", self._outcome(member, parse=False, here=True))

    def _parse(self, member: Member) -> Parsed | IngestError:
        return cast("Parsed | IngestError", self._outcome(member, parse=True, here=False))

    def _parse_here(self, member: Member) -> Parsed | IngestError:
        outcome = self._outcome(member, parse=False, here=True) if _is_small_text(member) else self._parse(member)
        if not isinstance(outcome, Extract):
            return outcome
        try:
            return parse_file(member.path, member.name, outcome)
        except IngestError as fault:
            return fault

    def _outcome(self, member: Member, *, parse: bool, here: bool) -> Extract | Parsed | IngestError:
        if member.fault:
            return member.fault
        source = SourceFile(member.path, member.name, self._ocr, self._limits)
        try:
            check(source)
            if here and _is_small_text(member):
                return read(member.path, name=member.name, limits=self._limits)
        except IngestError as fault:
            return fault
        worker = self._idle.get()
        try:
            return worker.read(source, parse=parse)
        finally:
            self._idle.put(worker)


def _is_small_text(member: Member) -> bool:
    """Tell whether a file can be read here; one that is not there fails the check that comes first."""
    suffix = Path(member.name).suffix.lower()
    return READERS.get(suffix) == "text" and member.path.is_file() and member.path.stat().st_size < _SMALL_TEXT


def _finished(under_way: deque[tuple[Member, Future[_Result]]]) -> tuple[Member, _Result]:
    member, outcome = under_way.popleft()
    return member, outcome.result()


class _Worker:
    """One child process at a time, and the clock that ends it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopped = False

    def read(self, source: SourceFile, *, parse: bool) -> Extract | Parsed | IngestError:
        """Read a file; where a child that has served others breaks off, a new one tries once more."""
        was_used = self._process is not None
        outcome, broke_off = self._read(source, parse)
        return self._read(source, parse)[0] if broke_off and was_used else outcome

    def _read(self, source: SourceFile, parse: bool) -> tuple[Extract | Parsed | IngestError, bool]:
        process = self._started()
        if process is None:
            return UnreadableFile(source.name, "reading was stopped", "read it again"), False
        seconds = source.limits.ocr_seconds if source.ocr else source.limits.seconds
        with _Deadline(process, seconds) as deadline:
            reply = _exchange(process, source, parse)
        if reply is None:
            code = self.end()
            fault = _ended(source, code, seconds if deadline.passed else None)
            return fault, isinstance(fault, UnreadableFile)
        if reply.last or deadline.passed:
            self.end()
        return reply.outcome(), False

    def stop(self) -> None:
        """Kill the child, and start no other; the thread that waits for it sees its pipe close."""
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._process is None and not self._stopped:
                command = [sys.executable, "-m", "ingest.readers.worker"]
                self._process = subprocess.Popen(  # noqa: S603  our own module
                    command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            return self._process

    def end(self) -> int:
        """Kill the child, wait for it and return its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        process.communicate()
        return process.returncode


class _Deadline:
    """Kills a process when its time is over, unless the block has ended before."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._kill)
        self._done = False
        self.passed = False

    def __enter__(self) -> "_Deadline":
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._done = True
        self._timer.cancel()

    def _kill(self) -> None:
        with self._lock:
            if not self._done:
                self.passed = True
                self._process.kill()


def _exchange(process: subprocess.Popen[bytes], source: SourceFile, parse: bool) -> Reply | None:
    """Ask for a file and wait for the reply; None where the child ended instead."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        send(process.stdin, Request(str(source.path.resolve()), source.name, source.ocr, source.limits, parse))
        return receive(process.stdout, Reply, 4 * source.limits.text_chars + 100 * MEGABYTE)
    except (OSError, ValueError):
        return None


def _ended(source: SourceFile, code: int, seconds: float | None) -> IngestError:
    if seconds is not None or code == -getattr(signal, "SIGXCPU", 0):
        return RefusedFile(source.name, f"reading it takes longer than {seconds or source.limits.seconds:g} s")
    return UnreadableFile(source.name, f"the program that reads it broke off (code {code}), as for want of memory")
