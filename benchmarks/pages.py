"""How long the server takes for each type of page, on the sample corpus and on a library of 10,000 projects.

    python -m benchmarks.pages --documents 900 --home FOLDER

builds a synthetic library in FOLDER (or uses the one that is there), asks for every type of page through WSGI, and prints
a table: the median of some answers in milliseconds, the first one (which makes what a state keeps), and the weight. Times
are those of the processor in the answering thread, so that other work on the machine does not count.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from benchmarks.corpus import write
from ingest.library import Library
from web.app import create_app
from web.build import ingest_paths
from web.directory import Directory
from web.settings import Settings, sample_documents


@dataclass(frozen=True, slots=True)
class Timing:
    """A page: the first answer, the median of those after it, in milliseconds, and its bytes."""

    first: float
    median: float
    size: int


def build(home: Path, documents: int, seed: int) -> None:
    """Make a synthetic library, unless there is one."""
    library = Library(home)
    if library.current_name() is None:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), documents, seed)
            ingest_paths(library, [Path(folder)], base="http://127.0.0.1:8000")


def addresses(directory: Directory) -> Iterator[tuple[str, str]]:
    """Yield (type of page, address): the views, and one thing of each kind that holds something."""
    project = max(directory.projects.values(), key=lambda p: (len(p.departments), len(p.years)))
    department = max(directory.departments.values(), key=lambda d: len(d.projects))
    municipality = max(directory.municipalities.values(), key=lambda m: len(m.projects))
    area = next(a for a in directory.areas.values() if a.document == project.document)
    path = area.id.partition("/area-")[2].replace(".", "/")
    first, second = list(directory.by_document)[:2]
    yield from (
        ("first page", "/"),
        ("search, a word", f"/search?q={quote('観光')}"),
        ("search, everything", "/search"),
        ("project", f"/projects/{quote(project.id)}"),
        ("similar projects", f"/projects/{quote(project.id)}/similar"),
        ("projects", "/projects"),
        ("document", f"/documents/{quote(project.document)}"),
        ("documents", "/documents"),
        ("municipality", f"/municipalities/{quote(municipality.key)}"),
        ("municipalities", "/municipalities"),
        ("department", f"/departments/{quote(department.id)}"),
        ("departments", "/departments"),
        ("area", f"/areas/{quote(area.document)}/{quote(path)}"),
        ("relations", "/relations"),
        ("shared projects", "/relations/shared-projects"),
        ("matrix", "/relations/matrix"),
        ("network", "/relations/graph"),
        ("board", "/board"),
        ("timeline", "/timeline"),
        ("budget", "/budget"),
        ("coverage of a document", f"/coverage?document={quote(project.document)}"),
        ("coverage", "/coverage"),
        ("progress", "/progress"),
        ("compare", f"/compare?a={quote(first)}&b={quote(second)}"),
        ("legal basis", "/legal"),
        ("variants of a document", f"/variants?document={quote(project.document)}"),
        ("findings", "/findings"),
        ("data", "/data"),
        ("API documentation", "/api"),
        ("API: projects", "/api/v1/projects"),
        ("API: search", f"/api/v1/search?q={quote('観光')}"),
    )


def measure(app: Flask, times: int) -> dict[str, Timing]:
    """Ask for every type of page; a page that fails is left out and said to be so."""
    client = app.test_client()
    client.get("/")
    reader = app.extensions["renkei.reader"]
    opened = reader.acquire()
    pages = list(addresses(opened.directory))
    print(
        f"{len(opened.directory.projects):,} projects, {len(opened.directory.documents):,} documents", file=sys.stderr
    )
    reader.release(opened)
    found: dict[str, Timing] = {}
    for name, address in pages:
        spent = []
        for _ in range(times + 1):
            start = time.thread_time()
            response = client.get(address)
            spent.append((time.thread_time() - start) * 1000)
        if response.status_code == 200:
            found[name] = Timing(spent[0], statistics.median(spent[1:]), len(response.data))
        else:
            print(f"{name}: {response.status_code} {address}", file=sys.stderr)
    return found


def main() -> None:
    """Measure both libraries and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    build(chosen.home, chosen.documents, chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        small = Library(Path(folder))
        ingest_paths(small, [sample_documents()], base="http://127.0.0.1:8000")
        before = measure(create_app(Settings(home=Path(folder))), chosen.times)
    after = measure(create_app(Settings(home=chosen.home)), chosen.times)
    print("| page | corpus, ms | large, ms | factor | large, first, ms | corpus, KB | large, KB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name in [n for n in before if n in after]:
        a, b = before[name], after[name]
        print(
            f"| {name} | {a.median:.1f} | {b.median:.1f} | {b.median / a.median:.1f} | {b.first:.0f} "
            f"| {a.size / 1024:.0f} | {b.size / 1024:.0f} |"
        )


if __name__ == "__main__":
    main()
