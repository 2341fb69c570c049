"""Commands on the library: what goes in, what is there, is it sound, serve it."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from web.console import Failure, current_state, home_option, json_option, open_library, print_json, print_table
from web.settings import Settings, sample_documents


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--ocr", is_flag=True, help="Read scanned PDF pages with tesseract (must be installed, with Japanese data)."
)
@click.option("--again", is_flag=True, help="Read unchanged files too.")
@home_option
@click.pass_obj
def ingest(settings: Settings, paths: tuple[Path, ...], *, ocr: bool, again: bool) -> None:
    """Read files and folders (.txt .md .csv .html .pdf .xlsx .docx, zip of these) into the library.

    Unchanged files are skipped; a file that cannot be read is reported, and the others go in.

    \b
    renkei ingest                     the sample documents
    renkei ingest 協約.pdf 個票/       a file and a folder
    """
    from web.build import ingest_paths  # noqa: PLC0415
    from web.progress import show_progress, show_report  # noqa: PLC0415

    with show_progress() as progress:
        report = ingest_paths(
            open_library(settings),
            paths or (sample_documents(),),
            base=settings.base,
            index=settings.index,
            ocr=ocr,
            again=again,
            progress=progress,
        )
    show_report(report)
    if report.failed:
        raise SystemExit(1)


@click.command()
@click.argument("documents", nargs=-1, required=True)
@home_option
@click.pass_obj
def remove(settings: Settings, documents: tuple[str, ...]) -> None:
    """Take documents out of the library.

    \b
    renkei remove chitose-eniwa-plan-2024
    """
    from web.build import remove_documents  # noqa: PLC0415

    remove_documents(open_library(settings), documents, base=settings.base)
    click.echo(f"removed: {', '.join(documents)}", err=True)


@click.command("documents")
@json_option
@home_option
@click.pass_obj
def list_documents(settings: Settings, *, as_json: bool) -> None:
    """List the documents of the library.

    \b
    renkei documents --json
    """
    entries = current_state(settings).documents.values()
    if as_json:
        print_json(
            {
                "documents": [
                    {
                        "id": e.id,
                        "title": e.title,
                        "kind": e.kind,
                        "file": e.file,
                        "sha256": e.sha256,
                        "records": e.counts,
                    }
                    for e in entries
                ]
            }
        )
        return
    rows = [(e.id, e.kind, str(e.counts.get("project", 0)), str(e.counts.get("finding", 0)), e.title) for e in entries]
    print_table(("document", "kind", "projects", "findings", "title"), rows, right=(2, 3))


@click.command()
@click.option("--document", help="Only this document.")
@click.option("--type", "record_type", help="Only records of this type (project, party, article …).")
@home_option
@click.pass_obj
def records(settings: Settings, document: str | None, record_type: str | None) -> None:
    """Print records as JSON Lines, one record a line.

    \b
    renkei records --type project --document chitose-eniwa-plan-2024
    """
    from ingest.records import TYPES, to_json_lines, type_of  # noqa: PLC0415

    if record_type and record_type not in TYPES:
        raise click.BadParameter(f"one of {', '.join(TYPES)}", param_hint="--type")
    state = current_state(settings)
    out = sys.stdout.buffer
    for name in [state.entry(document).id] if document else state.documents:
        out.write(to_json_lines([r for r in state.records(name) if record_type in (None, type_of(r))]))


@click.command()
@click.option("--document", help="Only this document.")
@json_option
@home_option
@click.pass_obj
def findings(settings: Settings, document: str | None, *, as_json: bool) -> None:
    """List what a reader should know before trusting a document.

    \b
    renkei findings
    renkei findings --document chitose-eniwa-plan-2024
    """
    from ingest.records import FindingRecord, to_builtins  # noqa: PLC0415

    state = current_state(settings)
    names = [state.entry(document).id] if document else list(state.documents)
    found = [r for name in names for r in state.records(name) if isinstance(r, FindingRecord)]
    if as_json:
        print_json({"findings": [to_builtins(r) for r in found]})
        return
    rows = [(r.document, f"L{r.source.lines[0]}", r.kind, r.where, r.says or "–", _elsewhere(r)) for r in found]
    print_table(("document", "line", "kind", "where", "says", "elsewhere"), rows)


def _elsewhere(record: Any) -> str:
    place = record.elsewhere_source
    return f"{record.elsewhere or '–'}{f' (L{place.lines[0]})' if place else ''}"


@click.command()
@json_option
@home_option
@click.pass_obj
def check(settings: Settings, *, as_json: bool) -> None:
    """Check the library: manifest, hashes, and counts of records, triples and index entries.

    \b
    renkei check
    """
    from web.build import verify  # noqa: PLC0415

    faults = verify(current_state(settings))
    if as_json:
        print_json({"sound": not faults, "faults": faults})
    for fault in faults if not as_json else ():
        click.echo(fault)
    if faults:
        raise Failure(f"{settings.home}: {len(faults)} faults; restore a backup, or ingest the documents again")
    click.echo(f"{settings.home}: sound", err=True)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=8, show_default=True, help="Threads that answer requests."
)
@home_option
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Start the service; an empty library takes in the sample documents first.

    \b
    renkei serve
    renkei serve --host 0.0.0.0 --port 8080
    """
    from web.server import serve as run  # noqa: PLC0415

    run(replace(settings, host=host, port=port), workers)
