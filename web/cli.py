"""The command line: ``renkei ingest``, ``search``, ``relate``, ``export``, ``serve`` and the rest.

Results go to stdout, progress and messages to stderr. Exit codes: 0 done, 1 something was refused or failed (the rest is
done), 2 wrong usage. Each command imports what it needs when it runs, so that every start is quick.
"""

import dataclasses
import json
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.errors import RenkeiError
from web.settings import Settings, from_environment, sample_documents

if TYPE_CHECKING:
    from graph.stores import Store
    from graph.things import Unit
    from ingest.library import Library, State

F = TypeVar("F", bound=Callable[..., Any])

EXPORT_FORMATS = ("turtle", "jsonld", "ntriples", "nquads", "trig", "rdfxml", "csv", "graphml", "gexf")
QUERY_FORMATS = ("json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml")


_FACET_OPTIONS = {
    "type": "types",
    "municipality": "municipality",
    "department": "department",
    "area": "area",
    "document": "document",
    "kind": "kind",
    "year": "year",
    "rating": "rating",
}
"""Facet → the option that narrows by it."""


class Failure(click.ClickException):
    """An error of ours, shown as its own sentence; exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print the sentence on stderr."""
        click.echo(f"renkei: {self.format_message()}", file=file, err=True)


class Command(click.Group):
    """The command group: errors of ours become one line, or a traceback with ``--debug``."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except RenkeiError as error:
            if ctx.params.get("debug"):
                raise
            raise Failure(str(error)) from error


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), help="The library (default: RENKEI_HOME, else ./var)."
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(metadata.version("renkei"), prog_name="renkei")
@click.pass_context
def main(ctx: click.Context, home: Path | None, debug: bool) -> None:  # noqa: ARG001  read by Command
    """Find out what municipalities do together: search, relations and open data over partnership documents.

    \b
    renkei serve                      the service on the sample documents
    renkei ingest ~/協約               add your own documents
    renkei search 航空写真
    renkei relate shared-projects
    """
    ctx.obj = from_environment(home=home)


def _home_option(command: F) -> F:
    """Let ``--home`` stand behind the command too."""

    def choose(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value:
            ctx.obj = from_environment(home=value)

    kind = click.Path(path_type=Path, file_okay=False)
    return click.option(
        "--home", type=kind, expose_value=False, callback=choose, help="The library (default: RENKEI_HOME, else ./var)."
    )(command)


def _json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def _library(settings: Settings) -> "Library":
    from ingest.library import Library  # noqa: PLC0415

    return Library(settings.home)


def _state(settings: Settings) -> "State":
    return _library(settings).current()


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print a table; on no terminal, plain rows with tabs."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD)
    for i, column in enumerate(columns):
        table.add_column(column, justify="right" if i in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--ocr", is_flag=True, help="Read scanned PDF pages with tesseract (must be installed, with Japanese data)."
)
@click.option("--again", is_flag=True, help="Read unchanged files too.")
@_home_option
@click.pass_obj
def ingest(settings: Settings, paths: tuple[Path, ...], *, ocr: bool, again: bool) -> None:
    """Read files and folders (.txt .md .html .pdf .xlsx .docx, zip of these) into the library.

    Unchanged files are skipped; a file that cannot be read is reported, and the others go in.

    \b
    renkei ingest                     the sample documents
    renkei ingest 協約.pdf 個票/       a file and a folder
    """
    from web.build import ingest_paths  # noqa: PLC0415
    from web.progress import show_progress, show_report  # noqa: PLC0415

    with show_progress() as progress:
        report = ingest_paths(
            _library(settings),
            paths or (sample_documents(),),
            base=settings.base,
            ocr=ocr,
            again=again,
            progress=progress,
        )
    show_report(report)
    if report.failed:
        raise SystemExit(1)


@main.command()
@click.argument("documents", nargs=-1, required=True)
@_home_option
@click.pass_obj
def remove(settings: Settings, documents: tuple[str, ...]) -> None:
    """Take documents out of the library.

    \b
    renkei remove chitose-eniwa-plan-2024
    """
    from web.build import remove_documents  # noqa: PLC0415

    remove_documents(_library(settings), documents, base=settings.base)
    click.echo(f"removed: {', '.join(documents)}", err=True)


@main.command("documents")
@_json_option
@_home_option
@click.pass_obj
def list_documents(settings: Settings, *, as_json: bool) -> None:
    """List the documents of the library."""
    entries = _state(settings).documents.values()
    if as_json:
        _print_json(
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
    _print_table(("document", "kind", "projects", "findings", "title"), rows, right=(2, 3))


@main.command()
@click.option("--document", help="Only this document.")
@click.option("--type", "record_type", help="Only records of this type (project, party, article …).")
@_home_option
@click.pass_obj
def records(settings: Settings, document: str | None, record_type: str | None) -> None:
    """Print records as JSON Lines, one record a line.

    \b
    renkei records --type project --document chitose-eniwa-plan-2024
    """
    from ingest.records import TYPES, to_json_lines, type_of  # noqa: PLC0415

    if record_type and record_type not in TYPES:
        raise click.BadParameter(f"one of {', '.join(TYPES)}", param_hint="--type")
    state = _state(settings)
    out = sys.stdout.buffer
    for name in [state.entry(document).id] if document else state.documents:
        out.write(to_json_lines([r for r in state.records(name) if record_type in (None, type_of(r))]))


@main.command()
@click.option("--document", help="Only this document.")
@_json_option
@_home_option
@click.pass_obj
def findings(settings: Settings, document: str | None, *, as_json: bool) -> None:
    """List what a reader should know before trusting a document."""
    from ingest.records import FindingRecord, to_builtins  # noqa: PLC0415

    state = _state(settings)
    names = [state.entry(document).id] if document else list(state.documents)
    found = [r for name in names for r in state.records(name) if isinstance(r, FindingRecord)]
    if as_json:
        _print_json({"findings": [to_builtins(r) for r in found]})
        return
    rows = [(r.document, f"L{r.source.lines[0]}", r.kind, r.where, r.says or "–", _elsewhere(r)) for r in found]
    _print_table(("document", "line", "kind", "where", "says", "elsewhere"), rows)


def _elsewhere(record: Any) -> str:
    place = record.elsewhere_source
    return f"{record.elsewhere or '–'}{f' (L{place.lines[0]})' if place else ''}"


@main.command()
@click.argument("query")
@click.option(
    "--type", "types", multiple=True, help="project, article, department, indicator, facility, document, line"
)
@click.option("--municipality", multiple=True, help="Name or code.")
@click.option("--department", multiple=True, help="As the facet gives it.")
@click.option("--area", multiple=True)
@click.option("--document", multiple=True)
@click.option("--kind", multiple=True, help="Kind of document.")
@click.option("--year", multiple=True, help="Fiscal year.")
@click.option("--rating", multiple=True)
@click.option(
    "--sort", type=click.Choice(["relevance", "number", "newest", "oldest", "reading", "budget"]), default="relevance"
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(min=0), default=0)
@_json_option
@_home_option
@click.pass_obj
def search(settings: Settings, /, query: str, *, as_json: bool, **choices: Any) -> None:
    """Search projects, articles, departments and texts by words.

    \b
    renkei search 航空写真
    renkei search '消防 OR 防災' --municipality 千歳市
    renkei search --json '"共同撮影"'
    """
    import search as search_room  # noqa: PLC0415
    from search.query import parse  # noqa: PLC0415
    from web.api.shapes import search_page  # noqa: PLC0415

    filters = [(facet, value) for facet in _FACET_OPTIONS for value in choices[_FACET_OPTIONS[facet]]]
    asked = parse(query, filters=filters, sort=choices["sort"], limit=choices["limit"], offset=choices["offset"])
    page = search_room.open_index(_state(settings).index).search(asked)
    if as_json:
        _print_json(search_page(page))
        return
    for hit in page.hits:
        number = f"{hit.number or ''}{'-' + hit.branch if hit.branch else ''}"
        click.echo(f"{hit.document}\t{hit.type}\t{number}\t{hit.title}")
        if sys.stdout.isatty() and hit.snippet:
            click.echo(
                "    " + "".join(click.style(text, bold=True) if marked else text for text, marked in hit.snippet.spans)
            )
    click.echo(f"{page.total} hits" + (f"; did you mean {page.did_you_mean}?" if page.did_you_mean else ""), err=True)


@main.command()
@click.argument("queries", type=click.Path(path_type=Path, dir_okay=False), default=None, required=False)
@click.option("--misses", is_flag=True, help="List the queries whose first hit is not exactly what was wanted.")
@_json_option
@_home_option
@click.pass_obj
def evaluate(settings: Settings, queries: Path | None, *, misses: bool, as_json: bool) -> None:
    """Measure the search by judged queries, and what each of its parts is worth.

    \b
    renkei evaluate                   the queries judged over the sample documents
    renkei evaluate 判定.toml --misses
    """
    from search import evaluation  # noqa: PLC0415
    from search.index import Index  # noqa: PLC0415

    path = _state(settings).index
    judged = evaluation.read_judged(queries or Path(__file__).resolve().parent.parent / "tests/judged/queries.toml")
    outcomes = evaluation.evaluate(Index.open(path).search, judged)
    if misses:
        missed = [o for o in outcomes if not o.scores.success]
        rows = [(o.judged.kind, o.judged.text, f"{o.scores.ndcg:.3f}", *o.found[:1]) for o in missed]
        _print_table(("kind", "query", "nDCG@10", "first hit"), rows, right=(2,))
        return
    measured = [*evaluation.summary(outcomes), *evaluation.ablations(path, judged)]
    if as_json:
        _print_json([{"name": name, "queries": n, **dataclasses.asdict(scores)} for name, n, scores in measured])
        return
    lines = [(name, str(n), *(f"{x:.3f}" for x in dataclasses.astuple(scores))) for name, n, scores in measured]
    _print_table(("kind", "queries", "nDCG@10", "success@1", "recall@20"), lines, right=(1, 2, 3, 4))


@main.group()
def relate() -> None:
    """Ask what departments, municipalities and projects have to do with each other."""


def _store(settings: Settings) -> "Store":
    import graph  # noqa: PLC0415

    return graph.open(_state(settings).graph)


def _unit(store: "Store", text: str) -> "Unit":
    """Find the one department that a text names, or say which ones it could be."""
    from graph.relations import find_units  # noqa: PLC0415

    found = find_units(store, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Failure(f"{text}: no such department; 'renkei search {text} --type department' may find it")
    raise Failure(f"{text}: could be {', '.join(u.label for u in found)}; name one of them in full")


@relate.command("shared-projects")
@click.option("--between", nargs=2, metavar="D1 D2", help="Only these two departments.")
@click.option("--municipality", help="Only pairs with this municipality.")
@_json_option
@_home_option
@click.pass_obj
def shared_projects(
    settings: Settings, between: tuple[str, str] | None, municipality: str | None, *, as_json: bool
) -> None:
    """Which departments of two municipalities share projects, most shared first.

    \b
    renkei relate shared-projects
    renkei relate shared-projects --between 千歳市産業振興部商業労働課 恵庭市経済部商工労働課
    """
    from graph import relations  # noqa: PLC0415
    from web.api import shapes  # noqa: PLC0415

    store = _store(settings)
    units = (_unit(store, between[0]), _unit(store, between[1])) if between else None
    pairs = relations.shared_projects(store, between=units, municipality=municipality)
    if as_json:
        _print_json({"pairs": [shapes.pair(pair) for pair in pairs]})
        return
    rows = [(str(p.count), p.a.label, p.b.label, "; ".join(r.title for r in p.projects)) for p in pairs]
    _print_table(("projects", "department", "department", "titles"), rows, right=(0,))


@relate.command()
@click.argument("department")
@_json_option
@_home_option
@click.pass_obj
def counterparts(settings: Settings, department: str, *, as_json: bool) -> None:
    """With which departments of other municipalities a department shares projects.

    \b
    renkei relate counterparts 千歳市産業振興部商業労働課
    """
    from graph import relations  # noqa: PLC0415
    from web.api import shapes  # noqa: PLC0415

    store = _store(settings)
    found = relations.counterparts(store, _unit(store, department))
    if as_json:
        _print_json({"counterparts": [shapes.counterpart(c) for c in found]})
        return
    rows = [(str(c.count), c.unit.label, "; ".join(r.title for r in c.projects)) for c in found]
    _print_table(("projects", "department", "titles"), rows, right=(0,))


@relate.command("path")
@click.argument("a")
@click.argument("b")
@click.option(
    "--paths", "count", type=click.IntRange(1, 10), default=1, show_default=True, help="So many, shortest first."
)
@click.option("--hubs", is_flag=True, help="Let a path lead over municipalities and documents too.")
@_json_option
@_home_option
@click.pass_obj
def relate_path(settings: Settings, a: str, b: str, *, count: int, hubs: bool, as_json: bool) -> None:
    """How two departments, municipalities, projects, areas or documents belong together, with the source of each step.

    \b
    renkei relate path 千歳市産業振興部商業労働課 恵庭市経済部商工労働課
    renkei relate path 千歳市 chitose-eniwa-plan-2024/28 --paths 3
    """
    from graph import network  # noqa: PLC0415
    from web.api import shapes  # noqa: PLC0415

    found = network.path(_store(settings), a, b, count, without_hubs=not hubs)
    if as_json:
        _print_json({"paths": [shapes.path(steps) for steps in found]})
        return
    rows = [
        (str(number), step.start.label, step.relation_ja, step.end.label, step.document or "–", _lines(step.lines))
        for number, steps in enumerate(found, 1)
        for step in steps
    ]
    _print_table(("path", "from", "relation", "to", "document", "lines"), rows, right=(0,))
    if not found:
        click.echo(f"{a} and {b}: no path" + ("" if hubs else "; --hubs lets it lead over documents too"), err=True)


def _lines(lines: tuple[int, int] | None) -> str:
    return f"L{lines[0]}-{lines[1]}" if lines else "–"


@relate.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@_json_option
@_home_option
@click.pass_obj
def central(settings: Settings, *, limit: int, as_json: bool) -> None:
    """Departments with most partners, and how often they are the bridge between others.

    \b
    renkei relate central --limit 5
    """
    from graph import centrality  # noqa: PLC0415
    from web.api import shapes  # noqa: PLC0415

    found = centrality.central(_store(settings))[:limit]
    if as_json:
        _print_json({"departments": [shapes.central(each) for each in found]})
        return
    rows = [(str(c.partners), str(c.projects), f"{c.betweenness:.3f}", c.unit.label) for c in found]
    _print_table(("partners", "projects", "betweenness", "department"), rows, right=(0, 1, 2))


@relate.command()
@_json_option
@_home_option
@click.pass_obj
def communities(settings: Settings, *, as_json: bool) -> None:
    """Groups of departments that work together more than with others, and the areas that join them.

    \b
    renkei relate communities
    """
    from graph import centrality  # noqa: PLC0415
    from web.api import shapes  # noqa: PLC0415

    found = centrality.communities(_store(settings))
    if as_json:
        _print_json({"communities": [shapes.community(each) for each in found]})
        return
    rows = [
        (
            str(c.projects),
            "、".join(f"{label} ({count})" for label, count in c.areas),
            "、".join(u.label for u in c.units),
        )
        for c in found
    ]
    _print_table(("projects", "areas", "departments"), rows, right=(0,))


@relate.command("same-work")
@click.argument("project")
@_json_option
@_home_option
@click.pass_obj
def same_work(settings: Settings, project: str, *, as_json: bool) -> None:
    """Projects of other documents that may be the same work as one, surest first, with the words that both have.

    \b
    renkei relate same-work chitose-eniwa-plan-2024/28
    """
    from graph import alignment  # noqa: PLC0415
    from web.api import shapes  # noqa: PLC0415

    found = alignment.same_work(_store(settings), project)
    if as_json:
        _print_json({"project": project, "matches": [shapes.match(each) for each in found]})
        return
    rows = [(f"{m.score:.2f}", m.project.id, m.project.title, "、".join(m.words)) for m in found]
    _print_table(("score", "project", "title", "words of both"), rows, right=(0,))


@main.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option(
    "--format", "form", type=click.Choice(QUERY_FORMATS), help="json for results, turtle for graphs, where not said."
)
@_home_option
@click.pass_obj
def sparql(settings: Settings, file: Any, form: str | None) -> None:
    """Run a SPARQL 1.1 query from a file (or - for stdin) on the graph.

    \b
    echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | renkei sparql - --format csv
    """
    from graph.sparql import query  # noqa: PLC0415

    _, body = query(_store(settings), file.read(), format=form)
    sys.stdout.buffer.write(body)


@main.command()
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), default="turtle", show_default=True)
@click.option("--document", help="Only what this document states.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; stdout where not said.")
@_home_option
@click.pass_obj
def export(settings: Settings, form: str, document: str | None, output: Path | None) -> None:
    """Write the graph as open data.

    \b
    renkei export --format jsonld -o renkei.jsonld
    renkei export --format csv -o tables.zip
    """
    from graph.serialise import export as write  # noqa: PLC0415

    state = _state(settings)
    if document:
        state.entry(document)
    store = _store(settings)
    if output is None:
        write(store, form, sys.stdout.buffer, document=document)
        return
    partial = output.with_name(output.name + ".part")
    with partial.open("wb") as out:
        write(store, form, out, document=document)
    partial.replace(output)
    click.echo(f"wrote {output}", err=True)


@main.command()
@_home_option
@click.pass_obj
def check(settings: Settings) -> None:
    """Check the library: manifest, hashes, and counts of records, triples and index entries."""
    from web.build import verify  # noqa: PLC0415

    faults = verify(_state(settings))
    for fault in faults:
        click.echo(fault)
    if faults:
        raise Failure(f"{settings.home}: {len(faults)} faults; restore a backup, or ingest the documents again")
    click.echo(f"{settings.home}: sound", err=True)


@main.command()
@click.option("--document", help="Only what this document states.")
@_json_option
@_home_option
@click.pass_obj
def validate(settings: Settings, document: str | None, *, as_json: bool) -> None:
    """Check the graph against the published shapes (SHACL); exit code 1 where one is violated.

    \b
    renkei validate
    renkei validate --document chitose-eniwa-plan-2024
    """
    from dataclasses import asdict  # noqa: PLC0415

    from graph.shapes import validate as violations  # noqa: PLC0415

    state = _state(settings)
    found = violations(_store(settings), state.entry(document).id if document else None)
    if as_json:
        _print_json({"conforms": not found, "violations": [asdict(each) for each in found]})
    else:
        rows = [(v.document, v.thing, v.property, v.rule, v.value or "–", v.message) for v in found]
        _print_table(("document", "thing", "property", "rule", "value", "message"), rows)
    if found:
        raise Failure(
            f"{settings.home}: {len(found)} violations of the shapes; see 'renkei findings' and the documents"
        )
    click.echo(f"{settings.home}: conforms to the shapes", err=True)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=8, show_default=True, help="Threads that answer requests."
)
@_home_option
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Start the service; an empty library takes in the sample documents first.

    \b
    renkei serve
    renkei serve --host 0.0.0.0 --port 8080
    """
    from web.server import serve as run  # noqa: PLC0415

    run(Settings(settings.home, settings.base, host, port), workers)
