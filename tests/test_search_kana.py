"""Kana and Latin letters are two ways to write one reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kana import from_romaji, is_kana, shortened, to_hiragana, to_romaji

SYLLABLES = [
    *"かきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわがじずばぴ",
    "きゃ",
    "しゅ",
    "ちょ",
]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8).map("".join))
def test_hepburn_letters_read_back_as_the_kana_they_came_from(kana: str) -> None:
    assert from_romaji(to_romaji(kana)) == kana


@pytest.mark.parametrize(
    ("letters", "kana"),
    [
        ("chitose", "ちとせ"),
        ("titose", "ちとせ"),
        ("kouhou", "こうほう"),
        ("Eniwa", "えにわ"),
        ("shimbun", "しんぶん"),
        ("sinbun", "しんぶん"),
        ("gakkou", "がっこう"),
        ("syakai", "しゃかい"),
        ("on'yomi", "おんよみ"),
        ("sapporo", "さっぽろ"),
        ("jyouhou", "じょうほう"),
        ("kin'en", "きんえん"),
    ],
)
def test_hepburn_and_kunrei_are_both_read(letters: str, kana: str) -> None:
    assert from_romaji(letters) == kana


@pytest.mark.parametrize("word", ["waste", "PR", "aerial", "x", "千歳"])
def test_what_spells_no_kana_has_no_reading(word: str) -> None:
    assert from_romaji(word) is None


@pytest.mark.parametrize(
    ("one", "other"), [("kouhou", "koho"), ("toukyou", "tokyo"), ("ooishi", "oishi"), ("titose", "chitose")]
)
def test_length_and_system_make_no_difference_to_what_is_compared(one: str, other: str) -> None:
    assert shortened(to_romaji(from_romaji(one) or "")) == shortened(to_romaji(from_romaji(other) or ""))


def test_long_marks_and_small_kana_have_letters() -> None:
    assert to_romaji("すぽーつ") == "supootsu"
    assert to_romaji("がっきゅう") == "gakkyuu"
    assert to_romaji("ふぁん") == "fan"


def test_katakana_becomes_hiragana_and_nothing_else_changes() -> None:
    assert to_hiragana("ラピダス・千歳ー") == "らぴだす・千歳ー"


def test_kana_alone_is_kana() -> None:
    assert is_kana("こうほう")
    assert not is_kana("広報")
    assert not is_kana("")
