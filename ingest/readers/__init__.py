"""From a file to lines and tables: one module a container, all giving the same ``Extract``.

    file ──sources──▶ SourceFile ──read──▶ Extract
    folder, zip ──members──▶ Member, Member, …          (``members.py``)
    many files ──ReaderPool──▶ (Member, Extract | IngestError), …   (``pool.py``: child processes with limits)

``read`` works in the calling process and trusts the file; what comes from outside goes through a ``ReaderPool``.
"""

import re
import stat
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.errors import IngestError, RefusedFile, UnreadableFile, UnsupportedFile
from ingest.extract import Extract
from ingest.readers import signatures
from ingest.readers.sources import Limits, Member, SourceFile

__all__ = ["ARCHIVES", "READERS", "SUPPORTED", "Limits", "Member", "SourceFile", "check", "read"]

READERS: dict[str, str] = {
    ".txt": "text",
    ".md": "text",
    ".tsv": "text",
    ".csv": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".docx": "word",
}
"""Suffix → module of this package, imported when the first such file comes; ``read(source) -> Extract`` is its door."""

ARCHIVES = (".zip",)
"""Containers of documents; ``members`` opens them."""

SUPPORTED = (*READERS, *ARCHIVES)

_SAVE_AS = {
    ".doc": ".docx", ".docm": ".docx", ".odt": ".docx", ".rtf": ".docx", ".jtd": ".docx",
    ".xls": ".xlsx", ".xlsb": ".xlsx", ".ods": ".xlsx",
    ".ppt": ".pdf", ".pptx": ".pdf", ".odp": ".pdf", ".xdw": ".pdf",
}  # fmt: skip
_EXPECTED = {"pdf": signatures.PDF, "excel": signatures.EXCEL, "word": signatures.WORD}
_TEXTUAL = (signatures.TEXT, signatures.HTML)
# What no line may hold: control characters but the tab, halves of surrogate pairs, and what Unicode reserves.
_UNFIT = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def read(path: Path, *, name: str | None = None, ocr: bool = False, limits: Limits | None = None) -> Extract:
    """Read one file in this process; ``name`` is what people call it and gives the suffix.

    Raises ``UnsupportedFile``, ``UnreadableFile`` or ``RefusedFile``, each naming the file.
    """
    source = SourceFile(path, name or str(path), ocr, limits or Limits())
    check(source)
    _check_content(source)
    module = import_module(f"ingest.readers.{READERS[source.suffix]}")
    try:
        extract: Extract = module.read(source)
    except IngestError:
        raise
    except MemoryError:
        raise RefusedFile(source.name, "it needs too much memory") from None
    except RecursionError:
        raise RefusedFile(source.name, "it is nested too deeply") from None
    except Exception as error:  # a damaged file shows itself by any error of the libraries that parse it
        raise UnreadableFile(source.name, f"it is damaged: {_first_line(error)}") from error
    return _made_fit(source, extract)


def check(source: SourceFile) -> None:
    """Refuse what needs no look inside: no reader for it, no such file, empty, too large."""
    if source.suffix not in READERS:
        raise _no_reader(source)
    try:
        status = source.path.stat()
    except OSError as error:
        raise UnreadableFile(source.name, error.strerror or str(error), "check its name and permissions") from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(source.name, "it is no file but a folder, pipe or device", "name a file")
    if status.st_size == 0:
        raise UnreadableFile(source.name, "it is empty", "get the file again")
    source.refuse_above(status.st_size, source.limits.file_bytes, "bytes")


def _no_reader(source: SourceFile) -> IngestError:
    if source.suffix in ARCHIVES:
        return UnreadableFile(source.name, "an archive holds documents and is none itself", "expand it first")
    return UnsupportedFile(source.name, [_SAVE_AS[source.suffix]] if source.suffix in _SAVE_AS else SUPPORTED)


def _check_content(source: SourceFile) -> None:
    """Refuse other content than the name says."""
    try:
        what = signatures.look(source.path)
    except OSError as error:
        raise UnreadableFile(source.name, error.strerror or str(error), "check its permissions") from error
    expected = _EXPECTED.get(READERS[source.suffix])
    if what == expected or (expected is None and what in _TEXTUAL):
        return
    if what == signatures.LOCKED:
        raise UnreadableFile(source.name, "it is locked with a password", "save it again without the password")
    reason = f"its content is not what {source.suffix} says, it looks like {what}"
    raise UnreadableFile(source.name, reason, "give it the suffix of what it is, or save it again")


def _first_line(error: Exception) -> str:
    words = str(error).strip().splitlines()
    return f"{type(error).__name__}: {words[0][:200]}" if words else type(error).__name__


def _made_fit(source: SourceFile, extract: Extract) -> Extract:
    """Take out characters that no text file can hold, so that a record's lines are the lines of the kept text."""
    source.refuse_above(sum(len(line.text) for line in extract.lines), source.limits.text_chars, "characters of text")
    if not any(_UNFIT.search(line.text) for line in extract.lines):
        return extract
    lines = tuple(replace(line, text=_UNFIT.sub(_space_or_nothing, line.text)) for line in extract.lines)
    return Extract(lines, extract.media_type, extract.pages, extract.notices)


def _space_or_nothing(unfit: re.Match[str]) -> str:
    return " " if unfit[0].isspace() else ""
