"""Indicators and their figures: one cell may hold several names, baselines, targets, actual figures and ratings.

The n-th name goes with the n-th baseline, target, actual figure and rating. A date in the cell wins over one in the
column's heading. A rating printed once for several indicators is given to each, marked as shared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from ingest.labels import field_words
from ingest.numbers import figure, is_dash
from ingest.records import Indicator, Measured, Target
from ingest.text import SOFT, clean, nfkc
from ingest.years import YEAR

RATING = re.compile(r"^(?:[◎○△×✕☓〇●▲▼□◇★☆⊿◯]|[A-ES](?:\+|-|評価)?|[ⅠⅡⅢⅣⅤ]|-)$")
"""A rating as printed: a mark or a letter; the document's legend says what it means."""

_FROM_TO = re.compile(
    r"(?P<name>[^→⇒]*?[^→⇒\d\s▲△約])(?:\s|[:：]|(?=[▲△約]?\d))\s*(?P<base>[▲△約]?\d[^→⇒\s]*(?:\s*\([^()]*\))?)\s*[→⇒]\s*(?P<goal>\S.*)$"
)
_FIGURE_FIELDS = ("baseline", "target", "actual")
_TIME = (
    rf"(?:{YEAR.pattern}(?:\s*\([^()]{{1,8}}\))?\s*年?度?(?:\s*\d{{1,2}}\s*月)?(?:末|時点|現在|以降|まで|から)*"
    r"|毎年度?|各年度?|毎年|期間中|計画期間中?)"
)
_TIME = re.sub(r"\?P<\w+>", "", _TIME)
_IN_PARENTHESES = re.compile(rf"\(\s*({_TIME})\s*\)")
_LEADING_TIME = re.compile(rf"^({_TIME})\s+(?=[▲△約]?\d)")
_TIMED = re.compile(rf"^(?P<time>{_TIME})\s*[:：]\s*(?P<value>\S.*)$")
_TIME_BEHIND = re.compile(rf"^(?P<value>[▲△約]?\d[^()]*)\(\s*(?P<time>{_TIME})\s*\)$")
_ONLY_TIME = re.compile(rf"^{_TIME}$")
_ONLY_PARENTHESES = re.compile(r"^\([^()]*\)$")
_BETWEEN_VALUES = re.compile(
    rf"(?<=[^/(,.、・~約▲△第和成{SOFT} ]){SOFT}(?=[▲△約]?\d|[-―]|各\d)|(?<=[)]){SOFT}(?=[^(年月日)])"
)
_NAME_ENDS = re.compile(
    r"(?:数|率|額|量|割合|比率|人口|面積|時間|実施|開催|整備|構築|策定|運営|体制|検討|等|作成|共有|開始|設置|導入|処理|制定|締結|満足度|点|状況)$"
)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row that speak of its indicators, as printed, and the times that their headings name."""

    names: str
    baseline: str = ""
    target: str = ""
    actual: str = ""
    rating: str = ""
    baseline_time: str | None = None
    target_time: str | None = None
    actual_time: str | None = None
    unit: str | None = None


@cache
def _figure_heads() -> re.Pattern[str]:
    listed = [(field, word) for field in _FIGURE_FIELDS for word in field_words(field)]
    words = "|".join(re.escape(word) for _, word in sorted(listed, key=lambda pair: -len(pair[1])))
    return re.compile(rf"(?P<head>{words})\s*(?:\((?P<time>[^()]{{1,14}})\)\s*[:：]?|[:：]|(?=\s|[▲△約]?\d))\s*")


def inline(text: str) -> Cells | None:
    """Read an indicator that is told in running words: … 現状値(R4) 298日 目標値(R10) 365日, or … 12人(R2)→20人(R7)."""
    plain = _spaced(text).replace(SOFT, "").lstrip("・ ")
    arrow = _FROM_TO.match(plain)
    if arrow:
        return Cells(arrow["name"].rstrip(" :：、"), arrow["base"], arrow["goal"])
    heads = list(_figure_heads().finditer(plain))
    found: dict[str, tuple[str, str | None]] = {}
    for head, after in zip_longest(heads, heads[1:]):
        field = next(name for name in _FIGURE_FIELDS if head["head"] in field_words(name))
        value = plain[head.end() : after.start() if after else len(plain)].strip(" 、,/→⇒")
        if value and field not in found:
            found[field] = value, head["time"]
    name = plain[: heads[0].start()].strip(" 、,:：/") if heads else ""
    if not found or not name:
        return None
    (base, base_time), (goal, goal_time), (real, real_time) = (found.get(name, ("", None)) for name in _FIGURE_FIELDS)
    return Cells(name, base, goal, real, "", base_time, goal_time, real_time)


def timed(cells: Sequence[str]) -> Cells | None:
    """Read an indicator whose figures each say their time: 修了者数 | 令和4年度:3人 | 令和8年度:15人; the last is the target."""
    name, *rest = (_spaced(cell).replace(SOFT, "") for cell in cells)
    figures = [found for cell in rest if (found := _TIMED.match(cell) or _TIME_BEHIND.match(cell))]
    if not figures or len(figures) != len(rest) or len(figures) > 2:
        return None
    goal = figures[-1]
    base = figures[0] if len(figures) == 2 else None
    return Cells(
        name,
        baseline=base["value"] if base else "",
        target=goal["value"],
        baseline_time=base["time"] if base else None,
        target_time=goal["time"],
    )


@lru_cache(maxsize=4096)
def _spaced(cell: str) -> str:
    """Normalise a cell but keep its white space as single spaces: it may part two values; soft breaks stay too."""
    text = SOFT.join(re.sub(r"<br\s*/?>|</?(?:p|li|ul)>", " ", nfkc(part)) for part in cell.split(SOFT))
    text = re.sub(rf"{SOFT}(?=[・①-⑳])", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def _join_open(pieces: Sequence[str]) -> list[str]:
    """Join what a space cut inside brackets, and put a note in parentheses to the value before it."""
    joined: list[str] = []
    for piece in pieces:
        opened = joined and _is_open(joined[-1])
        if joined and (opened or _ONLY_PARENTHESES.match(piece)):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _is_open(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("()", "「」", "『』", "【】"))


def values(cell: str, count: int | None = None) -> list[str]:
    """Cut a cell into the values it holds: ``100人/年度 2019年度`` holds two, ``100名以上 (集計中)`` one.

    A soft break parts two values where a figure, or a dash, begins behind a whole one; other soft breaks do where
    ``count`` values are looked for and just so many are missing.
    """
    text = _BETWEEN_VALUES.sub(" ", _spaced(cell))
    found = _values(text.replace(SOFT, ""))
    if count and len(found) < count == len(found) + text.count(SOFT):
        return _values(text.replace(SOFT, " "))
    return found


def _values(text: str) -> list[str]:
    pieces = _join_open(text.split(" ")) if text else []
    joined: list[str] = []
    for piece in pieces:
        # A time before a figure belongs to it: R4 8.4%.
        if (
            joined
            and _ONLY_TIME.match(joined[-1])
            and re.match(r"[▲△約]?\d", piece)
            and not re.search(r"年度", joined[-1])
        ):
            joined[-1] += f" {piece}"
        elif joined and re.fullmatch(r"[①-⑳・]", joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def names(cell: str, count: int = 0) -> list[str]:
    """Cut a cell into the names of indicators that spaces or bullets part; brackets hold their words together.

    Where ``count`` names are looked for and fewer are found, the soft breaks that most look like ends of names part them.
    """
    text = _spaced(cell)
    parts = re.split(r"(?:^|\s)(?=[・①-⑳])", text) if re.search(r"(?:^|\s)[・①-⑳]", text) else None
    pieces = [p for p in parts if p.strip()] if parts else _join_open(text.split(" ")) if text else []
    if len(pieces) < count:
        pieces = _cut_at_soft(pieces, count - len(pieces)) or pieces
    return [clean(re.sub(r"^[・\s]+", "", piece)) for piece in pieces if piece.strip()]


def _cut_at_soft(pieces: Sequence[str], missing: int) -> list[str] | None:
    """Cut at as many soft breaks as names are missing, those where a name ends as names of figures do first."""
    text = " ".join(pieces)
    at = [m.start() for m in re.finditer(SOFT, text)]
    rated = sorted(((_ends_name(text, place), -place) for place in at), reverse=True)
    chosen = {-place for rating, place in rated[:missing] if rating > 0}
    if len(chosen) < missing:
        return None
    return _join_open(
        "".join(" " if i in chosen else c for i, c in enumerate(text) if c != SOFT or i in chosen).split(" ")
    )


def _ends_name(text: str, at: int) -> int:
    """Rate a place as the end of a name: 2 behind a word that names of figures end with, 0 inside brackets or words."""
    before, behind = text[:at].replace(SOFT, ""), text[at + 1 :]
    if _is_open(before) or re.match(r"[ぁ-んー、。・)」』)]", behind):
        return 0
    return 2 if _NAME_ENDS.search(before) else 0


def measured(text: str, time: str | None = None, unit: str | None = None) -> Measured | None:
    """Read a baseline or an actual figure; a dash or nothing is None. ``time`` and ``unit`` are those of the headings."""
    read = _value(text)
    if read is None:
        return None
    words, value, own_unit, own, _ = read
    return Measured(text=words, value=value, unit=own_unit or (unit if value is not None else None), as_of=own or time)


def target(text: str, time: str | None = None, unit: str | None = None) -> Target | None:
    """Read a target; a target that is only a time (2030年度まで) has it as ``due`` and no value."""
    read = _value(text)
    if read is None:
        return None
    words, value, own_unit, own, only = read
    return Target(
        text=words, value=value, unit=own_unit or (unit if value is not None else None), due=own or only or time
    )


def _value(text: str) -> tuple[str, int | float | None, str | None, str | None, str | None] | None:
    words = clean(text)
    if not words or is_dash(words):
        return None
    plain = nfkc(words)
    inside = _IN_PARENTHESES.search(plain)
    leading = _LEADING_TIME.match(plain)
    body = plain[leading.end() :] if leading else plain
    read = figure(body)
    own = inside[1] if inside else leading[1] if leading else None
    only = words if _ONLY_TIME.match(words) and not re.match(r"^期間中$", words) else None
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
    ratings = [r for r in re.split(rf"[ {SOFT}]", _spaced(cells.rating)) if r]
    shared = len(ratings) == 1 and count > 1
    result = []
    for n, name in enumerate(found):
        rating = ratings[n] if len(ratings) == count else ratings[0] if len(ratings) == 1 else None
        if count == 1 and ratings:
            rating = " ".join(ratings)
        result.append(
            Indicator(
                name=name,
                baseline=measured(_nth(cells.baseline, n, count), cells.baseline_time, cells.unit),
                target=target(_nth(cells.target, n, count), cells.target_time, cells.unit),
                actual=measured(_nth(cells.actual, n, count), cells.actual_time, cells.unit),
                rating=rating,
                shared=shared,
            )
        )
    return tuple(result)
