"""Commands about the same work in several documents: what people say of it, and how good the proposals are."""

import dataclasses
import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from web.commands.relate import relate
from web.console import Failure, current_store, home_option, json_option, open_library, print_json, print_table
from web.settings import Settings, judged_pairs

VERDICTS = ("same", "different", "undecided")


@click.command()
@click.argument("a")
@click.argument("b")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--why", required=True, help="The reason, in a sentence.")
@click.option("--by", help="Who says so (default: the name of this account).")
@home_option
@click.pass_obj
def judge(settings: Settings, a: str, b: str, verdict: str, *, why: str, by: str | None) -> None:
    """Say whether two projects are the same work, or two departments one body; it goes before the score, and it stays.

    \b
    renkei judge chitose-eniwa-plan-2024/28 sapporo-status-2019/40 same --why 同じ共同撮影を指す
    renkei judge chitose-eniwa-plan-2024/10 sapporo-status-2019/20 different --why 対象となる教育が違う --by 企画課
    renkei judge 012246/企画部/広報誌課 012246/企画部/広報広聴課 same --why 体系図の誤記
    """
    from graph.judgements import FILE, Judgement  # noqa: PLC0415
    from web.build import judge as keep  # noqa: PLC0415

    if a == b:
        raise Failure(f"{a}: name two projects or two departments")
    library, now = open_library(settings), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = Judgement(a=a, b=b, verdict=verdict, by=by or getpass.getuser(), when=now, why=why)  # type: ignore[arg-type]
    state = keep(library, said, base=settings.base)
    click.echo(f"{a} and {b}: {verdict} ({library.home / FILE}); state {state.name} published", err=True)


@relate.command("alike-departments")
@json_option
@home_option
@click.pass_obj
def alike_departments(settings: Settings, *, as_json: bool) -> None:
    """Departments of one municipality that may be one body under two names; they count as two until judged the same.

    \b
    renkei relate alike-departments
    """
    from graph.bodies import alike_departments as find  # noqa: PLC0415
    from web.api import relation_shapes as shapes  # noqa: PLC0415

    found = find(current_store(settings))
    if as_json:
        print_json({"pairs": [{"a": shapes.unit(x.a), "b": shapes.unit(x.b), "reason": x.reason} for x in found]})
        return
    print_table(("alike by", "department", "department"), [(each.reason, each.a.id, each.b.id) for each in found])


@click.command()
@home_option
@click.pass_obj
def align(settings: Settings) -> None:
    """Compare all projects of all documents anew; as documents come in, libraries of up to 2,000 projects do so by themselves.

    \b
    renkei align
    """
    from web.build import align as compare  # noqa: PLC0415

    state = compare(open_library(settings), base=settings.base)
    click.echo(f"state {state.name} published", err=True)


@relate.command()
@click.argument("pairs", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--faults", is_flag=True, help="List the pairs that were missed or wrongly found.")
@json_option
@home_option
@click.pass_obj
def quality(settings: Settings, pairs: Path | None, *, faults: bool, as_json: bool) -> None:
    """How well the proposals of the same work agree with pairs judged by hand: precision and recall.

    \b
    renkei relate quality                 the pairs judged over the sample documents
    renkei relate quality 判定.toml --faults
    """
    from graph.agreement import agreement, read_pairs  # noqa: PLC0415

    found = agreement(current_store(settings), read_pairs(pairs or judged_pairs()))
    if as_json:
        print_json({"sets": [dataclasses.asdict(each) for each in found]})
        return
    if faults:
        listed = [(each.set, "missed", p.a, p.b) for each in found for p in each.missed]
        listed += [(each.set, "wrong", p.a, p.b) for each in found for p in each.wrong]
        print_table(("set", "fault", "project", "project"), listed)
        return
    rows = [(each.set, str(each.pairs), f"{each.precision:.3f}", f"{each.recall:.3f}") for each in found]
    print_table(("set", "pairs", "precision", "recall"), rows, right=(1, 2, 3))
