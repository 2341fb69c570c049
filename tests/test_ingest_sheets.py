"""Forms: names of two kinds tell their order, bodies stand below the municipalities that they are of."""

from ingest.blocks import Row
from ingest.parties import Parties
from ingest.sheets.reader import SheetReader
from ingest.sheets.sheet import Sheet

PARTIES = Parties()
for _name in ("盛岡市", "滝沢市"):
    PARTIES.add(_name, 1)


def read(form: str) -> Sheet:
    """Read a form given as lines with a bar between the cells."""
    lines = [line.strip() for line in form.strip().splitlines()]
    rows = [Row(tuple(cell.strip() for cell in line.split("|")), n, n, None) for n, line in enumerate(lines, 1)]
    return SheetReader(PARTIES).read(rows)


def test_of_two_wider_names_above_a_finer_one_the_first_is_an_area() -> None:
    draft = read(
        """施策 | ア 水辺の観光
        事業名 | 川辺の周遊
        取組名 | 舟着き場の案内
        取組概要 | 舟着き場に板を立てる。"""
    ).draft
    assert [item.label for item in draft.area] == ["水辺の観光"]
    assert (draft.text("program"), draft.text("title")) == ("川辺の周遊", "舟着き場の案内")


def test_of_two_names_of_one_kind_the_upper_is_the_wider() -> None:
    draft = read(
        """重点プロジェクト名 | 川辺の周遊
        共同事業名 | 舟着き場の案内
        概要 | 舟着き場に板を立てる。"""
    ).draft
    assert (draft.text("program"), draft.text("title")) == ("川辺の周遊", "舟着き場の案内")


def test_bodies_below_a_row_of_municipalities_are_of_the_name_above_each() -> None:
    draft = read(
        """事業名 | 舟着き場の案内
        担当課 | 盛岡市 | 滝沢市
         | 交流推進部観光課 | 観光物産課"""
    ).draft
    assert [(d.municipality, d.path) for d in draft.departments] == [
        ("盛岡市", ("交流推進部", "観光課")),
        ("滝沢市", ("観光物産課",)),
    ]


def test_a_share_is_of_the_town_behind_uchi_and_a_name_that_begins_alike_is_itself() -> None:
    draft = read(
        """事業名 | 舟着き場の案内
        概要 | 舟着き場に板を立てる。
        事業費（千円） | 区分 | 令和6年度 | 令和7年度
         | 総事業費 | 900 | 800
         | うち盛岡市 | 600 | 500
         | 内子町 | 300 | 300"""
    ).draft
    shown = [(row.label, row.municipality, row.amounts["2024"]) for row in draft.budget]
    assert shown == [("総事業費", None, 900), (None, "盛岡市", 600), ("総事業費", "内子町", 300)]
