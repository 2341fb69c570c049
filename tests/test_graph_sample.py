"""A small library for the tests of the graph: a plan of two cities, an agreement of one of them with a third."""

from ingest.records import (
    AnyRecord,
    BasicIndicatorRecord,
    BudgetRow,
    FacilityRecord,
    FindingRecord,
    ImplementedItemRecord,
    Indicator,
    Measured,
    MetropolitanAreaRecord,
    ObservationRecord,
    Period,
    Phase,
    ProgressCountRecord,
    ScheduleItem,
    SchemeRowRecord,
    Signatory,
    Target,
    type_of,
)
from sample_records import area, article, at, body, document, party, project

BASE = "http://127.0.0.1:8000"
PLAN, PACT = "hill-plan-2024", "lake-pact-2019"
CHITOSE = ("産業振興部", "商業労働課")
ENIWA = ("経済部", "商工労働課")
SHEETS = ("1", "3", "4", "23-1", "23-2")


def plan() -> list[AnyRecord]:
    """Return a plan with a record of nearly every type."""
    areas = (
        area(PLAN, "1", 10, "1", "経済の成長"),
        area(PLAN, "1.a", 11, "a", "産業"),
        area(PLAN, "2", 12, "2", "暮らし"),
    )
    shared = [
        project(
            PLAN, sheet, 20 + 10 * place, body("千歳市", *CHITOSE), body("恵庭市", *ENIWA), area=("経済の成長", "産業")
        )
        for place, sheet in enumerate(SHEETS)
    ]
    full = project(
        PLAN,
        "7-2",
        80,
        body("千歳市", "スポーツ部", "運動課"),
        body("恵庭市", "福祉部", "健康課"),
        body("恵庭市", *ENIWA),
        title="体育館を互いに使う",
        program="施設の共用",
        area=("暮らし",),
        overview="二つの市の体育館を\n同じ料金で使えるようにする。",
        purpose="運動の機会を増やす。",
        cost_sharing="各市が負担する。",
        roles={"千歳市": "料金を定める。", "恵庭市": "利用者を数える。"},
        schedule=(ScheduleItem(label="調査", marks={"2024": "→"}, phases=(Phase(2024, 2025, "調査"),)),),
        budget=(BudgetRow(label="合計", municipality=None, amounts={"2024": 1136, "2025": None, "2026": 0}),),
        indicators=(
            Indicator(
                name="利用者数",
                baseline=Measured(text="約10人(2015年)", value=10, unit="人", as_of="2015年"),
                target=Target(text="12.50人", value=12.5, unit="人", due="2023年"),
                rating="◎",
                shared=True,
            ),
            Indicator(name="会議の回数", actual=Measured(text="1回", value=1, unit="回"), rating="◎", shared=True),
        ),
    )
    return [
        document(
            PLAN,
            title="丘の計画",
            issued="2024-04",
            draft=True,
            period=Period(2024, 2028),
            legal_basis=("自治法第1条",),
            pages=3,
        ),
        party(PLAN, "千歳市", "012246", capacity="連携市町村"),
        party(PLAN, "恵庭市", "012319", capacity="連携市町村"),
        *areas,
        *shared,
        full,
        project(PLAN, "9", 95, body("千歳市", *CHITOSE), body("千歳市", "福祉部", "福祉課"), area=("暮らし",)),
        *lists(),
    ]


def lists() -> list[AnyRecord]:
    """Return what the plan prints around its sheets."""
    named = (body("千歳市", "広報誌課"),)
    counts = {"2019": 32, "2020": None}
    return [
        SchemeRowRecord(
            id=f"{PLAN}/scheme-row-1", document=PLAN, source=at(15), title="取組その1", number="1", departments=named
        ),
        ProgressCountRecord(
            id=f"{PLAN}/progress-count-1", document=PLAN, source=at(16), status="協議のみ", counts=counts
        ),
        ImplementedItemRecord(
            id=f"{PLAN}/implemented-item-1", document=PLAN, source=at(17), title="朝市", detail="二市で開く"
        ),
        ObservationRecord(
            id=f"{PLAN}/observation-1",
            document=PLAN,
            source=at(18),
            indicator="就業者数",
            municipality="千歳市",
            period="2020-10-01",
            value=3.5,
            unit="千人",
            dimensions={"産業": "農業"},
        ),
        FacilityRecord(
            id=f"{PLAN}/facility-1", document=PLAN, source=at(19), municipality="恵庭市", category="図書館", name="本館"
        ),
        FindingRecord(
            id=f"{PLAN}/finding-1",
            document=PLAN,
            source=at(15),
            kind="mismatch",
            where="担当",
            says="広報誌課",
            elsewhere="広報課",
            subject=f"{PLAN}/1",
            elsewhere_source=at(28),
        ),
    ]


def pact() -> list[AnyRecord]:
    """Return an agreement that shares a city, a department and a law with the plan."""
    signatory = Signatory("札幌市長", "山田")
    return [
        document(
            PACT,
            title="湖の協約",
            kind="agreement",
            issued="2019-03-29",
            effective="2019-04-01",
            legal_basis=("自治法第1条",),
        ),
        party(
            PACT, "札幌市", "011002", symbol="甲", capacity="連携中枢都市", signatory=signatory, address="札幌市中央区"
        ),
        party(PACT, "千歳市", "012246", symbol="乙", signatory=Signatory("千歳市長", None)),
        article(PACT, "3", at(9), "費用", "甲が払う。", "乙も払う。"),
        project(
            PACT,
            "row-1",
            30,
            body("札幌市", "経済局", "観光課"),
            body("千歳市", *CHITOSE),
            number=None,
            branch=None,
            roles={"札幌市": "中心となる。", "千歳市": "協力する。"},
        ),
        BasicIndicatorRecord(
            id=f"{PACT}/basic-indicator-1",
            document=PACT,
            source=at(40),
            area=("観光",),
            name="客の数",
            target=Target(text="4万人", value=40000, unit="人"),
            rating="-",
        ),
        MetropolitanAreaRecord(
            id=f"{PACT}/metropolitan-area-1",
            document=PACT,
            source=at(41),
            core="盛岡市",
            declared="2015-01",
            population=300000,
            area_km2=3642.5,
        ),
    ]


def library() -> dict[str, list[AnyRecord]]:
    """Return both documents by their ids."""
    return {PLAN: plan(), PACT: pact()}


def test_the_sample_has_every_type_of_record_and_no_id_twice() -> None:
    records = [record for each in library().values() for record in each]
    assert len({record.id for record in records}) == len(records)
    assert len({type_of(record) for record in records}) == 13
