"""The published documents and our renditions of them give the same facts.

The facts were read off the published documents by eye; each test names the trap that it stands for.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from corpus import CORPUS, SAMPLES, STEMS, read_file
from ingest.records import (
    AreaRecord,
    ArticleRecord,
    BasicIndicatorRecord,
    DocumentRecord,
    FacilityRecord,
    FindingRecord,
    ImplementedItemRecord,
    MetropolitanAreaRecord,
    ObservationRecord,
    PartyRecord,
    ProgressCountRecord,
    ProjectRecord,
    Record,
    SchemeRowRecord,
    type_of,
)
from ingest.text import clean

PLAN = "chitose-eniwa-plan-2024"
STATUS = "sapporo-status-2019"
BRIEFING = "sapporo-briefing-2018"
ISHIKARI = "sapporo-ishikari-agreement-2019"
BIBAI = "iwamizawa-bibai-agreement-2025"

T = TypeVar("T", bound=Record)
Read = Callable[[str], list[Record]]


@cache
def _records(path: Path) -> list[Record]:
    return read_file(path)


@pytest.fixture(params=["published", "rendition"])
def read(request: pytest.FixtureRequest) -> Read:
    """Read a document by its stem, once as published and once in our rendition."""
    folder = CORPUS if request.param == "published" else SAMPLES
    if not folder.is_dir():
        pytest.skip("the published documents are not beside the project")
    return lambda stem: _records(folder / f"{stem}.txt")


def of(records: list[Record], kind: type[T]) -> list[T]:
    """Return the records of one type."""
    return [r for r in records if isinstance(r, kind)]


def project(records: list[Record], local: str) -> ProjectRecord:
    """Return the project of a local id."""
    return next(p for p in of(records, ProjectRecord) if p.id.endswith(f"/{local}"))


@pytest.mark.parametrize(
    ("stem", "counts"),
    [
        (
            PLAN,
            {
                "party": 2,
                "area": 25,
                "project": 39,
                "scheme_row": 39,
                "progress_count": 3,
                "implemented_item": 11,
                "observation": 223,
            },
        ),
        (STATUS, {"area": 6, "project": 40, "basic_indicator": 4}),
        (BRIEFING, {"party": 12, "project": 10, "metropolitan_area": 7, "observation": 175, "facility": 30}),
        (ISHIKARI, {"party": 2, "article": 6, "area": 6, "project": 22}),
        (BIBAI, {"party": 2, "article": 7, "area": 23, "project": 33}),
    ],
)
def test_every_record_is_found_once(read: Read, stem: str, counts: dict[str, int]) -> None:
    records = read(stem)
    found = Counter(type_of(r) for r in records)
    assert {name: found[name] for name in counts} == counts
    assert len({r.id for r in records}) == len(records)


@pytest.mark.parametrize(
    ("stem", "facts"),
    [
        (PLAN, ("plan", "2024-04", None, True, (2024, 2028))),
        (STATUS, ("status-report", None, None, False, (2019, 2019))),
        (BRIEFING, ("briefing", "2018-07-23", None, False, None)),
        (ISHIKARI, ("agreement", "2019-03-29", "2019-04-01", False, None)),
        (BIBAI, ("settlement-agreement", "2025-03-26", None, False, None)),
    ],
)
def test_a_document_says_what_it_is_and_when(read: Read, stem: str, facts: tuple[object, ...]) -> None:
    (record,) = of(read(stem), DocumentRecord)
    period = (record.period.from_fy, record.period.to_fy) if record.period else None
    assert (record.kind, record.issued, record.effective, record.draft, period) == facts


def test_parties_have_symbols_signatories_and_addresses(read: Read) -> None:
    first, second = of(read(ISHIKARI), PartyRecord)
    assert (first.municipality, first.code, first.symbol) == ("札幌市", "011002", "甲")
    assert second.signatory
    assert (second.signatory.office, second.signatory.name, second.address) == (
        "石狩市長",
        "田中吉久",
        "石狩市花川北6条1丁目30番地2",
    )


def test_a_capacity_is_taken_from_the_wording_and_a_surname_alone_is_kept(read: Read) -> None:
    first, second = of(read(BIBAI), PartyRecord)
    assert (first.capacity, second.capacity) == ("中心市", None)
    assert second.signatory
    assert second.signatory.name == "桜井"


def test_the_law_that_an_agreement_rests_on_is_cited_as_printed(read: Read) -> None:
    assert of(read(ISHIKARI), DocumentRecord)[0].legal_basis == ("地方自治法(昭和22年法律第67号)第252条の2第1項",)
    assert of(read(BIBAI), DocumentRecord)[0].legal_basis == (
        "定住自立圏構想推進要綱(平成20年12月26日付け総行応第39号総務事務次官通知)第4",
    )


def test_articles_have_their_headings_and_paragraphs(read: Read) -> None:
    articles = {a.number: a for a in of(read(BIBAI), ArticleRecord)}
    assert [a.heading for a in articles.values()][:2] == ["目的", "基本方針"]
    assert {number: len(a.paragraphs) for number, a in articles.items()} == {
        "1": 1,
        "2": 1,
        "3": 1,
        "4": 3,
        "5": 1,
        "6": 3,
        "7": 1,
    }


def test_a_row_cut_by_a_page_is_joined(read: Read) -> None:
    cut = next(p for p in of(read(ISHIKARI), ProjectRecord) if p.title == "災害対策")
    other = next(
        p for p in of(read(ISHIKARI), ProjectRecord) if p.title == "その他結びつきやネットワークの強化に関する連携"
    )
    for record in (cut, other):
        assert record.overview
        assert all(text.endswith("。") for text in (record.overview, *record.roles.values()))
        assert set(record.roles) == {"札幌市", "石狩市"}


def test_the_annex_gives_its_areas_from_its_heading(read: Read) -> None:
    third = [p.area for p in of(read(BIBAI), ProjectRecord)][-1]
    assert third == (
        "資源制約に対応するための圏域マネジメント等に係る政策分野",
        "資源制約に対応するための圏域マネジメント等に係るその他の分野",
    )


def test_a_label_printed_in_the_wrong_place_does_not_hide_the_name(read: Read) -> None:
    records = read(PLAN)
    assert [project(records, n).title for n in ("2", "7-3", "22")] == [
        "両市における半導体関連産業等の集積に係る連携",
        "えにわファミリーガーデン「りりあ」の施設利用に関する連携",
        "外国人住民の受入れ環境整備に関する情報共有",
    ]
    subjects = [f.subject for f in of(records, FindingRecord) if f.kind == "label"]
    assert subjects == [f"{PLAN}/{n}" for n in ("2", "7-3", "22")]


@pytest.mark.parametrize(
    ("local", "rows"),
    [
        ("1", [(None, None, [0, None, None, None, None])]),
        ("9", [(None, None, [0, 0, 0, 0, 0])]),
        ("7-2", [(None, None, [1136, None, None, None, None])]),
        ("11-2", [("参加者損害保険、バス借り上げ", None, [36] * 5)]),
        ("12", [("協議会への負担金", "千歳市", [330] * 5), ("協議会への負担金", "恵庭市", [320] * 5)]),
        ("21", [(None, None, [0] * 5)]),
        ("22", [(None, None, [0, None, None, None, None])]),
        ("26-1", [(None, None, [None] * 5)]),
        ("28", [(None, None, [0, 0, 18224, 0, 0])]),
    ],
)
def test_a_zero_is_no_dash_and_shifted_amounts_find_their_years(read: Read, local: str, rows: list[object]) -> None:
    found = project(read(PLAN), local).budget
    assert [(r.label, r.municipality, [r.amounts[str(y)] for y in range(2024, 2029)]) for r in found] == rows


def test_phases_are_read_from_the_words_beside_the_arrows(read: Read) -> None:
    (row,) = project(read(PLAN), "23-2").schedule
    assert [(p.from_fy, p.to_fy, p.label) for p in row.phases] == [(2024, 2025, "準備・検討"), (2026, 2028, "実施")]
    (row,) = project(read(PLAN), "28").schedule
    assert [(p.from_fy, p.to_fy, p.label) for p in row.phases] == [
        (2024, 2025, "調査・研究"),
        (2026, 2026, "撮影実施"),
        (2027, 2028, "調査・研究"),
    ]


def test_the_scheme_and_the_sheets_are_compared_and_only_real_differences_are_named(read: Read) -> None:
    pairs = {
        (f.says, f.elsewhere)
        for f in of(read(PLAN), FindingRecord)
        if f.where.startswith("体系図") and "担当" in f.where
    }
    assert pairs == {
        ("企画部広報誌課", "企画部広報広聴課"),
        ("水道局上水道課", "水道部上水道課"),
        ("建設部專業庶務課", "建設部事業庶務課"),
    }


def test_a_mark_alone_is_named_by_the_sheets_and_shifted_cells_fall_into_place(read: Read) -> None:
    rows = {(r.number, r.branch): r for r in of(read(PLAN), SchemeRowRecord)}
    assert rows["21", None].area == (
        "圏域全体の生活関連機能サービスの向上",
        "結びつきやネットワークの強化",
        "連携による地産地消",
    )
    assert rows["18", None].program == "災害時における連携の推進"
    assert [d.path[-1] for d in rows["6", None].departments] == ["企画課", "公立大学政策課", "科学技術振興課", "企画課"]


def test_progress_counts_are_keyed_by_year_and_a_table_printed_twice_counts_once(read: Read) -> None:
    counts = {c.status: c.counts for c in of(read(PLAN), ProgressCountRecord)}
    assert counts["連携事業実施"] == {"2019": 7, "2020": 5, "2021": 7, "2022": 10, "2023": 11}


def test_items_carried_out_are_listed(read: Read) -> None:
    assert of(read(PLAN), ImplementedItemRecord)[-1].title == "航空写真の共同撮影"


def test_statistics_know_place_time_unit_and_dimension(read: Read) -> None:
    found = {
        (o.indicator, o.municipality, o.period, tuple(o.dimensions.items())): (o.value, o.unit)
        for o in of(read(PLAN), ObservationRecord)
    }
    assert found["総人口", "恵庭市", "2020", ()] == (70282, None)
    assert found["高齢者人口割合", "千歳市", "2040", ()] == (28.3, "%")
    assert found["民営事業所数", "千歳市", "2021", (("産業", "第3次産業"),)] == (1986, None)
    assert found["医師数", "恵庭市", "2020", ()] == (119, "人")  # of two sources, the one that speaks of doctors
    assert found["医療施設数", "恵庭市", "2021", (("区分", "一般診療所"),)] == (36, "施設")


def test_a_note_mark_dates_its_column_and_a_merged_name_holds_for_its_rows(read: Read) -> None:
    found = {
        (o.indicator, o.municipality, o.dimensions.get("区分")): o
        for o in of(read(BRIEFING), ObservationRecord)
        if "範囲" not in o.dimensions
    }
    assert found["医療施設数", "石狩市", None].period == "2015-10-01"
    assert found["医療施設数", "石狩市", "病院"].period == "2015-10-01"
    assert found["医師数", "石狩市", None].period == "2014"
    assert found["人口10万人あたり医師数", "石狩市", None].period is None
    assert found["医師数", "石狩市", None].dimensions == {"二次医療圏": "札幌 (江別保健所)"}
    assert found["医師数", None, None].dimensions == {}


def test_figures_of_a_name_that_no_municipality_has_are_not_given_to_another(read: Read) -> None:
    (odd,) = [o for o in of(read(BRIEFING), ObservationRecord) if o.dimensions.get("市町村") == "美幌市"]
    assert odd.municipality is None


def test_a_list_of_names_gives_one_facility_a_name(read: Read) -> None:
    facilities = of(read(PLAN), FacilityRecord)
    ministries = Counter(f.group for f in facilities if f.category == "行政機関" and f.municipality == "千歳市")
    assert ministries["法務省"] == 3
    assert "千歳・恵庭地域援護センター" in {f.name for f in facilities}
    assert sum(f.category == "高等教育機関" for f in facilities) == 9


def test_a_heading_printed_in_the_middle_of_its_rows_holds_them_all(read: Read) -> None:
    records = read(STATUS)
    assert project(records, "16").area == ("圏域全体の生活関連機能サービスの向上", "生活機能の強化")
    assert project(records, "31").area == ("圏域全体の生活関連機能サービスの向上", "結びつきやネットワークの強化")
    assert [a.notation for a in of(records, AreaRecord) if a.level == 1] == ["ア", "イ", "ウ"]


def test_shifted_rows_of_a_list_keep_their_number_and_name(read: Read) -> None:
    records = read(STATUS)
    assert project(records, "9").title == "MICE誘致の推進"
    assert project(records, "15").title == "公共施設の相互利用や配置に関する検討"
    assert len(project(records, "15").indicators) == 2


def test_several_indicators_of_one_cell_have_their_own_figures(read: Read) -> None:
    indicators = project(read(STATUS), "34").indicators
    assert [(i.name, i.actual and i.actual.value, i.rating) for i in indicators] == [
        ("体験付き仕事説明会来場者の就業者数", 346, "◎"),
        ("高校生向けイベントの参加人数", 6425, "◎"),
        ("合同企業説明会の参加人数", 101, "◎"),
    ]
    shared = project(read(STATUS), "2").indicators
    assert [(i.rating, i.shared) for i in shared] == [("◎", True), ("◎", True)]


def test_indicators_of_an_area_stand_apart_from_those_of_projects(read: Read) -> None:
    found = of(read(STATUS), BasicIndicatorRecord)
    assert [(i.name, i.baseline and i.baseline.value) for i in found] == [
        ("圏域内民営事業所売上", 27_900_000_000_000),
        ("観光入込客数", 37076),
        ("札幌駅の乗車人員数", 189932),
        ("20~29歳人口における道外への社会増減数", -2805),
    ]


def test_a_name_that_no_municipality_has_is_reported_with_the_nearest(read: Read) -> None:
    (finding,) = [f for f in of(read(BRIEFING), FindingRecord) if f.where == "市町村名"]
    assert finding.says == "美幌市"
    assert finding.elsewhere
    assert "美唄市" in finding.elsewhere


def test_totals_that_do_not_add_up_are_reported(read: Read) -> None:
    sums = [f.says for f in of(read(BRIEFING), FindingRecord) if f.kind == "count"]
    assert sums == ["87,046", "87,799", "90,426", "93,056"]


def test_an_overview_printed_in_two_rows_is_reported_at_both(read: Read) -> None:
    subjects = {f.subject for f in of(read(STATUS), FindingRecord) if "事業概要" in f.where}
    assert subjects == {f"{STATUS}/28", f"{STATUS}/31"}


def test_ratings_that_the_figures_bear_out_or_that_only_expect_are_not_reported(read: Read) -> None:
    assert [f for f in of(read(STATUS), FindingRecord) if f.where.endswith(" 評価")] == []


def test_a_pillar_misread_and_a_mark_for_a_letter_are_reported(read: Read) -> None:
    (pillar,) = [f for f in of(read(STATUS), FindingRecord) if f.where == "分野の名称"]
    assert pillar.says == "ネット機能の強化"
    (mark,) = [f for f in of(read(PLAN), FindingRecord) if f.where == "分野の記号"]
    assert mark.says
    assert mark.elsewhere
    assert (mark.says[0], mark.elsewhere[0]) == ("○", "c")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="only the published document has the slip")
def test_an_overview_that_repeats_its_own_purpose_is_reported() -> None:
    plan = of(_records(CORPUS / f"{PLAN}.txt"), FindingRecord)
    assert [f.subject for f in plan if f.where.endswith(" 事業概要")] == [f"{PLAN}/14-2"]


def test_other_areas_have_dates_population_and_size(read: Read) -> None:
    found = {m.core: m for m in of(read(BRIEFING), MetropolitanAreaRecord)}
    assert (found["広島市"].declared, found["広島市"].population, found["広島市"].area_km2) == (
        "2016-02-15",
        2324756,
        6356.14,
    )
    assert found["札幌市"].declared is None
    assert found["熊本市"].members == "4市10町2村"


def test_existing_joint_undertakings_of_a_briefing_are_projects(read: Read) -> None:
    titles = [p.title for p in of(read(BRIEFING), ProjectRecord)]
    assert titles[:2] == ["政策マーケティングリサーチ研修", "救急安心センターさっぽろの広域展開"]
    assert all(p.area is None and p.overview for p in of(read(BRIEFING), ProjectRecord))


def _facts(record: ProjectRecord) -> tuple[object, ...]:
    """What a rendition must keep: names, numbers, bodies, years of marks, amounts, figures, ratings."""
    indicators = [
        (i.name, i.rating, i.shared, *(v and (v.value, v.unit) for v in (i.baseline, i.target, i.actual)))
        for i in record.indicators
    ]
    return (
        record.number,
        record.branch,
        record.program,
        record.title,
        record.area,
        [(d.municipality, d.path) for d in record.departments],
        [(sorted(s.marks), [(p.from_fy, p.to_fy, p.label) for p in s.phases]) for s in record.schedule],
        [(b.label, b.municipality, b.amounts) for b in record.budget],
        indicators,
        sorted(record.roles),
    )


@pytest.mark.parametrize("stem", STEMS)
def test_our_rendition_states_the_facts_of_the_published_document(corpus: Path, stem: str) -> None:
    ours, theirs = _records(SAMPLES / f"{stem}.txt"), _records(corpus / f"{stem}.txt")
    assert [_facts(p) for p in of(ours, ProjectRecord)] == [_facts(p) for p in of(theirs, ProjectRecord)]
    for kind in (
        DocumentRecord,
        PartyRecord,
        AreaRecord,
        ObservationRecord,
        MetropolitanAreaRecord,
        SchemeRowRecord,
        ProgressCountRecord,
    ):
        assert [_placeless(r) for r in of(ours, kind)] == [_placeless(r) for r in of(theirs, kind)]
    assert Counter((f.category, f.name) for f in of(ours, FacilityRecord)) == Counter(
        (f.category, f.name) for f in of(theirs, FacilityRecord)
    )


def _placeless(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__ if name not in ("source", "sha256")}


@pytest.mark.parametrize("stem", STEMS)
def test_every_text_of_a_project_stands_in_its_lines(read: Read, stem: str) -> None:
    folder = CORPUS if CORPUS.is_dir() and _records(CORPUS / f"{stem}.txt") is read(stem) else SAMPLES
    lines = (folder / f"{stem}.txt").read_text("utf-8").split("\n")
    for record in of(read(stem), ProjectRecord):
        first, last = record.source.lines
        text = _squeezed("\n".join(lines[first - 1 : last]))
        for value in (
            record.title,
            record.overview,
            record.purpose,
            record.cost_sharing,
            *(i.name for i in record.indicators),
        ):
            assert value is None or all(_squeezed(piece) in text for piece in value.split("。"))


def _squeezed(text: str) -> str:
    return clean(text).replace(" ", "")
