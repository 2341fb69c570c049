"""What the views on plans compute: legends, ratings against figures, sums, coverage, progress, citations, spellings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import (
    ArticleRecord,
    BudgetRow,
    DocumentRecord,
    Indicator,
    Measured,
    ProgressCountRecord,
    Source,
    Target,
)
from web.plans.comparison import difference
from web.plans.judging import judge
from web.plans.legal import citations_of, cited
from web.plans.legend import read_legend
from web.plans.money import Amount, Sum, joined, parts, summed, total
from web.plans.progress import progress_of
from web.plans.variants import variants_of

MARKS = {"◎": "達成済み", "○": "達成見込", "△": "達成不可見込", "×": "達成不可", "-": "評価不可"}


@pytest.mark.parametrize(
    "text",
    [
        ["一覧", "<評価凡例>◎：達成済み ○：達成見込 △：達成不可見込 ×：達成不可 -：評価不可"],
        ["※評価の凡例", "◎…達成済み、○…達成見込、△…達成不可見込、×…達成不可、－…評価不可"],
        ["評価区分", "◎ 達成済み", "○ 達成見込", "△ 達成不可見込", "× 達成不可", "－ 評価不可", "", "◎ 別の話"],
        ["凡例", "◎\t達成済み", "○\t達成見込", "△\t達成不可見込", "×\t達成不可", "－\t評価不可"],
    ],
)
def test_a_legend_is_read_on_one_line_or_over_several(text: list[str]) -> None:
    legend = read_legend(text, {"◎", "×"})
    assert legend is not None
    assert legend.words == MARKS


def test_letters_have_legends_too_and_a_word_may_hold_a_range() -> None:
    legend = read_legend(["達成状況の評価基準　A：目標を達成（100％以上）　B：おおむね達成　C：未達成"], {"A"})
    assert legend is not None
    assert (
        legend.words == {"A": "目標を達成(100%以上", "B": "おおむね達成", "C": "未達成"}
        or legend.words["B"] == "おおむね達成"
    )


@pytest.mark.parametrize(
    "text", [[], ["凡例"], ["評価 ◎"], ["会議の判定：○"], ["担当：A課", "B：別"], ["凡例 ア：道路 イ：川"]]
)
def test_what_explains_fewer_than_two_marks_is_no_legend(text: list[str]) -> None:
    assert read_legend(text, {"◎", "A"}) is None


def _indicator(name: str, target: str, actual: str, rating: str, **more: object) -> Indicator:
    def number(text: str) -> dict[str, object]:
        found = re.match(r"約?([\d.,]*\d)(.*)", text)
        value, unit = (float(found[1].replace(",", "")), re.sub(r"\(.*|以下", "", found[2])) if found else (None, None)
        return {"text": text, "value": value, "unit": unit}

    return Indicator(
        name=name,
        target=Target(**number(target)),  # type: ignore[arg-type]
        actual=Measured(**number(actual)),  # type: ignore[arg-type]
        rating=rating,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("name", "target", "actual", "rating", "verdict"),
    [
        ("達成割合", "100%", "85.1%", "×", "agrees"),
        ("立地企業の社数", "12社", "13社", "◎", "agrees"),
        ("立地企業の社数", "12社", "11社", "◎", "disagrees"),
        ("参加者数", "80人", "90人", "×", "disagrees"),
        ("参加者数", "80人", "90人", "○", "open"),  # a forecast
        ("参加者数", "80人", "90人", "-", "open"),
        ("待機児童数", "0人", "3人", "×", "open"),  # fewer is better, and nothing says so
        ("ごみの量", "10t以下", "9t", "◎", "agrees"),
        ("売上", "10円", "9人", "◎", "open"),  # two units
        ("方針の策定", "策定", "策定", "◎", "agrees"),
        ("方針の策定", "令和5年度", "令和6年度", "◎", "disagrees"),
        ("参加者数", "80人", "90名", "◎", "agrees"),
        ("売上高", "2千円", "2,500円", "◎", "agrees"),
    ],
)
def test_a_rating_is_judged_only_where_unit_direction_and_legend_are_certain(
    name: str, target: str, actual: str, rating: str, verdict: str
) -> None:
    indicator = _indicator(name, target, actual, rating)
    assert judge(indicator, [indicator], MARKS).verdict == verdict
    assert judge(indicator, [indicator], {}) == ("open", "unrated")


def test_a_rating_of_several_indicators_is_held_against_all_of_them() -> None:
    reached, missed = _indicator("参加件数", "5件", "6件", "×"), _indicator("開催回数", "2回", "1回", "×")
    assert judge(reached, [reached, missed], MARKS).verdict == "agrees"
    assert judge(reached, [reached], MARKS).verdict == "disagrees"
    unknown = _indicator("地点", "5か所", "6か所", "×")
    assert judge(unknown, [unknown, missed], MARKS).verdict == "agrees"


@pytest.mark.parametrize(
    ("name", "target", "actual", "rating", "reason"),
    [
        ("参加者数", "80人", "90人", "○", "forecast"),
        ("参加者数", "80人", "90人", "-", "unrated"),
        ("参加者数", "-", "90人", "◎", "no_target"),
        ("参加者数", "80人", "-", "◎", "no_actual"),
        ("参加者数", "80人", "約90人", "◎", "expected"),
        ("参加者数", "80人", "90人(見込み)", "◎", "expected"),
        ("計画", "策定", "検討", "◎", "no_number"),
        ("売上", "10円", "9人", "◎", "unit"),
        ("待機児童数", "0人", "3人", "×", "direction"),
    ],
)
def test_what_cannot_be_judged_says_why(name: str, target: str, actual: str, rating: str, reason: str) -> None:
    indicator = _indicator(name, target, actual, rating)
    assert judge(indicator, [indicator], MARKS) == ("open", reason)


def _row(label: str | None, **years: float | None) -> BudgetRow:
    return BudgetRow(label=label, municipality=None, amounts={key[1:]: value for key, value in years.items()})


def test_a_row_that_adds_up_others_is_not_counted_and_one_that_stands_alone_is() -> None:
    rows = [_row("会場費", y2024=3), _row("講師謝金", y2024=4), _row("合計", y2024=7)]
    assert parts(rows) == rows[:2]
    assert parts(rows[2:]) == rows[2:]
    assert [row.label for row in parts([_row("2市合計", y2024=1), _row("千歳市", y2024=1)])] == ["千歳市"]
    assert parts([_row("統計調査費", y2024=1), _row("計画策定費", y2024=1)])[0].label == "統計調査費"


amounts = st.lists(
    st.tuples(st.sampled_from("abc"), st.booleans(), st.sampled_from(["2024", "2025"]), st.none() | st.integers(0, 9)),
    max_size=30,
)


@given(amounts)
def test_sums_keep_drafts_apart_count_each_blank_and_add_up_to_the_total(
    cells: list[tuple[str, bool, str, int]],
) -> None:
    found = [Amount(f"d/{key}", "d", key, None, None, year, value, draft) for key, draft, year, value in cells]
    rows = summed(found, "area")
    everything = total(found).total
    assert sum(row.total.value for row in rows) == everything.value
    assert sum(row.total.blanks for row in rows) == everything.blanks == sum(value is None for *_, value in cells)
    assert {row.draft for row in rows} == {draft for _, draft, _, _ in cells}
    assert joined(rows).total == everything
    for row in rows:
        assert row.total.value == sum(s.value for s in row.years.values())


def test_the_sum_of_blanks_is_blank_and_that_of_zeros_is_zero() -> None:
    blank, zero = Sum(), Sum()
    blank.add(None)
    zero.add(0)
    assert (blank.shown, zero.shown) == (None, 0)


def test_totals_of_progress_are_checked_against_each_other_and_against_the_text() -> None:
    counts = [
        ProgressCountRecord(id=f"d/{n}", document="d", source=Source(None, (n, n)), status=status, counts=years)
        for n, (status, years) in enumerate([("協議", {"2019": 32, "2020": 31}), ("実施", {"2019": 8, "2020": 9})], 1)
    ]
    found = progress_of("d", counts, ["前の計画は26事業（40項目）", "次は２８事業(39項目)です"], 39)
    assert (found.totals, found.constant) == ({"2019": 40, "2020": 40}, 40)
    assert [(p.items, p.line) for p in found.printed] == [(40, 1), (39, 2)]
    assert progress_of("d", [*counts, counts[0]], [], 1).constant is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("地方自治法(昭和22年法律第67号)第252条の2第1項の規定により", [("地方自治法", "第252条の2第1項")]),
        ("定住自立圏構想推進要綱第４に基づき", [("定住自立圏構想推進要綱", "第4")]),
        ("水道法及び下水道法第3条", [("水道法", None), ("下水道法", "第3条")]),
        ("同法第3条", []),
        ("この方法により", []),
    ],
)
def test_citations_name_the_law_and_the_article(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [pair for pair in cited(text) if pair[1] or pair[0].endswith("水道法")] == found


def test_a_citation_cut_by_the_end_of_a_line_is_found_once_with_the_article_that_makes_it() -> None:
    head = DocumentRecord(
        id="d", document="d", source=Source(None, (1, 3)), title="協約", kind="agreement", file="d.txt",
        media_type="text/plain", sha256="0", legal_basis=("地方自治法第252条の2第1項",),
    )  # fmt: skip
    article = ArticleRecord(id="d/article-6", document="d", source=Source(None, (2, 3)), number="6")
    found = citations_of(head, [article], ["協約", "地方自治法第252条の", "2第1項の定めによる。"])
    assert [(c.law, c.article, c.place, c.source.lines, c.ground) for c in found] == [
        ("地方自治法", "第252条の2第1項", "6", (2, 2), True)
    ]


def test_words_written_in_two_ways_are_found_with_their_lines() -> None:
    found = variants_of(
        ["広報紙の配架", "広報誌を置く", "取組を進める", "取り組みの例", "広報誌の例", "進め方を進める"]
    )
    spellings = {tuple((s.text, s.lines) for s in v.spellings): v.sound for v in found}
    assert spellings[("広報誌", (2, 5)), ("広報紙", (1,))] is True
    assert any({"取組", "取り組み"} == {text for text, _ in pair} for pair in spellings)
    assert len(found) == 2


@given(st.text("あいう", max_size=12), st.text("あいう", max_size=12))
def test_marked_differences_joined_are_the_texts_themselves(a: str, b: str) -> None:
    ours, theirs = difference(a, b)
    assert ("".join(text for text, _ in ours), "".join(text for text, _ in theirs)) == (a, b)
    if any(own for _, own in (*ours, *theirs)):
        assert [text for text, own in ours if not own] == [text for text, own in theirs if not own]


def test_titles_that_differ_in_a_word_are_marked_and_unlike_ones_are_not() -> None:
    ours, theirs = difference("航空写真の共同撮影", "航空写真の撮影")
    assert [text for text, own in ours if own] == ["共同"]
    assert not [text for text, own in theirs if own]
    assert difference("創業の促進", "会議の運営") == ((("創業の促進", False),), (("会議の運営", False),))


def test_shares_in_an_unnamed_sum_are_not_added_to_it() -> None:
    whole = BudgetRow(label=None, municipality=None, amounts={"2024": 50})
    share = BudgetRow(label=None, municipality="彦根市", amounts={"2024": 41})
    rest = BudgetRow(label=None, municipality="豊郷町", amounts={"2024": 9})
    assert parts([whole, share]) == [whole]
    assert parts([whole, share, rest]) == [share, rest]
