"""What a person types means what they expect, and is never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import UnknownSort
from search.model import FACETS, SORTS, SearchQuery, Term
from search.query import FIELD_NAMES, parse


def words(query: SearchQuery) -> list[list[str]]:
    return [[term.text for term in group] for group in query.groups]


@pytest.mark.parametrize("typed", ["観光 交流", "観光　交流", "  観光   交流 "])
def test_a_blank_of_any_width_asks_for_both_words(typed: str) -> None:
    assert words(parse(typed)) == [["観光"], ["交流"]]


@pytest.mark.parametrize("typed", ["観光 OR 交流", "観光 | 交流", "観光 ＯＲ 交流"])
def test_or_asks_for_either_word(typed: str) -> None:
    assert words(parse(typed)) == [["観光", "交流"]]


@pytest.mark.parametrize("typed", ["観光 -空港", "観光 －空港"])
def test_a_minus_leaves_a_word_out(typed: str) -> None:
    query = parse(typed)
    assert words(query) == [["観光"]]
    assert query.excluded == (Term("空港"),)


@pytest.mark.parametrize("typed", ['"相互 利用"', "「相互 利用」", "“相互 利用”".replace("“", '"').replace("”", '"')])
def test_quotes_keep_words_together(typed: str) -> None:
    assert parse(typed).groups == ((Term("相互 利用", phrase=True),),)


def test_a_star_asks_for_the_beginning_of_a_word() -> None:
    assert parse("観光*").groups == ((Term("観光", prefix=True),),)


@pytest.mark.parametrize(
    ("typed", "facet"),
    [("部署:観光課", "department"), ("department:観光課", "department"), ("市町村：千歳", "municipality")],
)
def test_a_field_asks_only_there(typed: str, facet: str) -> None:
    query = parse(typed)
    assert query.groups == ()
    assert query.filters[0][0] == facet


@pytest.mark.parametrize("typed", ["年度:2024", "年度:R6", "年度:令和6年度", "year:令和6(2024)年度"])
def test_a_fiscal_year_may_be_written_in_any_way(typed: str) -> None:
    assert parse(typed).filters == (("year", "2024"),)


def test_a_quoted_value_of_a_field_may_have_blanks() -> None:
    assert parse('文書:"二市 の計画"').filters == (("document", "二市 の計画"),)


def test_filters_chosen_beside_the_query_come_first() -> None:
    assert parse("分野:環境", filters=[("type", "project")]).filters == (("type", "project"), ("area", "環境"))


@pytest.mark.parametrize(
    "typed", ['"', "「観光", "OR", "-", "*", ":", "部署:", "-- -", "( ) ~^", '""', "|", "観光 OR", "OR 観光", "-空港"]
)
def test_a_broken_query_is_read_as_plain_words(typed: str) -> None:
    query = parse(typed)
    assert not query.excluded
    assert query.text == typed


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_is_an_error(typed: str) -> None:
    assert isinstance(parse(typed), SearchQuery)


def test_every_facet_has_a_name_to_type() -> None:
    assert set(FIELD_NAMES.values()) == set(FACETS)


def test_an_unknown_order_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownSort, match=SORTS[-1]):
        parse("観光", sort="random")


def test_choosing_a_value_of_a_single_facet_takes_the_place_of_the_last() -> None:
    query = parse("", filters=[("type", "project")]).narrowed("type", "article")
    assert query.filters == (("type", "article"),)
    assert query.widened("type", "article").filters == ()


def test_choosing_a_value_of_another_facet_adds_it() -> None:
    query = parse("", filters=[("year", "2024")], offset=40).narrowed("year", "2025")
    assert query.filters == (("year", "2024"), ("year", "2025"))
    assert query.offset == 0
