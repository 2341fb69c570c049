"""A word that is not found brings those that look or sound like it."""

import pytest

from search.spelling import Speller

WORDS = [
    ("広報紙", "こうほうし", 3),
    ("広報誌", "こうほうし", 5),
    ("航空写真", "こうくうしゃしん", 2),
    ("観光", "かんこう", 40),
    ("埋蔵文化財センター", "まいぞうぶんかざいせんたー", 1),
    ("プロモーション", "ぷろもーしょん", 9),
    ("貢献", "こうけん", 4),
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("広報史", "広報誌"),
        ("こうほうし", "広報誌"),
        ("kouhoushi", "広報誌"),
        ("航空写直", "航空写真"),
        ("航写空真", "航空写真"),
        ("航空真", "航空写真"),
        ("プロモーシヨン", "プロモーション"),
        ("ぷろもしょん", "プロモーション"),
        ("埋藏文化材センター", "埋蔵文化財センター"),
        ("かんこお", "観光"),
    ],
)
def test_what_looks_or_sounds_alike_is_proposed_first(speller: Speller, typed: str, meant: str) -> None:
    assert speller.propose(typed)[0] == meant


def test_of_words_that_sound_the_same_the_most_frequent_comes_first(speller: Speller) -> None:
    assert speller.propose("公報紙")[:2] == ["広報誌", "広報紙"]


def test_the_word_itself_is_no_proposal(speller: Speller) -> None:
    assert "広報誌" not in speller.propose("広報誌")
    assert "プロモーション" not in speller.propose("ﾌﾟﾛﾓｰｼｮﾝ")


@pytest.mark.parametrize("typed", ["蛍", "zzz", "", "水泳教室", "観察"])
def test_what_is_like_nothing_brings_nothing(speller: Speller, typed: str) -> None:
    assert speller.propose(typed) == []
