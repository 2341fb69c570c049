"""Characters of a page as pdfminer reads them: slower than pdfium, but it needs no font to be there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber

from ingest.readers.pdf_glyphs import Glyph
from ingest.readers.pdf_text import UNMAPPED, marked_glyphs


class CarefulText:
    """The text of a document, opened when its first page is asked for; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None

    def __enter__(self) -> "CarefulText":
        return self

    def __exit__(self, *_: object) -> None:
        if self._document:
            self._document.close()

    def glyphs(self, number: int) -> list[Glyph]:
        """Return the characters of page ``number``, from 1."""
        if self._document is None:
            self._document = pdfplumber.open(self._path)
        page = self._document.pages[number - 1]
        found = list(marked_glyphs(_boxes(page), page.width, page.height))
        page.close()
        return found


def _boxes(page: Any) -> Iterator[Glyph]:
    left, top, _, _ = page.bbox
    for char in page.chars:
        text = UNMAPPED if char["text"].startswith("(cid:") else char["text"]
        yield Glyph(text, char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
