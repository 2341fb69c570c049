"""Indicators and their figures: one cell may hold several names, baselines, targets, actual figures and ratings.

The n-th name goes with the n-th baseline, target, actual figure and rating. A date in the cell wins over one in the
column's heading. A rating printed once for several indicators is given to each, marked as shared.
"""

import re
from collections.abc import Sequence

from ingest.indicator_cells import Cells, names, spaced, values
from ingest.indicator_times import ONLY_TIME, TIME
from ingest.numbers import figure, is_dash, unit_behind
from ingest.records import Indicator, Measured, Target
from ingest.text import CIRCLED, SOFT, clean, nfkc

RATING = re.compile(r"^(?:[◎○△×✕☓〇●▲▼□◇★☆⊿◯]|[A-ES](?:\+|-|評価)?|[ⅠⅡⅢⅣⅤ]|-)$")
"""A rating as printed: a mark or a letter; the document's legend says what it means."""

GRADE = re.compile(
    r"(?:極めて|とても|概ね|おおむね|ほぼ|やや|大幅に?|一部|未|不)?"
    r"(?:順調|達成(?:済み?|見込み?|できず)?|未達成?|遅れ|遅延|良好|十分|不調|停滞|改善|要改善|目標達成|計画(?:どおり|通り))"
)
"""A grade in words: 順調, やや遅れ, 概ね達成."""

_EXPLAINED = re.compile(r"^(?P<mark>[◎○△×▲▼□◇★☆]|[A-ES]|[ⅠⅡⅢⅣⅤ])\s*[(:]\s*\S{2,12}?\)?$")


def rating_in(words: str) -> str | None:
    """Return the rating that a cell is, also with its meaning behind it (A(順調)), None for other words."""
    plain = clean(words)
    explained = _EXPLAINED.match(plain)
    return plain if RATING.match(plain) else explained["mark"] if explained else None


_IN_PARENTHESES = re.compile(rf"\(\s*({TIME})\s*\)")
_LEADING_TIME = re.compile(rf"^({TIME})\s+(?=[▲△約]?\d)")


def measured(text: str, time: str | None = None, unit: str | None = None) -> Measured | None:
    """Read a baseline or an actual figure; a dash or nothing is None. ``time`` and ``unit`` are those of the headings."""
    read = _value(text, number=True)
    if read is None:
        return None
    words, value, own_unit, own, _ = read
    return Measured(text=words, value=value, unit=own_unit or (unit if value is not None else None), as_of=own or time)


def target(text: str, time: str | None = None, unit: str | None = None) -> Target | None:
    """Read a target; a target that is only a time (2030年度まで) has it as ``due`` and no value.

    Four digits alone are a number where the heading has told the time or the unit, else a year.
    """
    read = _value(text, number=bool(time or unit))
    if read is None:
        return None
    words, value, own_unit, own, only = read
    return Target(
        text=words, value=value, unit=own_unit or (unit if value is not None else None), due=own or only or time
    )


def _value(text: str, *, number: bool) -> tuple[str, int | float | None, str | None, str | None, str | None] | None:
    words = clean(text).lstrip(CIRCLED).strip()  # ②－: the mark pairs it with its name
    if not words or is_dash(words):
        return None
    plain = nfkc(words)
    inside = _IN_PARENTHESES.search(plain)
    leading = _LEADING_TIME.match(plain)
    body = plain[leading.end() :] if leading else plain
    read = figure(body)
    own = inside[1] if inside else leading[1] if leading else None
    only = words if ONLY_TIME.match(words) and not re.match(r"^期間中$", words) else None
    if number and plain.isdecimal():
        only = None
    if only:
        read = None
    return words, read.value if read else None, read.unit if read else None, own, only


def _count(cells: Cells, found: Sequence[str]) -> int:
    """Decide how many indicators the cells hold: what most value cells agree on, if the names can be cut so."""
    agreed = _agreed(cells)
    if len(found) == agreed or not agreed:
        return len(found)
    return agreed if 1 < agreed < len(found) else 1


def _agreed(cells: Cells) -> int:
    """Return the most values that a cell of figures holds, 0 where they hold none but dashes."""
    held = (values(c) for c in (cells.target, cells.actual, cells.baseline))
    return max((len(v) for v in held if v and not (len(v) == 1 and is_dash(v[0]))), default=0)


def _nth(cell: str, n: int, count: int) -> str:
    """Return the n-th value of a cell; one dash stands for all, a cell that does not come out even goes to the first."""
    found = values(cell, count)
    if count == 1:
        return cell
    if len(found) == count:
        return found[n]
    if len(found) == 1 and is_dash(found[0]):
        return ""
    return cell if n == 0 else ""


def indicators(cells: Cells) -> tuple[Indicator, ...]:
    """Return the indicators of a row, in order; none where no name is printed."""
    found = names(cells.names, _agreed(cells))
    if not found or all(is_dash(name) for name in found):
        return ()
    count = _count(cells, found)
    if count == 1:
        found = [clean(cells.names)]
    elif count < len(found):
        found = [*found[: count - 1], clean(" ".join(found[count - 1 :]))]
    ratings = [r for r in re.split(rf"[ {SOFT}]", spaced(cells.rating)) if r]
    shared = len(ratings) == 1 and count > 1
    result = []
    for n, name in enumerate(found):
        rating = ratings[n] if len(ratings) == count else ratings[0] if len(ratings) == 1 else None
        if count == 1 and ratings:
            rating = " ".join(ratings)
        unit = cells.unit or unit_behind(name)
        result.append(
            Indicator(
                name=name,
                baseline=measured(_nth(cells.baseline, n, count), cells.baseline_time, unit),
                target=target(_nth(cells.target, n, count), cells.target_time, unit),
                actual=measured(_nth(cells.actual, n, count), cells.actual_time, unit),
                rating=rating,
                shared=shared,
            )
        )
    return tuple(result)
