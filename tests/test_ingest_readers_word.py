"""Word documents: the final text in its order, with headings, numbers and tables."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers import read

Reader = Callable[[Callable[[Document], Any]], list[str]]


def xml(markup: str) -> Any:
    """Parse markup with the prefix ``w``."""
    name = re.split("[ >]", markup[1:], maxsplit=1)[0]
    return parse_xml(markup.replace(f"<{name}", f"<{name} {nsdecls('w')}", 1))


@pytest.fixture
def document(tmp_path: Path) -> Reader:
    """Return a function that reads a document which another fills."""

    def read_filled(fill: Callable[[Document], Any]) -> list[str]:
        made = docx.Document()
        fill(made)
        made.save(str(tmp_path / "a.docx"))
        return read(tmp_path / "a.docx").text

    return read_filled


def test_headings_and_titles_are_marked_by_their_level(document: Reader) -> None:
    def fill(made: Document) -> None:
        made.add_heading("協約", 0)
        made.add_heading("総則", 1)
        made.add_heading("目的", 2)
        made.add_paragraph("本文\n次の行")

    assert document(fill) == ["# 協約", "# 総則", "## 目的", "本文", "次の行"]


def test_insertions_are_read_and_deletions_are_not(document: Reader) -> None:
    def fill(made: Document) -> None:
        paragraph = made.add_paragraph("残る")._p
        paragraph.append(xml('<w:ins w:id="1"><w:r><w:t>加えた</w:t></w:r></w:ins>'))
        paragraph.append(xml('<w:del w:id="2"><w:r><w:delText>消した</w:delText></w:r></w:del>'))
        paragraph.append(xml("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠した</w:t></w:r>"))

    assert document(fill) == ["残る加えた"]


def test_content_controls_and_text_boxes_are_read(document: Reader) -> None:
    def fill(made: Document) -> None:
        made.add_paragraph("本文")._p.append(
            xml("<w:r><w:txbxContent><w:p><w:r><w:t>箱の中</w:t></w:r></w:p></w:txbxContent></w:r>")
        )
        made.element.body.insert(
            0, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>欄の中</w:t></w:r></w:p></w:sdtContent></w:sdt>")
        )

    assert document(fill) == ["欄の中", "本文", "箱の中"]


def test_headers_and_footers_are_left_out(document: Reader) -> None:
    def fill(made: Document) -> None:
        made.sections[0].header.paragraphs[0].text = "頭"
        made.sections[0].footer.paragraphs[0].text = "足"
        made.add_paragraph("本文")

    assert document(fill) == ["本文"]


def test_ruby_is_dropped_and_its_base_kept(document: Reader) -> None:
    def fill(made: Document) -> None:
        ruby = "<w:r><w:ruby><w:rt><w:r><w:t>けん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>圏</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        made.add_paragraph()._p.append(xml(ruby))

    assert document(fill) == ["圏"]


def test_merged_cells_have_their_words_in_the_first_place_only(document: Reader) -> None:
    def fill(made: Document) -> None:
        table = made.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "縦"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "横"
        table.cell(1, 1).text = "一\n二"
        table.cell(2, 2).text = "末"

    assert document(fill) == ["縦\t横\t", "\t一 二\t", "\t\t末"]


def test_tables_stand_in_their_order_and_a_frame_is_text(document: Reader) -> None:
    def fill(made: Document) -> None:
        made.add_paragraph("前")
        made.add_table(1, 2).cell(0, 1).text = "右"
        made.add_paragraph("間")
        made.add_table(1, 1).cell(0, 0).text = "枠\n中"

    assert document(fill) == ["前", "\t右", "間", "枠", "中"]


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{0}"/><w:lvlText w:val="{1}"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="aiueoFullWidth"/><w:lvlText w:val="%2"/></w:lvl>'
)


def add_list(made: Document, number_format: str, text: str) -> None:
    """Add a list of its own to the numbering of a document, with the id 99."""
    root = made.part.numbering_part.element
    levels = LEVELS.format(number_format, text)
    root.insert(0, xml(f'<w:abstractNum w:abstractNumId="99">{levels}</w:abstractNum>'))
    root.append(xml('<w:num w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))


def add_item(made: Document, words: str, level: int = 0) -> None:
    """Add a paragraph of that list."""
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr></w:pPr>'
    made.element.body.append(xml(f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"))


@pytest.mark.parametrize(
    ("number_format", "text", "marks"),
    [
        ("decimal", "第%1条", ["第1条", "第2条"]),
        ("decimal", "(%1)", ["(1)", "(2)"]),
        ("decimalFullWidth", "%1", ["１", "２"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("japaneseCounting", "%1", ["一", "二"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("iroha", "%1", ["イ", "ロ"]),
        ("ideographTraditional", "%1", ["甲", "乙"]),
        ("bullet", "●", ["-", "-"]),
    ],
)
def test_the_numbers_that_word_shows_are_written(
    number_format: str, text: str, marks: list[str], document: Reader
) -> None:
    def fill(made: Document) -> None:
        add_list(made, number_format, text)
        add_item(made, "先")
        add_item(made, "後")

    assert document(fill) == [f"{marks[0]} 先", f"{marks[1]} 後"]


def test_a_lower_level_begins_anew_after_a_higher_one(document: Reader) -> None:
    def fill(made: Document) -> None:
        add_list(made, "decimal", "(%1)")
        for level in (0, 1, 1, 0, 1):
            add_item(made, "項", level)

    assert document(fill) == ["(1) 項", "ア 項", "イ 項", "(2) 項", "ア 項"]


def test_texts_set_side_by_side_are_read_line_by_line(document: Reader) -> None:
    def fill(made: Document) -> None:
        table = made.add_table(rows=2, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "変更後", "変更前"
        table.cell(1, 0).text = "第3条 取り組む。\n(1) 医療"
        table.cell(1, 1).text = "第3条 取り組まない。"

    assert document(fill) == ["変更後\t変更前", "第3条 取り組む。\t第3条 取り組まない。", "(1) 医療\t"]
