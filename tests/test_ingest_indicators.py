"""Indicators: several in one cell, with their figures and ratings."""

from ingest.indicator_cells import Cells
from ingest.indicators import indicators, measured, target
from ingest.records import Measured, Target


def test_the_nth_name_goes_with_the_nth_figure_and_rating() -> None:
    first, second = indicators(
        Cells("連携した大学数 交流会の参加者数", "- -", "13大学 (2023年度まで) 80人/年度", "- 71人", "- ×")
    )
    assert (first.name, first.target and first.target.value, first.target and first.target.due) == (
        "連携した大学数",
        13,
        "2023年度まで",
    )
    assert first.actual is None
    assert (second.actual and second.actual.value, second.rating) == (71, "×")
    assert not first.shared


def test_one_rating_over_several_indicators_is_shared() -> None:
    found = indicators(Cells("出展回数 立地企業数", "-", "1回/年度 12社/年度", "1回 13社", "◎"))
    assert [(i.rating, i.shared) for i in found] == [("◎", True), ("◎", True)]


def test_a_space_inside_one_name_does_not_make_two() -> None:
    (only,) = indicators(Cells("窓口 (オンライン) の利用件数", "-", "20回/年", "5回程度", "△"))
    assert only.name == "窓口 (オンライン) の利用件数"


def test_a_note_in_parentheses_belongs_to_the_value_before_it() -> None:
    first, second = indicators(
        Cells("受講者数 取組の構築", "-", "100人/年度 2019年度", "100名以上 (集計中) 2019年度", "○")
    )
    assert first.actual
    assert (first.actual.text, first.actual.value) == ("100名以上 (集計中)", 100)
    assert second.target
    assert (second.target.value, second.target.due) == (None, "2019年度")


def test_a_date_in_the_cell_wins_over_the_one_in_the_heading() -> None:
    own, headed = measured("8,400人 (2015年)", "R1"), measured("8,400人", "R1")
    assert own
    assert headed
    assert (own.as_of, headed.as_of) == ("2015年", "R1")


def test_a_date_before_the_value_is_its_time() -> None:
    value = measured("R4　8.4%")
    assert value
    assert (value.value, value.unit, value.as_of) == (8.4, "%", "R4")


def test_two_figures_in_one_value_have_no_number() -> None:
    value = target("5,559/250 (2019年度)")
    assert value
    assert (value.value, value.due, value.text) == (None, "2019年度", "5,559/250 (2019年度)")


def test_a_dash_is_no_value() -> None:
    assert measured("－") is None


def test_four_digits_alone_are_a_number_where_the_heading_tells_the_time_or_the_unit() -> None:
    assert target("2000", "R11", "人") == Target(text="2000", value=2000, unit="人", due="R11")
    assert target("2000", unit="人") == Target(text="2000", value=2000, unit="人", due=None)
    assert target("2030") == Target(text="2030", value=None, unit=None, due="2030")
    assert measured("2015") == Measured(text="2015", value=2015, unit=None, as_of=None)
