"""Eras, fiscal years, dates and periods."""

import pytest

from ingest.years import fiscal_year, fiscal_years_in, iso_date, period


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("令和6年度", 2024),
        ("令和6(2024)年度", 2024),
        ("令和６（２０２４）年度", 2024),
        ("R6", 2024),
        ("Ｒ６年度", 2024),
        ("H30", 2018),
        ("平成31年度", 2019),
        ("平成32年度", 2020),
        ("令和元年度", 2019),
        ("R1", 2019),
        ("２０２４年度", 2024),
        ("2016(H28)", 2016),
        ("令和5年度 (2023)", 2023),
        ("令和6年度予算額", 2024),
    ],
)
def test_a_fiscal_year_is_read_in_each_of_its_forms(printed: str, year: int) -> None:
    assert fiscal_year(printed) == year


@pytest.mark.parametrize("printed", ["5ヵ年目標", "合計", "1,136", "両市", "平成31年3月", "12,024人", "2030年度まで"])
def test_other_words_are_no_fiscal_year(printed: str) -> None:
    assert fiscal_year(printed) is None


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("平成31年（2019年）3月29日", "2019-03-29"),
        ("令和7年3月26日", "2025-03-26"),
        ("H27.6.18", "2015-06-18"),
        ("令和6（2024）年4月", "2024-04"),
        ("平成30年6月 日", "2018-06"),
        ("2018年7月23日", "2018-07-23"),
        ("平成27年 月 日", None),
        ("令和6年13月1日", None),
    ],
)
def test_dates_are_iso_and_a_blank_day_makes_a_month(printed: str, date: str | None) -> None:
    assert iso_date(printed) == date


@pytest.mark.parametrize(
    ("printed", "years"),
    [
        ("令和6(2024)年度～令和10(2028)年度", (2024, 2028)),
        ("令和6年度から令和10年度までの5年間", (2024, 2028)),
        ("令和 2~6 年度", (2020, 2024)),
        ("平成29年度から平成33年度", (2017, 2021)),
        ("計画期間 H28-R2年度", (2016, 2020)),
        ("2024～2028年度", (2024, 2028)),
    ],
)
def test_periods_run_from_year_to_year(printed: str, years: tuple[int, int]) -> None:
    assert period(printed) == years


def test_fiscal_years_of_running_text_come_in_order() -> None:
    assert fiscal_years_in("2019年度の一覧。次は令和2年度に見直す。") == [2019, 2020]
