"""Bad Office files: bombs, traps in their XML, packages that are something else."""

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl

from attacks import Attack

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}'
    "<sheetData>{rows}</sheetData>{after}</worksheet>"
)
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "笑笑笑笑笑笑笑笑笑笑">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook() -> bytes:
    """Return a small good workbook."""
    book = openpyxl.Workbook()
    book.active.append(["取組", "甲"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document() -> bytes:
    """Return a small good document."""
    text = docx.Document()
    text.add_paragraph("よい文書")
    out = io.BytesIO()
    text.save(out)
    return out.getvalue()


def changed(package: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Return a package with some parts put in or, for None, taken out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def sheet(rows: str = "", before: str = "", after: str = "") -> bytes:
    return changed(
        workbook(), {"xl/worksheets/sheet1.xml": _SHEET.format(rows=rows, before=before, after=after).encode()}
    )


def _word(body: str, head: str = "") -> bytes:
    return changed(document(), {"word/document.xml": (head + _WORD.format(body)).encode()})


def _nested_tables() -> bytes:
    paragraph = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
    return _word("<w:tbl><w:tr><w:tc>" * 400 + paragraph + "</w:tc></w:tr></w:tbl>" * 400)


def _spaces_bomb() -> bytes:
    return changed(workbook(), {"xl/worksheets/sheet1.xml": b" " * 80_000_000})


def _half_million_cells() -> bytes:
    return sheet("".join(f'<row r="{r}">{"<c><v>1</v></c>" * 1000}</row>' for r in range(1, 401)))


def _long_cell() -> bytes:
    return sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"長" * 8_000_000}</t></is></c></row>')


ATTACKS = (
    Attack("spaces-bomb.xlsx", _spaces_bomb, "RefusedFile", "bytes when unpacked"),
    Attack("many-cells.xlsx", _half_million_cells, "RefusedFile", "cells"),
    Attack("long-cell.xlsx", _long_cell, "RefusedFile", "characters of text"),
    Attack("far-cells.xlsx", lambda: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "Extract", "1"),
    Attack(
        "merged-all.xlsx",
        lambda: sheet(after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "RefusedFile",
        "merged cells",
    ),
    Attack(
        "entities.xlsx",
        lambda: changed(workbook(), {"xl/sharedStrings.xml": (_BOMB + "<sst><si><t>&i;</t></si></sst>").encode()}),
        "RefusedFile",
        "entities",
    ),
    Attack(
        "entities-utf16.xlsx",
        lambda: changed(workbook(), {"xl/sharedStrings.xml": (_BOMB + "<sst/>").encode("utf-16")}),
        "RefusedFile",
        "entities",
    ),
    Attack(
        "bad-xml.xlsx", lambda: changed(workbook(), {"xl/workbook.xml": b"<workbook><"}), "UnreadableFile", "damaged"
    ),
    Attack(
        "no-sheet.xlsx",
        lambda: changed(workbook(), {"xl/worksheets/sheet1.xml": None}),
        "Extract",
        "1枚がファイルにない",
    ),
    Attack("zip.xlsx", lambda: changed(b"PK\x05\x06" + bytes(18), {"a.txt": b"a"}), "UnreadableFile", "a zip archive"),
    Attack("word.xlsx", document, "UnreadableFile", "a Word document"),
    Attack("cut.xlsx", lambda: workbook()[:2000], "UnreadableFile", "damaged zip"),
    Attack(
        "locked.xlsx", lambda: OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "UnreadableFile", "password"
    ),
    Attack("old.docx", lambda: OLE + bytes(2000), "UnreadableFile", "old kind"),
    Attack("entities.docx", lambda: _word("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", _BOMB), "RefusedFile", "entities"),
    Attack(
        "outside.docx",
        lambda: _word("<w:p/>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
        "RefusedFile",
        "entities",
    ),
    Attack("nested-tables.docx", _nested_tables, "UnreadableFile", "damaged"),
    Attack(
        "wide-span.docx",
        lambda: _word(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>'
        ),
        "RefusedFile",
        "cells",
    ),
    Attack(
        "not-a-number.docx",
        lambda: _word('<w:p><w:pPr><w:outlineLvl w:val="x"/></w:pPr><w:r><w:t>題</w:t></w:r></w:p>'),
        "UnreadableFile",
    ),
    Attack(
        "no-document.docx", lambda: changed(document(), {"word/document.xml": None}), "UnreadableFile", "a zip archive"
    ),
    Attack("excel.docx", workbook, "UnreadableFile", "an Excel workbook"),
)
