"""What an ingest shows on stderr: a progress bar on a terminal, and a table of documents at the end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

import search.build
from web.build import Progress as Step
from web.build import Report, silent

_WORDS = {
    "read": "reading documents",
    "graph": "building the graph",
    "index": "building the index",
    "publish": "publishing",
}

_OUTGROWN = (
    f"more than {search.build.OUTGROWN:,} projects: the default search engine becomes slow; "
    "RENKEI_INDEX=tantivy: renkei ingest builds the index with one made for large libraries"
)


@contextmanager
def show_progress() -> Iterator[Step]:
    """Give a callback that moves a bar on a terminal; elsewhere one that shows nothing."""
    if not sys.stderr.isatty():
        yield silent
        return
    columns = (TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def step(what: str, done: int, total: int) -> None:
            bar.update(task, description=_WORDS[what], completed=done, total=total)

        yield step


def show_report(report: Report) -> None:
    """Print the table of documents, and the reason of each file that was not read."""
    console = Console(stderr=True, width=None if sys.stderr.isatty() else 140)
    table = Table(box=box.SIMPLE_HEAD)
    for name, justify in (
        ("document", "left"),
        ("", "left"),
        ("projects", "right"),
        ("records", "right"),
        ("findings", "right"),
        ("seconds", "right"),
    ):
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for taken in report.taken:
        findings = taken.counts.get("finding", 0)
        numbers = (taken.counts.get("project", 0), sum(taken.counts.values()) - findings, findings)
        shown = [f"{n:,}" for n in numbers] if taken.outcome != "failed" else ["", "", ""]
        table.add_row(taken.document, taken.outcome, *shown, f"{taken.seconds:.2f}" if taken.outcome == "read" else "")
    console.print(table)
    for error in dict.fromkeys(taken.error for taken in report.taken if taken.error):
        console.print(error, style="red", markup=False, highlight=False, soft_wrap=True)
    unchanged = "nothing changed" if report.taken else "no files there; nothing changed"
    console.print(f"state {report.state} published" if report.state else unchanged, highlight=False)
    for document, found in report.faults.items():
        first = found[0]
        words = f"{document}: {len(found)} statements break the shapes, the first at {first.thing} ({first.property}, {first.rule})"
        hint = "; published all the same: run 'renkei validate' for all of them, and correct the document or its label file"
        console.print(words + hint, style="yellow", markup=False, highlight=False, soft_wrap=True)
    if report.outgrown:
        console.print(_OUTGROWN, style="yellow", markup=False, highlight=False, soft_wrap=True)
