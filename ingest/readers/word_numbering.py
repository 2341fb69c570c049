"""The numbers and bullets that Word shows before paragraphs: they are not in the text but counted from the styles.

Source: ECMA-376 part 1, 17.9 (numbering). Counted is per abstract list and level; a level begins anew after a
higher one. A format that is not known here shows plain digits.
"""

from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_KANJI = "〇一二三四五六七八九"


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _KANJI[tens]) + "十" if tens else "") + (_KANJI[ones] if ones or not tens else "")


def _roman(number: int) -> str:
    marks = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, mark in marks:
        count, number = divmod(number, value)
        text += mark * count
    return text


def _letters(alphabet: str) -> Callable[[int], str]:
    return lambda number: alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": lambda n: chr(0x2460 + n - 1) if n <= 20 else f"({n})",
    "decimalEnclosedParen": lambda n: f"({n})",
    "aiueo": _letters(_KANA),
    "aiueoFullWidth": _letters(_KANA),
    "iroha": _letters(_IROHA),
    "irohaFullWidth": _letters(_IROHA),
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "japaneseCounting": lambda n: _kanji(n) if n < 100 else str(n),
    "ideographTraditional": _letters("甲乙丙丁戊己庚辛壬癸"),
    "none": lambda _: "",
}


class Numbering:
    """Counts through the lists of a document, paragraph by paragraph in their order."""

    def __init__(self, document: Document) -> None:
        self._lists: dict[str, Any] = {}
        self._counts: dict[str, dict[int, int]] = {}
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is None:
            return
        root = part.element
        abstract = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            kept = number.find(qn("w:abstractNumId"))
            if kept is not None:
                self._lists[number.get(qn("w:numId"))] = abstract.get(kept.get(qn("w:val")))

    def label(self, list_id: str, level: int) -> str:
        """Return what stands before the next paragraph of a list, ``"(1) "``, ``"ア "``, ``"- "``, or nothing."""
        definition = self._lists.get(list_id)
        if definition is None:
            return ""
        levels = {int(one.get(qn("w:ilvl"))): one for one in definition.findall(qn("w:lvl"))}
        if level not in levels:
            return ""
        counts = self._counts.setdefault(definition.get(qn("w:abstractNumId")), {})
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if _value(levels[level], "w:numFmt") == "bullet":
            return "  " * level + "- "
        text = _value(levels[level], "w:lvlText") or ""
        for place, one in sorted(levels.items(), reverse=True):
            shown = _FORMATS.get(_value(one, "w:numFmt") or "decimal", str)(max(counts.get(place, _start(one)), 1))
            text = text.replace(f"%{place + 1}", shown)
        return f"{text.strip()} " if text.strip() else ""


def _start(level: Any) -> int:
    return int(_value(level, "w:start") or 1)


def _value(element: Any, child: str) -> str | None:
    found = element.find(qn(child))
    return None if found is None else found.get(qn("w:val"))
