"""Marks of areas and how they nest."""

from ingest.areas import AreaStack, Heading, chain, heading, ordinal


def test_a_cell_of_several_levels_is_cut_into_them() -> None:
    assert [(h.notation, h.label) for h in chain("(1)生活機能の強化 a 地域医療")] == [
        ("(1)", "生活機能の強化"),
        ("a", "地域医療"),
    ]


def test_a_mark_without_a_space_behind_it_is_found() -> None:
    assert [(h.notation, h.label) for h in chain("（３）圏域マネジメント能力の強化 a人材の育成")] == [
        ("(3)", "圏域マネジメント能力の強化"),
        ("a", "人材の育成"),
    ]


def test_a_word_that_begins_like_a_mark_is_none() -> None:
    assert heading("ICTインフラ整備") == Heading(None, None, "ICTインフラ整備")
    assert heading("アウトドアの推進").kind is None
    assert heading("3つの役割").kind is None


def test_the_same_mark_starts_again_under_each_parent() -> None:
    stack = AreaStack()
    for text in ("1 経済", "a 創業", "2 機能", "a 人材"):
        stack.enter(heading(text))
    assert stack.labels == ("機能", "人材")


def test_a_mark_of_a_new_class_goes_one_level_down_and_a_known_one_comes_back_up() -> None:
    stack = AreaStack()
    paths = [
        tuple(h.label for h in stack.enter(heading(text)))
        for text in ("3 生活", "(1) 機能", "a 医療", "b 福祉", "(2) 結びつき", "a 産業")
    ]
    assert paths == [
        ("生活",),
        ("生活", "機能"),
        ("生活", "機能", "医療"),
        ("生活", "機能", "福祉"),
        ("生活", "結びつき"),
        ("生活", "結びつき", "産業"),
    ]


def test_a_round_mark_stands_beside_the_last_area() -> None:
    stack = AreaStack()
    for text in ("(3) 能力", "a 育成", "○ その他"):
        stack.enter(heading(text))
    assert stack.labels == ("能力", "その他")


def test_marks_have_their_place_in_the_sequence() -> None:
    assert [ordinal(heading(t)) for t in ("ウ 生活", "(2) 結びつき", "c 観光", "B 交流", "別表3")] == [3, 2, 3, 2, 3]
