"""What people type into the search of the sample documents, and what they get."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.library import State
from search.evaluation import PROJECTS_ONLY
from search.features import ALL
from search.index import Index
from search.model import Page
from search.query import LONGEST, parse
from search.spelling import is_slip


@pytest.fixture(scope="module")
def index(sample_state: State) -> Index:
    return Index.open(sample_state.index)


def ask(index: Index, typed: str, limit: int = 20) -> Page:
    return index.search(parse(typed, filters=PROJECTS_ONLY, limit=limit))


def local(page: Page) -> list[str]:
    return [hit.id for hit in page.hits]


@pytest.mark.parametrize("typed", ["7-②", "No.7②", "７－２", "No.7-2", "7②"])
def test_a_number_with_its_branch_finds_that_sheet_first(index: Index, typed: str) -> None:
    assert local(ask(index, typed))[0] == "chitose-eniwa-plan-2024/7-2"


def test_a_number_finds_what_has_it_before_what_only_mentions_it(index: Index) -> None:
    assert set(local(ask(index, "28"))[:2]) == {"chitose-eniwa-plan-2024/28", "sapporo-status-2019/28"}
    assert {hit.number for hit in ask(index, "17").hits[:5]} == {"17"}


def test_a_sheet_with_branches_is_found_by_its_number_alone(index: Index) -> None:
    found = {hit.branch for hit in ask(index, "7").hits if hit.document == "chitose-eniwa-plan-2024"}
    assert {"①", "②", "③"} <= found


def test_a_slip_is_answered_with_what_was_meant_and_says_so(index: Index) -> None:
    page = ask(index, "有害烏獣")
    assert page.relaxed == "spelling"
    assert page.did_you_mean == "有害鳥獣"
    assert local(page)[0] == "chitose-eniwa-plan-2024/19"
    assert all(hit.score < 1 for hit in page.hits)


def test_a_word_that_is_there_is_never_taken_for_a_slip(index: Index) -> None:
    for typed in ("墓園", "航空写真", "空撮", "お年寄り", "かんこう"):
        assert ask(index, typed).relaxed == ""


def test_words_that_only_sound_alike_are_no_slips_of_each_other() -> None:
    assert is_slip("墓苑", "墓園")
    assert is_slip("航空写新", "航空写真")
    assert not is_slip("公園", "講演")


def test_long_vowels_may_be_left_out_in_latin_letters(index: Index) -> None:
    found = set(local(ask(index, "kyukyu", limit=100)))
    assert set(local(ask(index, "救急", limit=100))) <= found
    assert set(local(ask(index, "bōsai"))) == set(local(ask(index, "bosai"))) >= set(local(ask(index, "防災"))[:3])


def test_what_sounds_alike_is_not_proposed_beside_hits(index: Index) -> None:
    page = ask(index, "斎場")
    assert page.total == 1
    assert "以上" not in {proposal.query for proposal in page.proposals}


def test_a_compound_that_is_nowhere_is_looked_for_by_its_words(index: Index) -> None:
    page = ask(index, "半導体博覧会")
    assert (page.relaxed, local(page)[0]) == ("any", "chitose-eniwa-plan-2024/2")


def test_without_spelling_a_slip_is_only_proposed(sample_state: State) -> None:
    page = ask(Index.open(sample_state.index, ALL.without("spelling")), "有害烏獣")
    assert (page.relaxed, page.did_you_mean) == ("any", "有害鳥獣")


def test_a_sentence_finds_what_holds_most_of_it_behind_what_holds_all(index: Index) -> None:
    page = ask(index, "女性の活躍を応援するイベント")
    assert local(page)[0] == "sapporo-status-2019/24"
    assert "chitose-eniwa-plan-2024/15" in local(page)
    assert page.hits[0].score > page.hits[1].score


def test_words_between_blanks_are_all_asked_for(index: Index) -> None:
    assert local(ask(index, "女性 大学 イベント")) == ["sapporo-status-2019/24"]


def test_every_piece_of_two_characters_of_a_title_finds_it(index: Index) -> None:
    holders: dict[str, set[str]] = {}
    for hit in ask(index, "", limit=1000).hits:
        for at in range(len(hit.title) - 1):
            piece = hit.title[at : at + 2]
            if piece.isalnum():
                holders.setdefault(piece, set()).add(hit.id)
    assert len(holders) > 500
    missed = {piece for piece, ids in holders.items() if not ids <= set(local(ask(index, piece, limit=1000)))}
    assert missed == set()


TYPED = st.text(max_size=40) | st.text(
    st.sampled_from("観光消防航空写真-OR |*\"「」:：部署年度令和６7②　 \t\n\0ｶﾞ゙がAc%()[]{}\\/'‐ー−No.第号㍿𠮷"),
    max_size=30,
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
@example("\ud800")
@example("|\0")
@example("-「")
def test_nothing_that_can_be_typed_breaks_search_or_completion(index: Index, typed: str) -> None:
    page = index.search(parse(typed))
    assert page.total >= len(page.hits)
    assert all("".join(text for text, _ in hit.heading.spans) == hit.title for hit in page.hits)
    assert len(index.suggest(typed)) <= 10


@pytest.mark.parametrize(
    "typed", ["観" * 50_000, "観光 " * 20_000, "航空写真を" * 9_000, '"' * 50_000, "観光*" * 9_000]
)
def test_a_book_pasted_into_the_box_costs_no_more_than_a_paragraph(index: Index, typed: str) -> None:
    page = ask(index, typed)
    assert len(page.query.text) <= LONGEST


def test_completion_answers_the_first_key_after_opening(sample_state: State) -> None:
    for typed in ("kouho", "こうほ"):
        assert Index.open(sample_state.index).suggest(typed)


def test_the_symbol_of_a_party_is_its_name_in_that_document(index: Index) -> None:
    by_symbol = local(ask(index, "甲 保育士", limit=100))
    assert by_symbol
    assert {place.split("/")[0] for place in by_symbol} <= {
        "sapporo-ishikari-agreement-2019",
        "iwamizawa-bibai-agreement-2025",
    }
    assert set(by_symbol) <= set(local(ask(index, "札幌市 保育士", limit=100)))
