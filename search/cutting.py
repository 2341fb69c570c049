"""Cuts the entries of many documents into words in child processes, while the engine takes in what is ready.

Words cost more than all the rest of an index, and Python cuts on one core only; so a child writes the entries of a
document (``entries.py``) and sends back their terms, which it alone has to work out. Run as ``python -m search.cutting``.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import LifoQueue

import msgspec

from ingest.messages import receive, send
from search.entries import write_entries
from search.indexes import DocumentTerms, Postings
from search.model import SearchDocument
from search.terms import Cutter

_ROOT = Path(__file__).parents[1]
_FEW = 8
"""Below so many documents, cutting here is quicker than starting children, which load the dictionary."""


Child = subprocess.Popen[bytes]


class Job(msgspec.Struct, frozen=True):
    """The entries of a document, and the folder that they go to."""

    folder: str
    document: str
    entries: list[SearchDocument]


class Done(msgspec.Struct, frozen=True):
    """The terms of the document."""

    terms: dict[str, Postings]


def write_all(
    folder: Path, replaced: Mapping[str, Sequence[SearchDocument]], workers: int
) -> Generator[tuple[str, DocumentTerms], None, None]:
    """Write the entries of documents and yield (document, its terms), in order.

    A few documents are under way at a time. With fewer than two ``workers`` all is done in this process.
    """
    if workers < 2 or len(replaced) < _FEW:
        cutter = Cutter()
        for document, entries in replaced.items():
            yield document, write_entries(folder, document, entries, cutter)
        return
    with _children(workers) as idle, ThreadPoolExecutor(workers) as threads:
        under_way: deque[tuple[str, Future[DocumentTerms]]] = deque()
        for document, entries in replaced.items():
            job = Job(str(folder.resolve()), document, list(entries))
            under_way.append((document, threads.submit(_write, job, idle)))
            if len(under_way) > 2 * workers:
                yield _first(under_way)
        while under_way:
            yield _first(under_way)


def _first(under_way: deque[tuple[str, Future[DocumentTerms]]]) -> tuple[str, DocumentTerms]:
    """Wait for the document that was begun first."""
    document, written = under_way.popleft()
    return document, written.result()


@contextmanager
def _children(count: int) -> Iterator["LifoQueue[Child]"]:
    """Start child processes and give those that are idle; they end with the block."""
    idle: LifoQueue[Child] = LifoQueue()
    with ExitStack() as ends:
        for _ in range(count):
            child = subprocess.Popen(
                [sys.executable, "-m", "search.cutting"],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            ends.callback(_end, child)
            idle.put(child)
        yield idle


def _write(job: Job, idle: "LifoQueue[Child]") -> DocumentTerms:
    """Have an idle child write a document; one that was killed costs time, not the document."""
    child = idle.get()
    try:
        reply = _exchange(child, job)
    finally:
        idle.put(child)
    if reply is None:
        return write_entries(Path(job.folder), job.document, job.entries, Cutter())
    return reply.terms


def _exchange(child: Child, job: Job) -> Done | None:
    """Have a child write a document; None where it has ended."""
    if child.stdin is None or child.stdout is None:
        return None
    try:
        send(child.stdin, job)
        return receive(child.stdout, Done)
    except (OSError, ValueError):
        return None


def _end(child: Child) -> None:
    child.kill()
    child.communicate()


def main() -> None:
    """Write documents until the parent closes the pipe."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get among the replies
    cutter = Cutter()
    while job := receive(requests, Job):
        send(replies, Done(dict(write_entries(Path(job.folder), job.document, job.entries, cutter))))


if __name__ == "__main__":
    main()
