"""Words that were probably misread or mistyped: names of no municipality, doubled particles, old kana."""

import re
from collections.abc import Sequence

from ingest import municipalities
from ingest.document import Document
from ingest.findings import Findings
from ingest.labels import label
from ingest.records import Record
from ingest.text import clean

_NAME = re.compile(r"^[\u4e00-\u9fffぁ-んァ-ヺヶー]{1,6}[市町村]$")
_SLIPS = (
    (
        re.compile(r"にに(?=[おつよあ対関])|をを|(?<!も)のの(?!し)|がが(?=[あ-ん])|でで(?=[あ-ん])"),
        "助詞が重なっている",
    ),
    (re.compile(r"\d月未(?=時点|まで|現在|に)|年度未(?=時点|まで|現在)"), "「末」が「未」と読まれた可能性がある"),
    (re.compile(r"といふ|思ふ|行ふ"), "現代の公文書にない仮名遣い"),
)


def unknown_municipalities(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """A cell beside names of municipalities that ends as one does but is none, with the nearest real name."""
    del records
    for table in document.tables:
        for column in range(table.width):
            cells = [(row, clean(row.cell(column))) for row in table.rows]
            known = [m for _, cell in cells if _NAME.match(cell) for m in municipalities.named(cell)]
            if len(known) < 2:
                continue
            near = [m.code for m in known]
            for row, cell in cells:
                if (
                    _NAME.match(cell)
                    and not municipalities.named(cell)
                    and not label(cell)
                    and not re.search(
                        r"都市$|^(?:各|両|全|本|当|同|他|関係|連携|構成|近隣|中心)|市町村$|市町$|町村$", cell
                    )
                ):
                    nearest = municipalities.nearest(cell, near=near)
                    findings.add(
                        "ocr",
                        "市町村名",
                        (row.first, row.last),
                        cell,
                        f"この名の市町村はない{f'。近い名は{nearest.name}' if nearest else ''}",
                    )


def slips(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """Slips that the text itself shows: doubled particles, 未 for 末, old kana."""
    del records
    for line in document.lines:
        for pattern, reason in _SLIPS:
            match = pattern.search(line.text)
            if match:
                around = clean(line.text[max(0, match.start() - 8) : match.end() + 8].replace("\t", " "))
                findings.add("ocr", f"{line.number}行", (line.number, line.number), around, reason)
