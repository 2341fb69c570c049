"""The folding under which two spellings are one: NFKC, small letters, katakana as hiragana, old glyphs as new ones."""

import re
from dataclasses import dataclass

from ingest.text import JAPANESE, normalise
from search.kana import to_hiragana

_OLD_FORMS = (
    "國国會会學学藏蔵澤沢邊辺邉辺濱浜廣広龍竜眞真櫻桜圓円區区縣県惠恵豐豊萬万齋斎齊斉髙高嶋島舘館冨富專専氣気鐵鉄驛駅圖図團団"
    "樂楽藝芸醫医單単榮栄營営體体實実寫写讀読賣売廳庁應応號号數数續続對対當当變変來来兩両歸帰禮礼壽寿傳伝圍囲權権觀観廢廃"
    "擴拡淺浅戶戸鷗鴎瀧滝嶌島條条與与澁渋靜静聲声舊旧關関獨独發発佛仏邨村"
)
"""Old and other glyphs, each followed by the one that it is folded into."""
_GLYPHS = dict(zip(_OLD_FORMS[::2], _OLD_FORMS[1::2], strict=True))
_GAP = re.compile(rf"(?<=[{JAPANESE}])[ \u3000](?=[{JAPANESE}])")


class _Letters(dict[int, str]):
    """Code points to what they are folded into, worked out when they are met."""

    def __missing__(self, code: int) -> str:
        c = _GLYPHS.get(chr(code), chr(code))
        small = c.lower()
        self[code] = to_hiragana(small if len(small) == 1 else c)
        return self[code]


_letters = _Letters()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the form in which spellings are compared, and the source range of each of its characters."""

    text: str
    spans: tuple[tuple[int, int], ...]


def fold(text: str) -> Folded:
    """Fold width, case, kana and old glyphs, drop blanks between Japanese characters, and keep the source ranges."""
    plain = normalise(text)
    skipped = {m.start() for m in _GAP.finditer(plain.text)}
    ends = [*plain.offsets[1:], len(text)]
    for i in range(len(ends) - 2, -1, -1):  # characters of one source character end where that one ends
        if ends[i] == plain.offsets[i]:
            ends[i] = ends[i + 1]
    kept = [i for i in range(len(plain.text)) if i not in skipped]
    letters = "".join(plain.text[i] for i in kept).translate(_letters)
    return Folded(letters, tuple((plain.offsets[i], ends[i]) for i in kept))


def fold_text(text: str) -> str:
    """Return ``fold(text).text`` without the map."""
    return _GAP.sub("", normalise(text).text).translate(_letters)
