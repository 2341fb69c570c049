"""The parts that pages are made of: windows, dates, tables, matrices, the directory, words, colours."""

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from werkzeug.datastructures import MultiDict

import web
from ingest.library import Library
from ingest.records import DocumentRecord, Period, Phase, ProjectRecord, ScheduleItem, Source
from web.directory import Directory
from web.errors import BadParameter
from web.i18n import LANGUAGES, catalogue
from web.pages.dates import era_year, fiscal_year, long_date
from web.pages.documents import SHOWN_LINES, marked_lines, text_part
from web.pages.frame import language_of
from web.pages.matrix import Head, tabulate
from web.pages.paging import Window, link_header, whole_number, window
from web.pages.sheet import ARROW, schedule_table
from web.sharing import count
from web_library import AGREEMENT, PLAN, ingest, put

WEB = Path(web.__file__).parent


@given(total=st.integers(0, 300), limit=st.integers(1, 100))
def test_following_next_passes_every_item_once(total: int, limit: int) -> None:
    items, seen, offset = list(range(total)), [], 0
    while True:
        paged = Window(limit, offset).cut(items)
        seen += paged.items
        if "next" not in paged.offsets:
            break
        offset = paged.offsets["next"]
    assert seen == items
    assert paged.offsets["last"] == (paged.pages - 1) * limit


@given(total=st.integers(0, 5000), limit=st.integers(1, 100), page=st.integers(0, 49))
def test_numbered_pages_always_hold_the_first_the_last_and_this_one(total: int, limit: int, page: int) -> None:
    paged = Window(limit, page * limit).cut(range(total))
    numbers = [entry[0] for entry in paged.numbered if entry]
    assert {1, paged.pages} <= set(numbers)
    assert numbers == sorted(numbers)
    assert len(numbers) <= 7


@pytest.mark.parametrize("text", ["0", "101", "-1", "1.5", "１０", "٣", "x", "9" * 5000])
def test_a_limit_that_is_no_number_from_1_to_the_maximum_is_refused(text: str) -> None:
    with pytest.raises(BadParameter):
        window({"limit": text})


def test_a_window_beyond_the_end_shows_nothing_and_leads_back_to_the_last_page() -> None:
    paged = Window(20, 99_980).cut(range(29))
    assert (paged.first, paged.last, paged.offsets["prev"]) == (0, 0, 20)


def test_a_limit_that_is_not_given_is_the_default() -> None:
    assert window({}) == Window(20, 0)
    assert window({"limit": "", "offset": "40"}) == Window(20, 40)
    assert whole_number({"n": "7"}, "n", 1, 1, 9) == 7


def test_link_headers_keep_the_query_and_change_the_window() -> None:
    args = MultiDict([("q", "写真"), ("municipality", "012246"), ("municipality", "012319"), ("offset", "20")])
    header = link_header("http://x/search", args, Window(20, 20).cut(range(50)))
    assert 'municipality=012246&municipality=012319&limit=20&offset=40>; rel="next"' in header
    assert 'offset=0>; rel="prev"' in header


@pytest.mark.parametrize(
    ("day", "era"),
    [
        (date(2019, 4, 30), "平成31"),
        (date(2019, 5, 1), "令和元"),
        (date(2024, 4, 1), "令和6"),
        (date(1989, 1, 7), "昭和64"),
        (date(1900, 1, 1), "1900"),
    ],
)
def test_a_day_has_the_era_that_was_in_force(day: date, era: str) -> None:
    assert era_year(day) == era


def test_years_and_dates_are_shown_by_era_and_by_year() -> None:
    assert fiscal_year(2019) == "令和元年度（2019年度）"
    assert fiscal_year("2018") == "平成30年度（2018年度）"
    assert fiscal_year(2024, "en") == "FY2024 (Reiwa 6)"
    assert fiscal_year(2019, "en") == "FY2019 (Reiwa 1)"
    assert long_date("2019-03-29") == '<time datetime="2019-03-29">平成31（2019）年3月29日</time>'
    assert long_date("2024-04") == '<time datetime="2024-04">令和6（2024）年4月</time>'
    assert long_date("2019-03-29", "en") == '<time datetime="2019-03-29">29 March 2019</time>'
    assert long_date(None) == ""


@pytest.mark.parametrize("mark", ["→", "—————▶", "――→", "-> ", "⇒"])
def test_a_mark_of_lines_and_an_arrow_says_that_work_goes_on(mark: str) -> None:
    assert ARROW.fullmatch(mark)


@pytest.mark.parametrize("mark", ["-", "—", "準備 →", "○", ""])
def test_other_marks_are_shown_as_printed(mark: str) -> None:
    assert not ARROW.fullmatch(mark)


def _project(*items: ScheduleItem) -> ProjectRecord:
    return ProjectRecord(id="d/1", document="d", source=Source(None, (1, 1)), title="催し", schedule=items)


def _document(period: Period | None) -> DocumentRecord:
    return DocumentRecord(
        id="d",
        document="d",
        source=Source(None, (1, 9)),
        title="計画",
        kind="plan",
        file="d.txt",
        media_type="text/plain",
        sha256="0",
        period=period,
    )


def test_a_schedule_spans_the_years_of_the_plan_and_names_a_phase_where_it_begins() -> None:
    item = ScheduleItem(
        label="会議", marks={"2024": "準備"}, phases=(Phase(2024, 2025, "準備"), Phase(2026, 2027, "実施"))
    )
    table = schedule_table(_project(item), _document(Period(2024, 2028)))
    assert table is not None
    assert table.years == ["2024", "2025", "2026", "2027", "2028"]
    assert [cell.text for cell in table.rows[0].cells] == ["準備", "", "実施", "", ""]
    assert [cell.running for cell in table.rows[0].cells] == [True, True, True, True, False]


def test_a_schedule_without_any_year_still_shows_its_items() -> None:
    table = schedule_table(_project(ScheduleItem(label="会議", marks={})), _document(None))
    assert table is not None
    assert (table.years, [row.label for row in table.rows]) == ([], ["会議"])
    assert schedule_table(_project(), _document(None)) is None


def test_the_text_of_a_long_document_comes_in_parts_that_hold_the_lines_asked_for() -> None:
    text = [f"行{n}" for n in range(1, 3 * SHOWN_LINES)]
    part = text_part(text, [], marked_lines(f"{SHOWN_LINES + 5}-{SHOWN_LINES + 6}"), None)
    assert part.lines[0].number == SHOWN_LINES + 1
    assert [line.number for line in part.lines if line.marked] == [SHOWN_LINES + 5, SHOWN_LINES + 6]
    assert (part.before, part.after) == (1, 2 * SHOWN_LINES + 1)


@pytest.mark.parametrize("text", ["x", "3-", "-3", "5-4", "1-2-3", "１"])
def test_lines_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(BadParameter):
        marked_lines(text)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("1234")), max_size=30))
def test_totals_of_a_matrix_count_each_project_once(entries: list[tuple[str, str, str]]) -> None:
    heads = (lambda key: Head(key, key),) * 2
    table = tabulate(count(entries), "abxyz", "abxyz", heads, lambda _a, _b: None)
    assert table.total == len({project for _, _, project in entries})
    for row in table.rows:
        assert row.total == len({project for key, _, project in entries if key == row.head.key})
        assert max(cell.projects for cell in row.cells) <= row.total <= sum(cell.projects for cell in row.cells)


def test_a_directory_knows_each_level_of_a_department_and_the_code_of_each_name(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    with library.draft() as draft:
        put(draft, tmp_path)
        state = draft.publish(software="test", base="http://x", counts={})
    directory = Directory(state)
    top = directory.departments["012319/企画振興部"]
    assert [unit.id for unit in directory.below(top.id)][
        -1
    ] == "012319/企画振興部/まちづくり拠点整備室/まちづくり推進課"
    assert directory.municipality_key("恵庭市", PLAN) == "012319"
    assert list(directory.municipalities) == ["011002", "012246", "012319", "012351"]
    assert directory.years == ["2024", "2025", "2026", "2027", "2028"]


@pytest.mark.parametrize(
    ("path", "language"), [("/", "ja"), ("/en", "en"), ("/en/", "en"), ("/english", "ja"), ("/entry/en/", "ja")]
)
def test_the_first_part_of_an_address_names_the_language(path: str, language: str) -> None:
    assert language_of(path) == language


def test_the_catalogues_have_the_same_words_with_the_same_places() -> None:
    words = [catalogue(language).words for language in LANGUAGES]
    assert words[0].keys() == words[1].keys()
    for name in words[0]:
        places = [_places(word) for word in (words[0][name], words[1][name])]
        assert places[0] == places[1], name


def _places(word: object) -> set[str]:
    texts = word.values() if isinstance(word, dict) else [word]
    return {place for text in texts for _, place, _, _ in Formatter().parse(str(text)) if place}


def test_every_word_that_a_template_or_view_names_is_in_the_catalogue() -> None:
    known = catalogue("ja")
    calls = re.compile(r"""\b(?:t|say)\(["']([a-z_.0-9-]+)["'](?=[,)])""")
    named = {
        name
        for path in WEB.rglob("*")
        if path.suffix in {".html", ".py"}
        for name in calls.findall(path.read_text("utf-8"))
    }
    assert len(named) > 150
    assert not [name for name in named if not known.knows(name)]


def test_one_and_many_are_told_apart_where_a_language_does() -> None:
    english = catalogue("en")
    assert english.say("count.documents", n=1) == "document"
    assert english.say("count.documents", n=2) == "documents"


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STYLE = (WEB / "static" / "renkei.css").read_text("utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *(
            (ink, "white")
            for ink in (
                "ink",
                "ink-heading",
                "ink-soft",
                "link",
                "link-visited",
                "link-active",
                "success",
                "error",
                "warning",
                "primary",
            )
        ),
        *(
            (ink, ground)
            for ink in ("ink", "ink-soft", "link", "link-visited")
            for ground in ("ground-soft", "ground-blue", "mark")
        ),
        *((f"{name}-ink", f"{name}-ground") for name in ("green", "blue", "yellow", "red", "gray")),
        *(("white", ground) for ground in ("primary", "primary-hover", "primary-active")),
        ("ink-heading", "ground-head"),
        ("ink-soft", "ground-head"),
    ],
)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert _contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_borders_of_fields_stand_out_from_the_page() -> None:
    assert _contrast(COLOURS["line-input"], COLOURS["white"]) >= 3


def test_the_style_sheet_asks_nothing_of_other_sites_and_sets_no_text_below_14_pixels() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;]*?([0-9.]+)rem", STYLE)]
    assert min(sizes) >= 0.875


def test_documents_of_one_title_are_told_apart_by_municipalities_then_the_year_then_their_ids(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    ingest(library, tmp_path / "files")
    directory = Directory(library.current())
    plan, agreement = directory.documents[PLAN], directory.documents[AGREEMENT]
    assert directory.titles_of([AGREEMENT]) == [(AGREEMENT, agreement.title)]
    alike = Directory(library.current())
    alike.documents[AGREEMENT] = replace(agreement, title=plan.title)
    assert [title for _, title in alike.titles_of([PLAN, AGREEMENT])] == [
        f"{plan.title}（案）（千歳市、恵庭市）",
        f"{plan.title}（札幌市、石狩市）",
    ]
    of_one_city = Directory(library.current())
    issued = ("2020-03-01", "2021-03-01", "2021-04-01")
    for name, day in zip(of_one_city.documents, issued, strict=True):
        of_one_city.documents[name] = replace(plan, id=name, issued=day, period=None)
    of_one_city.parties = {key: ["012246"] for key in of_one_city.documents}
    first, second, third = of_one_city.documents
    assert list(of_one_city.titles.values()) == [
        f"{plan.title}（案）（千歳市、2020年）",
        f"{plan.title}（案）（千歳市、2021年、{second}）",
        f"{plan.title}（案）（千歳市、2021年、{third}）",
    ]
    assert of_one_city.title_notes[first] == "千歳市、2020年"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("圏域ビジョン", "圏域ビジョン（案）"),
        ("圏域ビジョン（案）", "圏域ビジョン（案）"),
        ("圏域ビジョン案 概要", "圏域ビジョン案 概要"),
        ("観光案内の連携協約", "観光案内の連携協約（案）"),
        ("住民提案事業の計画", "住民提案事業の計画（案）"),
    ],
)
def test_a_draft_is_called_so_unless_its_title_says_it(tmp_path: Path, title: str, named: str) -> None:
    library = Library(tmp_path / "home")
    ingest(library, tmp_path / "files")
    directory = Directory(library.current())
    directory.documents[PLAN] = replace(directory.documents[PLAN], title=title, draft=True)
    assert directory.titles[PLAN] == named
