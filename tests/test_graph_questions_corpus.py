"""Questions about relations, answered by hand from the published documents before the graph was asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import graph
from graph import centrality, chains, network, relations, roles
from graph.alignment import same_work
from graph.coverage import coverage
from graph.queries import query
from graph.shared import everything_shared
from graph.stores import Store
from ingest.library import Library
from web.build import ingest_paths

PLAN, STATUS, PACT = "chitose-eniwa-plan-2024", "sapporo-status-2019", "sapporo-ishikari-agreement-2019"
CENTRE = "恵庭市企画振興部まちづくり拠点整備室まちづくり推進課"


@pytest.fixture(scope="module")
def store(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The graph of the published documents."""
    library = Library(tmp_path_factory.mktemp("questions"))
    ingest_paths(library, [corpus], base="http://127.0.0.1:8000")
    opened = graph.open(library.current().graph)
    yield opened
    opened.close()


def numbers(pair: relations.Pair) -> list[str | None]:
    return [project.notation for project in pair.projects]


def test_which_sheets_the_labour_divisions_of_both_cities_share(store: Store) -> None:
    """The sheets on lines 346, 379, 398, 823 and 839 name both, and no other does."""
    (pair,) = relations.shared_projects(store, between=("千歳市産業振興部商業労働課", "恵庭市経済部商工労働課"))
    assert numbers(pair) == ["1", "3", "4", "23-①", "23-②"]
    assert relations.shared_projects(store)[0] == pair


def test_what_the_planning_and_the_fire_divisions_share(store: Store) -> None:
    (planning,) = relations.shared_projects(store, between=("千歳市企画部企画課", "恵庭市企画振興部企画課"))
    assert numbers(planning) == ["6", "25"]
    (fire,) = relations.shared_projects(store, between=("千歳市消防本部警防課", "恵庭市消防本部警防課"))
    assert numbers(fire) == ["17-①", "17-③"]


def test_with_whom_one_division_of_eniwa_works_in_chitose(store: Store) -> None:
    """Sheets 2, 12, 24 and 28 (lines 363, 578, 855 and 969)."""
    found = {
        each.unit.label: [project.notation for project in each.projects]
        for each in relations.counterparts(store, CENTRE)
    }
    assert found == {
        "千歳市企画部次世代半導体拠点推進室総務課総務係": ["2"],
        "千歳市企画部まちづくり推進課": ["12"],
        "千歳市企画部企画課": ["24"],
        "千歳市総務部税務課": ["28"],
    }


def test_who_shares_work_on_the_environment(store: Store) -> None:
    pairs = relations.shared_projects(store, municipality="恵庭市", area="環境")
    assert {(pair.a.label, pair.b.label, *numbers(pair)) for pair in pairs} == {
        ("恵庭市生活環境部ゼロカーボン推進室廃棄物管理課", "千歳市市民環境部廃棄物管理課", "19"),
        ("恵庭市生活環境部ゼロカーボン推進室脱炭素推進課", "千歳市市民環境部環境課", "20"),
    }


def test_who_is_in_the_middle_and_who_holds_others_together(store: Store) -> None:
    """Besides the four of Chitose it stands with two of its own city, on sheets 2 and 28."""
    first = centrality.central(store)[0]
    assert (first.unit.label, first.partners, first.projects) == (CENTRE, 6, 4)
    assert centrality.bridges(store).units[0].unit.label == CENTRE


def test_how_the_two_public_relations_divisions_are_joined(store: Store) -> None:
    (steps,) = network.path(store, "千歳市企画部広報広聴課", "恵庭市企画振興部広報課")
    assert [(step.document, step.lines) for step in steps] == [(PLAN, (598, 610))] * 2
    assert steps[0].sentence_ja == "千歳市企画部広報広聴課は「公共施設への広報誌の相互配架」を担当する。"


def test_where_a_division_stands_that_only_the_overview_table_names(store: Store) -> None:
    """Line 304 names 広報誌課 beside sheet 14-①, which line 599 gives to 広報広聴課; neither is in charge for the other."""
    (step,) = network.path(store, "千歳市企画部広報誌課", f"{PLAN}/14-1")[0]
    assert (step.document, step.lines, step.forward) == (PLAN, (304, 304), False)
    assert step.sentence_ja == "体系図は「公共施設への広報誌の相互配架」の行に千歳市企画部広報誌課を記している。"
    assert relations.unit_projects(store, "千歳市企画部広報誌課") == []
    only = {"012246/企画部/広報誌課", "012246/建設部/專業庶務課", "012319/水道局/上水道課"}
    listed = {str(row["unit"]).partition("/department/")[2] for row in store.select(query("listed"))}
    assert listed >= only
    for unit in only:
        assert relations.find_units(store, unit)[0].municipality in {"千歳市", "恵庭市"}


def test_what_sapporo_and_ishikari_have_in_common(store: Store) -> None:
    """The agreement's annex has 22 rows; both are named as members in the briefing and the status list too."""
    found = {group.kind: group.things for group in everything_shared(store, "札幌市", "石狩市").groups}
    assert len(found["project"]) == 22
    assert [each.thing.id for each in found["document"]] == ["sapporo-briefing-2018", PACT, STATUS]


def test_in_which_documents_chitose_and_eniwa_stand_together(store: Store) -> None:
    found = {group.kind: group.things for group in everything_shared(store, "千歳市", "恵庭市").groups}
    assert [each.thing.id for each in found["document"]] == [PLAN, "sapporo-briefing-2018", STATUS]
    assert len(found["project"]) == 39


def test_how_roles_are_divided(store: Store) -> None:
    """In the family garden one city pays and the other counts; Sapporo leads in the 8 rows of the first two roles."""
    assert roles.roles_of(store, f"{PLAN}/7-3").kind == "different"
    assert roles.roles_of(store, f"{PLAN}/11-2").kind == "parallel"
    (summary,) = roles.role_summaries(store, PACT)
    assert dict(summary.kinds) == {"identical": 0, "parallel": 14, "leading": 8, "different": 0}
    assert summary.leaders == (("札幌市", 8),)


def test_where_industry_is_promoted_and_where_nothing_is(store: Store) -> None:
    """Four rows of annex 1, number 5, of the agreement of Iwamizawa and Bibai, and no other document."""
    found = coverage(store)
    (area,) = (each for each in found.areas if each.path[-1] == "産業振興")
    filled = {key[1:]: len(projects) for key, projects in found.cells.items() if key[0] == area.key}
    assert filled == {
        ("012106", "iwamizawa-bibai-agreement-2025"): 4,
        ("012157", "iwamizawa-bibai-agreement-2025"): 4,
    }


def test_where_the_joint_aerial_photographs_come_back(store: Store) -> None:
    """Sheet 28 is number 40 of the status list, which the last row of the agreement's annex (article 3) names."""
    assert same_work(store, f"{PLAN}/28")[0].project.id == f"{STATUS}/40"
    (chain,) = (each for each in chains.measures(store, PACT) if each.measure and each.measure.id == f"{PACT}/row-22")
    assert chain.article is not None
    assert chain.article.article.label.startswith("第3条")
    assert f"{STATUS}/40" in {sheet.project.id for sheet in chain.sheets}
    assert "no-budget" in chain.broken
