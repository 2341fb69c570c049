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
