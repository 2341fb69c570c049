"""What the graph costs, beside rdflib's own memory store and SPARQL engine on the same statements.

    python -m benchmarks.graph --projects 1000 10000
    python -m benchmarks.graph --projects 100000 --records FOLDER --rdflib 0

Synthetic documents (``benchmarks.corpus``) are read into records until there are as many projects as asked for; with
``--records`` they are kept in a folder and read from it again. Seconds are those of the clock, in brackets those of the
processors: on a machine that is shared, trust these. *Raw load* is the engine's own reading of the same N-Quads from a
file. A question is asked once after opening and then again; questions about the network need it to be read once.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pyoxigraph
import rdflib
from pyoxigraph import RdfFormat

import graph
from benchmarks import corpus
from graph import build
from graph.namespaces import PREFIXES
from graph.network import network, path
from graph.queries import example
from graph.relations import counterparts, shared_projects
from graph.serialise import export
from graph.statements import statements
from graph.stores import Store
from ingest.extract import Extract, number_lines
from ingest.files import records_of
from ingest.library import RecordFiles
from ingest.records import ProjectRecord, to_json_lines

BASE = "http://benchmark.example"
AGAIN = 5


def write_records(folder: Path, projects: int, seed: int) -> list[str]:
    """Make records in a folder, as a library keeps them, until there are so many projects; return the documents' ids."""
    names: list[str] = []
    held = 0
    for number in count():
        if held >= projects:
            return names
        file, text = corpus.document(number, seed)
        name = Path(file).stem
        target = folder / f"{name}.jsonl"
        if not target.exists():
            lines = number_lines([(None, text.split("\n"))])
            target.write_bytes(to_json_lines(records_of(name, f"{number:064x}", Extract(lines, "text/plain"))))
        names.append(name)
        held += sum(isinstance(record, ProjectRecord) for record in RecordFiles(folder, [name])[name])
    raise AssertionError


@contextmanager
def timed(label: str) -> Iterator[None]:
    """Print how long something takes."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"| {label} | {time.perf_counter() - clock:.2f} ({time.process_time() - cpu:.2f}) |", flush=True)


def asked(label: str, question: Callable[[], Any]) -> None:
    """Ask once and then again, and print what the first time and the median of the others took, in milliseconds."""
    taken, busy = [], []
    for _ in range(AGAIN + 1):
        clock, cpu = time.perf_counter(), time.process_time()
        question()
        taken.append(1000 * (time.perf_counter() - clock))
        busy.append(1000 * (time.process_time() - cpu))
    again = f"{statistics.median(taken[1:]):.1f} ({statistics.median(busy[1:]):.1f})"
    print(f"| {label} | {taken[0]:.1f} ({busy[0]:.1f}) | {again} |", flush=True)


def measure(folder: Path, names: list[str], work: Path, with_rdflib: bool) -> None:
    """Measure one size."""
    records = RecordFiles(folder, names)
    lines = work / "statements.nq"
    quads = 0
    with timed("records into statements, written as N-Quads, s"), lines.open("wb") as out:
        for name in names:
            found = statements(records[name], BASE)
            quads += found.lines.count("\n")
            out.write(found.lines.encode())
    with timed(f"raw load of these {quads:,} N-Quads, s"):
        raw = pyoxigraph.Store(str(work / "raw"))
        raw.bulk_load(path=str(lines), format=RdfFormat.N_QUADS)
        raw.flush()
        del raw
    shutil.rmtree(work / "raw")
    lines.unlink()
    with timed("building: records into the graph of a library, s"):
        triples = build.update(None, work / "graph", records, [], BASE)
    print(f"| {triples:,} triples, {quads:,} quads |")
    with timed("opening, s"):
        store = graph.open(work / "graph")
    ask_questions(store)
    ask_once(work / "graph", store)
    for name in ("ntriples", "turtle"):
        with timed(f"export {name}, s"), (work / name).open("wb") as out:
            export(store, name, out)
    if with_rdflib:
        beside_rdflib(work / "ntriples", store)
    store.close()


def ask_questions(store: Store) -> None:
    """Ask what people ask."""
    asked("shared projects, all pairs, ms", lambda: shared_projects(store))
    pair = shared_projects(store)[0]
    asked("shared projects of two departments, ms", lambda: shared_projects(store, between=(pair.a.id, pair.b.id)))
    asked("counterparts of a department, ms", lambda: counterparts(store, pair.a.id))
    asked("the network itself, ms", lambda: network(store))
    ends = [unit.id for unit in (pair.a, shared_projects(store)[-1].b)]
    asked("shortest path, ms", lambda: path(store, *ends))
    asked("three shortest paths, ms", lambda: path(store, *ends, 3))
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    asked("shared projects in SPARQL, ms", lambda: list(store.query(prologue + example("shared"))))  # type: ignore[arg-type]


def ask_once(folder: Path, store: Store) -> None:
    """Ask one question each in a process of its own, as a command does: starting, opening and answering."""
    pair = shared_projects(store)[0]
    for label, module, call in (
        ("path", "network", "path(store, a, b)"),
        ("what surrounds a department, two links deep", "ego", "ego(store, a, 2)"),
        ("counterparts of a department", "relations", "counterparts(store, a)"),
        ("shared projects of two departments", "relations", "shared_projects(store, between=(a, b))"),
        ("shared projects, all pairs", "relations", "shared_projects(store)"),
        ("everything two departments share", "shared", "everything_shared(store, a, b)"),
        ("central departments", "centrality", "central(store)"),
        ("bridges", "centrality", "bridges(store)"),
        ("communities", "centrality", "communities(store)"),
    ):
        script = (
            "import sys, pathlib, graph; _, folder, a, b = sys.argv; store = graph.open(pathlib.Path(folder)); "
            f"from graph.{module} import *; {call}"
        )
        taken = []
        for _ in range(AGAIN):
            clock = time.perf_counter()
            command = [sys.executable, "-c", script, str(folder), pair.a.id, pair.b.id]
            subprocess.run(command, check=True)  # noqa: S603  our own interpreter and text
            taken.append(1000 * (time.perf_counter() - clock))
        print(f"| one command in a fresh process: {label}, ms | {statistics.median(taken):.1f} |", flush=True)


def beside_rdflib(lines: Path, store: Store) -> None:
    """Let rdflib load the same triples and answer the same SPARQL query."""
    theirs = rdflib.Graph()
    with timed("rdflib: load into memory, s"):
        theirs.parse(lines, format="nt")
    assert len(theirs) == store.count()
    for prefix, iri in PREFIXES.items():
        theirs.bind(prefix, iri, replace=True)
    with timed("rdflib: shared projects in SPARQL, s"):
        found = len(list(theirs.query(example("shared"))))
    print(f"| rdflib: {found} rows |")


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projects", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=Path, help="a folder to keep the records in")
    parser.add_argument("--rdflib", type=int, default=10_000, help="projects up to which rdflib takes part")
    chosen = parser.parse_args()
    for projects in chosen.projects:
        with tempfile.TemporaryDirectory() as made:
            work = Path(made)
            folder = chosen.records or work / "records"
            folder.mkdir(parents=True, exist_ok=True)
            names = write_records(folder, projects, chosen.seed)
            print(f"\n{projects:,} projects in {len(names):,} documents\n", flush=True)
            measure(folder, names, work, projects <= chosen.rdflib)


if __name__ == "__main__":
    main()
