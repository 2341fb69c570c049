"""One document in every container (text, HTML, Word, workbook, printed PDF) gives the same records, each from its lines."""

import html
import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from openpyxl import Workbook

from ingest.extract import Extract
from ingest.files import records_of
from ingest.readers import read
from ingest.records import (
    AreaRecord,
    ArticleRecord,
    DocumentRecord,
    FindingRecord,
    PartyRecord,
    ProjectRecord,
    Record,
)
from ingest.text import clean
from pdf_writer import Page, Ruled, Text, write_pdf

Part = str | list[list[str]]
"""A line of text, or the rows of a table."""

AGREEMENT: list[Part] = [
    "定住自立圏の形成に関する協定書",
    "北見市（以下「甲」という。）と訓子府町（以下「乙」という。）は、次のとおり協定を締結する。",
    "（目的）",
    "第1条　この協定は、甲と乙が役割を分担し、暮らしの機能を確保することを目的とする。",
    "（取組の内容）",
    "第2条　取組の内容及び甲乙の役割は、別表のとおりとする。",
    "令和3年2月19日",
    "甲　北海道北見市大通西3丁目1番地1　北見市長　辻 直人",
    "乙　北海道常呂郡訓子府町東町398番地　訓子府町長　菊池 一春",
    "別表（第2条関係）",
    [
        ["政策分野", "取組", "取組の内容", "甲の役割", "乙の役割"],
        ["医療", "救急医療の維持", "夜間の急病に応じる。", "当番の病院を調整する。", "経費の一部を負担する。"],
        ["教育", "図書館の相互利用", "蔵書を互いに貸し出す。", "目録を公開する。", "利用を住民に知らせる。"],
    ],
]
SHEETS: list[Part] = ["北見地域定住自立圏共生ビジョン", "令和3年12月策定"]
for number, title, overview in (
    ("1", "救急医療の維持", "夜間の急病に応じる当番の病院を支える。"),
    ("2", "図書館の相互利用", "蔵書を互いに貸し出し、利用を広げる。"),
):
    SHEETS += [
        f"個票 {number}",
        [
            ["事業番号", number],
            ["事業名", title],
            ["連携市町村", "北見市、訓子府町"],
            ["事業概要", overview],
            ["担当課", "北見市", "保健福祉部健康推進課"],
            ["", "訓子府町", "福祉保健課"],
            ["事業費（千円）", "R4", "R5", "R6"],
            ["", "1,200", "1,300", "0"],
            ["成果指標", "利用者数", "基準値", "120人", "目標値", "150人"],
        ],
    ]
STATUS: list[Part] = [
    "定住自立圏共生ビジョン 進捗状況一覧",
    "基準日：令和5年3月31日",
    [
        ["番号", "事業名", "事業概要", "指標名", "目標値", "実績値", "評価"],
        ["1", "救急医療の維持", "夜間の急病に応じる。", "受診者数", "500人", "520人", "A"],
        ["2", "図書館の相互利用", "蔵書を貸し出す。", "貸出冊数", "900冊", "640冊", "C"],
        ["3", "圏域の情報発信", "催しを広く知らせる。", "閲覧数", "2,000件", "2,400件", "A"],
    ],
]
PAPERS = {"agreement": AGREEMENT, "sheets": SHEETS, "status": STATUS}


def as_text(parts: Sequence[Part]) -> bytes:
    """Rows as lines with tabs, an empty line around each table."""
    blocks = [p if isinstance(p, str) else "\n" + "\n".join("\t".join(row) for row in p) + "\n" for p in parts]
    return "\n".join(blocks).encode()


def as_html(parts: Sequence[Part]) -> bytes:
    """Paragraphs and tables."""

    def table(rows: list[list[str]]) -> str:
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"

    body = "".join(f"<p>{html.escape(p)}</p>" if isinstance(p, str) else table(p) for p in parts)
    return f"<!doctype html><meta charset=utf-8><body>{body}".encode()


def as_word(parts: Sequence[Part]) -> bytes:
    """Paragraphs and tables of Word."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for cells, row in zip(table.rows, part, strict=True):
            for cell, words in zip(cells.cells, row, strict=False):
                cell.text = words
    return _bytes(document.save)


def as_workbook(parts: Sequence[Part]) -> bytes:
    """One sheet, an empty row around each table."""
    book = Workbook()
    sheet = book.worksheets[0]
    for part in parts:
        for row in [[part]] if isinstance(part, str) else [[], *part, []]:
            sheet.append(row)
    return _bytes(book.save)


def as_pdf(parts: Sequence[Part]) -> bytes:
    """Ruled tables below their lines, one table a page."""
    pages: list[Page] = []
    items: list[Text | Ruled] = []
    for part in parts:
        if isinstance(part, str):
            items += [Text(line) for line in (part[i : i + 40] for i in range(0, len(part), 40))]
        else:
            width = max(map(len, part))
            items.append(Ruled([[*row, *[""] * (width - len(row))] for row in part], [490 / width] * width))
            pages.append(Page(items))
            items = []
    return write_pdf([*pages, *([Page(items)] if items else [])])


def _bytes(save: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


CONTAINERS = {"txt": as_text, "html": as_html, "docx": as_word, "xlsx": as_workbook, "pdf": as_pdf}


@cache
def ingested(paper: str, container: str) -> tuple[Extract, list[Record]]:
    """Return what a reader finds in a paper in a container, and its records."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{paper}.{container}"
        path.write_bytes(CONTAINERS[container](PAPERS[paper]))
        extract = read(path)
    return extract, records_of(path.name, "0" * 64, extract)


def _facts(records: Sequence[Record]) -> list[dict[str, object]]:
    """Return what the records say, without their places and their file."""
    return [
        {
            name: getattr(r, name)
            for name in r.__struct_fields__
            if name not in ("source", "sha256", "file", "media_type", "pages")
        }
        for r in records
        if isinstance(r, DocumentRecord | PartyRecord | ArticleRecord | AreaRecord | ProjectRecord)
    ]


@pytest.mark.parametrize("container", ["html", "docx", "xlsx", "pdf"])
@pytest.mark.parametrize("paper", PAPERS)
def test_a_document_says_the_same_in_every_container(paper: str, container: str) -> None:
    assert _facts(ingested(paper, container)[1]) == _facts(ingested(paper, "txt")[1])


def test_the_papers_are_read_whole() -> None:
    assert [(r.title, bool(r.roles), r.overview) for r in _of("agreement")] == [
        ("救急医療の維持", True, "夜間の急病に応じる。"),
        ("図書館の相互利用", True, "蔵書を互いに貸し出す。"),
    ]
    assert [(r.number, [d.path for d in r.departments], r.budget[0].amounts) for r in _of("sheets")] == [
        (n, [("保健福祉部", "健康推進課"), ("福祉保健課",)], {"2022": 1200, "2023": 1300, "2024": 0})
        for n in ("1", "2")
    ]
    assert [(r.number, [i.rating for i in r.indicators]) for r in _of("status")] == [
        ("1", ["A"]),
        ("2", ["C"]),
        ("3", ["A"]),
    ]
    assert not [r for paper in PAPERS for r in ingested(paper, "txt")[1] if isinstance(r, FindingRecord)]


def _of(paper: str) -> list[ProjectRecord]:
    return [r for r in ingested(paper, "txt")[1] if isinstance(r, ProjectRecord)]


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_text_of_a_project_stands_in_the_lines_of_its_source(paper: str, container: str) -> None:
    extract, records = ingested(paper, container)
    for record in records:
        if isinstance(record, ProjectRecord):
            first, last = record.source.lines
            printed = _squeezed("".join(line.text for line in extract.lines[first - 1 : last]))
            assert [text for text in _texts(record) if _squeezed(text) not in printed] == []


def _texts(record: ProjectRecord) -> Iterator[str]:
    yield from filter(None, (record.title, record.overview, record.purpose, record.cost_sharing, record.progress))
    yield from record.roles.values()
    yield from (department.raw for department in record.departments)
    for indicator in record.indicators:
        yield indicator.name
        yield from (one.text for one in (indicator.baseline, indicator.target, indicator.actual) if one)


def _squeezed(text: str) -> str:
    return clean(text).replace(" ", "")
