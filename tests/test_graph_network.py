"""Paths, central units, communities and neighbours."""

import subprocess
import sys
from pathlib import Path

import pytest

from graph import centrality, network
from graph.build import fill
from graph.errors import AmbiguousThing, UnknownThing
from graph.stores import Store, open_store
from sample_records import body, document, project
from test_graph_sample import BASE, PACT, PLAN, library

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def store() -> Store:
    """A store with the sample library."""
    opened = open_store("memory:")
    fill(opened, library(), (), BASE)
    return opened


def test_a_path_says_each_step_in_words_with_its_source(store: Store) -> None:
    (steps,) = network.path(store, "千歳市運動課", "恵庭市健康課")
    assert [(s.start.label, s.relation_ja, s.end.label) for s in steps] == [
        ("千歳市スポーツ部運動課", "担当する事業", "体育館を互いに使う"),
        ("体育館を互いに使う", "担当部署", "恵庭市福祉部健康課"),
    ]
    assert [s.relation_en for s in steps] == ["project in its charge", "department in charge"]
    assert {(s.document, s.lines) for s in steps} == {(PLAN, (80, 88))}
    assert steps[0].end.page == f"/projects/{PLAN}/7-2"


def test_a_path_crosses_documents_where_they_share_a_department(store: Store) -> None:
    (steps,) = network.path(store, "札幌市経済局観光課", "恵庭市経済部商工労働課")
    assert [s.document for s in steps] == [PACT, PACT, PLAN, PLAN]


def test_hubs_are_passed_only_when_allowed(store: Store) -> None:
    inside = [step.end.kind for steps in network.path(store, "千歳市運動課", "札幌市", 5) for step in steps[:-1]]
    assert inside
    assert not {"municipality", "document"} & set(inside)
    short = network.path(store, "千歳市運動課", "札幌市", without=())[0]
    assert "municipality" in {step.end.kind for step in short[:-1]}
    assert len(short) < len(network.path(store, "千歳市運動課", "札幌市")[0])


def test_paths_come_shortest_first_and_no_more_than_asked_for(store: Store) -> None:
    found = network.path(store, "千歳市商業労働課", "恵庭市商工労働課", 3)
    assert len(found) == 3
    assert [len(steps) for steps in found] == sorted(len(steps) for steps in found)
    assert found == network.path(store, "千歳市商業労働課", "恵庭市商工労働課", 3)
    assert len(network.path(store, "千歳市商業労働課", "恵庭市商工労働課", 99)) <= network.MOST_PATHS


def test_every_step_begins_where_the_one_before_ended(store: Store) -> None:
    for steps in network.path(store, f"{PLAN}/area-2", f"{PACT}/row-1", 5):
        assert [step.end for step in steps[:-1]] == [step.start for step in steps[1:]]
        assert len(steps) <= network.LONGEST_PATH


def test_no_path_is_an_answer() -> None:
    opened = open_store("memory:")
    fill(
        opened,
        {
            "d": [
                document("d"),
                project("d", "1", 5, body("千歳市", "甲部")),
                project("d", "2", 9, body("恵庭市", "乙部")),
            ]
        },
        (),
        BASE,
    )
    assert network.path(opened, "甲部", "乙部") == []
    assert network.path(opened, "甲部", "甲部") == []


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        ("千歳市", "municipality/012246"),
        ("012246", "municipality/012246"),
        (PLAN, f"document/{PLAN}"),
        ("丘の計画", f"document/{PLAN}"),
        (f"{PLAN}/7-2", f"project/{PLAN}/7-2"),
        ("体育館を互いに使う", f"project/{PLAN}/7-2"),
        ("産業", f"area/{PLAN}/1/a"),
        (f"{PLAN}/area-1.a", f"area/{PLAN}/1/a"),
        ("商業労働課", "department/012246/産業振興部/商業労働課"),
        (f"{BASE}/id/document/{PACT}", f"document/{PACT}"),
    ],
)
def test_a_thing_is_found_by_id_iri_or_name(store: Store, written: str, iri: str) -> None:
    assert network.find_thing(store, written) == f"{BASE}/id/{iri}"


def test_a_name_without_a_thing_or_with_several_is_an_error(store: Store) -> None:
    with pytest.raises(UnknownThing, match="月面課"):
        network.path(store, "月面課", "千歳市")
    with pytest.raises(AmbiguousThing) as caught:
        network.path(store, "福祉部", "千歳市")
    assert caught.value.candidates == ("012246/福祉部", "012319/福祉部")


def test_central_units_are_those_with_most_partners(store: Store) -> None:
    found = centrality.central(store)
    assert found[0].unit.label == "千歳市産業振興部商業労働課"
    assert (found[0].partners, found[0].projects) == (3, 7)
    assert found == sorted(found, key=lambda each: (-each.partners, -each.betweenness, each.unit.id))
    assert all(0 <= each.betweenness <= 1 for each in found)


def test_communities_are_disjoint_and_say_why(store: Store) -> None:
    found = centrality.communities(store)
    units = [unit.id for group in found for unit in group.units]
    assert len(units) == len(set(units)) == len(centrality.central(store))
    assert any(group.areas and group.areas[0] == ("産業", 5) for group in found)


def test_communities_are_the_same_in_every_process() -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
        "from test_graph_sample import BASE, library\n"
        "from graph.build import fill\nfrom graph.centrality import central, communities\nfrom graph.stores import open_store\n"
        "store = open_store('memory:'); fill(store, library(), (), BASE)\n"
        "print(communities(store), central(store))"
    )
    runs = [
        subprocess.run(  # noqa: S603  our own interpreter and text
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_neighbours_are_named_once_with_relation_and_direction(store: Store) -> None:
    found = network.neighbours(store, f"{PLAN}/7-2")
    assert len({(each.relation_ja, each.forward, each.other.id, each.other.label) for each in found}) == len(found)
    said = {(each.relation_ja, each.forward, each.other.label) for each in found}
    assert ("担当部署", True, "恵庭市福祉部健康課") in said
    assert ("政策分野", True, "暮らし") in said
    assert ("事業に関する記載", False, "利用者数") in said


def test_everything_two_links_apart_is_a_neighbour_of_a_neighbour(store: Store) -> None:
    back = {each.other.id for each in network.neighbours(store, "千歳市運動課")}
    assert f"{PLAN}/7-2" in back
