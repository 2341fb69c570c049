"""Reads plain text, Markdown, CSV and TSV.

The lines are the file's own, so that their numbers agree with an editor; only quoted line breaks of CSV are not.
A row of a table drawn with pipes (Markdown) or box-drawing characters becomes a tab row in its place. A form feed begins a new page, as
``pdftotext`` writes it.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from ingest.errors import UnreadableFile
from ingest.extract import Extract, Line, Notice, number_lines
from ingest.readers.encodings import decode, decode_leniently
from ingest.readers.grid import cell_text, tab_row
from ingest.readers.sources import SourceFile
from ingest.text import SOFT

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown", ".csv": "text/csv", ".tsv": "text/tab-separated-values"}
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*$")
_DRAWN_ROW = re.compile(r"\s*[│┃║｜].*[│┃║｜]\s*$")
_DRAWN_RULE = re.compile(r"(?=.*[─━═┄┅┈┉])[\s─-╿]+$")
_SHORTEST_ROW = 3
_FEWEST_ROWS = 3
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR_ROW = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*$")


def read(source: SourceFile) -> Extract:
    """Read a text file; raises ``UnreadableFile`` where its encoding cannot be told."""
    text, notices = decoded(source, source.path.read_bytes())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if source.suffix in (".csv", ".tsv"):
        rows = [(None, list(_separated_rows(source, text)))]
        return Extract(number_lines(rows), MEDIA_TYPES[source.suffix], None, notices)
    lines = tuple(_paged(text.removesuffix("\n").split("\n")))
    pages = lines[-1].page if lines else None
    return Extract(lines, MEDIA_TYPES.get(source.suffix, "text/plain"), pages, notices)


def decoded(source: SourceFile, data: bytes, declared: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """Return the text of bytes, with a notice where a few are wrong; raises ``UnreadableFile`` where more are."""
    text = decode(data, declared)
    if text is not None and "\0" not in text:
        return text, ()
    lenient = decode_leniently(data)
    if lenient is None:
        reason = "its encoding is none of UTF-8, UTF-16, Shift_JIS, EUC-JP and ISO-2022-JP"
        raise UnreadableFile(source.name, reason, "open it in an editor and save it as UTF-8")
    text, wrong = lenient
    line = text[: text.index("\ufffd")].count("\n") + 1
    return text, (
        Notice("unreadable", f"{line}行", f"文字コードの誤りが{wrong}か所ある(\ufffd で示した)", (line, line)),
    )


def _paged(lines: list[str]) -> Iterator[Line]:
    """Yield the numbered lines, with pages where form feeds mark them; one at the very end begins no page."""
    lines = [*lines[:-1], lines[-1].rstrip("\f")]
    lines = list(_with_whole_cells(list(_with_outer_pipes(lines))))
    page = 1 if any("\f" in line for line in lines) else None
    for number, line in enumerate(lines, 1):
        before, feeds, after = _cut_at_feeds(line)
        if page and not before:
            page += feeds
        yield Line(number, page, _row(f"{before} {after}".strip() if feeds else line))
        if page and before:
            page += feeds


def _with_outer_pipes(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, those of tables whose rows have no pipe before their first cell (a | b, --- | ---) with one."""
    in_table = False
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        begins = bool(_SEPARATOR_ROW.match(below)) and not _PIPE_ROW.match(line)
        in_table = bool(_PIPE.search(line)) and (in_table or begins)
        yield f"|{line.strip().removesuffix('|')}|" if in_table else line


def _with_whole_cells(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines; in a drawn table with a rule between its rows, the lines of one row are joined in the first of them."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (_DRAWN_ROW.match(lines[end]) or _DRAWN_RULE.match(lines[end])):
            end += 1
        yield from _joined_rows(lines[at:end]) if end > at else [lines[at]]
        at = max(end, at + 1)


def _joined_rows(table: Sequence[str]) -> Sequence[str]:
    """Join the lines of each row of a drawn table, where rules part its rows and not only its head and its total."""
    runs = [
        list(run) for ruled, run in groupby(range(len(table)), lambda n: bool(_DRAWN_RULE.match(table[n]))) if not ruled
    ]
    several = [[_drawn_cells(table[n]) for n in run] for run in runs if len(run) > 1]
    partial = all(any(not cell.strip() for cell in cells) for rows in several for cells in rows[1:])
    if len(runs) < _FEWEST_ROWS or 2 * len(several) > len(runs) or not partial:
        return table
    joined = list(table)
    for run in (run for run in runs if len(run) > 1):
        cells = zip_longest(*(_drawn_cells(table[n]) for n in run), fillvalue="")
        joined[run[0]] = f"│{'│'.join(SOFT.join(filter(None, map(str.strip, column))) for column in cells)}│"
        joined[run[1] : run[-1] + 1] = [""] * (len(run) - 1)
    return joined


def _drawn_cells(line: str) -> list[str]:
    return re.split("[│┃║｜]", line.strip())[1:-1]


def _cut_at_feeds(line: str) -> tuple[str, int, str]:
    before, *rest = line.split("\f")
    return before, len(rest), " ".join(part for part in rest if part)


def _row(line: str) -> str:
    if _DRAWN_RULE.match(line):
        return ""
    if _DRAWN_ROW.match(line) and len(line.strip()) >= _SHORTEST_ROW:
        return tab_row(map(cell_text, _drawn_cells(line)))
    if not _PIPE_ROW.match(line) or len(line.strip()) < _SHORTEST_ROW:
        return line
    if _SEPARATOR_ROW.match(line):
        return ""
    cells = _PIPE.split(line.strip())[1:-1]
    return tab_row(cell_text(cell.replace("\\|", "|")) for cell in cells) if cells else line


def _separated_rows(source: SourceFile, text: str) -> Iterator[str]:
    head = text[:4096]
    tabbed = source.suffix == ".tsv" or ("\t" in head and "," not in head)
    count = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabbed else ",", strict=False):
            count += len(cells)
            source.refuse_above(count, source.limits.cells, "cells")
            yield tab_row(map(cell_text, cells))
    except csv.Error as error:
        raise UnreadableFile(source.name, f"its columns cannot be told apart: {error}") from error
