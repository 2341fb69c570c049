"""PDF files: reading order, ruled tables, stacked characters, columns, pages without text."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.blocks import Table, blocks
from ingest.errors import UnreadableFile
from ingest.extract import Extract
from ingest.readers import ocr, read
from ingest.text import SOFT
from pdf_writer import Cell, Page, Picture, Ruled, Text, write_pdf

Reader = Callable[..., Extract]


@pytest.fixture
def pdf(tmp_path: Path) -> Reader:
    """Return a function that writes pages of items to a file and reads it."""

    def read_pdf(*pages: Page, ocr: bool = False) -> Extract:
        path = tmp_path / "a.pdf"
        path.write_bytes(write_pdf(pages))
        return read(path, ocr=ocr)

    return read_pdf


def test_lines_know_their_page_and_come_from_top_to_bottom(pdf: Reader) -> None:
    extract = pdf(Page([Text("後の行", y=300), Text("先の行", y=100)]), Page(), Page([Text("三頁目の行")]))
    assert [(line.page, line.text) for line in extract.lines if line.text] == [
        (1, "先の行"),
        (1, "後の行"),
        (3, "三頁目の行"),
    ]
    assert extract.pages == 3
    assert extract.notices == ()


def test_a_table_stands_as_tab_rows_at_its_place_and_nowhere_else(pdf: Reader) -> None:
    table = Ruled([["取組", "甲の役割"], ["医療", "整備"]], [80, 80])
    assert pdf(Page([Text("前の文"), table, Text("後の文")])).text == [
        "前の文",
        "取組\t甲の役割",
        "医療\t整備",
        "後の文",
    ]


def test_merged_cells_have_their_words_in_the_first_place_only(pdf: Reader) -> None:
    table = Ruled(
        [
            ["取組", Cell("役割", columns=2)],
            [Cell("医療", rows=2), "甲", "整備"],
            ["乙", "協議"],
            [Cell("計", columns=3)],
        ],
        [60, 60, 90],
    )
    assert pdf(Page([table])).text == ["取組\t役割\t", "医療\t甲\t整備", "\t乙\t協議", "計\t\t"]


def test_a_line_of_a_cell_that_was_ended_before_its_edge_is_parted_by_a_blank(pdf: Reader) -> None:
    table = Ruled([["救急医療を\n支える", "ABC\nDEF", "10千人\n(2019年)"], ["1", "2", "3"]], [120, 80, 80])
    assert pdf(Page([table])).text[0] == "救急医療を 支える\tABC DEF\t10千人 (2019年)"


def test_words_that_a_narrow_column_wraps_are_joined(pdf: Reader) -> None:
    words = "長い文も狭い欄では何行にも折れる。"
    assert pdf(Page([Ruled([[words, "済"]], [50, 40])])).text == [f"{words}\t済"]


@pytest.mark.parametrize(
    "page", [Page(size=(842, 595), turned=True), Page(in_form=True), Page(turned=True, in_form=True)]
)
def test_pages_that_are_turned_or_drawn_in_a_form_read_as_they_are_shown(page: Page, pdf: Reader) -> None:
    table = Ruled([["取組", Cell("役割", columns=2)], ["医療", "整備", "協議"]], [80, 80, 80])
    shown = replace(page, items=[Text("前の文"), table, Text("後の文")])
    assert pdf(shown).text == ["前の文", "取組\t役割\t", "医療\t整備\t協議", "後の文"]


def test_a_table_without_side_borders_keeps_its_outer_columns(pdf: Reader) -> None:
    table = Ruled([["取組", "甲", "乙"], ["医療", "整備", "協議"]], [60, 60, 60], open_sides=True)
    assert pdf(Page([table])).text == ["取組\t甲\t乙", "医療\t整備\t協議"]


def test_tables_of_one_page_are_kept_apart(pdf: Reader) -> None:
    tables = [Ruled([["一", "二"]], [50, 50]), Ruled([["三", "四", "五"]], [40, 40, 40])]
    assert pdf(Page(tables)).text == ["一\t二", "", "三\t四\t五"]


def test_a_frame_around_text_is_no_table(pdf: Reader) -> None:
    assert pdf(Page([Ruled([["枠の中の文。\n次の行。"]], [200])])).text == ["枠の中の文。", "次の行。"]


def test_a_lattice_without_words_is_no_table(pdf: Reader) -> None:
    assert pdf(Page([Text("図のある頁"), Ruled([["", ""], ["", ""]], [50, 50])])).text == ["図のある頁"]


def test_stacked_characters_are_one_line(pdf: Reader) -> None:
    title = Text("協定書", x=290, y=100, size=20, vertical=True, spacing=8)
    assert pdf(Page([title, Text("市と町の間の約束", y=400)])).text[0] == "協定書"


def test_enumerators_below_one_another_are_not_joined(pdf: Reader) -> None:
    marks = [Text(mark, x=50, y=100 + 30 * i) for i, mark in enumerate("アイウ")]
    assert [line for line in pdf(Page(marks)).text if line] == ["ア", "イ", "ウ"]


def test_two_columns_of_prose_are_read_one_after_the_other(pdf: Reader) -> None:
    left = [Text(f"左の段の{i}行目は端まで文字で埋まる", x=50, y=120 + 16 * i) for i in range(8)]
    right = [Text(f"右の段の{i}行目は端まで文字で埋まる", x=310, y=123 + 16 * i) for i in range(8)]
    title = Text("見出しは一段で頁の幅いっぱいに置かれて段の境をまたぐ長さがある", size=14)
    text = [line for line in pdf(Page([title, *left, *right])).text if line]
    assert text == [f"# {title.words}", *(item.words for item in left), *(item.words for item in right)]


def test_labels_and_values_side_by_side_are_not_two_columns(pdf: Reader) -> None:
    pairs = [
        item for i in range(8) for item in (Text(f"項目{i}", y=100 + 16 * i), Text(f"{i}人", x=400, y=100 + 16 * i))
    ]
    assert pdf(Page(pairs)).text == [f"項目{i} {i}人" for i in range(8)]


def test_blanks_and_wide_gaps_are_one_space(pdf: Reader) -> None:
    assert pdf(Page([Text("第1条 ABC def"), Text("計", x=50, y=90), Text("5", x=90, y=90)])).text == [
        "第1条 ABC def",
        "計 5",
    ]


def test_bold_by_double_printing_is_read_once(pdf: Reader) -> None:
    assert pdf(Page([Text("太い見出し", y=60), Text("太い見出し", x=50.3, y=60)])).text == ["太い見出し"]


def test_page_marks_stay_for_the_parsers(pdf: Reader) -> None:
    assert pdf(Page([Text("本文の行"), Text("- 3 -", x=280, y=800)])).text[-1] == "- 3 -"


def test_a_page_without_text_is_noticed_with_its_place(pdf: Reader) -> None:
    extract = pdf(Page([Text("一頁目の行")]), Page([Picture()]))
    ((notice),) = extract.notices
    assert (notice.kind, notice.where, notice.lines) == ("unreadable", "p. 2", (1, 1))
    assert "--ocr" in notice.says


def test_a_file_without_any_text_says_so_once(pdf: Reader) -> None:
    extract = pdf(Page([Picture()]), Page([Picture()]))
    assert extract.lines == ()
    assert [notice.where for notice in extract.notices] == ["p. 1-2"]


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Return a function that puts a program of this name on the path: its languages, and its answer to a picture."""

    def install(languages: str, script: str) -> None:
        program = tmp_path / "tesseract"
        program.write_text(
            f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo "{languages}"; else {script}; fi\n', "utf-8"
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    ocr._program.cache_clear()
    yield install
    ocr._program.cache_clear()


def test_ocr_reads_pages_without_text_and_marks_them(pdf: Reader, tesseract: Callable[[str, str], None]) -> None:
    answer = "head -c 4 | grep -q PNG && printf '読んだ  行\\n\\n次の行\\n\\f'"
    tesseract("eng\njpn", answer)
    extract = pdf(Page([Text("一頁目の行")]), Page([Picture()]), ocr=True)
    assert [(line.page, line.text) for line in extract.lines] == [
        (1, "一頁目の行"),
        (2, "読んだ 行"),
        (2, ""),
        (2, "次の行"),
    ]
    assert [(notice.kind, notice.where, notice.lines) for notice in extract.notices] == [("ocr", "p. 2", (2, 4))]


def test_ocr_without_japanese_data_says_what_to_install(pdf: Reader, tesseract: Callable[[str, str], None]) -> None:
    tesseract("eng", "cat >/dev/null")
    with pytest.raises(UnreadableFile, match="install tesseract-ocr and tesseract-ocr-jpn"):
        pdf(Page([Picture()]), ocr=True)


def test_ocr_that_fails_is_reported_with_its_words(pdf: Reader, tesseract: Callable[[str, str], None]) -> None:
    tesseract("jpn", "cat >/dev/null; echo bad picture >&2; exit 1")
    with pytest.raises(UnreadableFile, match="bad picture"):
        pdf(Page([Picture()]), ocr=True)


def _in_columns(rows: list[list[str]], places: list[float], y: float, leading: float = 20) -> list[Text]:
    """Lay words out in columns with nothing drawn; a cell of several lines has a line break in it."""
    items = []
    for row in rows:
        deep = max(cell.count("\n") for cell in row) + 1
        for x, cell in zip(places, row, strict=True):
            items += [Text(words, x=x, y=y + 12 * n, size=9) for n, words in enumerate(cell.split("\n")) if words]
        y += 12 * (deep - 1) + leading
    return items


def test_a_table_without_any_rule_is_read_by_its_columns_and_the_room_between_its_rows(pdf: Reader) -> None:
    rows = [
        ["取組", "内容", "甲の役割"],
        ["図書館", "利用券を共通にし、予約\nした本を運ぶ。", "搬送便を\n動かす。"],
        ["救急", "当番医を決める。", "医師会と\n話し合う。"],
    ]
    extract = pdf(Page(_in_columns(rows, [50, 120, 300], y=100)))
    assert [line.text.replace(SOFT, "") for line in extract.lines] == [
        "取組\t内容\t甲の役割",
        "図書館\t利用券を共通にし、予約した本を運ぶ。\t搬送便を動かす。",
        "救急\t当番医を決める。\t医師会と話し合う。",
    ]


def test_text_above_a_table_without_rules_is_no_row_of_it(pdf: Reader) -> None:
    table = _in_columns([["市", "人口", "面積"], ["甲市", "100", "5"], ["乙市", "200", "7"]], [50, 150, 250], y=100)
    title = Text("圏域の人口と面積の移り変わりについて", size=9, y=70)
    assert pdf(Page([title, *table])).text == [title.words, "市\t人口\t面積", "甲市\t100\t5", "乙市\t200\t7"]


def test_marks_before_hanging_lines_and_boxes_that_do_not_line_up_are_no_table(pdf: Reader) -> None:
    hanging = [
        Text(words, x=x, y=100 + 14 * n) for n in range(4) for x, words in ((50, f"({n + 1})"), (90, "条文の一つ"))
    ]
    assert all("\t" not in line for line in pdf(Page(hanging)).text)
    boxes = [Text("囲みの文", x=60 + 37 * n, y=100 + 14 * n) for n in range(5)]
    boxes += [Text("別の囲み", x=480 - 31 * n, y=100 + 14 * n) for n in range(5)]
    assert all("\t" not in line for line in pdf(Page(boxes)).text)


def test_a_row_that_a_page_cuts_marks_the_cells_that_had_no_room_left(pdf: Reader) -> None:
    above = Ruled([["取組", "内容"], ["図書館", "利用券を共通にし、予約した"]], [60, 126], y=700)
    below = Ruled([["", "本を運ぶ。"], ["救急", "当番医を決める。"]], [60, 126], y=50)
    lines = pdf(Page([above]), Page([below])).lines
    assert [line.text for line in lines] == [
        "取組\t内容",
        f"図書館\t利用券を共通にし、予約した{SOFT}",
        "\t本を運ぶ。",
        "救急\t当番医を決める。",
    ]
    (table,) = blocks(lines)
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows][1:] == [
        ("図書館", "利用券を共通にし、予約した本を運ぶ。"),
        ("救急", "当番医を決める。"),
    ]


def test_lines_that_ended_for_want_of_room_are_marked_and_larger_lines_are_headings(pdf: Reader) -> None:
    body = [
        Text(f"第{n}の市と町の住民が安心して暮らすことができる圏域をつくることを", y=120 + 14 * n) for n in range(8)
    ]
    page = Page([Text("協定書", size=16, y=60), *body, Text("目的とする。", y=120 + 14 * 8)])
    lines = [line for line in pdf(page).lines if line.text]
    assert lines[0].text == "# 協定書"
    assert [line.full for line in lines] == [False, *([True] * 8), False]
