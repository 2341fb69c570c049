"""Indicators told in running words or in cells that say their own time."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest

from ingest.indicator_cells import Cells, spaced
from ingest.indicator_times import TIME
from ingest.labels import field_words
from ingest.text import SOFT

_FROM_TO = re.compile(
    r"(?P<name>[^→⇒]*?[^→⇒\d\s▲△約])(?:\s|[:：]|(?=[▲△約]?\d))\s*(?P<base>[▲△約]?\d[^→⇒\s]*(?:\s*\([^()]*\))?|(?<=\s)[-―－ー–—](?:\([^()]*\))?)\s*[→⇒]\s*(?P<goal>\S.*)$"
)
# 巡回回数(基準 2回/目標 6回): the figures stand in parentheses behind the name.
_IN_PARENTHESES = re.compile(r"^(?P<name>[^()]*(?:\([^()]*\)[^()]*)?)\((?P<figures>(?:[^()]|\([^()]*\))+)\)$")
_TIMED_FROM_TO = re.compile(
    rf"(?P<name>[^→⇒]*?[^→⇒\s\d])[\s:：]+(?P<base_time>{TIME})\s*[:：]?\s*(?P<base>[▲△約]?\d\S*)\s*[→⇒]\s*"
    rf"(?P<goal_time>{TIME})\s*[:：]?\s*(?P<goal>[▲△約]?\d\S*)$"
)
# 利用者数 8,450人(計画 9,000人、達成率93.9%): behind a label that says what came of it.
_RESULT = re.compile(
    r"(?P<name>[^()\d、。]*[^()\d、。\s:：▲△約])\s*[:：]?\s*(?P<actual>[▲△約]?\d[\d,.]*[^\s\d、。()]{0,6})\s*"
    r"(?:\((?:目標|計画)値?\s*[:：]?\s*(?P<goal>[▲△約]?\d[\d,.]*[^\s、。()]*)[^()]*\))?"
)
_RATED = re.compile(r"[\s、,/(]*(?:評価|判定|達成度|達成状況)\s*[:：]?\s*(?P<mark>[◎○△×▲A-ES])\)?$")
_FIGURE_FIELDS = ("baseline", "target", "actual")


_TIMED = re.compile(rf"^(?P<time>{TIME})\s*[:：]\s*(?P<value>\S.*)$")
_TIME_BEHIND = re.compile(rf"^(?P<value>[▲△約]?\d[^()]*)\(\s*(?P<time>{TIME})\s*\)$")


@cache
def _figure_heads() -> re.Pattern[str]:
    listed = [(field, word) for field in _FIGURE_FIELDS for word in field_words(field)]
    words = "|".join(re.escape(word) for _, word in sorted(listed, key=lambda pair: -len(pair[1])))
    return re.compile(rf"(?P<head>{words})\s*(?:\((?P<time>[^()]{{1,14}})\)\s*[:：]?|[:：]|(?=\s|[▲△約]?\d))\s*")


def inline(text: str) -> Cells | None:
    """Read an indicator that is told in running words: … 現状値(R4) 298日 目標値(R10) 365日, or … 12人(R2)→20人(R7)."""
    plain = spaced(text).replace(SOFT, "").lstrip("・ ")
    if dated := _TIMED_FROM_TO.match(plain):
        times = {"baseline_time": dated["base_time"].strip(), "target_time": dated["goal_time"].strip()}
        return Cells(dated["name"], dated["base"], dated["goal"], **times)
    arrow = _FROM_TO.match(plain)
    if arrow and len({head["head"] for head in _figure_heads().finditer(plain)}) < 2:
        return Cells(arrow["name"].rstrip(" :：、"), arrow["base"], arrow["goal"])
    inside = _IN_PARENTHESES.match(plain)
    if inside and _figure_heads().search(inside["figures"]):
        plain = f"{inside['name']} {inside['figures']}"
    rated = _RATED.search(plain)
    plain = plain[: rated.start()] if rated else plain
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
    return Cells(name, base, goal, real, rated["mark"] if rated else "", base_time, goal_time, real_time)


def result(text: str) -> Cells | None:
    """Read what came of a measure, told as a name with its figure and the one aimed at; None for other words."""
    found = _RESULT.fullmatch(spaced(text).replace(SOFT, ""))
    return Cells(found["name"], target=found["goal"] or "", actual=found["actual"]) if found else None


def timed(cells: Sequence[str]) -> Cells | None:
    """Read an indicator whose figures each say their time: 修了者数 | 令和4年度:3人 | 令和8年度:15人; the last is the target."""
    if len(cells) == 1:  # センターの開設日数 365日(R4) 366日(R10)
        cells = spaced(cells[0]).replace(SOFT, "").split()
    name, *rest = (spaced(cell).replace(SOFT, "") for cell in cells)
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
