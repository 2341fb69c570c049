"""How printed quantities compare: on one scale and in one unit, and whether more or less of one is better."""

import re
from dataclasses import dataclass, replace

from ingest.numbers import MULTIPLIERS
from ingest.records import BasicIndicatorRecord, Indicator, Value
from ingest.text import nfkc

_RATE = re.compile(r"\s*/\s*(?:年度|年)\s*$")
_SCALE = re.compile(r"^(?:百万|千万|十万|[千万億兆])(?=[^/])")
_COUNTERS = {"名": "人"}
"""Counters that count the same, by the one that stands for them."""
_TENS = {"十": 10, "百": 100}

_UP, _DOWN, _BEYOND = re.compile(r"以上|超"), re.compile(r"以下|未満|以内"), re.compile(r"超|未満")
_CHANGE = re.compile(r"増加?|減少?|削減|短縮|向上|改善")
_KINDS = re.compile(r"各|累計|累積|通算|合計|平均")
"""Words that make a number one of another kind: of each, of all years."""

_QUANTITY = re.compile(r"(?:数|額|高|率|割合|度)(?:\(.*\))?$")
_WANTED = re.compile(
    r"立地|誘致|参加|出展|売上|商談|成約|受講|登録|就業|就職|採用|来場|来訪|入込|宿泊|観光客|開催|実施|会議|利用|支援"
    r"|創業|起業|移住|交流|締結|公開|活用|普及|達成|満足|加入|研修|講座|連携|開発|マッチング"
)
_UNWANTED = re.compile(
    r"減|待機|事故|犯罪|排出|廃棄|ごみ|死亡|滞納|苦情|被害|失業|離職|退職|転出|空き|流出|違反|未|非|不|欠|遅延|休業|休止|倒産"
    r"|廃業|撤退|救急|軽症|夜間|時間外|再発|赤字|負担|費|自家用|マイカー|火災|災害|通報|要介護|生活保護|却下|辞退|中止|解約"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A number as printed with its unit: itself, or what is above it (以上, 超) or below it (以下, 未満).

    ``beyond`` where the number itself is not among what is meant.
    """

    value: float
    unit: str
    least: float | None
    most: float | None
    beyond: bool

    @property
    def exact(self) -> bool:
        """Tell whether the number itself is meant."""
        return self.least == self.most

    @property
    def mirrored(self) -> "Span":
        """The same with more and less changed about."""
        least, most = (None if n is None else -n for n in (self.most, self.least))
        return replace(self, value=-self.value, least=least, most=most)


def measure(value: Value) -> Span:
    """Return a printed number on the scale of its bare unit: 千円 and 円 compare, 名 is 人, ``/年度`` is left out."""
    text, unit = nfkc(value.text), _RATE.sub("", value.unit or "")
    number = value.value or 0
    if scale := _SCALE.match(unit):
        unit = unit[scale.end() :]
        for character in scale[0]:
            number *= MULTIPLIERS.get(character) or _TENS[character]
    kind = "".join(sorted({*_KINDS.findall(text), *_CHANGE.findall(text)}))
    above, below = _UP.search(text), _DOWN.search(text)
    return Span(
        number,
        kind + _COUNTERS.get(unit, unit),
        None if below else number,
        None if above else number,
        bool(_BEYOND.search(text)),
    )


def direction(indicator: Indicator | BasicIndicatorRecord) -> bool | None:
    """Return True where more is better, False where less is, None where that is not certain."""
    target, baseline = indicator.target, indicator.baseline
    if target is None:
        return None
    up, down = _UP.search(target.text), _DOWN.search(target.text)
    if up or down:
        return None if up and down else bool(up)
    if _CHANGE.search(target.text):
        return True
    if baseline is not None and baseline.value is not None:
        before, aim = measure(baseline), measure(target)
        return aim.value > before.value if aim.unit == before.unit and aim.value != before.value else None
    name = nfkc(indicator.name)
    wanted = _QUANTITY.search(name) and _WANTED.search(name) and not _UNWANTED.search(name)
    return True if wanted else None
