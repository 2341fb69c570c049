"""Checks of the figures of a list against its ratings, on lists of our own."""

import pytest

from ingest.ratings import is_reached
from ingest.records import FindingRecord, ProjectRecord, Record
from tests.corpus import read_text

LIST = """北丘連携中枢都市圏 進捗状況一覧
基準日：令和4年3月31日
A：達成 B：達成できていない
番号\t連携事業名\t事業概要\t指標名\t目標値\t実績値\t評価
1\t図書館の相互利用\t図書の貸出しを広げる。\t貸出冊数\t100冊\t{first}\tA
2\tごみ減量の啓発\t出前講座を行う。\tごみ排出量\t500t\t{second}\tB
"""


def _findings(first: str, second: str) -> list[FindingRecord]:
    records: list[Record] = read_text("list.txt", LIST.format(first=first, second=second))
    return [r for r in records if isinstance(r, FindingRecord) and r.where.endswith("評価")]


def test_a_mark_is_judged_by_the_legend_of_the_document() -> None:
    (finding,) = _findings("80冊", "510t")
    assert finding.elsewhere == "目標 100冊、実績 80冊"


@pytest.mark.parametrize(
    ("first", "second"),
    [("100冊", "510t"), ("80人", "510t"), ("約95冊", "510t"), ("集計中", "510t"), ("120冊", "400t"), ("120冊", "600t")],
    ids=["reached", "another unit", "about", "no figure", "less of a burden", "more of a burden"],
)
def test_what_cannot_be_judged_or_agrees_is_no_finding(first: str, second: str) -> None:
    assert _findings(first, second) == []


@pytest.mark.parametrize(("baseline", "reached"), [("40人", True), ("10人", False), (None, None)])
def test_the_direction_comes_from_the_baseline_where_less_may_be_better(
    baseline: str | None, reached: bool | None
) -> None:
    text = LIST.replace("指標名\t", "指標名\t基準値\t").replace("100冊", f"{baseline or '-'}\t30人")
    text = text.replace("貸出冊数", "待機児童数").replace("500t", "-\t500t").format(first="25人", second="1t")
    (indicator,) = next(r for r in read_text("list.txt", text) if isinstance(r, ProjectRecord)).indicators
    assert is_reached(indicator) is reached


def test_a_mark_that_expects_to_reach_or_finds_it_hard_says_what_its_words_say() -> None:
    legend = "A：達成見込 B：達成困難"
    text = LIST.replace("A：達成 B：達成できていない", legend).format(first="80冊", second="400t")
    assert not [r for r in read_text("list.txt", text) if isinstance(r, FindingRecord) and r.where.endswith("評価")]


PLAN = """千歳市・恵庭市 連携施策推進計画
体系図
連携分野\t連携事業名\t連携項目{head}\t個票No
a 福祉\t見守りの推進\t見守り訪問の合同実施{row}\t1

連携推進 事業調書（個票）
連携分野\ta 福祉
No\t1\t連携事業名\t見守りの推進
-\t\t連携項目\t見守り訪問の合同実施
事業概要\t\t訪問員の研修を合同で開く。
スケジュール\t具体的項目\t2024年度\t2025年度\t2026年度
\t研修の合同開催\t実施\t実施\t実施
事業費見込額（千円）\t研修費\t千歳市\t{amounts}
\t\t恵庭市\t{amounts}
連携担当部署\t千歳市\t福祉部福祉課\t恵庭市\t保健部健康課
"""


def _says(head: str = "", row: str = "", amounts: str = "10\t20\t30") -> list[str]:
    records: list[Record] = read_text("plan.txt", PLAN.format(head=head, row=row, amounts=amounts))
    return [r.where for r in records if isinstance(r, FindingRecord)]


def test_departments_are_compared_only_with_a_scheme_that_names_some() -> None:
    assert not [where for where in _says() if "担当" in where]
    named = _says(head="\t担当", row="\t千歳 福祉部長寿課 恵庭 保健部健康課")
    assert [where for where in named if "担当" in where] == ["体系図 1 担当 千歳市"]


def test_amounts_behind_columns_of_their_own_are_not_out_of_place_unless_too_few() -> None:
    assert "事業費" not in _says()
    assert "事業費" in _says(amounts="10\t20")
