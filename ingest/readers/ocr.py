"""Reads a page of a PDF by OCR: pdfium draws it, the ``tesseract`` program reads it with its Japanese data."""

import io
import shutil
import subprocess
from functools import cache
from typing import Any

from ingest.errors import RefusedFile, UnreadableFile
from ingest.readers.grid import cell_text
from ingest.readers.sources import SourceFile

LANGUAGE = "jpn"
_DPI = 300
_LARGEST_SIDE = 10_000
_PAGE_SECONDS = 120


def lines(source: SourceFile, number: int, page: Any) -> list[str]:
    """Return the lines of a page of pdfium; raises ``UnreadableFile`` where tesseract is not there."""
    program = _program()
    if program is None:
        reason = "it has pages without text, and tesseract with its Japanese data is not installed"
        raise UnreadableFile(source.name, reason, f"install tesseract-ocr and tesseract-ocr-{LANGUAGE}")
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(_DPI)]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command, the picture comes by a pipe
            command, input=_picture(page), capture_output=True, timeout=_PAGE_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise RefusedFile(source.name, f"OCR of page {number} took longer than {_PAGE_SECONDS} s") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()[-200:]
        raise UnreadableFile(source.name, f"OCR of page {number} failed: {said}") from error
    return [cell_text(line) for line in done.stdout.decode("utf-8", "replace").replace("\f", "").strip().splitlines()]


def _picture(page: Any) -> bytes:
    scale = min(_DPI / 72, _LARGEST_SIDE / max(page.get_size()))
    image = page.render(scale=scale, grayscale=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@cache
def _program() -> str | None:
    """Return the path of tesseract where it has the Japanese data."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)  # noqa: S603
    return program if LANGUAGE in listed.stdout.decode("utf-8", "replace").split() else None
