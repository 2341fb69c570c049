"""Who shares work with whom."""

import pytest

import graph
from graph import relations
from graph.build import fill
from graph.errors import UnknownThing
from graph.stores import Store, open_store
from ingest.library import State
from ingest.records import AnyRecord
from sample_records import body, document, project
from test_graph_sample import BASE, PACT, PLAN, SHEETS, library

MINE, THEIRS = "千歳市産業振興部商業労働課", "恵庭市経済部商工労働課"


@pytest.fixture(scope="module")
def store() -> Store:
    """A store with the sample library."""
    opened = open_store("memory:")
    fill(opened, library(), (), BASE)
    return opened


def labels(pairs: list[relations.Pair]) -> list[tuple[str, str, int]]:
    """Return pairs in short."""
    return [(pair.a.label, pair.b.label, pair.count) for pair in pairs]


def test_the_pair_that_shares_most_comes_first_with_its_projects(store: Store) -> None:
    first = relations.shared_projects(store)[0]
    assert (first.a.label, first.b.label, first.count) == (MINE, THEIRS, 5)
    assert [each.id for each in first.projects] == [f"{PLAN}/{sheet}" for sheet in SHEETS]
    assert first.a.id == "012246/産業振興部/商業労働課"
    assert (first.a.municipality, first.a.code, first.a.path) == ("千歳市", "012246", ("産業振興部", "商業労働課"))


def test_the_two_departments_of_the_published_plan_share_five_projects(sample_state: State) -> None:
    opened = graph.open(sample_state.graph)
    (pair,) = relations.shared_projects(opened, between=(MINE, THEIRS))
    assert pair.count == 5
    assert [each.notation for each in pair.projects] == ["1", "3", "4", "23-①", "23-②"]
    opened.close()


def test_pairs_inside_one_municipality_count_only_when_asked_for(store: Store) -> None:
    without = labels(relations.shared_projects(store))
    with_own = labels(relations.shared_projects(store, same_municipality=True))
    assert ("千歳市産業振興部商業労働課", "千歳市福祉部福祉課", 1) in with_own
    assert set(without) < set(with_own)
    assert all(a[:3] != b[:3] for a, b, _ in without)


def test_every_pair_and_its_count_is_right_by_another_way(store: Store) -> None:
    rows = store.select(
        "SELECT ?a ?b (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p rk:responsibleUnit ?x , ?y . ?x rdfs:label ?a . ?y rdfs:label ?b ."
        " ?r rk:unit ?x ; rk:onBehalfOf ?m . ?q rk:unit ?y ; rk:onBehalfOf ?o FILTER (STR(?m) < STR(?o)) } GROUP BY ?a ?b"
    )
    found = {frozenset((a, b)): n for a, b, n in labels(relations.shared_projects(store))}
    assert found == {frozenset((str(row["a"]), str(row["b"]))): row["n"] for row in rows}


def test_two_departments_can_be_asked_about_in_either_order(store: Store) -> None:
    (one,) = relations.shared_projects(store, between=(MINE, THEIRS))
    (other,) = relations.shared_projects(store, between=(THEIRS, MINE))
    assert (one.a, one.b, one.projects) == (other.b, other.a, other.projects)


def test_a_higher_unit_and_a_municipality_stand_for_all_below_them(store: Store) -> None:
    assert labels(relations.shared_projects(store, between=("千歳市産業振興部", "恵庭市"))) == [
        ("千歳市産業振興部", "恵庭市", 5)
    ]
    assert labels(relations.shared_projects(store, between=("千歳市", "恵庭市"))) == [("千歳市", "恵庭市", 6)]
    assert relations.shared_projects(store, between=("恵庭市", "札幌市")) == []


def test_pairs_of_a_municipality_show_it_first(store: Store) -> None:
    pairs = relations.shared_projects(store, municipality="恵庭市")
    assert {pair.a.municipality for pair in pairs} == {"恵庭市"}
    assert labels(pairs) == labels(relations.shared_projects(store, municipality="012319"))


def test_an_area_keeps_its_projects_and_those_of_the_areas_below(store: Store) -> None:
    assert relations.shared_projects(store, area="経済の成長")[0].count == 5
    assert relations.shared_projects(store, area=f"{PLAN}/area-1")[0].count == 5
    assert {p.id for pair in relations.shared_projects(store, area="暮らし") for p in pair.projects} == {f"{PLAN}/7-2"}


@pytest.mark.parametrize("word", ["存在しない課", "千歳市存在しない部"])
def test_a_name_that_nothing_has_is_an_error_that_names_it(store: Store, word: str) -> None:
    for ask in (
        lambda: relations.shared_projects(store, between=(word, MINE)),
        lambda: relations.shared_projects(store, municipality=word),
        lambda: relations.shared_projects(store, area=word),
        lambda: relations.counterparts(store, word),
        lambda: relations.unit_tree(store, word),
    ):
        with pytest.raises(UnknownThing, match=word):
            ask()


@pytest.mark.parametrize(
    "written",
    [
        "千歳市産業振興部商業労働課",
        "千歳市 産業振興部　商業労働課",
        "商業労働課",
        "千歳市 商業労働課",
        "産業振興部商業労働課",
        "012246/産業振興部/商業労働課",
    ],
)
def test_a_department_is_found_as_a_person_writes_it(store: Store, written: str) -> None:
    assert [unit.label for unit in relations.find_units(store, written)] == [MINE]


def test_a_name_that_several_have_gives_all_of_them(store: Store) -> None:
    assert [unit.label for unit in relations.find_units(store, "福祉部")] == ["千歳市福祉部", "恵庭市福祉部"]
    assert [unit.label for unit in relations.find_units(store, "労働")] == [MINE, THEIRS]
    assert relations.find_units(store, "") == []


def test_a_municipality_is_a_unit_without_a_path(store: Store) -> None:
    (unit,) = relations.find_units(store, "千歳市")
    assert (unit.id, unit.path) == ("012246", ())


def test_counterparts_are_the_units_of_other_municipalities(store: Store) -> None:
    found = [(each.unit.label, each.count) for each in relations.counterparts(store, "千歳市商業労働課")]
    assert found == [(THEIRS, 5), ("札幌市経済局観光課", 1)]


def test_the_projects_of_a_unit_are_in_the_order_of_their_numbers(store: Store) -> None:
    found = [each.id for each in relations.unit_projects(store, MINE)]
    assert found == [f"{PLAN}/{n}" for n in ("1", "3", "4", "9", "23-1", "23-2")] + [f"{PACT}/row-1"]


def test_the_tree_of_a_municipality_counts_each_project_once(store: Store) -> None:
    tree = relations.unit_tree(store, "千歳市")
    assert tree.count == 8
    assert [(child.unit.path, child.count) for child in tree.children if child.children] == [
        (("スポーツ部",), 1),
        (("産業振興部",), 7),
        (("福祉部",), 1),
    ]


def test_answers_follow_the_content_of_the_store() -> None:
    opened = open_store("memory:")
    records: list[AnyRecord] = [document("d"), project("d", "1", 5, body("千歳市", "総務部"), body("恵庭市", "総務部"))]
    assert relations.shared_projects(opened) == []
    fill(opened, {"d": records}, (), BASE)
    assert len(relations.shared_projects(opened)) == 1
    fill(opened, {}, ["d"], BASE)
    assert relations.shared_projects(opened) == []
