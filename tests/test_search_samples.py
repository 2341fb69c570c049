"""A small library to search, written for these tests: a plan, a report, an agreement, and a text of no known form."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import search
from ingest.records import (
    AnyRecord,
    ArticleRecord,
    BudgetRow,
    Department,
    DocumentRecord,
    FacilityRecord,
    Indicator,
    Kind,
    Measured,
    PartyRecord,
    Period,
    ProjectRecord,
    ScheduleItem,
    Source,
)
from search.build import update
from search.documents import search_documents
from search.index import Index
from search.indexes import INDEXES
from search.model import Page, SearchDocument
from search.query import parse


def source(first: int, last: int | None = None) -> Source:
    return Source(None, (first, last or first))


def head(document: str, title: str, kind: Kind, **more: object) -> DocumentRecord:
    known: dict[str, Any] = {"file": f"{document}.txt", "media_type": "text/plain", "sha256": "0" * 64, **more}
    return DocumentRecord(id=document, document=document, source=source(1, 40), title=title, kind=kind, **known)


def party(document: str, municipality: str, code: str) -> PartyRecord:
    return PartyRecord(
        id=f"{document}/party-{code}", document=document, source=source(1), municipality=municipality, code=code
    )


def project(document: str, local: str, title: str, lines: tuple[int, int], **more: object) -> ProjectRecord:
    return ProjectRecord(id=f"{document}/{local}", document=document, source=source(*lines), title=title, **more)  # type: ignore[arg-type]


def unit(municipality: str, *path: str) -> Department:
    return Department(municipality=municipality, path=path, raw="".join(path))


LIFE = ("生活機能の強化", "地域の情報")
PLAN_LINES = (
    "二つの市の計画",
    "",
    "はじめに書く言葉として水素の話をする。",
    "空からの調査",
    "地図づくりに使う",
    "広報の棚",
    "両館に置く",
    "ポスター",
    "壁に貼る",
    "ごみの話",
    "焼却する",
    "まとめの頁",
)
PLAN: Sequence[AnyRecord] = (
    head("plan", "二市の連携計画", "plan", issued="2024-04", period=Period(2024, 2028)),
    party("plan", "千歳市", "012246"),
    party("plan", "恵庭市", "012319"),
    project(
        "plan",
        "10",
        "航空写真の共同撮影",
        (4, 5),
        number="10",
        area=("圏域の運営", "その他"),
        program="写真の整備",
        overview="家屋や道路を空から撮り、㍿ラピダスの周辺も写す。ﾗﾋﾟﾀﾞｽの工場も。",
        purpose="撮影を一度で済ませ、双方の出費を抑える。",
        departments=(unit("千歳市", "総務部", "税務課"), unit("恵庭市", "総務部", "財務室", "税務課")),
        budget=(BudgetRow(label="委託料", municipality="千歳市", amounts={"2024": 300, "2025": None}),),
    ),
    project(
        "plan",
        "7-1",
        "公共施設への広報誌の相互配架",
        (6, 7),
        number="7",
        branch="①",
        area=LIFE,
        program="お互いの知らせ",
        overview="広報誌を隣の市の図書館にも並べる取組。",
        roles={"千歳市": "棚を空ける", "恵庭市": "本を運ぶ"},
        departments=(unit("千歳市", "企画部", "広報広聴課"), unit("恵庭市", "企画振興部", "広報課")),
    ),
    project(
        "plan",
        "7-2",
        "イベントポスターの相互掲示",
        (8, 9),
        number="7",
        branch="②",
        area=LIFE,
        program="お互いの知らせ",
        overview="祭りの知らせを隣の駅にも貼る。",
        departments=(unit("千歳市", "観光スポーツ部", "観光課"), unit("恵庭市", "企画振興部", "広報課")),
        schedule=(ScheduleItem(label="掲示", marks={"2026": "→"}),),
    ),
    project(
        "plan",
        "9",
        "有害鳥獣等の廃棄物にかかる処理",
        (10, 11),
        number="9",
        area=LIFE,
        overview="死んだ鹿を一か所で焼く。",
        budget=(BudgetRow(label="合計", municipality=None, amounts={"2024": 50}),),
        departments=(unit("千歳市", "市民環境部", "廃棄物管理課"),),
    ),
)
REPORT_LINES = ("圏域の一覧", "40 航空写真の共同撮影 調べる", "41 高齢者の集い 催す", "42 体育施設の共同利用 泳ぐ")
REPORT: Sequence[AnyRecord] = (
    head("report", "圏域の実施状況 2019年度", "status-report", issued="2020-03-31"),
    project(
        "report",
        "40",
        "航空写真の共同撮影",
        (2, 2),
        number="40",
        overview="撮り方を調べて決める。",
        indicators=(Indicator(name="撮影の回数", actual=Measured(text="2回", as_of="2019年度"), rating="◎"),),
    ),
    project(
        "report",
        "41",
        "高齢者の集い",
        (3, 3),
        number="41",
        overview="高齢者が語り合う場を札幌市で開く。",
        indicators=(Indicator(name="参加した人", rating="△"), Indicator(name="開いた日数", rating="◎")),
    ),
    project(
        "report", "42", "体育施設の共同利用", (4, 4), number="42", overview="お年寄りも子どもも泳げるプールを開ける。"
    ),
)
AGREEMENT_LINES = ("連携の約束", "第1条 この約束は甲と乙の仕事を定める。", "第2条 費用は話し合って分ける。")
AGREEMENT: Sequence[AnyRecord] = (
    head("pact", "札幌市及び石狩市の連携協約", "agreement", effective="2019-04-01"),
    party("pact", "札幌市", "011002"),
    party("pact", "石狩市", "012351"),
    ArticleRecord(
        id="pact/article-1",
        document="pact",
        source=source(2),
        number="1",
        heading="目的",
        paragraphs=("この約束は甲と乙の仕事を定める。",),
    ),
    ArticleRecord(
        id="pact/article-2",
        document="pact",
        source=source(3),
        number="2",
        heading="費用の分担",
        paragraphs=("費用は話し合って分ける。",),
    ),
)
OTHER_LINES = ("町の便り", "川辺で蛍を見る会を開きます。", "", "申込みは役場まで。 ０１２３－４５")
OTHER: Sequence[AnyRecord] = (
    head("letter", "町の便り", "other"),
    FacilityRecord(id="letter/facility-1", document="letter", source=source(2), category="水辺", name="ほたる橋"),
)

LIBRARY: Mapping[str, tuple[Sequence[AnyRecord], Sequence[str]]] = {
    "plan": (PLAN, PLAN_LINES),
    "report": (REPORT, REPORT_LINES),
    "pact": (AGREEMENT, AGREEMENT_LINES),
    "letter": (OTHER, OTHER_LINES),
}


def entries(*documents: str) -> dict[str, list[SearchDocument]]:
    return {name: search_documents(*LIBRARY[name]) for name in documents or LIBRARY}


def ask(index: Index, text: str, *filters: tuple[str, str], **more: object) -> Page:
    return index.search(parse(text, filters=filters, **more))  # type: ignore[arg-type]


def ids(page: Page) -> list[str]:
    return [hit.id for hit in page.hits]


@pytest.fixture(scope="module", params=sorted(INDEXES))
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The samples, kept by each engine in turn: all tests of search go through all of them."""
    path: Path = tmp_path_factory.mktemp("library") / "index"
    update(None, path, entries(), engine=request.param)
    opened = search.open_index(path)
    yield opened
    opened.close()


def test_every_entry_of_the_samples_is_in_the_index(index: Index) -> None:
    assert index.count == sum(map(len, entries().values()))
    assert ask(index, "").total == index.count


def test_ids_of_entries_are_unique() -> None:
    listed = [entry.id for documents in entries().values() for entry in documents]
    assert len(listed) == len(set(listed))
