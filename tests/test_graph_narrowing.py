"""A value says the lines on which it stands alone, among those of its record; what cannot be told keeps the record's."""

import pytest

import graph
from graph.statements import statements
from graph.statements.narrowing import Narrowing
from graph.stores import open_store
from ingest.library import State
from ingest.records import Source
from sample_records import at, document, project
from test_graph_sample import BASE, PLAN

TEXT = [
    "事業調書",
    "事業概要\t図書館を<br>ともに使う\t7",
    "目的\t読む楽しみを",
    "\t広げる",
    "",
    "千歳市の役割\t連絡の会議に出る\t7",
    "恵庭市の役割\t連絡の会議に出る",
    "千歳市\t消防本部警防課\t恵庭市\t消防本部警防課",
]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("図書館をともに使う", (2, 2)),
        ("図書館を ともに使う", (2, 2)),
        ("読む楽しみを広げる", (3, 4)),
        ("連絡の会議に出る", (2, 8)),
        ("消防本部警防課", (8, 8)),
        ("事業調書", (2, 8)),
        ("7", (2, 8)),
        ("目的", (2, 8)),
        ("どこにもない言葉", (2, 8)),
    ],
)
def test_words_that_stand_once_in_one_piece_have_their_lines(words: str, lines: tuple[int, int]) -> None:
    assert Narrowing(TEXT, []).lines_of(words, at(2, 8)) == at(*lines)


def test_words_on_several_lines_are_told_apart_by_the_name_before_them() -> None:
    narrowing = Narrowing(TEXT, [])
    assert narrowing.lines_of("連絡の会議に出る", at(2, 8), "恵庭市の役割") == at(7)
    assert narrowing.lines_of("連絡の会議に出る", at(2, 8), "北広島市") == at(2, 8)


def test_a_record_of_one_line_or_beyond_the_text_keeps_its_place() -> None:
    for place in (at(2), at(2, 99)):
        assert Narrowing(TEXT, []).lines_of("図書館をともに使う", place) == place


def test_a_page_is_never_said_of_lines_that_may_be_on_the_next_one() -> None:
    whole = Source(1, (2, 7))
    same, other = Source(1, (7, 7)), Source(2, (7, 7))
    assert Narrowing(TEXT, [whole, same]).lines_of("図書館をともに使う", whole) == Source(1, (2, 2))
    assert Narrowing(TEXT, [whole, other]).lines_of("図書館をともに使う", whole) == whole
    assert Narrowing(TEXT, [whole]).lines_of("図書館をともに使う", whole) == whole


def test_the_annotation_of_a_value_quotes_its_own_lines() -> None:
    sheet = project(
        PLAN, "1", 2, source=at(2, 7), title="図書館", overview="図書館をともに使う", purpose="読む楽しみを広げる"
    )
    store = open_store("memory:")
    store.replace(PLAN, statements([document(PLAN, source=at(1, 7)), sheet], BASE, TEXT))
    found = store.select(
        f"BASE <{BASE}/id/> SELECT ?p ?first ?last ?exact WHERE {{ GRAPH <provenance/{PLAN}> {{ ?s rk:property ?p ;"
        " oa:hasTarget [ rk:firstLine ?first ; rk:lastLine ?last ; oa:hasSelector/oa:exact ?exact ]"
        " FILTER(?p IN (schema:description, rk:purpose)) } } ORDER BY ?first"
    )
    assert [(each["first"], each["last"], each["exact"]) for each in found] == [
        (2, 2, TEXT[1]),
        (3, 4, "\n".join(TEXT[2:4])),
    ]


@pytest.mark.parametrize(("read", "count"), [("rk:purpose", 39), ("rk:roleText", 188), ("schema:description", 155)])
def test_nearly_all_texts_of_sheets_are_said_to_stand_on_a_line_or_two(
    sample_state: State, read: str, count: int
) -> None:
    store = graph.open(sample_state.graph)
    spans = [
        int(str(each["last"])) - int(str(each["first"])) + 1
        for each in store.select(
            f"SELECT ?first ?last WHERE {{ GRAPH ?g {{ ?s rk:property {read} ; oa:hasTarget [ rk:firstLine ?first ;"
            " rk:lastLine ?last ] } }"
        )
    ]
    store.close()
    assert len(spans) == count
    assert sum(span <= 2 for span in spans) > 0.9 * count
