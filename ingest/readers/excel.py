"""Reads Excel workbooks: each visible sheet is a page, its rows are tab rows with the values as a person sees them.

Formulas show the value that the last program stored. Hidden sheets, rows and columns are left out and noticed.
Columns in which a sheet has no value at all (margins, the squares of grid paper) are left out.
"""

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import UnreadableFile
from ingest.extract import Extract, Notice, number_lines
from ingest.readers import ooxml
from ingest.readers.grid import cell_text, tab_row
from ingest.readers.number_formats import shown
from ingest.readers.sources import SourceFile
from ingest.records import FindingKind

MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
}
Place = tuple[int, int]
Finding = tuple[FindingKind, str]


def read(source: SourceFile) -> Extract:
    """Read a workbook; raises ``RefusedFile`` where it has more cells than a reader takes."""
    has_formulas = ooxml.look_through(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl leaves out: pictures, print settings
        book = openpyxl.load_workbook(source.path, data_only=True, keep_links=False)
        empty_formulas = _empty_formulas(source, book) if has_formulas else {}
    pages: list[tuple[int | None, list[str]]] = []
    notices: list[Notice] = []
    count = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notices.append(Notice("missing", f"シート {sheet.title}", "表示されていないシートのため、読み取っていない"))
            continue
        rows, found = _read_sheet(sheet, empty_formulas.get(sheet.title, []))
        pages.append((len(pages) + 1, [f"# {cell_text(sheet.title)}", *rows]))
        place = (count + 1, count := count + 1 + len(rows))
        notices += [Notice(kind, f"シート {sheet.title}", says, place) for kind, says in found]
    lost = ooxml.count_sheets(source) - len(book.sheetnames)
    if lost > 0:
        notices.append(Notice("missing", "ブック", f"名前のあるシートのうち{lost}枚がファイルにない"))
    if not pages and not notices:
        raise UnreadableFile(source.name, "it has no sheet that can be read")
    return Extract(number_lines(pages), MEDIA_TYPES[source.suffix], len(pages), tuple(notices))


def _read_sheet(sheet: Worksheet, empty_formulas: Sequence[str]) -> tuple[list[str], list[Finding]]:
    """Return the lines of a sheet, and what a person does not see or find in it."""
    hidden_rows = {row for row, dimension in sheet.row_dimensions.items() if dimension.hidden}
    hidden_columns = [(d.min, d.max) for d in sheet.column_dimensions.values() if d.hidden and d.min and d.max]
    shown_cells: dict[Place, str] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    for (row, column), text in _texts(sheet):
        if row in hidden_rows:
            rows.add(row)
        elif any(first <= column <= last for first, last in hidden_columns):
            columns.add(column)
        else:
            shown_cells[row, column] = text
    found: list[Finding] = []
    if rows:
        found.append(("missing", f"表示されていない行は読み取っていない: {_some(map(str, sorted(rows)))}"))
    if columns:
        found.append(
            ("missing", f"表示されていない列は読み取っていない: {_some(map(get_column_letter, sorted(columns)))}")
        )
    if empty_formulas:
        says = f"値の保存されていない数式がある: {_some(empty_formulas)}。Excelで開いて保存し直す"
        found.append(("unreadable", says))
    edges = {(area.min_row, area.min_col): area.max_col for area in sheet.merged_cells.ranges}
    return list(_lines(shown_cells, sorted(hidden_rows), edges)), found


def _texts(sheet: Worksheet) -> Iterator[tuple[Place, str]]:
    """Yield the cells that have words, row by row; ``iter_rows`` would make the empty cells between them too."""
    cells: dict[Place, Any] = sheet._cells
    for place in sorted(cells):
        value = cells[place].value
        if value is not None and (text := cell_text(shown(value, cells[place].number_format or "General"))):
            yield place, text


def _lines(cells: dict[Place, str], hidden_rows: Sequence[int], edges: dict[Place, int]) -> Iterator[str]:
    """Yield the rows as lines, a run of empty rows as one empty line.

    ``edges`` are the last columns of merged cells: a row ends where its last cell does.
    """
    filled = sorted({column for _, column in cells})
    columns = {column: place for place, column in enumerate(filled)}
    before = 0
    for row, group in groupby(cells, key=itemgetter(0)):
        between = row - before - 1 - (bisect_left(hidden_rows, row) - bisect_right(hidden_rows, before))
        if before and between:
            yield ""
        before = row
        places = list(group)
        edge = edges.get(places[-1], 0) if len(places) > 1 else 0  # a lone cell over all columns is a title, no row
        words = [""] * bisect_right(filled, max(edge, places[-1][1]))
        for place in places:
            words[columns[place[1]]] = cells[place]
        yield tab_row(words)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return "、".join(listed[:10]) + (f" ほか{len(listed) - 10}" if len(listed) > 10 else "")


def _empty_formulas(source: SourceFile, values: Any) -> dict[str, list[str]]:
    """Return, by sheet, the cells with a formula for which no program has stored a value."""
    found: dict[str, list[str]] = {}
    book = openpyxl.load_workbook(source.path, keep_links=False)
    for sheet in book.worksheets:
        stored = values[sheet.title]._cells
        cells = sorted(sheet._cells.items(), key=itemgetter(0))
        found[sheet.title] = [c.coordinate for at, c in cells if c.data_type == "f" and stored[at].value is None]
    return found
