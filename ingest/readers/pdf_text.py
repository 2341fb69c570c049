"""The characters of a page as pdfium reads them, with their boxes."""

from collections.abc import Iterable, Iterator
from ctypes import c_double
from dataclasses import replace
from typing import Any
from unicodedata import east_asian_width

import pypdfium2.raw as pdfium

from ingest.readers.pdf_glyphs import Glyph
from ingest.readers.pdf_page import bounds, objects, placing

UNMAPPED = "\ufffd"
"""Stands for a glyph whose character the file does not tell."""
_NOTHING = 0.1
_END_OF_LINE_HYPHEN = 2
_DESCENT = 0.12
"""The share of the square of a kanji that is below the line it stands on, in nearly all Japanese fonts."""


def glyphs_of(page: Any) -> Iterator[Glyph]:
    """Yield the characters on a page."""
    text = page.get_textpage()
    yield from marked_glyphs(_boxes(page, text), *page.get_size())
    text.close()


def marked_glyphs(boxes: Iterable[Glyph], width: float, height: float) -> Iterator[Glyph]:
    """Yield the characters inside a page; a blank one becomes a mark on the next where that stands to its right."""
    blank: Glyph | None = None
    for glyph in boxes:
        if not glyph.text.strip():
            blank = glyph
        elif 0 <= glyph.x <= width and 0 <= glyph.y <= height and glyph.size > 0:
            is_after = blank is not None and glyph.x0 > blank.x0 and abs(glyph.y - blank.y) < 0.5 * glyph.size
            yield replace(glyph, after_space=True) if is_after else glyph
            blank = None


def _boxes(page: Any, text: Any) -> Iterator[Glyph]:
    place = placing(page)
    box = pdfium.FS_RECTF()
    for index, char in _characters(text):
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        _widen(text, index, char, box)
        (x0, y0), (x1, y1) = place((box.left, box.bottom)), place((box.right, box.top))
        yield Glyph(char, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _widen(text: Any, index: int, char: str, box: Any) -> None:
    """Give a full-width character the square that it stands in, where the file's font tells no more than its ink.

    Browsers embed Japanese fonts as drawings (Type 3): there ・ and 口 come as small as they are drawn, and the room
    around them would be read as blanks.
    """
    if east_asian_width(char) not in "WF":
        return
    at, place = pdfium.FS_MATRIX(), (c_double(), c_double())
    pdfium.FPDFText_GetMatrix(text, index, at)
    if at.a <= 0 or abs(at.b) > 0.01 * at.a or abs(at.c) > 0.01 * at.a:
        return
    pdfium.FPDFText_GetCharOrigin(text, index, *place)
    x, y, em = place[0].value, place[1].value, pdfium.FPDFText_GetFontSize(text, index) * at.a
    if (
        max(box.right - box.left, box.top - box.bottom) > 1.05 * em
        or not x - 0.1 * em <= box.left <= box.right <= x + 1.1 * em
    ):
        return
    box.left, box.right = min(x, box.left), max(x + em, box.right)
    box.bottom, box.top = min(y - _DESCENT * em, box.bottom), max(y + (1 - _DESCENT) * em, box.top)


def _characters(text: Any) -> Iterator[tuple[int, str]]:
    """Yield the characters that the file has, with their index; pdfium adds line ends of its own."""
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
        high = 0
        if code == _END_OF_LINE_HYPHEN:
            yield index, "-"
        elif code in (0, 0xFFFE, 0xFFFF) or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
            yield index, UNMAPPED
        else:
            yield index, chr(code)


def loses_text(page: Any) -> bool:
    """Tell whether pdfium drops characters: a text whose glyphs no installed font has may have no width to it.

    That is how single characters and turned lines end in documents whose fonts are not embedded.
    """
    for thing, _ in objects(page):
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
            x0, _, x1, _ = bounds(thing)
            if x1 - x0 < _NOTHING and not pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(thing)):
                return True
    return False
