"""A printed rating held against the printed figures, where unit and direction are certain.

The printed rating is never replaced. ``agrees`` and ``disagrees`` are said only of a rating whose legend says reached
or not reached, of figures that are single numbers of one unit, and of a direction that the document itself gives: by its
baseline, by the words of the target (以上, 以下), or by a quantity that can only be meant to grow. All else is ``open``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from ingest.records import BasicIndicatorRecord, Indicator, Value

Verdict = Literal["agrees", "disagrees", "open"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "disagrees", "open")

_RATE = re.compile(r"[/・]?(?:毎)?(?:年度|年|月|日|回)?$")
_PER = re.compile(r"\s*/\s*(?:年度|年)\s*$")
_UP, _DOWN = re.compile(r"以上|増|超"), re.compile(r"以下|未満|以内|減")
_GROWING = re.compile(r"売上|来場|入込|率|割合|件数|回数|者数|社数|店舗数|人数|団体数|箇所数|か所数|施設数|品数|校数")
_SHRINKING = re.compile(r"減|待機|事故|犯罪|排出|廃棄|ごみ|死亡|滞納|苦情|被害|離職|空き|流出|違反|未")
_REACHED, _MISSED = (
    re.compile(r"^(?:目標(?:を|値を)?)?達成(?:済み?|した|できた)?$"),
    re.compile(r"達成不可$|未達成|達成できな"),
)


def judge(
    indicator: Indicator | BasicIndicatorRecord,
    together: Sequence[Indicator | BasicIndicatorRecord],
    words: Mapping[str, str],
) -> Verdict:
    """Hold the rating of an indicator against the figures of all that it stands for; ``words`` is the legend."""
    said = _meaning(words.get(indicator.rating or "", ""))
    reached = [_reached(each) for each in together]
    if said is None or any(each is None for each in reached):
        return "open"
    return "agrees" if said == all(reached) else "disagrees"


def _meaning(word: str) -> bool | None:
    """Return whether a word of a legend says that the target was reached; None for forecasts and all else."""
    if _MISSED.search(word):
        return "見込" not in word and None if "見込" in word else False
    return True if _REACHED.match(word) else None


def _reached(indicator: Indicator | BasicIndicatorRecord) -> bool | None:
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or target.value is None or actual.value is None:
        return None
    upward = _direction(indicator)
    if upward is None or _unit(target) != _unit(actual):
        return None
    return actual.value >= target.value if upward else actual.value <= target.value


def _direction(indicator: Indicator | BasicIndicatorRecord) -> bool | None:
    """Return True where more is better, False where less is, None where that is not certain."""
    target, baseline = indicator.target, indicator.baseline
    if target is None or target.value is None:
        return None
    if _UP.search(target.text) or _DOWN.search(target.text):
        return bool(_UP.search(target.text)) if not (_UP.search(target.text) and _DOWN.search(target.text)) else None
    if baseline is not None and baseline.value is not None and _unit(baseline) == _unit(target):
        return target.value > baseline.value if target.value != baseline.value else None
    growing = _GROWING.search(indicator.name) and not _SHRINKING.search(indicator.name)
    return True if growing else None


def _unit(value: Value) -> str:
    return _PER.sub("", value.unit or "")
