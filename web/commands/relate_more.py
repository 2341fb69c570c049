"""Commands that ask about the network as a whole, and about roles and chains."""

import click

from graph.things import KINDS
from web.commands.relate import lines_text, relate
from web.console import current_store, home_option, json_option, print_json, print_table
from web.settings import Settings

__all__ = ["relate"]


@relate.command()
@click.argument("a")
@click.argument("b")
@json_option
@home_option
@click.pass_obj
def shared(settings: Settings, a: str, b: str, *, as_json: bool) -> None:
    """Everything that two departments, municipalities, projects, areas or documents have in common.

    \b
    renkei relate shared 札幌市 石狩市
    renkei relate shared sapporo-status-2019 chitose-eniwa-plan-2024
    """
    from graph.shared import everything_shared  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = everything_shared(current_store(settings), a, b)
    if as_json:
        print_json(shapes.shared(found))
        return
    for group in found.groups:
        click.echo(group.sentence_ja)
        rows = [(t.thing.id, t.thing.label, t.document or "–", lines_text(t.lines)) for t in group.things]
        print_table((group.kind, "name", "document", "lines"), rows)
    if not found.groups:
        click.echo(f"{found.a.label} and {found.b.label} share nothing", err=True)


@relate.command()
@click.argument("thing")
@click.option("--depth", type=click.IntRange(1, 2), default=1, show_default=True, help="So many links away.")
@click.option("--without", multiple=True, type=click.Choice(KINDS), help="Leave out things of this kind.")
@json_option
@home_option
@click.pass_obj
def ego(settings: Settings, thing: str, *, depth: int, without: tuple[str, ...], as_json: bool) -> None:
    """What surrounds a thing: at most 60 things, what is folded away counted.

    \b
    renkei relate ego 千歳市産業振興部商業労働課 --depth 2
    """
    import graph.ego  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = graph.ego.ego(current_store(settings), thing, depth, without=without)
    if as_json:
        print_json(shapes.ego(found))
        return
    rows = [(link.sentence_ja, link.document or "–", lines_text(link.lines)) for link in found.links]
    print_table(("link", "document", "lines"), rows)
    for fold in found.folded:
        click.echo(f"{fold.at.label}: ほか {fold.count} 件", err=True)


@relate.command()
@json_option
@home_option
@click.pass_obj
def bridges(settings: Settings, *, as_json: bool) -> None:
    """Departments and single links without which others would no longer be joined.

    \b
    renkei relate bridges
    """
    from graph import centrality  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = centrality.bridges(current_store(settings))
    if as_json:
        print_json(shapes.bridges(found))
        return
    rows = [("+".join(map(str, each.parts)), each.unit.label, "") for each in found.units]
    rows += [("+".join(map(str, each.sizes)), each.a.label, each.b.label) for each in found.links]
    print_table(("parts left", "department", "department"), rows)


@relate.command()
@click.option("--every", is_flag=True, help="Also the fields of the national guidelines that nothing is in.")
@json_option
@home_option
@click.pass_obj
def coverage(settings: Settings, *, every: bool, as_json: bool) -> None:
    """Which municipality works in which field by which document; a dot is an empty cell.

    \b
    renkei relate coverage --every
    """
    from graph.coverage import coverage as cover  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = cover(current_store(settings), every=every)
    if as_json:
        print_json(shapes.coverage(found))
        return
    columns = [(m, d) for d in found.documents for m in found.municipalities]
    rows = [
        (area.notation or "–", area.path[-1], *(str(len(found.cell(area, m, d)) or "·") for m, d in columns))
        for area in found.areas
    ]
    print_table(("field", "name", *(f"{m.label} {d.id}" for m, d in columns)), rows)


@relate.command()
@click.argument("project", required=False)
@json_option
@home_option
@click.pass_obj
def roles(settings: Settings, project: str | None, *, as_json: bool) -> None:
    """How the roles of partners compare: identical, parallel, leading, different; of a project or summed up.

    \b
    renkei relate roles
    renkei relate roles chitose-eniwa-plan-2024/7-3
    """
    from graph import roles as graph_roles  # noqa: PLC0415
    from graph import symmetry  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    store = current_store(settings)
    if project:
        found = graph_roles.roles_of(store, project)
        if as_json:
            print_json(shapes.roles(found))
            return
        parts = [(c.kind, c.leader or "–", c.a, c.text_a, c.b, c.text_b) for c in found.comparisons]
        print_table(("kind", "leads", "partner", "role", "partner", "role"), parts)
        return
    summaries = graph_roles.role_summaries(store)
    if as_json:
        print_json({"documents": [shapes.role_summary(each) for each in summaries]})
        return
    rows = [(each.document, *(str(count) for _, count in each.kinds), _leaders(each.leaders)) for each in summaries]
    print_table(("document", *symmetry.KINDS, "leads"), rows)


def _leaders(leaders: tuple[tuple[str, int], ...]) -> str:
    return "、".join(f"{name} ({count})" for name, count in leaders)


@relate.command()
@click.argument("document", required=False)
@json_option
@home_option
@click.pass_obj
def chains(settings: Settings, document: str | None, *, as_json: bool) -> None:
    """From an agreement's article over measure, sheet and budget to indicators, with the links that are missing.

    \b
    renkei relate chains
    renkei relate chains iwamizawa-bibai-agreement-2025 --json
    """
    from graph import chains as graph_chains  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = graph_chains.chains(current_store(settings), document)
    if as_json:
        listed = {name: len(each) for name, each in graph_chains.broken(found).items()}
        print_json({"chains": [shapes.chain(each) for each in found], "broken": listed})
        return
    rows = [
        (
            each.article.article.label if each.article else "–",
            each.measure.title if each.measure else "–",
            "; ".join(sheet.project.title for sheet in each.sheets) or "–",
            " ".join(each.broken),
        )
        for each in found
    ]
    print_table(("article", "measure", "sheets", "missing"), rows)
