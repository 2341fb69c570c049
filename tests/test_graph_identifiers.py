"""IRIs of things, and back to ids and pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graph.identifiers import Identifiers, from_uri, page, parse, segment, to_uri

IDS = Identifiers("http://127.0.0.1:8000")
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    ("record", "iri"),
    [
        ("plan", "document/plan"),
        ("plan/7-2", "project/plan/7-2"),
        ("plan/row-1", "project/plan/row-1"),
        ("plan/article-3", "article/plan/3"),
        ("plan/area-3.1.g", "area/plan/3/1/g"),
        ("plan/party-012246", "party/plan/012246"),
        ("plan/scheme-row-4", "scheme-row/plan/4"),
    ],
)
def test_a_record_has_one_iri_and_the_iri_leads_back_to_the_record(record: str, iri: str) -> None:
    assert IDS.record(record) == f"http://127.0.0.1:8000/id/{iri}"
    name = parse(IDS.record(record))
    assert name is not None
    assert name.record == record


def test_a_department_is_named_by_code_and_path_in_japanese() -> None:
    iri = IDS.department("012246", ("産業振興部", "商業労働課"))
    assert iri == "http://127.0.0.1:8000/id/department/012246/産業振興部/商業労働課"
    assert to_uri(iri).isascii()
    assert page(to_uri(iri)) == "/departments/012246/産業振興部/商業労働課"


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (IDS.municipality("012246"), "/municipalities/012246"),
        (IDS.record("plan/7-2"), "/projects/plan/7-2"),
        (IDS.part("indicator", "plan/7-2", 1), "/projects/plan/7-2"),
        (IDS.record("plan/area-3.1"), "/areas/plan/3/1"),
        (IDS.record("plan/article-3"), "/documents/plan"),
        (IDS.graph("plan"), "/documents/plan"),
        (IDS.make("period", "2024-2028"), None),
        ("http://example.org/id/", None),
    ],
)
def test_every_thing_of_a_document_leads_to_a_page(iri: str, path: str | None) -> None:
    assert page(iri) == path


@given(st.lists(texts, min_size=2, max_size=4))
def test_any_words_make_a_valid_iri_from_which_they_can_be_read_again(parts: list[str]) -> None:
    iri = IDS.make("department", *parts)
    NamedNode(iri)
    name = parse(iri)
    assert name is not None
    assert [segment(part) for part in name.parts] == [segment(part) for part in parts]


@given(st.lists(texts, min_size=1, max_size=3))
def test_the_form_of_the_wire_is_ascii_and_leads_back(parts: list[str]) -> None:
    iri = IDS.make("municipality", *parts)
    assert to_uri(iri).isascii()
    assert from_uri(to_uri(iri)) == iri


def test_composed_and_decomposed_letters_are_one_name() -> None:
    assert IDS.municipality("か\u3099市") == IDS.municipality("が市")


def test_a_slash_or_a_dot_in_a_name_does_not_become_a_path() -> None:
    assert IDS.department("1", ("a/b", "..")) == "http://127.0.0.1:8000/id/department/1/a%2Fb/%2E%2E"


def test_bytes_that_are_no_letters_stay_encoded() -> None:
    assert from_uri("http://x/%FF%2F%41") == "http://x/%FF%2F%41"
    assert from_uri("http://x/%E5%8D%83%2F") == "http://x/千%2F"
