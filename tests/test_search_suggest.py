"""Names complete what is typed, in characters, kana or Latin letters."""

import pytest

from search.index import Index
from search.names import Name
from search.suggest import Suggester
from test_search_samples import index

__all__ = ["index"]


def texts(index: Index, typed: str) -> list[str]:
    return [suggestion.text for suggestion in index.suggest(typed, 20)]


@pytest.mark.parametrize("typed", ["ちとせ", "チトセ", "chitose", "titose", "千歳", "ﾁﾄｾ", "ちt", "Chi"])
def test_a_municipality_is_completed_by_reading_and_letters(index: Index, typed: str) -> None:
    assert texts(index, typed)[0] == "千歳市"


@pytest.mark.parametrize("typed", ["こうほう", "こうほ", "kouhou", "koho", "こうh", "広報"])
def test_departments_are_completed_by_the_reading_of_their_last_unit(index: Index, typed: str) -> None:
    assert {"広報課", "広報広聴課"} <= set(texts(index, typed))


def test_a_name_is_completed_from_any_of_its_words(index: Index) -> None:
    assert "広報広聴課" in texts(index, "こうちょう")
    assert "公共施設への広報誌の相互配架" in texts(index, "相互配")


def test_names_that_begin_so_come_before_those_that_go_on_so(index: Index) -> None:
    listed = texts(index, "広報")
    assert listed.index("広報課") < listed.index("公共施設への広報誌の相互配架")


def test_a_suggestion_says_what_it_is_and_how_often_it_stands(index: Index) -> None:
    found = {s.label: s for s in index.suggest("広報", 20)}
    assert found["恵庭市 企画振興部広報課"].type == "department"
    assert found["恵庭市 企画振興部広報課"].count == 2
    assert {s.text: s.count for s in index.suggest("航空写真", 20)}["航空写真の共同撮影"] == 2


def test_no_name_is_suggested_twice(index: Index) -> None:
    listed = [(s.type, s.label) for s in index.suggest("k", 100)]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("typed", ["", " ", "zzzz", "※", "　"])
def test_what_begins_nothing_gives_nothing(index: Index, typed: str) -> None:
    assert texts(index, typed) == []


def test_no_more_are_given_than_asked_for(index: Index) -> None:
    assert len(index.suggest("k", 3)) == 3


def test_lines_are_no_names(index: Index) -> None:
    assert "line" not in {s.type for s in index.suggest("か", 100)}


def test_a_look_up_among_many_names_gives_as_many_as_asked_for() -> None:
    names = [
        Name("project", "", f"仕事{n}", f"仕事{n}", ((f"仕事{n}", f"しごと{n}", f"shigoto{n}"),)) for n in range(20_000)
    ]
    suggester = Suggester(names, {})
    suggester.suggest("shi")
    assert len(suggester.suggest("しご", 10)) == 10
    assert len(suggester.suggest("shigo", 10)) == 10
