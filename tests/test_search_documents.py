"""Records and lines become entries that carry all their words, facets and order."""

from urllib.parse import unquote

import pytest

from ingest.records import AnyRecord, BasicIndicatorRecord, BudgetRow, Indicator, ScheduleItem, Source, Target
from search.documents import search_documents
from search.entries import number_key
from search.facets import year_label
from search.model import FACETS, TYPES, WEIGHTS, SearchDocument
from test_search_samples import LIBRARY, PLAN, PLAN_LINES, entries, head, project, unit


def by_id(document: str) -> dict[str, SearchDocument]:
    return {entry.id: entry for entry in entries(document)[document]}


def values(entry: SearchDocument, facet: str) -> list[str]:
    return [value for value, _ in entry.facets.get(facet, ())]


@pytest.mark.parametrize("document", LIBRARY)
def test_every_entry_uses_known_types_fields_and_facets(document: str) -> None:
    for entry in entries(document)[document]:
        assert entry.type in TYPES
        assert set(entry.texts) <= set(WEIGHTS)
        assert set(entry.facets) <= set(FACETS)
        assert values(entry, "type") == [entry.type]
        assert values(entry, "document") == [document]
        assert all(entry.texts.values())


@pytest.mark.parametrize("document", LIBRARY)
def test_no_line_with_words_is_lost(document: str) -> None:
    listed = entries(document)[document]
    for line in LIBRARY[document][1]:
        if line.strip():
            assert any(line in entry.texts.get("text", "") for entry in listed), line


def test_a_line_stands_in_one_entry_only() -> None:
    numbers = [entry.lines for entry in entries("plan")["plan"] if entry.type == "line"]
    assert numbers == [(1, 1), (3, 3), (12, 12)]
    assert PLAN_LINES[1] == ""


def test_the_cells_of_a_line_stay_apart_in_its_title() -> None:
    records, lines = LIBRARY["letter"]
    entry = search_documents(records, [*lines, "分野\t災害 対策\t\t消防"])[-1]
    assert (entry.type, entry.title) == ("line", "分野 災害対策 消防")


def test_a_project_carries_all_that_is_said_of_it() -> None:
    entry = by_id("plan")["plan/7-1"]
    assert entry.text_of("title") == "公共施設への広報誌の相互配架"
    assert entry.texts["program"] == "お互いの知らせ"
    assert entry.texts["department"] == "千歳市 企画部広報広聴課\n恵庭市 企画振興部広報課"
    assert "No.7①" in entry.texts["names"]
    assert entry.texts["roles"] == "千歳市 棚を空ける\n恵庭市 本を運ぶ"
    assert entry.texts["text"] == "広報の棚\n両館に置く"
    assert (entry.number, entry.branch, entry.date) == ("7", "①", "2024-04")


def test_a_department_is_an_entry_with_all_units_above_it() -> None:
    units = {e.title: e for e in by_id("plan").values() if e.type == "department"}
    assert {"企画部", "企画部広報広聴課", "総務部財務室", "総務部財務室税務課"} <= set(units)
    assert unquote(units["総務部財務室税務課"].url) == "/departments/012319/総務部/財務室/税務課"
    assert units["企画振興部広報課"].texts["text"].split("\n") == [
        "公共施設への広報誌の相互配架",
        "イベントポスターの相互掲示",
    ]


def test_a_facet_of_steps_has_every_step() -> None:
    entry = by_id("plan")["plan/7-1"]
    assert entry.facets["area"] == (("生活機能の強化", "生活機能の強化"), ("生活機能の強化/地域の情報", "地域の情報"))
    assert values(entry, "department")[:2] == ["012246/企画部", "012246/企画部/広報広聴課"]


def test_years_come_from_the_schedule_and_the_budget_else_from_the_document() -> None:
    listed = by_id("plan")
    assert values(listed["plan/7-2"], "year") == ["2026"]
    assert values(listed["plan/10"], "year") == ["2024"]
    assert values(listed["plan/7-1"], "year") == ["2024", "2025", "2026", "2027", "2028"]
    assert values(by_id("report")["report/40"], "year") == ["2019"]
    assert values(by_id("pact")["pact/article-1"], "year") == ["2019"]
    assert values(by_id("letter")["letter"], "year") == []


def test_a_project_is_of_those_it_names_else_of_the_parties() -> None:
    listed = by_id("plan")
    assert values(listed["plan/9"], "municipality") == ["012246"]
    assert values(listed["plan"], "municipality") == ["012246", "012319"]
    assert values(by_id("pact")["pact/article-1"], "municipality") == ["011002", "012351"]


def test_an_unknown_municipality_is_its_own_value() -> None:
    records: list[AnyRecord] = [
        head("d", "文", "plan"),
        project("d", "1", "仕事", (1, 1), departments=(unit("まぼろし市", "夢課"),)),
    ]
    assert values(search_documents(records, [""])[1], "municipality") == ["まぼろし市"]


def test_ratings_are_those_of_the_indicators() -> None:
    assert values(by_id("report")["report/41"], "rating") == ["△", "◎"]
    assert values(by_id("report")["report/41/indicator-1"], "rating") == ["△"]


def test_indicators_of_areas_are_entries_too() -> None:
    basic = BasicIndicatorRecord(
        id="d/basic-indicator-1",
        document="d",
        source=Source(None, (3, 3)),
        name="訪れた人",
        area=("経済",),
        target=Target(text="300人", due="2023年"),
    )
    entry = search_documents([head("d", "文", "plan"), basic], ["", "", ""])[1]
    assert (entry.type, entry.title, entry.url) == ("indicator", "訪れた人", "/documents/d#L3")
    assert "300人" in entry.texts["indicators"]


def test_articles_link_to_their_lines() -> None:
    entry = by_id("pact")["pact/article-1"]
    assert (entry.title, entry.url) == ("第1条 目的", "/documents/pact#L2")


def test_the_budget_is_the_printed_total_else_the_sum() -> None:
    rows = (
        BudgetRow(label="委託料", municipality="千歳市", amounts={"2024": 300, "2025": None}),
        BudgetRow(label="会場", municipality="恵庭市", amounts={"2024": 0, "2025": 20}),
        BudgetRow(label="合計", municipality=None, amounts={"2024": 300, "2025": 21}),
    )

    def budget(*rows: BudgetRow) -> float | None:
        return search_documents([head("d", "文", "plan"), project("d", "1", "仕事", (1, 1), budget=rows)], [""])[
            1
        ].budget

    assert budget(*rows) == 321
    assert budget(*rows[:2]) == 320
    assert budget(BudgetRow(label=None, municipality=None, amounts={"2024": None})) is None
    assert budget() is None


def test_labels_of_schedules_and_shared_costs_are_words_of_the_project() -> None:
    item = ScheduleItem(label="下見", marks={"2024": "○"})
    record = project(
        "d", "1", "仕事", (1, 1), schedule=(item,), cost_sharing="折半", indicators=(Indicator(name="回数"),)
    )
    entry = search_documents([head("d", "文", "plan"), record], [""])[1]
    assert entry.texts["schedule"] == "下見\n折半"


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2024, "令和6年度（2024年度）"),
        (2019, "令和元年度（2019年度）"),
        (2018, "平成30年度（2018年度）"),
        (1980, "1980年度"),
    ],
)
def test_fiscal_years_are_labelled_both_ways(year: int, label: str) -> None:
    assert year_label(year) == label


def test_numbers_are_ordered_as_numbers() -> None:
    listed = [("10", None), ("7", "②"), (None, None), ("9", None), ("7", "①"), ("7", None), ("row", None)]
    assert sorted(listed, key=lambda n: number_key(*n))[:5] == [
        ("7", None),
        ("7", "①"),
        ("7", "②"),
        ("9", None),
        ("10", None),
    ]


def test_the_first_entry_is_the_document() -> None:
    assert search_documents(PLAN, PLAN_LINES)[0].type == "document"
