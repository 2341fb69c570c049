"""Labels: what the words of a label cell say, also where no list has them, and that values are no labels."""

import pytest

from ingest.labels import label, words
from ingest.text import key


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("共同事業の骨子", "overview"),
        ("取組の概要と手法", "overview"),
        ("プロジェクトのねらい", "purpose"),
        ("得られる便益", "purpose"),
        ("経費の分け方", "cost_sharing"),
        ("財源・負担区分", "cost_sharing"),
        ("役割分担の内容", "roles"),
        ("実務担当課室名", "departments"),
        ("年度別ロードマップ", "schedule"),
        ("アウトカム指標", "indicator"),
        ("計画開始時の値", "baseline"),
        ("最終年（R6）", "target"),
        ("令和5年度の値", "actual"),
        ("取組の経過", "progress"),
        ("整理No", "number"),
    ],
)
def test_a_label_that_no_list_has_is_known_by_its_parts(words: str, field: str) -> None:
    found = label(words)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "words",
    ["財政負担の見通し（単位：千円）", "必要額〔百万円〕", "事業に要する経費【千円】", "各年度に見込む額(万円)"],
)
def test_a_label_with_a_unit_of_money_is_of_the_budget_whatever_its_words(words: str) -> None:
    found = label(words)
    assert found is not None
    assert found.field == "budget"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("甲が担う役割", "甲"),
        ("乙の分担", "乙"),
        ("甲及び乙が行う取組", "甲及び乙"),
        ("石狩市が果たすべき役割", "石狩市"),
    ],
)
def test_a_heading_that_names_a_party_and_what_it_does_is_its_role(words: str, who: str) -> None:
    found = label(words)
    assert found is not None
    assert (found.field, found.who) == ("roles", who)


@pytest.mark.parametrize(
    "words",
    [
        "図書館の概要を伝える",
        "救急医療の役割分担を定める。",
        "移住の推進",
        "市民文化祭の効果測定",
        "目標達成",
        "現状維持",
    ],
)
def test_words_that_hold_more_than_parts_of_labels_are_a_value(words: str) -> None:
    assert label(words) is None


@pytest.mark.parametrize(("word", "name"), [("図書館名", "facility"), ("観光地名", "facility"), ("府省", "group")])
def test_heads_of_lists_of_places_are_data(word: str, name: str) -> None:
    assert key(word) in words("tables", name)
