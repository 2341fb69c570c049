"""What two things share, what surrounds a thing, what covers which field, and chains from articles to results."""

import pytest

from graph import centrality, chains, network
from graph.build import fill
from graph.coverage import coverage
from graph.ego import MOST_NODES, ego
from graph.errors import AmbiguousThing, UnknownThing
from graph.shared import GROUPS, everything_shared
from graph.stores import Store, open_store
from ingest.records import AnyRecord, ArticleRecord, BudgetRow, Department, Indicator, Source
from sample_records import body, document, party, project
from test_graph_sample import BASE, PACT, PLAN, SHEETS, library

MINE, THEIRS = "千歳市産業振興部商業労働課", "恵庭市経済部商工労働課"


@pytest.fixture(scope="module")
def store() -> Store:
    """A store with the sample library."""
    opened = open_store("memory:")
    fill(opened, library(), (), BASE)
    return opened


def groups(store: Store, a: str, b: str) -> dict[str, list[str]]:
    """Return the ids of what two things share, by kind."""
    return {group.kind: [each.thing.id for each in group.things] for group in everything_shared(store, a, b).groups}


def test_two_departments_share_projects_areas_documents_and_municipalities(store: Store) -> None:
    found = groups(store, MINE, THEIRS)
    assert found["project"] == [f"{PLAN}/{sheet}" for sheet in SHEETS]
    assert found["document"] == [PLAN]
    assert set(found["municipality"]) == {"012246", "012319"}
    assert f"{PLAN}/area-1.a" in found["area"]


def test_what_is_shared_is_the_same_from_both_sides_and_stands_in_words_with_sources(store: Store) -> None:
    found = everything_shared(store, MINE, THEIRS)
    turned = everything_shared(store, THEIRS, MINE)
    assert [group.things for group in found.groups] == [group.things for group in turned.groups]
    assert [group.kind for group in found.groups] == [kind for kind in GROUPS if kind in groups(store, MINE, THEIRS)]
    first = found.groups[0]
    assert "5件の事業" in first.sentence_ja
    assert first.sentence_en.endswith("projects: 5.")
    assert (first.things[0].document, first.things[0].lines) == (PLAN, (20, 28))


def test_any_two_kinds_of_things_can_be_asked_about(store: Store) -> None:
    assert groups(store, "千歳市", "丘の計画")["project"][-1] == f"{PLAN}/23-2"
    assert groups(store, PLAN, PACT) == {"municipality": ["012246"], "department": ["012246/産業振興部/商業労働課"]}
    assert groups(store, "札幌市", "千歳市")["document"] == [PACT]
    assert "department" in groups(store, f"{PLAN}/area-1", THEIRS)


def test_nothing_shared_is_an_answer_and_a_wrong_name_an_error(store: Store) -> None:
    assert everything_shared(store, "札幌市経済局観光課", f"{PLAN}/7-2").groups[0].kind == "municipality"
    assert everything_shared(store, f"{PACT}/area-観光", MINE).groups == ()
    with pytest.raises(UnknownThing, match="月面課"):
        everything_shared(store, "月面課", MINE)
    with pytest.raises(AmbiguousThing):
        everything_shared(store, "福祉部", MINE)


def test_steps_are_sentences_in_both_languages_and_directions(store: Store) -> None:
    (steps,) = network.path(store, MINE, "札幌市経済局観光課")
    assert [step.sentence_ja for step in steps] == [
        f"{MINE}は「取組そのrow-1」を担当する。",
        "「取組そのrow-1」は札幌市経済局観光課が担当する。",
    ]
    assert steps[0].sentence_en == f"{MINE} is in charge of “取組そのrow-1”."
    for link in network.network(store).links():
        assert "{start}" in network.sentence(link.relation).ja


def test_kinds_of_things_can_be_left_out_of_paths(store: Store) -> None:
    every = network.path(store, f"{PLAN}/1", f"{PLAN}/7-2", 10, without=())
    assert {"document", "area", "municipality"} & {step.end.kind for steps in every for step in steps[:-1]}
    without = ("document", "area", "municipality")
    for steps in network.path(store, f"{PLAN}/1", f"{PLAN}/7-2", 10, without=without):
        assert not set(without) & {step.end.kind for step in steps[:-1]}


def test_what_surrounds_a_thing_is_near_linked_and_counted(store: Store) -> None:
    near, far = ego(store, MINE), ego(store, MINE, 2)
    assert {node.distance for node in near.nodes} == {0, 1}
    assert {node.distance for node in far.nodes} == {0, 1, 2}
    assert near.nodes[0].thing == near.centre
    assert near.total == len(near.nodes) < far.total
    shown = {node.thing.id for node in far.nodes}
    assert all({link.start.id, link.end.id} <= shown for link in far.links)
    assert not any(node.thing.kind == "document" for node in ego(store, MINE, 2, without=("document",)).nodes)


@pytest.mark.parametrize("most", [3, 5, 8, 12])
def test_a_picture_stays_small_and_says_what_it_folds_away(store: Store, most: int) -> None:
    found = ego(store, "千歳市", 2, most=most)
    assert len(found.nodes) + len(found.folded) <= most
    assert len(found.nodes) + sum(fold.count for fold in found.folded) == found.total
    assert all(fold.count == sum(n for _, n in fold.kinds) for fold in found.folded)
    assert len(ego(store, "千歳市", 2).nodes) <= MOST_NODES


def test_bridges_are_what_others_hang_on() -> None:
    """Two triples of departments that only one shared project joins."""
    ring = [("a", "甲部"), ("b", "乙部"), ("c", "丙部")], [("d", "丁部"), ("e", "戊部"), ("f", "己部")]
    units = {name: body("千歳市" if name < "d" else "恵庭市", unit) for three in ring for name, unit in three}
    pairs = ["ab", "bc", "ca", "de", "ef", "fd", "cd"]
    records: list[AnyRecord] = [document("d")]
    records += [project("d", str(n), 10 * n, units[a], units[b]) for n, (a, b) in enumerate(pairs, 1)]
    opened = open_store("memory:")
    fill(opened, {"d": records}, (), BASE)
    found = centrality.bridges(opened)
    assert [(each.unit.label, each.parts) for each in found.units] == [("千歳市丙部", (3, 2)), ("恵庭市丁部", (3, 2))]
    (link,) = found.links
    assert (link.a.label, link.b.label, link.sizes) == ("千歳市丙部", "恵庭市丁部", (3, 3))
    assert [each.id for each in link.projects] == ["d/7"]


def test_every_project_with_an_area_is_in_one_row_and_empty_cells_are_counted() -> None:
    life = "生活機能の強化"
    records: dict[str, list[AnyRecord]] = {
        "d": [
            document("d"),
            party("d", "千歳市", "012246"),
            project("d", "1", 5, body("千歳市", "甲部"), area=(life, "福祉")),
            project("d", "2", 15, area=(life, "環境")),
            project("d", "3", 25, body("千歳市", "甲部"), area=("月の開発",)),
        ],
        "e": [document("e"), project("e", "1", 5, body("恵庭市", "乙部"), area=(life,), title="福祉")],
    }
    opened = open_store("memory:")
    fill(opened, records, (), BASE)
    found = coverage(opened)
    assert [area.path[-1] for area in found.areas] == ["福祉", "環境", "月の開発"]
    welfare = found.areas[0]
    cells = {
        (m.label, d.id): [p.id for p in found.cell(welfare, m, d)]
        for m in found.municipalities
        for d in found.documents
    }
    assert cells == {
        ("千歳市", "d"): ["d/1"],
        ("恵庭市", "e"): ["e/1"],
        ("千歳市", "e"): [],
        ("恵庭市", "d"): [],
    }
    assert {key: [p.id for p in refs] for key, refs in found.unstated.items()} == {("3-A-9", "d"): ["d/2"]}
    assert found.empty() == 3 * 2 * 2 - 3
    assert len(coverage(opened, every=True).areas) > 30


def test_chains_lead_from_article_to_results_and_name_what_is_missing() -> None:
    place = Source(None, (9, 9))
    cities = [("千歳市", "012246"), ("恵庭市", "012319")]
    staff: list[Department] = [body("千歳市", "甲部")]
    words = {"title": "航空写真の共同撮影", "overview": "航空写真を二市で撮影する。"}
    rows = (
        BudgetRow(label="合計", municipality=None, amounts={"2024": 30}),
        BudgetRow(label="千歳市", municipality="千歳市", amounts={"2024": 10}),
    )
    pact: list[AnyRecord] = [
        document("pact", kind="agreement"),
        *(party("pact", *city) for city in cities),
        ArticleRecord(
            id="pact/article-3", document="pact", source=place, number="3", paragraphs=("別表のとおりとする。",)
        ),
        project("pact", "row-1", 20, number=None, branch=None, **words),
        project("pact", "row-2", 30, number=None, branch=None, title="月の石の展示"),
    ]
    plan: list[AnyRecord] = [
        document("plan"),
        *(party("plan", *city) for city in cities),
        project("plan", "1", 20, *staff, budget=rows, indicators=(Indicator(name="撮影した面積"),), **words),
        project("plan", "2", 30, *staff, title="水道料金の検針"),
    ]
    other: list[AnyRecord] = [document("other"), party("other", "札幌市", "011002"), project("other", "1", 20, **words)]
    opened = open_store("memory:")
    fill(opened, {"pact": pact, "plan": plan, "other": other}, (), BASE)
    found = chains.chains(opened)
    whole = found[0]
    assert whole.article is not None
    assert (whole.article.article.label, whole.article.lines) == ("第3条", (9, 9))
    assert [sheet.project.id for sheet in whole.sheets] == ["plan/1"]
    assert whole.sheets[0].budget == ((2024, 30),)
    assert [each.name for each in whole.sheets[0].indicators] == ["撮影した面積"]
    assert whole.broken == ()
    listed = {name: len(each) for name, each in chains.broken(found).items()}
    assert listed == {"no-article": 0, "no-measure": 2, "no-sheet": 1, "no-budget": 2, "no-indicator": 2}
    assert [chain.measure for chain in chains.chains(opened, "plan")] == [None]
