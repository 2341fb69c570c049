"""Commands on the graph as data: queries, exports, shapes."""

import sys
from pathlib import Path
from typing import Any

import click

from web.console import Failure, current_state, current_store, home_option, json_option, print_json, print_table
from web.settings import Settings

EXPORT_FORMATS = ("turtle", "jsonld", "ntriples", "nquads", "trig", "rdfxml", "csv", "graphml", "gexf")
QUERY_FORMATS = ("json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml")


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option(
    "--format", "form", type=click.Choice(QUERY_FORMATS), help="json for results, turtle for graphs, where not said."
)
@home_option
@click.pass_obj
def sparql(settings: Settings, file: Any, form: str | None) -> None:
    """Run a SPARQL 1.1 query from a file (or - for stdin) on the graph.

    \b
    echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | renkei sparql - --format csv
    """
    from graph.sparql import query  # noqa: PLC0415

    _, body = query(current_store(settings), file.read(), format=form)
    sys.stdout.buffer.write(body)


@click.command()
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), default="turtle", show_default=True)
@click.option("--document", help="Only what this document states.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; stdout where not said.")
@home_option
@click.pass_obj
def export(settings: Settings, form: str, document: str | None, output: Path | None) -> None:
    """Write the graph as open data.

    \b
    renkei export --format jsonld -o renkei.jsonld
    renkei export --format csv -o tables.zip
    """
    from graph.serialise import export as write  # noqa: PLC0415

    state = current_state(settings)
    if document:
        state.entry(document)
    store = current_store(settings)
    if output is None:
        write(store, form, sys.stdout.buffer, document=document)
        return
    partial = output.with_name(output.name + ".part")
    with partial.open("wb") as out:
        write(store, form, out, document=document)
    partial.replace(output)
    click.echo(f"wrote {output}", err=True)


@click.command()
@click.option("--document", help="Only what this document states.")
@json_option
@home_option
@click.pass_obj
def validate(settings: Settings, document: str | None, *, as_json: bool) -> None:
    """Check the graph against the published shapes (SHACL); exit code 1 where one is violated.

    \b
    renkei validate
    renkei validate --document chitose-eniwa-plan-2024
    """
    from dataclasses import asdict  # noqa: PLC0415

    from graph.shapes import validate as violations  # noqa: PLC0415

    state = current_state(settings)
    found = violations(current_store(settings), state.entry(document).id if document else None)
    if as_json:
        print_json({"conforms": not found, "violations": [asdict(each) for each in found]})
    else:
        rows = [(v.document, v.thing, v.property, v.rule, v.value or "–", v.message) for v in found]
        print_table(("document", "thing", "property", "rule", "value", "message"), rows)
    if found:
        raise Failure(
            f"{settings.home}: {len(found)} violations of the shapes; see 'renkei findings' and the documents"
        )
    click.echo(f"{settings.home}: conforms to the shapes", err=True)
