"""How long the server takes for each type of page, on libraries of some 400 and of some 11,000 projects.

    python -m benchmarks.pages --home FOLDER

builds two synthetic libraries in FOLDER (or uses those that are there), makes their states ready as the server does
before it shows them, asks for every type of page through WSGI, and prints a table: the median of some answers in
milliseconds, the first one, and the weight. Times are those of the processor in the answering thread, so that other work
on the machine does not count.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event
from urllib.parse import quote

from flask import Flask

from benchmarks.corpus import write
from ingest.library import Library
from web.app import create_app
from web.build import ingest_paths
from web.directory import Directory
from web.settings import Settings
from web.warming import make_ready


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
    names = [directory.unit(entry).label for entry in islice(directory.departments.values(), 100)]
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
        ("API: variants", "/api/v1/variants"),
        ("reconciling a department", reconciling(names[:1])),
        ("reconciling a hundred departments", reconciling(names)),
    )


def reconciling(names: Sequence[str]) -> str:
    """Return the address by which names in a table are matched, as many as there are at once."""
    queries = {f"q{number}": {"query": name} for number, name in enumerate(names)}
    return f"/reconcile?queries={quote(json.dumps(queries, ensure_ascii=False))}"


def measure(app: Flask, times: int) -> dict[str, Timing]:
    """Ask for every type of page; a page that fails is left out and said to be so."""
    client, reader = app.test_client(), app.extensions["renkei.reader"]
    start = time.process_time()
    reader.prepare = lambda opened: make_ready(app, opened, Event())
    opened = reader.acquire()
    directory = opened.directory
    print(
        f"{len(directory.projects):,} projects, {len(directory.documents):,} documents; "
        f"opened and made ready in {time.process_time() - start:.1f} s",
        file=sys.stderr,
    )
    found: dict[str, Timing] = {}
    for name, address in addresses(directory):
        spent = []
        for _ in range(times + 1):
            start = time.thread_time()
            response = client.get(address)
            spent.append((time.thread_time() - start) * 1000)
        if response.status_code == 200:
            found[name] = Timing(spent[0], statistics.median(spent[1:]), len(response.data))
        else:
            print(f"{name}: {response.status_code} {address}", file=sys.stderr)
    reader.release(opened)
    return found


def main() -> None:
    """Measure both libraries and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small", type=int, default=24, help="documents of the small library")
    parser.add_argument("--large", type=int, default=740, help="documents of the large library")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    timings = []
    for name in ("small", "large"):
        build(chosen.home / name, getattr(chosen, name), chosen.seed)
        timings.append(measure(create_app(Settings(home=chosen.home / name)), chosen.times))
    print("| page | small, ms | large, ms | factor | large, first, ms | small, KB | large, KB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    small, large = timings
    for name in [n for n in small if n in large]:
        a, b = small[name], large[name]
        print(
            f"| {name} | {a.median:.1f} | {b.median:.1f} | {b.median / a.median:.1f} | {b.first:.0f} "
            f"| {a.size / 1024:.0f} | {b.size / 1024:.0f} |"
        )


if __name__ == "__main__":
    main()
