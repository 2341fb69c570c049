"""What an answer costs with each of our engines, beside SQLite FTS5 and plain Tantivy over the same tokens.

    python -m benchmarks.search --projects 1000 10000 100000

Synthetic documents (``benchmarks.corpus``) are read into entries until there are as many projects as asked for, and
indexed as a library does, by each engine, and by the two others (``benchmarks.plain``), which are given our words in the
same weighted fields, and the facets. The same queries go to all. *Query* finds, scores and counts; *answer* gives the
first twenty hits with a marked snippet each, the total and the counts of all facets. Each side runs in a process of its
own, so that memory is its own too: what it holds after the queries, above what it held before it opened its files.
"""

import argparse
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import corpus, plain
from benchmarks.plain import TOP, Library
from benchmarks.vocabulary import FIELDS
from ingest.extract import Extract, number_lines
from ingest.files import records_of
from ingest.records import ProjectRecord
from search.build import update
from search.documents import search_documents
from search.index import Index
from search.indexes import INDEXES
from search.model import SearchDocument, SearchQuery
from search.query import parse

ROUNDS, QUERIES = 3, 60


def library(projects: int, seed: int) -> Library:
    """Read synthetic documents into entries until they hold so many projects."""
    made: dict[str, Sequence[SearchDocument]] = {}
    held = 0
    for number in count():
        if held >= projects:
            return made
        name, text = corpus.document(number, seed)
        lines = text.split("\n")
        records = records_of(name, f"{number:064x}", Extract(number_lines([(None, lines)]), "text/plain"))
        entries = search_documents(records, lines)
        made[entries[0].document] = entries
        held += sum(isinstance(record, ProjectRecord) for record in records)
    raise AssertionError


def queries(seed: int) -> Iterator[SearchQuery]:
    """Yield queries as people type them: a thing, a word and a field of work, a question, a choice of year."""
    random = Random(seed)  # noqa: S311  the same queries each time
    for number in range(QUERIES):
        chosen, other = random.choice(FIELDS), random.choice(FIELDS)
        thing = random.choice(chosen.things)
        typed = (thing, f"{thing} {chosen.label}", f"{thing}はどの市で行っていますか", other.label)[number % 4]
        yield parse(typed, filters=[("type", "project")] if number % 3 else [], limit=TOP)


def measure(ask: Callable[[SearchQuery], object], asked: Sequence[SearchQuery]) -> tuple[float, float]:
    """Return median and 95th percentile, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        for query in asked:
            start = time.perf_counter()
            ask(query)
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def timed(call: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


class Row(NamedTuple):
    """What one side needs: seconds to index and to open, milliseconds (median, 95th percentile), MB on disk and held.

    ``preparing`` has the seconds to load what suggestions and corrections need, beside the first answers, and
    ``suggestion`` the milliseconds of the first suggestion after it.
    """

    side: str
    indexing: float
    opening: float
    query: tuple[float, float]
    answer: tuple[float, float]
    disk: float
    memory: float
    preparing: float | None = None
    suggestion: float | None = None


def side(name: str, made: Library, asked: Sequence[SearchQuery], folder: Path) -> Row:
    """Measure one side: an engine of ours, or one of ``plain.SIDES``."""
    if name in plain.SIDES:
        indexing = timed(lambda: plain.SIDES[name].build(folder, made))
        before, start = _resident(), time.perf_counter()
        other = plain.SIDES[name](folder)
        opening = time.perf_counter() - start
        with closing(other):
            rows = measure(other.query, asked), measure(other.answer, asked)
            return Row(name, indexing, opening, *rows, _size(folder), _resident() - before)
    indexing = timed(lambda: update(None, folder, made, engine=name))
    before, start = _resident(), time.perf_counter()
    ours = Index.open(folder)
    opening = time.perf_counter() - start
    with closing(ours):
        preparing = timed(ours.prepare)
        suggestion = timed(lambda: ours.suggest("kouho")) * 1000
        rows = measure(ours.total, asked), measure(ours.search, asked)
        return Row(name, indexing, opening, *rows, _size(folder), _resident() - before, preparing, suggestion)


def run(projects: int, seed: int, sides: Sequence[str]) -> Iterator[Row]:
    """Measure the sides over one library, each in a process of its own that is forked from this one."""
    made, asked = library(projects, seed), list(queries(seed))
    gc.freeze()
    for name in sides:
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = Pipe(duplex=False)
            child = get_context("fork").Process(target=_send, args=(theirs, name, made, asked, Path(folder)))
            child.start()
            yield ours.recv()
            child.join()
    gc.unfreeze()


def _send(pipe: Connection, name: str, made: Library, asked: Sequence[SearchQuery], folder: Path) -> None:
    pipe.send(side(name, made, asked, folder))


def shown(row: Row) -> str:
    """Return a row of a Markdown table."""
    beside = "" if row.preparing is None else f"{row.preparing:.2f}"
    suggest = "" if row.suggestion is None else f"{row.suggestion:.1f}"
    return (
        f"| {row.side} | {row.query[0]:.1f} / {row.query[1]:.1f} | {row.answer[0]:.1f} / {row.answer[1]:.1f} "
        f"| {row.indexing:.1f} | {row.opening:.2f} | {beside} | {suggest} | {row.disk:.1f} | {row.memory:.0f} |"
    )


def _resident() -> float:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _size(path: Path) -> float:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


SIDES = (*INDEXES, *plain.SIDES)
HEAD = """| side | query p50 / p95, ms | answer p50 / p95, ms | index, s | open, s | prepare, s | suggest, ms | disk, MB | memory, MB |
|---|---:|---:|---:|---:|---:|---:|---:|---:|"""


def main() -> None:
    """Measure the sizes that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--projects", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=SIDES)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for projects in chosen.projects:
        print(f"\n{projects:,} projects\n{HEAD}")
        for row in run(projects, chosen.seed, chosen.sides):
            print(shown(row), flush=True)


if __name__ == "__main__":
    main()
