"""Commands that search, and that measure the search."""

import dataclasses
import sys
from pathlib import Path
from typing import Any

import click

from search.model import TYPES
from web.console import current_state, home_option, json_option, print_json, print_table
from web.settings import Settings, judged_queries

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


@click.command()
@click.option("--in-vain", is_flag=True, help="Only words that found nothing.")
@json_option
@home_option
@click.pass_obj
def searches(settings: Settings, *, in_vain: bool, as_json: bool) -> None:
    """Tell what readers searched for, where that is kept (RENKEI_SEARCH_LOG=days).

    \b
    renkei searches
    renkei searches --in-vain         what to add to the synonyms, or what is missing
    """
    from web.search_log import asked  # noqa: PLC0415

    found = [each for each in asked(settings.home) if not (in_vain and each.found)]
    if as_json:
        print_json({"searches": [dataclasses.asdict(each) for each in found]})
        return
    print_table(["words", "times", "found"], [[each.words, str(each.times), str(each.found)] for each in found])


@click.command()
@click.argument("query")
@click.option("--type", "types", multiple=True, type=click.Choice(TYPES), help="What kind of thing.")
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
@json_option
@home_option
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
    state = current_state(settings)
    for name in choices["document"]:
        state.entry(name)
    index = search_room.open_index(state.index)
    page = index.search(asked)
    if as_json:
        print_json(search_page(page))
        return
    for hit in page.hits:
        number = f"{hit.number or ''}{'-' + hit.branch if hit.branch else ''}"
        whose = "、".join(label for _, label in hit.facets.get("municipality", ()))
        click.echo(f"{hit.document}\t{hit.type}\t{number}\t{hit.title}\t{whose}")
        if sys.stdout.isatty() and hit.snippet:
            click.echo(
                "    " + "".join(click.style(text, bold=True) if marked else text for text, marked in hit.snippet.spans)
            )
    click.echo(f"{page.total} hits" + (f"; did you mean {page.did_you_mean}?" if page.did_you_mean else ""), err=True)
    if filters and not page.total:
        without = index.search(parse(query, limit=1)).total
        click.echo(f"without {', '.join(f'--{facet} {value}' for facet, value in filters)}: {without} hits", err=True)


@click.command()
@click.argument("queries", type=click.Path(path_type=Path, dir_okay=False), default=None, required=False)
@click.option("--misses", is_flag=True, help="List the queries whose first hit is not exactly what was wanted.")
@json_option
@home_option
@click.pass_obj
def evaluate(settings: Settings, queries: Path | None, *, misses: bool, as_json: bool) -> None:
    """Measure the search by judged queries, and what each of its parts is worth.

    \b
    renkei evaluate                   the queries judged over the sample documents
    renkei evaluate 判定.toml --misses
    """
    from search import evaluation  # noqa: PLC0415
    from search.index import Index  # noqa: PLC0415

    path = current_state(settings).index
    judged = evaluation.read_judged(queries or judged_queries())
    outcomes = evaluation.evaluate(Index.open(path).search, judged)
    if misses:
        missed = [o for o in outcomes if not o.scores.success]
        rows = [(o.judged.kind, o.judged.text, f"{o.scores.ndcg:.3f}", *o.found[:1]) for o in missed]
        print_table(("kind", "query", "nDCG@10", "first hit"), rows, right=(2,))
        return
    measured = [*evaluation.summary(outcomes), *evaluation.ablations(path, judged)]
    if as_json:
        print_json([{"name": name, "queries": n, **dataclasses.asdict(scores)} for name, n, scores in measured])
        return
    lines = [(name, str(n), *(f"{x:.3f}" for x in dataclasses.astuple(scores))) for name, n, scores in measured]
    print_table(("kind", "queries", "nDCG@10", "success@1", "recall@20"), lines, right=(1, 2, 3, 4))
