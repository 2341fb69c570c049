"""What a file is by its content: the first bytes of the formats that offices exchange.

A name says what a file is meant to be; this says what it is, so that a wrong suffix ends as a sentence that helps.
"""

import re
import zipfile
from pathlib import Path

_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"{\\rtf", "an RTF text"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_PACKAGES = {
    "word/document.xml": "a Word document (.docx)",
    "xl/workbook.xml": "an Excel workbook (.xlsx)",
    "ppt/presentation.xml": "a PowerPoint file (.pptx)",
    "content.xml": "an OpenDocument file",
}

PDF, WORD, EXCEL, ZIP, HTML, TEXT = (
    "a PDF",
    "a Word document (.docx)",
    "an Excel workbook (.xlsx)",
    "a zip archive",
    "an HTML page",
    "plain text",
)
LOCKED = "an Office file locked with a password"


def look(path: Path) -> str:
    """Return what a file is by its content, in words that fit after "it is"; raises ``OSError``."""
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(_OLE):
            return _look_inside_ole(head + file.read(4_000_000))
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _look_inside_zip(path)
    for magic, words in _HEADS:
        if head.startswith(magic):
            return words
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    return "binary data" if _is_binary(head) else TEXT


def _look_inside_ole(data: bytes) -> str:
    return LOCKED if _ENCRYPTED_STREAM in data else "an Office file of the old kind (.doc, .xls, .ppt)"


def _look_inside_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "a damaged zip archive"
    return next((words for part, words in _PACKAGES.items() if part in names), ZIP)


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = head.count(0)
    if zeros and not _may_be_utf16(head):
        return True
    controls = sum(head.count(c) for c in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return not zeros and controls > max(len(head) // 50, 4)


def _may_be_utf16(head: bytes) -> bool:
    """Tell whether zeros stand on one side of the byte pairs only, as those of digits do in UTF-16."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and len(head) % 2 == 0 and len(head) >= 4
