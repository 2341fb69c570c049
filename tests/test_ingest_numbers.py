"""Figures and amounts of money."""

import pytest

from ingest.numbers import Figure, figure, is_dash, money_unit, thousand_yen


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("27兆9千億円 (2015年)", 27_900_000_000_000, "円"),
        ("30兆円", 30, "兆円"),
        ("37,076千人", 37076, "千人"),
        ("3,737万8千人", 37_378_000, "人"),
        ("9兆1,400億円", 9_140_000_000_000, "円"),
        ("▲2,805人", -2805, "人"),
        ("△12.5%", -12.5, "%"),
        ("約79,600人", 79600, "人"),
        ("100名以上（集計中）", 100, "名"),
        ("各1回以上/年度", 1, "回/年度"),
        ("189,932人/日", 189932, "人/日"),
        ("25.1万人", 25.1, "万人"),
        ("85.1％", 85.1, "%"),
    ],
)
def test_one_printed_number_has_its_value_and_unit(printed: str, value: float, unit: str) -> None:
    assert figure(printed) == Figure(value, unit)


@pytest.mark.parametrize("printed", ["常時", "-", "2,969/152", "2030年度まで", "30～50分", "△", "維持", "", "5/10"])
def test_where_no_single_number_stands_there_is_none(printed: str) -> None:
    assert figure(printed) is None


@pytest.mark.parametrize(
    ("printed", "unit", "amount"),
    [
        ("0", "千円", 0),
        ("18,224", "千円", 18224),
        ("2,000,000", "円", 2000),
        ("1,500", "円", 1.5),
        ("12", "百万円", 12000),
        ("174万円", "千円", 1740),
        ("-", "千円", None),
        ("－", "千円", None),
        ("未定", "千円", None),
        ("調整中", "千円", None),
        ("予算の範囲内", "千円", None),
        ("", "千円", None),
        ("▲35", "千円", -35),
    ],
)
def test_money_is_in_thousand_yen_and_a_dash_is_no_zero(printed: str, unit: str, amount: float | None) -> None:
    assert thousand_yen(printed, unit) == amount


def test_the_unit_of_money_is_read_from_a_label() -> None:
    assert money_unit("事業費見込額（千円）") == "千円"
    assert money_unit("(単位：百万円)") == "百万円"
    assert money_unit("担当課") is None


def test_dashes_of_all_kinds_are_dashes() -> None:
    assert all(is_dash(mark) for mark in ("-", "－", "―", "ー", "—", "--"))
    assert not is_dash("-5")
