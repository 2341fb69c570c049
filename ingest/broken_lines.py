"""Lines as a page or a scan broke them: sentences over two lines, running titles between them, spaced characters."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import is_page_mark
from ingest.extract import Line
from ingest.text import clean, is_spaced, nfkc

_BEGINS = re.compile(
    r"^\s*(?:[-・●○■◆※#(（【「]|第\s*[\d一二三四五六七八九十]+\s*[条章編節]|別表|附\s*則|[甲乙丙丁][\s　]|[\d①-⑳]+[\s.．、　])"
)


_OPEN = re.compile(r"[(（][^()（）]{0,24}$")
"""A bracket that a line leaves open: 椎葉村（以下 / 「丙」という。）."""
_GOES_ON = re.compile(r"\s*(?:と(?:いう|する|は|の|が)|は、|が、|を|に|の|で(?:は|あ)|及び|並びに|又は|若しくは)")
_CITED = re.compile(r"^\s*第\s*[\d０-９一二三四五六七八九十百]+\s*[条項号](?![\s　（(]|$)")


def is_broken(above: str, below: str, *, full: bool | None = None) -> bool:
    """Tell whether a long line that stops inside a sentence goes on in the next.

    ``full`` is what the layout says of it: whether it ended for want of room; None where there is no layout.
    """
    if "\t" in above or "\t" in below or full is False:
        return False
    if full and not re.search(r"[。:：]\s*$", above) and _CITED.match(below):
        return True
    if _BEGINS.match(below) and not _OPEN.search(above):
        return False
    # A bracket ends a line only where no particle goes on behind it: …（以下「乙」/ という。）
    ends = r"[。:：]\s*$" if _GOES_ON.match(below) else r"[。)）」』:：]\s*$"
    return len(clean(above)) >= (12 if full else 28) and not re.search(ends, above)


def without_running_titles(lines: Sequence[Line]) -> Sequence[Line]:
    """Empty the lines that come again at the upper or lower edge of most pages: running titles cut sentences and tables."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None and line.text.strip() and not is_page_mark(line.text):
            pages.setdefault(line.page, []).append(line)
    if len(pages) < 4:
        return lines if pages else _without_titles_at_marks(lines)
    edges = [line for page in pages.values() for line in {page[0].number: page[0], page[-1].number: page[-1]}.values()]
    counted = Counter(_edge_words(line) for line in edges)
    running = {
        line.number
        for line in edges
        if not line.text.startswith("# ")  # the name of a sheet, or a heading
        and "\t" not in line.text
        and len(line.text) <= 60
        and 2 * counted[_edge_words(line)] > len(pages)
    }
    kept = min(running, default=0)  # the first may be the title itself
    return [replace(line, text="", full=False) if line.number in running - {kept} else line for line in lines]


def _without_titles_at_marks(lines: Sequence[Line]) -> Sequence[Line]:
    """Empty the lines beside page marks that come again there, in a text whose pages only these marks tell."""
    filled = [line for line in lines if line.text.strip()]
    marks = [n for n, line in enumerate(filled) if is_page_mark(line.text)]
    beside = [filled[n] for mark in marks for n in (mark - 1, mark + 1) if 0 <= n < len(filled)]
    edges = [line for line in beside if "\t" not in line.text and 3 <= len(line.text.strip()) <= 60]
    counted = Counter(_edge_words(line) for line in edges)
    running = {line.number for line in edges if counted[_edge_words(line)] > 1 and "。" not in line.text}
    return [replace(line, text="") if line.number in running else line for line in lines] if running else lines


def _edge_words(line: Line) -> str:
    return re.sub(r"[\d\s#]", "", nfkc(line.text))


def closed_up(lines: Sequence[Line]) -> Sequence[Line]:
    """Close up a scan that has a space after every character; other lines stay as they are."""
    filled = [line for line in lines if len(line.text.split()) > 5]
    if sum(_is_scanned(line.text) for line in filled) < max(3, len(filled) // 2):
        return lines
    return tuple(replace(line, text=_closed(line.text)) for line in lines)


def _is_scanned(text: str) -> bool:
    return is_spaced(text.replace("\t", " "))


def _closed(text: str) -> str:
    """Take out the spaces that a scan put after every character; cells stay apart."""
    return "\t".join(re.sub(r"(?<=\S) (?=\S)", "", cell) if _single(cell) else cell for cell in text.split("\t"))


def _single(cell: str) -> bool:
    parts = cell.split()
    return len(parts) > 1 and sum(len(p) == 1 for p in parts) >= 0.7 * len(parts)
