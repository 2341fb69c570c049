"""The list of synonyms is data that anyone can add a line to."""

from search.light import is_stopword, is_vague
from search.synonyms import forms_of, is_listed, keys_of, read_groups, widen


def finds(word: str, other: str) -> bool:
    return forms_of(other) in widen(forms_of(word), keys_of(word))


def test_every_line_is_well_formed() -> None:
    for mode, terms, wider in read_groups():
        assert mode in {"both", "one"}, terms
        assert len(set(terms)) == len(terms), terms
        assert wider if mode == "one" else len(terms) > 1, terms
        assert all(forms_of(term) for term in (*terms, *wider)), terms


def test_the_list_covers_the_field() -> None:
    assert len(list(read_groups())) > 500


def test_words_of_a_group_find_each_other() -> None:
    assert finds("ごみ", "廃棄物")
    assert finds("廃棄物", "ごみ")


def test_a_one_way_line_is_not_followed_back() -> None:
    assert finds("鹿", "有害鳥獣")
    assert not finds("有害鳥獣", "鹿")


def test_spelling_makes_no_difference() -> None:
    assert finds("引越し", "移住")
    assert finds("ゴミ", "廃棄物")


def test_english_terms_of_several_words_are_one_term() -> None:
    assert is_listed(keys_of("aerial photo"))
    assert finds("aerial photo", "航空写真")
    assert finds("Tourism", "観光")


def test_the_longest_part_of_a_compound_is_replaced() -> None:
    assert (*forms_of("廃棄物"), "減量") in widen(("ごみ", "減量"), ("ごみ", "減量"))
    assert widen(("どこにもない",), ("どこにもない",)) == []


def test_english_words_are_one_in_singular_and_plural_and_articles_make_no_difference() -> None:
    assert finds("libraries", "図書館")
    assert finds("disabilities", "障害者")
    assert finds("starting a business", "創業") or finds("start a business", "創業")
    assert is_listed(keys_of("start business"))


def test_what_is_found_may_have_particles() -> None:
    assert finds("死んだ動物", "死亡した動物")


def test_words_that_say_little_are_told_from_others() -> None:
    assert is_vague(("事業",))
    assert not is_vague(("事業", "承継"))
    assert is_stopword("Which")
    assert not is_stopword("start")
