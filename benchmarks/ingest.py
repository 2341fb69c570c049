"""What an ingest costs, beside SudachiPy alone cutting the same text once.

    python -m benchmarks.ingest --documents 1000

Generates a corpus (``benchmarks.corpus``), takes it into an empty library phase by phase, adds one document more, cuts
the same text with SudachiPy, and prints a table. Memory is that of this process and its children together (PSS where
the system tells it, shared pages counted once).
"""

import argparse
import os
import platform
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sudachipy import Dictionary

from benchmarks import corpus
from ingest.files import records_of, sha256_of
from ingest.library import Library
from ingest.readers import read
from web.build import ingest_paths

BASE = "http://127.0.0.1:8000"
PIECE = 12_000
MEGABYTE = 1 << 20


@dataclass
class Run:
    """One ingest: seconds of each phase, by the clock and of processors, and the most memory (bytes) held in it."""

    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Seconds from the call to the published state."""
        return sum(self.seconds.values())


class Clock:
    """Takes the progress of an ingest and notes what each phase took; a thread watches the memory."""

    def __init__(self) -> None:
        self.run, self._phase, self._since, self._used = Run(), "read", time.perf_counter(), _processor_seconds()

    def progress(self, what: str, done: int, total: int) -> None:  # noqa: ARG002  the signature of a progress
        """Begin the phase ``what``, unless it has begun; graph and index are built at the same time."""
        what = "graph and index" if what in ("graph", "index") else what
        if what != self._phase:
            self.end()
            self._phase = what

    def end(self) -> None:
        """End the phase that has begun."""
        now = time.perf_counter()
        used = _processor_seconds()
        self.run.seconds[self._phase], self.run.processor[self._phase] = now - self._since, used - self._used
        self._since, self._used = now, used

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note the memory of this process and its children five times a second."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.2):
                held = sum(map(_held, _family(os.getpid())))
                self.run.memory[self._phase] = max(held, self.run.memory.get(self._phase, 0))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()


def _processor_seconds() -> float:
    """Return what this process and its ended children have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _family(process: int) -> Iterator[int]:
    """Yield a process and all below it, where the system lists them."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def ingest(library: Library, *paths: Path) -> Run:
    """Take files into a library."""
    clock = Clock()
    with clock.watched():
        report = ingest_paths(library, paths, base=BASE, progress=clock.progress)
        clock.end()
    assert not report.failed, [t.error for t in report.taken if t.error][:3]
    clock.run.counts = library.current().manifest.counts
    return clock.run


def pieces(text: str) -> Iterator[str]:
    """Cut a text at line ends into pieces that SudachiPy takes."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + PIECE) + 1 if len(text) - start > PIECE else len(text)
        end = end if end > start else start + PIECE
        yield text[start:end]
        start = end


def cut_alone(texts: list[str], threads: int, *, fetch: bool = False) -> float:
    """Return the seconds in which SudachiPy cuts texts once (mode C), one tokenizer a thread.

    With ``fetch``, normal form, reading and part of speech of each word are taken into Python too.
    """
    dictionary = Dictionary()

    def cut(tokenizer: Any, part: list[str]) -> int:
        words = 0
        for text in part:
            for piece in pieces(text):
                found = tokenizer.tokenize(piece)
                words += len(found)
                if fetch:
                    for word in found:
                        word.surface(), word.normalized_form(), word.reading_form(), word.part_of_speech()
        return words

    tokenizers = [dictionary.tokenizer("C") for _ in range(threads)]
    cut(tokenizers[0], texts[:3])
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(cut, tokenizers, [texts[i::threads] for i in range(threads)]))
    return time.perf_counter() - started


def parse_alone(folder: Path, limit: int) -> tuple[float, float, int]:
    """Return the seconds of reading and of parsing some documents in this process, and their characters."""
    reading = parsing = 0.0
    characters = 0
    for path in sorted(folder.iterdir())[:: max(1, len(list(folder.iterdir())) // limit)]:
        started = time.perf_counter()
        extract = read(path)
        between = time.perf_counter()
        records_of(path.name, sha256_of(path), extract)
        reading, parsing = reading + between - started, parsing + time.perf_counter() - between
        characters += len(path.read_text("utf-8"))
    return reading, parsing, characters


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder where none is named")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        measure(Path(folder), chosen.documents, chosen.seed)


def measure(folder: Path, documents: int, seed: int) -> None:
    """Generate, ingest, add one, cut alone, and print."""
    characters = corpus.write(folder / "in", documents, seed)
    print(
        f"{documents:,} documents, {characters:,} characters; {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    library, late, empty = Library(folder / "library"), folder / "late", Library(folder / "empty")
    whole = ingest(library, folder / "in")
    corpus.write(late, 1, seed, first=documents)
    one, alone = ingest(library, late), ingest(empty, late)
    texts = [path.read_text("utf-8") for path in sorted((folder / "in").iterdir())]
    floors = {
        "SudachiPy alone, 1 thread": cut_alone(texts, 1),
        "SudachiPy alone, 2 threads": cut_alone(texts, 2),
        "SudachiPy alone, words taken into Python": cut_alone(texts, 1, fetch=True),
    }
    floor = floors["SudachiPy alone, 1 thread"]
    print("| | seconds | of processors | characters/s | times SudachiPy | memory, MB |\n|---|---:|---:|---:|---:|---:|")
    used = {**whole.processor, "whole ingest": sum(whole.processor.values())}
    held = {**whole.memory, "whole ingest": max(whole.memory.values(), default=0)}
    for name, seconds in (*whole.seconds.items(), ("whole ingest", whole.total), *floors.items()):
        cells = (
            f"{seconds:.1f}",
            f"{used[name]:.1f}" if name in used else "",
            f"{characters / seconds:,.0f}",
            f"{seconds / floor:.1f}",
            f"{held[name] / MEGABYTE:,.0f}" if name in held else "",
        )
        print(f"| {name} | " + " | ".join(cells) + " |")
    reading, parsing, some = parse_alone(folder / "in", 50)
    print(f"\nin one process: reading {some / reading:,.0f}, parsing {some / parsing:,.0f} characters/s")
    print(f"\n{whole.counts}\n\n| one document more | " + " | ".join(one.seconds) + " | total, s |")
    print("|---|" + "---:|" * (len(one.seconds) + 1))
    for name, run in ((f"into a library of {documents:,}", one), ("into an empty library", alone)):
        print(f"| {name} | " + " | ".join(f"{s:.2f}" for s in run.seconds.values()) + f" | {run.total:.2f} |")


if __name__ == "__main__":
    main()
