"""The normalisation of words, and the keys of labels."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.text import CIRCLED, Normalised, clean, clean_or_none, key, normalise


def test_width_tags_and_runs_of_white_space_are_normalised() -> None:
    assert clean("ＩＣＴ　 <br>環境<p>（案）</p>") == "ICT 環境 (案)"


def test_a_space_between_two_japanese_characters_goes_and_others_stay() -> None:
    assert clean("岩見沢市 長沼町 2市 A B") == "岩見沢市長沼町 2市 A B"


def test_stretched_headings_close_up() -> None:
    assert clean("高 次 の 都 市 機 能 ・ 強 化") == "高次の都市機能・強化"


def test_circled_numbers_stay_as_branch_marks() -> None:
    assert clean("７-②") == "7-②"
    assert all(clean(mark) == mark for mark in CIRCLED)


def test_half_width_kana_becomes_full_width() -> None:
    assert clean("ﾗﾋﾟﾀﾞｽ") == "ラピダス"


def test_nothing_is_none() -> None:
    assert clean_or_none(" <br> ") is None


def test_labels_are_known_by_spaces_marks_and_look_alikes_alike() -> None:
    assert key("【 取 組 名 】") == key("取組名：") == "取組名"
    assert key("スケジュ一ル") == key("スケジュール")


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=60))
def test_every_normalised_character_leads_back_into_its_source(text: str) -> None:
    result = normalise(text)
    assert len(result.offsets) == len(result.text)
    assert list(result.offsets) == sorted(result.offsets)
    for start in range(len(result.text)):
        first, last = result.span(start, start + 1)
        assert 0 <= first < last <= len(text)


def test_a_span_of_joined_marks_is_the_source_characters() -> None:
    result = normalise("ﾗﾋﾟﾀﾞｽ社")
    assert result.text == "ラピダス社"
    first, last = result.span(0, 4)
    assert result.source[first:last] == "ﾗﾋﾟﾀﾞｽ"


def test_text_that_needs_no_change_is_mapped_as_it_is_character_by_character() -> None:
    assert normalise("避難所の運営") == Normalised("避難所の運営", (0, 1, 2, 3, 4, 5), "避難所の運営")
    assert normalise("あ\u3099い").offsets == (0, 0, 2)  # a mark that joins with nothing still goes with its character
    assert normalise("㍿い").offsets == (0, 0, 0, 0, 1)
