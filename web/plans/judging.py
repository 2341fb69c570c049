"""A printed rating held against the printed figures, wherever they decide; where they do not, the reason is told.

The printed rating is never replaced. ``agrees`` and ``disagrees`` are said only of a rating whose legend says reached
or not reached. A value that is the target's, in number or in words, has reached it, and a year later than the target's
has not; any other number needs one unit and a direction: by the words of the target (以上, 以下), by the baseline, or by
a quantity that can only be meant to grow. One missed target decides a rating that stands for several.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from ingest.numbers import is_dash
from ingest.records import BasicIndicatorRecord, Indicator, Value
from ingest.text import nfkc
from ingest.years import fiscal_year
from web.plans.quantities import Span, direction, measure

Verdict = Literal["agrees", "disagrees", "open"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "disagrees", "open")

Reason = Literal["unrated", "forecast", "no_target", "no_actual", "expected", "no_number", "unit", "direction"]
"""Why a rating cannot be held against the figures."""

_EXPECTED = re.compile(r"約|およそ|おおよそ|概ね|おおむね|ほぼ|程度|前後|弱|見込|予定|予測|推計|速報|暫定|集計中")
_TIMES = re.compile(r"\([^()]*\)|まで$|末$|以降$|/(?:年度|年)$|^毎年度?")
_REACHED, _MISSED = (
    re.compile(r"^(?:目標(?:を|値を)?)?達成(?:済み?|した|できた)?$"),
    re.compile(r"達成不可$|未達成|達成できな"),
)


class Judged(NamedTuple):
    """What the figures say of a rating, and why nothing where the verdict is ``open``."""

    verdict: Verdict
    reason: Reason | None = None


def judge(
    indicator: Indicator | BasicIndicatorRecord,
    together: Sequence[Indicator | BasicIndicatorRecord],
    words: Mapping[str, str],
) -> Judged:
    """Hold the rating of an indicator against the figures of all that it stands for; ``words`` is the legend."""
    said = _meaning(words.get(indicator.rating or "", ""))
    if not isinstance(said, bool):
        return Judged("open", said)
    found = [_reached(each) for each in together]
    if False not in found:
        for reason in found:
            if not isinstance(reason, bool):
                return Judged("open", reason)
    return Judged("agrees" if said == (False not in found) else "disagrees")


def _meaning(word: str) -> bool | Reason:
    """Return whether a word of a legend says that the target was reached, or why it says neither."""
    if "見込" in word:
        return "forecast"
    if _MISSED.search(word):
        return False
    return True if _REACHED.match(word) else "unrated"


def _reached(indicator: Indicator | BasicIndicatorRecord) -> bool | Reason:
    target, actual = indicator.target, indicator.actual
    if target is None or is_dash(target.text):
        return "no_target"
    if actual is None or is_dash(actual.text):
        return "no_actual"
    if _EXPECTED.search(actual.text):
        return "expected"
    if _words(target) == _words(actual):
        return True
    if target.value is None or actual.value is None:
        return _on_time(target, actual)
    aim, result = measure(target), measure(actual)
    if aim.unit != result.unit:
        return "unit"
    return _holds(result, aim, direction(indicator))


def _words(value: Value) -> str:
    """Return the words of a value without the time it is of."""
    plain = "".join(nfkc(value.text).split())
    while (shorter := _TIMES.sub("", plain)) and shorter != plain:
        plain = shorter
    return plain


def _on_time(target: Value, actual: Value) -> bool | Reason:
    """Compare two years: a later one than the target's misses it; an earlier one may be of a part only."""
    due, done = fiscal_year(_words(target)), fiscal_year(_words(actual))
    return False if due is not None and done is not None and done > due else "no_number"


def _holds(result: Span, aim: Span, upward: bool | None) -> bool | Reason:
    if result.exact and result.value == aim.value and not aim.beyond:
        return True
    if upward is None:
        return "direction"
    if not upward:
        result, aim = result.mirrored, aim.mirrored
    if result.least is not None and (result.least > aim.value or (result.least == aim.value and not aim.beyond)):
        return True
    if result.most is not None and (result.most < aim.value or (result.most == aim.value and aim.beyond)):
        return False
    return False if result.most == aim.value and result.beyond else "no_number"
