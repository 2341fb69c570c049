"""Builds the graph of a new state in a child process, so that the caller can build its index meanwhile.

Run as ``python -m graph.beside``: one job on standard input, one answer on standard output (``ingest.messages``).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, cast

import msgspec

from graph.build import Alignment, update
from ingest.library import RecordFiles
from ingest.messages import receive, send

_ROOT = Path(__file__).parents[1]
_FEW = 8
"""Below so many documents, building here is quicker than starting a child."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What ``graph.build.update`` is to do; ``documents`` is the folder of the records."""

    base_dir: str | None
    target_dir: str
    documents: str
    replaced: list[str]
    removed: list[str]
    base_iri: str
    alignment: Alignment | None = None

    def run(self) -> int:
        """Build the graph, and return the number of its statements."""
        base = Path(self.base_dir) if self.base_dir else None
        folder = Path(self.documents)
        records = RecordFiles(folder, self.replaced)
        return update(
            base,
            Path(self.target_dir),
            records,
            self.removed,
            self.base_iri,
            texts=partial(_lines, folder),
            alignment=self.alignment,
        )


def _lines(folder: Path, document: str) -> Sequence[str]:
    """Return the lines of a document's text; one whose text is not there has none."""
    with suppress(FileNotFoundError):
        return (folder / f"{document}.txt").read_text("utf-8").split("\n")
    return ()


class Built(msgspec.Struct, frozen=True):
    """How many statements the graph has."""

    triples: int


@contextmanager
def beside(job: Job) -> Iterator[Callable[[], int]]:
    """Begin to build a graph, and give what waits for the number of its statements; nothing is left behind."""
    if len(job.replaced) < _FEW:
        yield job.run
        return
    child = subprocess.Popen(
        [sys.executable, "-m", "graph.beside"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        with suppress(OSError):  # it has ended: the missing answer says so
            send(cast("IO[bytes]", child.stdin), job)
        yield lambda: _result(child, job)
    finally:
        child.kill()
        child.communicate()


def _result(child: subprocess.Popen[bytes], job: Job) -> int:
    """Wait for the child; what it failed at is tried here, where the error can be seen."""
    built = receive(cast("IO[bytes]", child.stdout), Built)
    if built:
        return built.triples
    shutil.rmtree(job.target_dir, ignore_errors=True)
    return job.run()


def main() -> None:
    """Build the one graph that is asked for."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get into the answer
    job = receive(sys.stdin.buffer, Job)
    if job:
        send(answers, Built(job.run()))


if __name__ == "__main__":
    main()
