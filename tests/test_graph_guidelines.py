"""Areas of documents and the fields of the national guidelines."""

import pytest

from graph import guidelines
from graph.build import fill
from graph.guidelines import field_of, match
from graph.stores import open_store
from sample_records import document, project
from test_graph_sample import BASE

LIFE = "生活機能の強化"


@pytest.mark.parametrize(
    ("labels", "notation", "exact"),
    [
        (("圏域全体の生活関連機能サービスの向上", LIFE, "福祉"), "3-A-3", True),
        ((f"{LIFE}に係る政策分野",), "3-A", True),
        ((f"{LIFE}に係る政策分野", "医療"), "3-A-1", False),
        (("結びつき及びネットワークの強化",), "3-B", True),
        (("結びつきやネットワークの強化に係る政策分野", "道路等の交通インフラの整備"), "3-B-3", True),
        (("高次の都市機能の集積･強化",), "2", True),
    ],
)
def test_an_area_is_matched_by_the_words_of_a_guideline_or_by_words_near_them(
    labels: tuple[str, ...], notation: str, exact: bool
) -> None:
    found = match(labels)
    assert found
    assert (found.concept.notation, found.exact) == (notation, exact)


def test_a_label_that_no_guideline_has_is_not_guessed() -> None:
    assert match(("月の裏側の開発",)) is None
    assert match(()) is None
    assert field_of(("月の裏側の開発",), "福祉") is not None
    assert field_of((), "月の裏側の開発") is None


def test_the_title_of_a_project_counts_only_below_its_area() -> None:
    assert getattr(field_of((LIFE,), "福祉"), "notation", None) == "3-A-3"
    assert getattr(field_of((LIFE, "産業振興"), "観光"), "notation", None) == "3-A-6"


def test_every_field_has_two_languages_a_role_above_it_and_no_name_of_another() -> None:
    fields = guidelines.fields()
    assert {next(reversed(list(guidelines.upwards(each)))).notation for each in fields.values()} == {"1", "2", "3"}
    notations = [each.notation for each in fields.values()]
    assert len(set(notations)) == len(notations) > 30
    names = [name for each in fields.values() for name in (each.label, *each.alternatives, *each.near)]
    assert len(set(names)) == len(names)


def test_the_graph_joins_areas_of_two_documents_over_one_field() -> None:
    store = open_store("memory:")
    records = {
        "d": [document("d"), project("d", "1", 5, area=(LIFE, "福祉"))],
        "e": [document("e"), project("e", "1", 5, area=(f"{LIFE}に係る政策分野", "医療"))],
    }
    fill(store, records, (), BASE)
    ask = f"BASE <{BASE}/id/> ASK {{ <area/d/{LIFE}/福祉> skos:exactMatch rk:Field-Life-Welfare ."
    ask += f" <area/e/{LIFE}に係る政策分野/医療> skos:closeMatch ?f . ?f skos:prefLabel '地域医療'@ja ."
    ask += " <project/d/1> rk:field rk:Field-Life-Welfare }"
    assert bool(store.query(ask))
