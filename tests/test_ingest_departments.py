"""Names of municipal bodies."""

import pytest

from ingest.bodies import split_path
from ingest.departments import departments

CITIES = ["千歳市", "恵庭市", "札幌市"]


def read(words: str, names: list[str] | None = None) -> list[tuple[str | None, tuple[str, ...]]]:
    """Return the owner and path of each body."""
    return [(d.municipality, d.path) for d in departments(words, CITIES if names is None else names)]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("企画振興部まちづくり拠点整備室まちづくり推進課", ("企画振興部", "まちづくり拠点整備室", "まちづくり推進課")),
        ("総務部財務室管財・契約課", ("総務部", "財務室", "管財・契約課")),
        ("経済部花と緑・観光課", ("経済部", "花と緑・観光課")),
        ("財政局税務部資産課税課", ("財政局", "税務部", "資産課税課")),
        ("消防本部警防課", ("消防本部", "警防課")),
        ("教育部埋蔵文化財センター", ("教育部", "埋蔵文化財センター")),
        ("建設局西部建設事務所維持課", ("建設局", "西部建設事務所", "維持課")),
        ("公園緑地課", ("公園緑地課",)),
        ("教育委員会事務局生涯学習部生涯学習課", ("教育委員会事務局", "生涯学習部", "生涯学習課")),
        ("企画部次世代半導体拠点推進室総務課総務係", ("企画部", "次世代半導体拠点推進室", "総務課", "総務係")),
    ],
)
def test_a_name_is_cut_at_its_units(name: str, path: tuple[str, ...]) -> None:
    assert split_path(name) == path


def test_later_names_share_the_prefix_of_the_first() -> None:
    assert read("千歳 企画部企画課、公立大学政策課 恵庭 企画振興部企画課") == [
        ("千歳市", ("企画部", "企画課")),
        ("千歳市", ("企画部", "公立大学政策課")),
        ("恵庭市", ("企画振興部", "企画課")),
    ]


def test_names_of_cities_before_all_bodies_are_given_out_in_order() -> None:
    assert read("千歳 恵庭 総務部税務課 企画振興部企画課、総務部財務室税務課") == [
        ("千歳市", ("総務部", "税務課")),
        ("恵庭市", ("企画振興部", "企画課")),
        ("恵庭市", ("総務部", "財務室", "税務課")),
    ]


def test_a_tail_that_wrapping_put_behind_the_next_city_goes_back() -> None:
    assert read("千歳 企画部企画課、産業振興部産業支援室 恵庭 科学技術振興課 企画振興部企画課") == [
        ("千歳市", ("企画部", "企画課")),
        ("千歳市", ("産業振興部", "産業支援室", "科学技術振興課")),
        ("恵庭市", ("企画振興部", "企画課")),
    ]


def test_a_note_behind_a_space_is_no_unit_but_stays_in_the_printed_words() -> None:
    found = departments("恵庭市 経済部商工労働課 企業誘致担当", CITIES)
    assert [(d.path, d.raw) for d in found] == [(("経済部", "商工労働課"), "経済部商工労働課 企業誘致担当")]


def test_a_note_in_parentheses_is_no_unit() -> None:
    assert read("札幌市まちづくり政策局政策企画部企画課（広域連携担当）") == [
        ("札幌市", ("まちづくり政策局", "政策企画部", "企画課"))
    ]


def test_a_space_inside_a_path_does_not_part_it() -> None:
    assert read("恵庭市 生活環境部ゼロカーボン推進室 脱炭素推進課") == [
        ("恵庭市", ("生活環境部", "ゼロカーボン推進室", "脱炭素推進課"))
    ]


def test_a_middle_dot_parts_bodies_only_behind_a_complete_name() -> None:
    assert read("企画課・財政課、基地・防災課", []) == [
        (None, ("企画課",)),
        (None, ("財政課",)),
        (None, ("基地・防災課",)),
    ]


def test_brackets_hold_the_beginning_of_a_municipality() -> None:
    found = departments("[徳]交通局 【小松島】市民生活課 (別)窓口", ["徳島市", "小松島市"])
    assert [(each.municipality, each.path[0]) for each in found[:2]] == [
        ("徳島市", "交通局"),
        ("小松島市", "市民生活課"),
    ]
