"""Schedules: the fiscal years that head columns, the marks under them, and the phases that the marks name."""

import re
from collections.abc import Iterable, Sequence

from ingest import years
from ingest.blocks import Row
from ingest.records import Phase, ScheduleItem
from ingest.text import clean, clean_or_none, nfkc

_HALF = re.compile(r"[前後上下](?:半?期|半)|四半期")
_ARROW = re.compile(r"[→⇒⇨➡►▶▷>]")
_STROKES = re.compile(r"[-‐–—―−─━=→⇒⇨➡►▶▷>~…\s│|]+|(?<![ァ-ヺ])ー+")
_BETWEEN = re.compile(r"[/;、,。\n]|\s(?=(?:令和|平成|R|H|20)\d)|→")
_TOLD = re.compile(
    r"(?P<years>(?:令和|平成|[RH]|20)\s?(?:元|\d{1,2})\s?年?度?(?:\s?[~〜-]\s?(?:令和|平成|[RH]|20)?\s?\d{1,2}\s?年?度?)?)"
    r"(?:\s*[:：]\s*|\s+|に|は)(?P<what>[^\d\s:：].*)$"
)
_MARKS = re.compile(r"[●○◎■□◆◇★☆]+")


def schedule_row(label: str, cells: dict[int, str], span: Sequence[int]) -> ScheduleItem | None:
    """Make a row of a schedule from the cell of each fiscal year; ``span`` are the years of the heading."""
    marks = {str(year): text for year in span if (text := clean(cells.get(year, "")))}
    words = clean_or_none(label)
    if not marks and not words:
        return None
    return ScheduleItem(label=words, marks=marks, phases=_phases(marks, span))


def told_schedule(text: str) -> ScheduleItem | None:
    """Read a schedule told in words, each piece behind its years: 令和6年度 調査／令和7年度～令和8年度 試行.

    None where other words stand around, or a piece has no end (令和9年度以降).
    """
    pieces = [_TOLD.match(piece.strip()) for piece in _BETWEEN.split(nfkc(text)) if piece.strip()]
    told = []
    for piece in pieces:
        span = years.period(piece["years"]) if piece else None
        only = years.fiscal_year(piece["years"]) if piece and span is None else None
        if piece is None or (span is None and only is None):
            return None
        told.append((*(span or (only or 0, only or 0)), clean(piece["what"])))
    if not told:
        return None
    marks = {str(first): what for first, last, what in told if first == last}
    return ScheduleItem(label=None, marks=marks, phases=tuple(Phase(*piece) for piece in told))


def _phases(marks: dict[str, str], span: Sequence[int]) -> tuple[Phase, ...]:
    """Read the named phases: one with an arrow or a dot lasts until the next mark that names another, others their year."""
    named = [
        (int(year), text, _MARKS.sub("", _STROKES.sub(" ", nfkc(text))).strip(" ・")) for year, text in marks.items()
    ]
    phases = []
    for i, (year, text, word) in enumerate(named):
        if not word:
            continue
        following = next((y for y, _, other in named[i + 1 :] if other), None)
        end = following - 1 if following is not None else span[-1]
        arrows_on = any(not other for y, _, other in named[i + 1 :] if y <= end)
        lasting = bool(_ARROW.search(text)) or (bool(_MARKS.search(text)) and arrows_on)
        phases.append(Phase(year, end if lasting else _last_stroke(year, named[i + 1 :]), word))
    return tuple(phases)


def _last_stroke(year: int, following: Sequence[tuple[int, str, str]]) -> int:
    """Return the last of the years right after one whose cells are an arrow alone (実施 | → | →)."""
    for after, text, _ in following:
        if after != year + 1 or not _STROKES.fullmatch(text) or not _ARROW.search(text):
            break
        year = after
    return year


def year_columns(row: Row) -> dict[int, int]:
    """Return the columns of a row that are headed by a fiscal year."""
    found: dict[int, int] = {}
    last: int | None = None
    for i, cell in enumerate(row.cells):
        year = years.fiscal_year(cell) if len(cell) <= 24 else None
        bare = re.fullmatch(r"\s*(\d{1,2})\s*年度?\s*", nfkc(cell)) if year is None and last is not None else None
        if bare and last is not None and int(bare[1]) == years.year_of_era(last) + 1:  # 令和元年度 | 2年度 | 3年度
            year = last + 1
        if year is not None:
            found[i] = last = year
    halves = all(_HALF.search(nfkc(row.cell(i))) for i in found)  # R6前期 | R6後期: two columns of one year
    return found if halves or len(set(found.values())) == len(found) else {}


def by_year(cells: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the cells of each fiscal year, those of its halves one after the other; what both say is said once."""
    found: dict[int, str] = {}
    for year, cell in cells:
        said = found.get(year, "")
        again = clean(cell) in map(clean, said.split("\n"))
        found[year] = said if again else f"{said}\n{cell}".strip()
    return found
