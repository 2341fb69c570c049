"""The one normalisation of the words of documents, and the looser keys by which labels are recognised.

``clean`` is what records carry: NFKC (circled numbers stay, they are branch marks), tags left over by a PDF
conversion and runs of white space become one space, and a space between two Japanese characters goes (all spaces of a
text that has one after nearly every character).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CIRCLED = "".join(chr(c) for c in (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)))
"""① to ㊿: NFKC would make them plain digits."""

JAPANESE = "々〆〇、。〈-】〔-〛ぁ-ゖゝ-ゟァ-ヿ\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""The inside of a regular expression's character class: kana, kanji and the punctuation written with them."""

SOFT = "\u200b"
"""Stands where a layout broke a line for want of room, and nothing tells whether its author had a blank there."""

SENTENCE = re.compile("。|[ぁ-ん]{4}")
"""Tells a cell of running words from one of names, figures or marks."""

_CIRCLED = re.compile(f"[{CIRCLED}]")
_HIDE = {ord(c): 0xF0000 + i for i, c in enumerate(CIRCLED)}
_SHOW = {hidden: CIRCLED[i] for i, hidden in enumerate(_HIDE.values())}
_BLOCK_TAG = re.compile(r"</?(?:br|p|ul|ol|li|div|tr|td|th|table)\b[^<>]{0,200}>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:u|b|i|s|em|strong|sup|sub|span|font|ruby|rb)\b[^<>]{0,200}>", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_INNER_SPACE = re.compile(f"(?<=[{JAPANESE}]) (?=[{JAPANESE}])")
_MARK = re.compile(r"[\u3099\u309a\uff9e\uff9f\u0300-\u036f\ufe00-\ufe0f]")
# Characters that scanners take for one another in the words of forms; used to recognise labels, never to change a value.
_LOOKALIKES = str.maketrans(
    {
        "力": "カ",
        "一": "ー",
        "―": "ー",
        "—": "ー",
        "─": "ー",
        "二": "ニ",
        "〇": "0",
        "○": "0",
        "へ": "ヘ",
        "口": "ロ",
        "夕": "タ",
        "工": "エ",
        "內": "内",
        "續": "績",
    }
)
_PUNCTUATION = re.compile(r"[\s:;.,、。・()\[\]【】「」『』〔〕<>〈〉《》※*#■□◆◇●▼▽\-_/|]+")


def columns_of(text: str) -> int:
    """Return how many half-width columns a text of fixed pitch takes; characters of doubtful width are wide, as in Japanese type."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def nfkc(text: str) -> str:
    """Return the NFKC form, with circled numbers kept as they are and soft line breaks gone."""
    if SOFT in text:
        text = text.replace(SOFT, "")
    if not _CIRCLED.search(text):
        return unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKC", text.translate(_HIDE)).translate(_SHOW)


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Return the words of a text as records carry them (see the module)."""
    text = nfkc(text)
    if "<" in text:
        text = _INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", text))
    text = _SPACES.sub(" ", text.replace("**", "")).strip()
    return text.replace(" ", "") if is_spaced(text) else _INNER_SPACE.sub("", text)


def clean_or_none(text: str) -> str | None:
    """Return ``clean(text)``, or None where nothing is left: absent is never an empty string."""
    return clean(text) or None


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Return the form by which a label is recognised: no spaces, no punctuation, small letters, look-alikes as one."""
    return _PUNCTUATION.sub("", clean(text)).lower().translate(_LOOKALIKES)


def clean_spaced(text: str) -> str:
    """Normalise a line but keep its spaces, which part address, municipality, office and name."""
    return " ".join(clean(piece) for piece in text.split())


def is_spaced(text: str) -> bool:
    """Tell whether a text has a space after nearly every character, as scanned or stretched headings do."""
    if text.count(" ") < 5 and not text.count("\u3000") >= 5:
        return False
    parts = text.split()
    return len(parts) > 5 and not text.isascii() and sum(len(p) == 1 for p in parts) >= 0.8 * len(parts)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and, for each of its characters, the offset of the source character that it came from."""

    text: str
    offsets: tuple[int, ...]
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of the half-open range of normalised characters."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.source)
            return at, at
        last = self.offsets[end - 1]
        follow = next((o for o in self.offsets[end:] if o > last), len(self.source))
        return self.offsets[start], follow


def normalise(text: str) -> Normalised:
    """Return the NFKC form with a map back to the source; white space is not touched.

    A mark that joins with the character before it (half-width ﾊﾟ) is normalised with it.
    """
    if unicodedata.is_normalized("NFKC", text) and not _MARK.search(text):
        return Normalised(text, tuple(range(len(text))), text)  # most texts; the rest takes ten times as long
    out: list[str] = []
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _MARK.match(text[end]):
            end += 1
        piece = nfkc(text[start:end])
        out.append(piece)
        offsets.extend([start] * len(piece))
        start = end
    return Normalised("".join(out), tuple(offsets), text)
