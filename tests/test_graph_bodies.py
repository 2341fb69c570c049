"""One body under two names: proposed with a reason, merged by nothing but a person's judgement."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import graph
from corpus import SAMPLES
from graph import relations
from graph.aligning import align
from graph.bodies import WORDING, WRITING, alike_departments
from graph.build import fill
from graph.judgements import Judgement
from graph.stores import Store, open_store
from ingest.library import Library
from ingest.records import AnyRecord
from sample_records import body, document, project
from test_graph_sample import BASE
from web.build import ingest_paths
from web.cli import main

MISPRINT, REAL = "012246/企画部/広報誌課", "012246/企画部/広報広聴課"


def store_of(*names: tuple[str, ...]) -> Store:
    """A store in which each department of Chitose is in charge of a project of its own, with one of Eniwa."""
    records: list[AnyRecord] = [document("d")]
    other = body("恵庭市", "総務部", "総務課")
    records += [project("d", str(n), 10 * n, body("千歳市", *path), other) for n, path in enumerate(names, 1)]
    opened = open_store("memory:")
    fill(opened, {"d": records}, (), BASE)
    return opened


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("福祉部", "こども政策課"), ("福祉部", "子ども政策課"), WRITING),
        (("総務部", "希望ヶ丘支所"), ("総務部", "希望ケ丘支所"), WRITING),
        (("企画部", "広報課"), ("企画部", "広報広聴課"), WORDING),
        (("企画部", "広報誌課"), ("企画部", "広報広聴課"), WORDING),
        (("企画部", "広報課"), ("総務部", "広報広聴課"), None),
        (("経済部", "商業課"), ("経済部", "商工課"), None),
        (("福祉部", "福祉課"), ("福祉部", "保健課"), None),
    ],
)
def test_departments_below_one_unit_are_proposed_by_writing_or_wording(
    one: tuple[str, ...], other: tuple[str, ...], reason: str | None
) -> None:
    assert [each.reason for each in alike_departments(store_of(one, other))] == ([reason] if reason else [])


def test_what_is_only_alike_counts_as_two_and_what_is_judged_the_same_as_one() -> None:
    opened = store_of(("企画部", "広報誌課"), ("企画部", "広報広聴課"))
    ids = ("012319/総務部/総務課",)
    assert len(relations.counterparts(opened, ids[0])) == 2
    said = Judgement(a=MISPRINT, b=REAL, verdict="same", by="企画課", when="2024-04-01T09:00:00Z", why="誤記")
    align(opened, BASE, [], [said])
    (one,) = relations.counterparts(opened, ids[0])
    assert (one.unit.id, one.count) == (min(MISPRINT, REAL), 2)
    for name in (MISPRINT, REAL):
        assert [each.id for each in relations.unit_projects(opened, name)] == ["d/1", "d/2"]
    assert opened.query(f"BASE <{BASE}/id/> ASK {{ <department/{MISPRINT}> skos:closeMatch <department/{REAL}> }}")
    align(opened, BASE, [], [])
    assert len(relations.counterparts(opened, ids[0])) == 2


def test_three_names_of_one_body_are_one() -> None:
    opened = store_of(("企画部", "甲課"), ("企画部", "乙課"), ("企画部", "丙課"))
    names = [f"012246/企画部/{name}" for name in ("甲課", "乙課", "丙課")]
    said = [
        Judgement(a=a, b=b, verdict="same", by="x", when="2024-04-01T09:00:00Z", why="改称")
        for a, b in ((names[2], names[1]), (names[1], names[0]))
    ]
    align(opened, BASE, [], said)
    (one,) = relations.counterparts(opened, "012319/総務部/総務課")
    assert one.count == 3


def test_the_misprint_of_the_plan_is_proposed_not_merged_until_somebody_says_so(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    ingest_paths(library, [SAMPLES / "chitose-eniwa-plan-2024.txt"], base=BASE)

    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["--home", str(library.home), *words])
        assert result.exit_code == 0, result.stderr
        return result.stdout

    pairs = json.loads(run("relate", "alike-departments", "--json"))["pairs"]
    assert {"a": MISPRINT, "b": REAL} in [
        dict(zip("ab", sorted((each["a"]["id"], each["b"]["id"]), reverse=MISPRINT > REAL), strict=True))
        for each in pairs
    ]
    assert MISPRINT in run("relate", "alike-departments")
    store = graph.open(library.current().graph)
    assert relations.unit_projects(store, MISPRINT) == []
    store.close()
    run("judge", MISPRINT, REAL, "same", "--why", "体系図の誤記")
    store = graph.open(library.current().graph)
    assert relations.unit_projects(store, MISPRINT) == relations.unit_projects(store, REAL) != []
    store.close()
    run("validate")
