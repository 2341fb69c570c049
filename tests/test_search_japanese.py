"""Words are cut once, and every word knows the characters of the source that it stands for."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.folding import fold, fold_text
from search.japanese import LONGEST, cut

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("千歳市恵庭企画部観光課取り組みのをはデータﾗﾋﾟﾀﾞｽ㍿㍍①⑴ＫＰＩ（）。、 　\n\tー゛々0２-ぁんabc"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def forms(text: str) -> list[str]:
    return [unit.form for unit in cut(text).units if unit.content]


@settings(deadline=None)  # the dictionary is loaded by whichever test is first
@given(TEXTS)
def test_units_stand_in_order_inside_the_source(text: str) -> None:
    parts = cut(text)
    for unit in parts.units:
        assert 0 <= unit.start < unit.end <= len(text)
        assert text[unit.start : unit.end] == unit.surface
    starts = [unit.start for unit in parts.units]
    assert starts == sorted(starts)


def test_words_inside_of_one_character_are_seen_as_all_of_it() -> None:
    units = cut("第⑴号").units
    assert ("1", 1, 2) in [(unit.form, unit.start, unit.end) for unit in units]
    assert {(unit.start, unit.end) for unit in units if unit.surface == "⑴"} == {(1, 2)}


@settings(deadline=None)  # the dictionary is loaded by whichever test is first
@given(TEXTS)
def test_compounds_cover_the_units_without_gap_or_overlap(text: str) -> None:
    parts = cut(text)
    covered = [i for long in parts.compounds for i in range(long.first, long.first + long.size)]
    assert covered == list(range(len(parts.units)))


@settings(deadline=None)  # the dictionary is loaded by whichever test is first
@given(TEXTS)
def test_each_folded_character_comes_from_its_range_of_the_source(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.spans)
    assert folded.text == fold_text(text)
    for letter, (start, end) in zip(folded.text, folded.spans, strict=True):
        assert 0 <= start < end <= len(text)
        assert letter in fold_text(text[start:end])
    assert list(folded.spans) == sorted(folded.spans)


@settings(deadline=None)  # the dictionary is loaded by whichever test is first
@given(TEXTS)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＫＰＩ", "kpi"),
        ("ﾗﾋﾟﾀﾞｽ", "ラピダス"),
        ("⑴", "（1）"),
        ("千歳 市", "千歳市"),
        ("らぴだす", "ラピダス"),
        ("㍿", "株式会社"),
        ("航空寫眞", "航空写真"),
    ],
)
def test_width_case_kana_and_compatibility_forms_fold_into_one(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("取組", "取り組み"),
        ("取組み", "取り組み"),
        ("引越し", "引っ越し"),
        ("受入れ", "受け入れ"),
        ("ＫＰＩ", "KPI"),
        ("こども", "子供"),
        ("街づくり", "まちづくり"),
        ("ﾗﾋﾟﾀﾞｽ", "ラピダス"),
        ("お年寄り", "年寄り"),
    ],
)
def test_spellings_of_a_word_have_one_form(one: str, other: str) -> None:
    assert forms(one) == forms(other)


def test_a_compound_is_cut_into_its_words_and_kept_whole() -> None:
    parts = cut("連携中枢都市圏")
    assert [unit.form for unit in parts.units] == ["連携", "中枢", "都市", "圏"]
    assert "都市圏" in [long.unit.form for long in parts.compounds]


def test_particles_and_punctuation_are_no_content() -> None:
    assert forms("観光と交流の、推進。") == ["観光", "交流", "推進"]


def test_a_ligature_is_the_words_that_it_stands_for() -> None:
    parts = cut("㍿恵み")
    assert [unit.form for unit in parts.units][:2] == ["株式", "会社"]
    assert {(unit.start, unit.end) for unit in parts.units[:2]} == {(0, 1)}


def test_municipalities_are_read_as_their_own_list_says() -> None:
    assert [long.unit.reading for long in cut("長沼町").compounds] == ["ながぬまちょう"]


@pytest.mark.parametrize("sentence", ["川と森のある町。", "川"])
def test_a_text_longer_than_sudachi_takes_is_cut_all_the_same(sentence: str) -> None:
    text = sentence * (2 * LONGEST // len(sentence))
    assert len(text.encode()) > 49_149
    parts = cut(text)
    assert "".join(unit.surface for unit in parts.units) == text


def test_threads_cut_at_the_same_time() -> None:
    text = "企画振興部まちづくり拠点整備室まちづくり推進課と広報広聴課"
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(cut, [text] * 64))) == 1


def test_the_dictionary_is_not_loaded_before_it_is_needed() -> None:
    program = "import sys, search.japanese, search.query; sys.exit('sudachipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603  our own words
