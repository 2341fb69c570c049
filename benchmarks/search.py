"""What an answer costs, beside SQLite FTS5 over the same tokens.

    python -m benchmarks.search --projects 1000 10000

Synthetic documents (``benchmarks.corpus``) are read into entries until there are as many projects as asked for, and
indexed twice: as a library does, and in FTS5, which is given our words, joined by blanks, in the same weighted fields,
and a table of facets. The same queries go to both, in turn. *Query* finds, scores and counts; *answer* gives the first
twenty hits with a marked snippet each, the total and the counts of all facets.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

from benchmarks import corpus
from benchmarks.vocabulary import FIELDS
from ingest.extract import Extract, number_lines
from ingest.files import records_of
from ingest.records import ProjectRecord
from search.build import update
from search.documents import search_documents
from search.index import Index
from search.japanese import cut
from search.model import WEIGHTS, SearchDocument, SearchQuery, Term
from search.plan import runs_of
from search.query import parse

ROUNDS, QUERIES, TOP = 3, 60, 20
Library = Mapping[str, Sequence[SearchDocument]]


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
        yield parse(typed, filters=[("type", "project")] if number % 3 else [])


class Fts:
    """SQLite FTS5 over our tokens, with facets in a table."""

    def __init__(self, path: Path, made: Library) -> None:
        self._base = sqlite3.connect(path)
        columns = ", ".join(WEIGHTS)
        self._rank = f"bm25(entry, {', '.join(map(str, WEIGHTS.values()))})"
        self._base.execute(
            f"CREATE VIRTUAL TABLE entry USING fts5({columns}, tokenize='unicode61 remove_diacritics 0')"
        )
        self._base.execute("CREATE TABLE facet (entry INTEGER, name TEXT, value TEXT)")
        marks = ", ".join("?" * len(WEIGHTS))
        for row, entry in enumerate((e for entries in made.values() for e in entries), 1):
            texts = [" ".join(_words(entry.text_of(field))) for field in WEIGHTS]
            self._base.execute(f"INSERT INTO entry(rowid, {columns}) VALUES ({row}, {marks})", texts)  # noqa: S608
            pairs = ((row, name, value) for name, values in entry.facets.items() for value, _ in values)
            self._base.executemany("INSERT INTO facet VALUES (?, ?, ?)", pairs)
        self._base.execute("CREATE INDEX facet_entry ON facet(entry)")
        self._base.execute("CREATE INDEX facet_value ON facet(name, value, entry)")
        self._base.commit()

    def query(self, asked: SearchQuery) -> int:
        """Score what matches, and return how much of it is shown."""
        select = f"SELECT rowid FROM entry WHERE {self._where(asked)} ORDER BY {self._rank} LIMIT {TOP}"  # noqa: S608
        return len(self._base.execute(select).fetchall())

    def answer(self, asked: SearchQuery) -> int:
        """Return how many hits a page, its total and its facets have."""
        where = self._where(asked)
        mark = "snippet(entry, -1, '[', ']', '…', 40)"
        select = f"SELECT rowid, {mark} FROM entry WHERE {where} ORDER BY {self._rank} LIMIT {TOP}"  # noqa: S608
        hits = self._base.execute(select).fetchall()
        self._base.execute(f"CREATE TEMP TABLE hit AS SELECT rowid AS entry FROM entry WHERE {where}")  # noqa: S608
        counts = "SELECT name, value, count(*) FROM hit JOIN facet USING (entry) GROUP BY name, value"
        self._base.execute(counts).fetchall()
        self._base.execute("DROP TABLE hit")
        return len(hits)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _where(self, asked: SearchQuery) -> str:
        words = " AND ".join(f"({' OR '.join(map(_match, group))})" for group in asked.groups)
        # The plus keeps SQLite from asking the full text anew for each row of the facet.
        narrowed = "+rowid IN (SELECT entry FROM facet WHERE name = '{}' AND value = '{}')"
        return " AND ".join([f"entry MATCH '{words}'", *(narrowed.format(*pair) for pair in asked.filters)])


def _match(term: Term) -> str:
    return " AND ".join(f'"{" ".join(run.forms)}"' for run in runs_of(cut(term.text)))


def _words(text: str) -> Iterator[str]:
    return (unit.form for unit in cut(text).units if any(map(str.isalnum, unit.form)))


def measure(ask: Callable[[SearchQuery], object], asked: Sequence[SearchQuery]) -> str:
    """Return median and 95th percentile, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        for query in asked:
            start = time.perf_counter()
            ask(query)
            times.append((time.perf_counter() - start) * 1000)
    return f"{statistics.median(times):6.1f} / {statistics.quantiles(times, n=20)[-1]:6.1f}"


def timed(call: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def run(projects: int, seed: int, folder: Path) -> None:
    """Print the rows of one size."""
    made = library(projects, seed)
    entries = sum(map(len, made.values()))
    indexing = timed(lambda: update(None, folder / "ours", made))
    opening = timed(lambda: Index.open(folder / "ours"))
    asked = list(queries(seed))
    start = time.perf_counter()
    with closing(Fts(folder / "fts.db", made)) as fts, closing(Index.open(folder / "ours")) as ours:
        fts_indexing = time.perf_counter() - start
        print(f"\n{projects:,} projects, {len(made):,} documents, {entries:,} entries")
        print("engine  query p50/p95 ms  answer p50/p95 ms  index s     MB")
        print(
            f"ours    {measure(ours.total, asked)}  {measure(ours.search, asked)}  {indexing:7.1f} {_size(folder / 'ours'):6.1f}"
        )
        print(
            f"FTS5    {measure(fts.query, asked)}  {measure(fts.answer, asked)}  {fts_indexing:7.1f} {_size(folder / 'fts.db'):6.1f}"
        )
        first, later = timed(lambda: ours.suggest("kouho")), timed(lambda: ours.suggest("こうほ"))
        print(f"opening {opening * 1000:.0f} ms; first suggestion {first * 1000:.0f} ms, later {later * 1000:.1f} ms")


def _size(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def main() -> None:
    """Measure the sizes that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--projects", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for projects in chosen.projects:
        with tempfile.TemporaryDirectory() as folder:
            run(projects, chosen.seed, Path(folder))


if __name__ == "__main__":
    main()
