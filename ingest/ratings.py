"""A rating against the figures beside it: what the document's own legend says of a mark, and whether target and result agree.

A rating is judged only where all is certain: the legend explains the mark, target and result are single figures of one
unit, and it is known whether more or less is better. What cannot be judged gives no finding.
"""

import re
from collections.abc import Sequence

from ingest.document import Document
from ingest.findings import Findings
from ingest.records import Indicator, ProjectRecord, Record
from ingest.text import clean

_LEGEND = re.compile(
    r"(?P<mark>[◎○△×]|(?<![A-Za-z])[A-E](?![A-Za-z]))\s*[:：]\s*(?P<meaning>[^◎○△×:：]{2,24}?)(?=\s|[◎○△×、,。]|[A-E]\s*[:：]|$)"
)
_MISSED = re.compile(r"不可|困難|未達|下回|達していない|遅れ|できな|未実施|未着手|達成でき|不十分")
_REACHED = re.compile(r"達成|上回|順調|完了|到達")
_PARTLY = re.compile(r"見込|見通し|予定|以上|未満|\d|概ね|おおむね|一部")
_OTHER_FIGURES = re.compile(r"基準|現状|当初|前年|前回|策定時|開始時|以前|従前")
"""What a grade is held against, where that is not the target."""
_PER_YEAR = re.compile(r"/年度?$|/年間$|/年$")
_LESS_IS_BETTER = re.compile(
    r"排出|被害|事故|待機|流出|転出|減少|未(?!来)|滞納|苦情|時間|コスト|費用|経費|負担|死亡|発生|不足|廃棄|ごみ|欠席|不登校|出火|火災"
)
_ABOUT = re.compile(r"約|程度|前後|概ね|おおむね")
_ENOUGH = 0.9


def ratings_against_figures(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """Report ratings that say reached where the figures say missed, and the other way round."""
    meanings = _legend(document)
    for project in (r for r in records if isinstance(r, ProjectRecord)):
        for rating in dict.fromkeys(i.rating for i in project.indicators if i.rating):
            rated = [i for i in project.indicators if i.rating == rating]
            reached = meanings.get(rating)
            verdicts = [(one, is_reached(one)) for one in rated]
            if reached is None:
                continue
            wrong = [one for one, verdict in verdicts if verdict is False] if reached else []
            if not reached and verdicts and all(verdict for _, verdict in verdicts):
                wrong = rated
            for one in wrong:
                findings.add(
                    "mismatch",
                    f"{project.number or ''} {project.title} 評価".strip(),
                    project.source.lines,
                    f"評価 {rating}({one.name})",
                    f"目標 {one.target.text if one.target else ''}、実績 {one.actual.text if one.actual else ''}",
                    subject=project.id,
                )


def _legend(document: Document) -> dict[str, bool]:
    """Return the marks that a legend explains as reached (True) or missed (False); grades by shares are left out."""
    meanings: dict[str, bool] = {}
    for _, raw in document.numbered:
        found = list(_LEGEND.finditer(clean(raw))) if "\t" not in raw else []
        if len({match["mark"] for match in found}) < 2:
            continue
        for match in found:
            meaning = match["meaning"]
            elsewhere = _OTHER_FIGURES.search(meaning) and "目標" not in meaning
            if elsewhere or _PARTLY.search(meaning) or not (_MISSED.search(meaning) or _REACHED.search(meaning)):
                continue
            meanings.setdefault(match["mark"], not _MISSED.search(meaning))
    return meanings


def is_reached(indicator: Indicator) -> bool | None:
    """Tell whether the result reaches the target; None where that cannot be said."""
    goal, real, base = indicator.target, indicator.actual, indicator.baseline
    if goal is None or real is None or goal.value is None or real.value is None:
        return None
    if _unit(goal.unit) != _unit(real.unit) or min(goal.value, real.value) < 0:
        return None
    if base is not None and base.value is not None and base.value != goal.value:
        more = goal.value > base.value
    elif _LESS_IS_BETTER.search(indicator.name):
        return None
    else:
        more = True
    share = _ENOUGH if _ABOUT.search(real.text) else 1
    return real.value >= share * goal.value if more else share * real.value <= goal.value


def _unit(unit: str | None) -> str:
    """Return a unit without the year it is counted in; people are people (人, 名)."""
    plain = _PER_YEAR.sub("", unit or "")
    return "人" if plain == "名" else plain
