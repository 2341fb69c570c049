"""Commands that ask how things are connected."""

from typing import TYPE_CHECKING

import click

from graph.things import KINDS
from web.console import Failure, current_store, home_option, json_option, print_json, print_table
from web.settings import Settings

if TYPE_CHECKING:
    from graph.stores import Store
    from graph.things import Unit


@click.group()
def relate() -> None:
    """Ask what departments, municipalities and projects have to do with each other."""


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
@click.option("--area", help="Only projects of this policy area and those below it (label or id).")
@json_option
@home_option
@click.pass_obj
def shared_projects(
    settings: Settings, between: tuple[str, str] | None, municipality: str | None, area: str | None, *, as_json: bool
) -> None:
    """Which departments of two municipalities share projects, most shared first.

    \b
    renkei relate shared-projects
    renkei relate shared-projects --between 千歳市産業振興部商業労働課 恵庭市経済部商工労働課
    renkei relate shared-projects --municipality 恵庭市 --area 環境
    """
    from graph import relations  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    store = current_store(settings)
    units = (_unit(store, between[0]), _unit(store, between[1])) if between else None
    pairs = relations.shared_projects(store, between=units, municipality=municipality, area=area)
    if as_json:
        print_json({"pairs": [shapes.pair(pair) for pair in pairs]})
        return
    rows = [(str(p.count), p.a.label, p.b.label, "; ".join(r.title for r in p.projects)) for p in pairs]
    print_table(("projects", "department", "department", "titles"), rows, right=(0,))


@relate.command()
@click.argument("department")
@json_option
@home_option
@click.pass_obj
def counterparts(settings: Settings, department: str, *, as_json: bool) -> None:
    """With which departments of other municipalities a department shares projects.

    \b
    renkei relate counterparts 千歳市産業振興部商業労働課
    """
    from graph import relations  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    store = current_store(settings)
    found = relations.counterparts(store, _unit(store, department))
    if as_json:
        print_json({"counterparts": [shapes.counterpart(c) for c in found]})
        return
    rows = [(str(c.count), c.unit.label, "; ".join(r.title for r in c.projects)) for c in found]
    print_table(("projects", "department", "titles"), rows, right=(0,))


@relate.command("path")
@click.argument("a")
@click.argument("b")
@click.option(
    "--paths", "count", type=click.IntRange(1, 10), default=1, show_default=True, help="So many, shortest first."
)
@click.option("--hubs", is_flag=True, help="Let a path lead over municipalities and documents too.")
@click.option("--without", multiple=True, type=click.Choice(KINDS), help="Let no path lead over things of this kind.")
@json_option
@home_option
@click.pass_obj
def relate_path(
    settings: Settings, a: str, b: str, *, count: int, hubs: bool, without: tuple[str, ...], as_json: bool
) -> None:
    """How two departments, municipalities, projects, areas or documents belong together, with the source of each step.

    \b
    renkei relate path 千歳市産業振興部商業労働課 恵庭市経済部商工労働課
    renkei relate path 千歳市 chitose-eniwa-plan-2024/28 --paths 3
    """
    from graph import network  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    excluded = without or (() if hubs else network.HUBS)
    found = network.path(current_store(settings), a, b, count, without=excluded)
    if as_json:
        print_json({"paths": [shapes.path(steps) for steps in found]})
        return
    rows = [
        (str(number), step.sentence_ja, step.document or "–", lines_text(step.lines))
        for number, steps in enumerate(found, 1)
        for step in steps
    ]
    print_table(("path", "step", "document", "lines"), rows, right=(0,))
    if not found:
        click.echo(f"{a} and {b}: no path" + ("" if hubs else "; --hubs lets it lead over documents too"), err=True)


def lines_text(lines: tuple[int, int] | None) -> str:
    """Return lines as tables show them."""
    return f"L{lines[0]}-{lines[1]}" if lines else "–"


@relate.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@json_option
@home_option
@click.pass_obj
def central(settings: Settings, *, limit: int, as_json: bool) -> None:
    """Departments with most partners, and how often they are the bridge between others.

    \b
    renkei relate central --limit 5
    """
    from graph import centrality  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = centrality.central(current_store(settings))[:limit]
    if as_json:
        print_json({"departments": [shapes.central(each) for each in found]})
        return
    rows = [
        (str(c.partners), str(c.projects), f"{'about ' if c.estimated else ''}{c.betweenness:.3f}", c.unit.label)
        for c in found
    ]
    print_table(("partners", "projects", "betweenness", "department"), rows, right=(0, 1, 2))


@relate.command()
@json_option
@home_option
@click.pass_obj
def communities(settings: Settings, *, as_json: bool) -> None:
    """Groups of departments that work together more than with others, and the areas that join them.

    \b
    renkei relate communities
    """
    from graph import centrality  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = centrality.communities(current_store(settings))
    if as_json:
        print_json({"communities": [shapes.community(each) for each in found]})
        return
    rows = [
        (
            str(c.projects),
            "、".join(f"{label} ({count})" for label, count in c.areas),
            "、".join(u.label for u in c.units),
        )
        for c in found
    ]
    print_table(("projects", "areas", "departments"), rows, right=(0,))


@relate.command("same-work")
@click.argument("project")
@json_option
@home_option
@click.pass_obj
def same_work(settings: Settings, project: str, *, as_json: bool) -> None:
    """Projects of other documents that may be the same work as one, surest first, with the words that both have.

    \b
    renkei relate same-work chitose-eniwa-plan-2024/28
    """
    from graph import alignment  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = alignment.same_work(current_store(settings), project)
    if as_json:
        print_json({"project": project, "matches": [shapes.match(each) for each in found]})
        return
    rows = [
        (
            m.verdict or f"{m.score:.2f}",
            m.project.id,
            m.project.title,
            f"names {m.likeness.names:.2f} text {m.likeness.text:.2f} field {m.likeness.field:.0f}",
            m.judgement.why if m.judgement else "、".join(m.words),
        )
        for m in found
    ]
    print_table(("score", "project", "title", "parts", "why"), rows, right=(0,))
