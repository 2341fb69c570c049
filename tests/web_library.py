"""A small library made by hand, for the tests of the pages: a plan, an agreement, a status list, in our own words."""

from pathlib import Path

import graph.build
import search.build
from ingest.library import Draft, Library
from ingest.records import (
    AnyRecord,
    BasicIndicatorRecord,
    BudgetRow,
    Department,
    FacilityRecord,
    FindingRecord,
    Indicator,
    Measured,
    Period,
    Phase,
    ProjectRecord,
    ScheduleItem,
    Signatory,
    Target,
)
from sample_records import area, article, at, body, document, party, project
from search.documents import search_documents

BASE = "http://renkei.example"
PLAN, AGREEMENT, STATUS = "river-plan-2024", "coast-agreement-2019", "coast-status-2019"

COMMERCE, TRADE = body("千歳市", "産業振興部", "商業労働課"), body("恵庭市", "経済部", "商工労働課")
PLANNING, TOWN = (
    body("千歳市", "企画部", "企画課"),
    body("恵庭市", "企画振興部", "まちづくり拠点整備室", "まちづくり推進課"),
)
TAX_A, TAX_B = body("千歳市", "総務部", "税務課"), body("恵庭市", "総務部", "財務室", "税務課")
GROWTH = ("経済成長のけん引", "産業の育成")
LIFE = ("暮らしの向上", "地域の運営", "事務の共同")
YEARS = ("2024", "2025", "2026", "2027", "2028")


def _sheet(local: str, title: str, line: int, *departments: Department, **facts: object) -> ProjectRecord:
    place = at(line, line + 8, page=line // 10 + 1)
    return project(PLAN, local, line, *departments, source=place, title=title, **facts)


def plan() -> list[AnyRecord]:
    """Return the records of a plan of two cities with seven sheets."""
    roles = {
        "千歳市": "担当者会議を開き、市内の事業者へ知らせる",
        "恵庭市": "担当者会議に加わり、市内の事業者へ知らせる",
    }
    arrow = ScheduleItem(label="担当者会議", marks=dict.fromkeys(YEARS, "→"), phases=(Phase(2024, 2028, "→"),))
    steps = ScheduleItem(
        label="案内の配布",
        marks={"2025": "準備", "2026": "配布"},
        phases=(Phase(2025, 2025, "準備"), Phase(2026, 2026, "配布")),
    )
    money = (
        BudgetRow(
            label=None,
            municipality="千歳市",
            amounts={"2024": 0, "2025": 1250, "2026": None, "2027": None, "2028": None},
        ),
        BudgetRow(
            label=None,
            municipality="恵庭市",
            amounts={"2024": 0, "2025": 830, "2026": None, "2027": None, "2028": None},
        ),
    )
    titles = ("起業の後押し", "販路の開拓", "働き手の確保", "商店街の催し", "特産品の開発")
    sheets = [
        _sheet(
            str(n),
            title,
            10 + n * 10,
            COMMERCE,
            TRADE,
            program="地元企業の支援",
            area=GROWTH,
            overview=f"{title}について両市で情報を持ち寄り、進め方を話し合う。",
            purpose="両市の事業者が互いの強みを生かせるようにする。",
            cost_sharing="それぞれの市が自らの分を負担する。",
            roles=roles,
            schedule=(arrow, steps),
            budget=money,
        )
        for n, title in enumerate(titles, 1)
    ]
    survey = _sheet(
        "7-1",
        "航空写真の共同撮影",
        70,
        TAX_A,
        TOWN,
        TAX_B,
        program="航空写真",
        area=LIFE,
        overview="両市の上空から写真をまとめて撮り、税や都市計画の仕事に使う。",
        roles=roles,
    )
    meeting = _sheet("7-2", "写真の活用に関する勉強会", 80, TAX_A, TAX_B, PLANNING, program="航空写真", area=LIFE)
    return [
        document(
            PLAN,
            source=at(1, 90),
            title="川のまち連携計画（第2期）",
            kind="plan",
            issued="2024-04",
            draft=True,
            period=Period(2024, 2028),
            file="plans/川のまち連携計画.txt",
            sha256="ab" * 32,
            pages=9,
        ),
        party(PLAN, "千歳市", "012246", source=at(2)),
        party(PLAN, "恵庭市", "012319", source=at(2)),
        area(PLAN, "1", 12, "1", GROWTH[0]),
        area(PLAN, "1.a", 13, "a", GROWTH[1]),
        area(PLAN, "3", 14, "3", LIFE[0]),
        area(PLAN, "3.1", 15, "(1)", LIFE[1]),
        area(PLAN, "3.1.c", 16, "c", LIFE[2]),
        *sheets,
        survey,
        meeting,
        FindingRecord(
            id=f"{PLAN}/finding-1",
            document=PLAN,
            source=at(21),
            kind="mismatch",
            where="個票 1 の担当部署",
            says="商業労働課",
            elsewhere="商工労働課",
            subject=f"{PLAN}/1",
            elsewhere_source=at(18),
        ),
        FacilityRecord(
            id=f"{PLAN}/facility-1",
            document=PLAN,
            source=at(9),
            municipality="千歳市",
            category="公園",
            name="川辺の広場",
        ),
    ]


def agreement() -> list[AnyRecord]:
    """Return the records of an agreement of two cities."""
    signatory = Signatory("札幌市長", "見本 太郎")
    return [
        document(
            AGREEMENT,
            source=at(1, 20),
            title="海辺の連携協約書",
            kind="agreement",
            issued="2019-03-29",
            effective="2019-04-01",
            legal_basis=("地方自治法第252条の2第1項",),
            file="海辺の連携協約書.txt",
            sha256="cd" * 32,
        ),
        party(
            AGREEMENT,
            "札幌市",
            "011002",
            source=at(2),
            symbol="甲",
            capacity="連携中枢都市",
            signatory=signatory,
        ),
        party(
            AGREEMENT,
            "石狩市",
            "012351",
            source=at(3),
            symbol="乙",
            capacity="連携市町村",
        ),
        article(AGREEMENT, "1", at(5, 6), "目的", "二つの市が力を合わせることを定める。"),
        project(
            AGREEMENT,
            "row-1",
            12,
            source=at(12, 14),
            number=None,
            branch=None,
            title="浜の催しの共同開催",
            area=GROWTH,
            overview="夏の催しを二つの市で同じ時期に開く。",
            roles={"札幌市": "会場までの案内を出す", "石狩市": "会場を整える"},
        ),
    ]


def status() -> list[AnyRecord]:
    """Return the records of a status list with ratings, one of them shared."""
    marks = ("◎", "○", "△", "×", "-")
    rows: list[AnyRecord] = [
        project(
            STATUS,
            str(n),
            n + 4,
            source=at(n + 4),
            title=f"海辺の取組その{n}",
            area=("経済成長のけん引",),
            overview="浜のにぎわいを増やす。",
            progress="・担当者が集まった\n・案内を出した",
            indicators=(
                Indicator(
                    name="催しの来場者",
                    baseline=Measured(text="1,200人 (2017年度)", value=1200, unit="人", as_of="2017年度"),
                    target=Target(text="2,000人", value=2000, unit="人", due="2023年度"),
                    actual=Measured(text="1,850人"),
                    rating=mark,
                    shared=n == 2,
                ),
                *(
                    (Indicator(name="会議の回数", target=Target(text="2回"), rating=mark, shared=True),)
                    if n == 2
                    else ()
                ),
            ),
        )
        for n, mark in enumerate(marks, 1)
    ]
    return [
        document(
            STATUS,
            source=at(1, 12),
            title="海辺の圏域 2019年度 実施状況",
            kind="status-report",
            issued="2020-02",
            file="海辺の圏域.txt",
            sha256="ef" * 32,
        ),
        party(STATUS, "札幌市", "011002", source=at(1)),
        area(STATUS, "ア", 4, "ア", "経済成長のけん引"),
        BasicIndicatorRecord(
            id=f"{STATUS}/basic-indicator-1",
            document=STATUS,
            source=at(4),
            area=("経済成長のけん引",),
            name="圏域の来訪者",
            baseline=Measured(text="37千人", value=37, unit="千人"),
            rating="-",
        ),
        *rows,
    ]


DOCUMENTS = {PLAN: plan, AGREEMENT: agreement, STATUS: status}


def text_of(records: list[AnyRecord]) -> list[str]:
    """Return lines that stand for the text of records: each names what it holds, cells apart by tabs."""
    last = max(record.source.lines[1] for record in records)
    lines = [f"{n}行目の文\t右のセル" for n in range(1, last + 1)]
    for record in records:
        if isinstance(record, ProjectRecord):
            lines[record.source.lines[0] - 1] = f"No\t{record.number or ''}\t{record.title}"
            lines[record.source.lines[0]] = record.overview or ""
    return lines


def put(draft: Draft, folder: Path, names: tuple[str, ...] = tuple(DOCUMENTS)) -> None:
    """Put sample documents into a draft."""
    for name in names:
        records = DOCUMENTS[name]()
        text = text_of(records)
        original = folder / f"{name}.txt"
        original.write_text("\n".join(text), "utf-8")
        draft.put(records, text, original, "text")


def ingest(library: Library, folder: Path, names: tuple[str, ...] = tuple(DOCUMENTS)) -> None:
    """Make a new state of a library with sample documents, its graph and its index."""
    folder.mkdir(parents=True, exist_ok=True)
    with library.draft() as draft:
        put(draft, folder, names)
        base = draft.base
        records = {name: DOCUMENTS[name]() for name in names}
        triples = graph.build.update(base.graph if base else None, draft.graph, records, (), BASE)
        entries = {name: search_documents(found, text_of(found)) for name, found in records.items()}
        indexed = search.build.update(base.index if base else None, draft.index, entries, ())
        draft.publish(software="test", base=BASE, counts={"triples": triples, "entries": indexed})
