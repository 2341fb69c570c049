"""Workbooks: sheets as pages, values as a person sees them, hidden parts left out and named."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ingest.extract import Extract
from ingest.readers import read
from ingest.readers.number_formats import shown

Filler = Callable[[openpyxl.Workbook, Worksheet], None]


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[Filler], Extract]:
    """Return a function that reads a workbook whose first sheet is filled by another."""

    def read_filled(fill: Filler) -> Extract:
        book = openpyxl.Workbook()
        first = book.worksheets[0]
        first.title = "個票"
        fill(book, first)
        book.save(tmp_path / "a.xlsx")
        return read(tmp_path / "a.xlsx")

    return read_filled


def test_each_visible_sheet_is_a_page_under_its_name(sheet: Callable[[Filler], Extract]) -> None:
    def fill(book: openpyxl.Workbook, first: Worksheet) -> None:
        first.append(["取組", "甲"])
        book.create_sheet("隠れた表").sheet_state = "hidden"
        book.create_sheet("予算").append([5])

    extract = sheet(fill)
    assert [(line.page, line.text) for line in extract.lines] == [
        (1, "# 個票"),
        (1, "取組\t甲"),
        (2, "# 予算"),
        (2, "5"),
    ]
    assert extract.pages == 2
    assert [(notice.kind, notice.where) for notice in extract.notices] == [("missing", "シート 隠れた表")]


def test_rows_end_with_their_last_words_and_empty_rows_part_tables(sheet: Callable[[Filler], Extract]) -> None:
    def fill(_: openpyxl.Workbook, first: Worksheet) -> None:
        first["C2"], first["E2"], first["C3"] = "一", "三", "二\n行"
        first["D9"], first["C9"] = "後", " "

    assert sheet(fill).text[1:] == ["一\t\t三", "二 行", "", "\t後"]


def test_merged_cells_have_their_words_in_the_first_place_only(sheet: Callable[[Filler], Extract]) -> None:
    def fill(_: openpyxl.Workbook, first: Worksheet) -> None:
        first.append(["取組", "役割", "", "年"])
        first.append(["医療", "甲", "乙", "R6"])
        first.append(["", "丙", "丁", "R7"])
        first.merge_cells("B1:C1")
        first.merge_cells("A2:A3")

    assert sheet(fill).text[1:] == ["取組\t役割\t\t年", "医療\t甲\t乙\tR6", "\t丙\t丁\tR7"]


def test_a_row_ends_where_its_last_cell_does_and_a_title_over_all_columns_is_no_row(
    sheet: Callable[[Filler], Extract],
) -> None:
    def fill(_: openpyxl.Workbook, first: Worksheet) -> None:
        first.append(["実績", "", ""])
        first.append(["取組", "甲の役割", "乙の役割"])
        first.append(["医療", "当番医を置く", ""])
        first.append(["教育", "館を開く", ""])
        first.merge_cells("A1:C1")
        first.merge_cells("B3:C3")

    assert sheet(fill).text[1:] == ["実績", "取組\t甲の役割\t乙の役割", "医療\t当番医を置く\t", "教育\t館を開く"]


def test_columns_without_any_value_are_left_out(sheet: Callable[[Filler], Extract]) -> None:
    def fill(_: openpyxl.Workbook, first: Worksheet) -> None:
        first["B1"], first["F1"], first["F2"] = "取組", "甲", "整備"

    assert sheet(fill).text[1:] == ["取組\t甲", "\t整備"]


def test_hidden_rows_and_columns_are_left_out_and_named_where_they_had_words(
    sheet: Callable[[Filler], Extract],
) -> None:
    def fill(_: openpyxl.Workbook, first: Worksheet) -> None:
        first.append(["一", "内", "二"])
        first.append(["隠れ"])
        first.append(["三"])
        first.row_dimensions[2].hidden = True
        first.row_dimensions[7].hidden = True
        first.column_dimensions["B"].hidden = True

    extract = sheet(fill)
    assert extract.text[1:] == ["一\t二", "三"]
    assert [notice.says for notice in extract.notices] == [
        "表示されていない行は読み取っていない: 2",
        "表示されていない列は読み取っていない: B",
    ]
    assert extract.notices[0].lines == (1, 3)


def test_a_formula_without_a_stored_value_is_noticed(sheet: Callable[[Filler], Extract]) -> None:
    def fill(_: openpyxl.Workbook, first: Worksheet) -> None:
        first.append(["計", "=1+1"])

    (notice,) = sheet(fill).notices
    assert notice.kind == "unreadable"
    assert "B1" in notice.says


def test_far_cells_cost_no_lines_of_their_own(sheet: Callable[[Filler], Extract]) -> None:
    def fill(_: openpyxl.Workbook, first: Worksheet) -> None:
        first["A1"], first["XFD1048576"] = "始", "終"

    assert sheet(fill).text[1:] == ["始", "", "\t終"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (85, "General", "85"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (0.851, "0.0%", "85.1%"),
        (0.5, "0%", "50%"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (-1234, '#,##0;"▲ "#,##0;"-"', "▲ 1,234"),
        (0, '#,##0;"▲ "#,##0;"-"', "-"),
        (0, "#,##0;[Red]-#,##0", "0"),
        (-7, "#,##0_);[Red](#,##0)", "(7)"),
        (-0.4, "0", "0"),
        (2.5, "0", "3"),
        (1.0, "0.##", "1"),
        (1.25, "0.0##", "1.25"),
        (12246, "000000", "012246"),
        (6, '"R"0', "R6"),
        (6, '"令和"0"年度"', "令和6年度"),
        (1500, "[$¥-411]#,##0", "¥1,500"),
        (1234.5, "0.00E+00", "1234.5"),
        (5, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "5"),
        (True, "General", "TRUE"),
        ("語", "@", "語"),
        (dt.datetime(2024, 4, 1), "yyyy/m/d", "2024-04-01"),
        (dt.date(2024, 4, 1), "mm-dd-yy", "2024-04-01"),
        (dt.datetime(2024, 4, 1, 9, 5), "yyyy/m/d h:mm", "2024-04-01 09:05"),
        (dt.time(9, 30), "h:mm", "09:30"),
        (dt.datetime(2024, 4, 1), 'yyyy"年"m"月"', "2024年4月"),
        (dt.datetime(2024, 4, 1), '[$-411]ggge"年"m"月"d"日"', "令和6年4月1日"),
        (dt.datetime(2019, 4, 30), '[$-411]ggge"年"m"月"d"日"', "平成31年4月30日"),
        (dt.datetime(2019, 5, 1), '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', "令和元年5月1日"),
        (dt.datetime(2018, 12, 3), "[$-411]ge.mm.dd", "H30.12.03"),
    ],
)
def test_a_value_reads_as_its_format_shows_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text  # type: ignore[arg-type]
