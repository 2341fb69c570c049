"""How the roles of two partners compare."""

import pytest

import graph
from graph import roles
from graph.build import fill
from graph.errors import UnknownThing
from graph.stores import open_store
from graph.symmetry import DIFFERENT, IDENTICAL, LEADING, PARALLEL, Comparison, compare, compare_all, overall
from ingest.library import State
from test_graph_sample import BASE, PACT, PLAN, library

SYMBOLS = {"東市": "甲", "西町": "乙"}


def compared(a: str, text_a: str, b: str, text_b: str) -> Comparison:
    """Compare two roles that both have words."""
    found = compare(a, text_a, b, text_b, SYMBOLS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("east", "west", "kind", "leader"),
    [
        ("情報を 共有する", "情報を共有する", IDENTICAL, None),
        ("西町と情報を分け合う", "東市と情報を分け合う", PARALLEL, None),
        ("乙と情報を分け合う", "甲と情報を分け合う", PARALLEL, None),
        ("東市内の遺跡を調べる", "西町内の遺跡を調べる", PARALLEL, None),
        ("乙と催しを開く", "甲の催しに人を出す", DIFFERENT, None),
        ("圏域の中心となって催しを開く", "甲に必要な協力を行う", LEADING, "東市"),
        ("乙が行う催しに必要な協力を行う", "主体となって催しを開く", LEADING, "西町"),
        ("必要な協力を行う", "住民に必要な協力を行う", DIFFERENT, None),
    ],
)
def test_two_roles_are_identical_parallel_led_by_one_or_different(
    east: str, west: str, kind: str, leader: str | None
) -> None:
    found = compared("東市", east, "西町", west)
    assert (found.kind, found.leader) == (kind, leader)
    turned = compared("西町", west, "東市", east)
    assert (turned.kind, turned.leader, turned.spans_a) == (kind, leader, found.spans_b)


def test_spans_are_the_changed_words_and_the_rest_is_the_same() -> None:
    found = compared("東市", "乙と協力して道を直す", "西町", "甲と協力して道を直す")
    assert [found.text_a[start:end] for start, end in found.spans_a] == ["乙"]
    assert [found.text_b[start:end] for start, end in found.spans_b] == ["甲"]
    for text, spans in ((found.text_a, found.spans_a), (found.text_b, found.spans_b)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
    assert compared("東市", "同じ", "西町", "同じ").spans_a == ()


def test_a_name_inside_a_longer_name_is_not_taken_for_it() -> None:
    assert compared("広島市", "東広島市と組む", "東広島市", "広島市と組む").kind == PARALLEL


@pytest.mark.parametrize(("east", "west"), [("", ""), (" ", "\u3000"), ("共に行う", ""), ("", "共に行う")])
def test_a_role_without_words_is_not_compared(east: str, west: str) -> None:
    assert compare("東市", east, "西町", west, SYMBOLS) is None
    assert compare_all({"東市": east, "西町": west}) == ()


def test_several_partners_are_compared_two_by_two_and_the_least_alike_decides() -> None:
    found = compare_all({"東市": "共に行う", "西町": "共に行う", "南村": "費用を払う"})
    assert [(each.a, each.b, each.kind) for each in found] == [
        ("東市", "西町", IDENTICAL),
        ("東市", "南村", DIFFERENT),
        ("西町", "南村", DIFFERENT),
    ]
    assert overall(found) == DIFFERENT
    assert overall(compare_all({"東市": "一人で行う"})) is None


def test_roles_are_summed_up_for_each_document() -> None:
    store = open_store("memory:")
    fill(store, library(), (), BASE)
    summaries = {each.document: each for each in roles.role_summaries(store)}
    assert dict(summaries[PLAN].kinds) == {IDENTICAL: 0, PARALLEL: 0, LEADING: 0, DIFFERENT: 1}
    assert dict(summaries[PACT].kinds)[LEADING] == 1
    assert dict(summaries[PACT].leaders) == {"札幌市": 1}
    with pytest.raises(UnknownThing, match="nowhere/1"):
        roles.roles_of(store, "nowhere/1")


def test_the_agreements_of_the_corpus_differ_in_how_roles_are_divided(sample_state: State) -> None:
    """Counted by hand: 36 of 39 sheets give both cities one text; 8 of 22 and 33 of 33 rows name a leader."""
    store = graph.open(sample_state.graph)
    found = {each.document: dict(each.kinds) for each in roles.role_summaries(store)}
    assert found["chitose-eniwa-plan-2024"] == {IDENTICAL: 36, PARALLEL: 2, LEADING: 0, DIFFERENT: 1}
    assert found["sapporo-ishikari-agreement-2019"] == {IDENTICAL: 0, PARALLEL: 14, LEADING: 8, DIFFERENT: 0}
    assert found["iwamizawa-bibai-agreement-2025"] == {IDENTICAL: 0, PARALLEL: 0, LEADING: 33, DIFFERENT: 0}
    assert roles.roles_of(store, "chitose-eniwa-plan-2024/7-3").kind == DIFFERENT
    store.close()


def test_partners_of_whom_nothing_is_said_are_not_called_alike() -> None:
    assert compare_all({"東市": "", "西町": " "}) == ()
    assert overall(compare_all({"東市": "", "西町": ""})) is None
    assert [(each.a, each.b) for each in compare_all({"東市": "調べる", "西町": "", "南村": "調べる"})] == [
        ("東市", "南村")
    ]
