"""Policy areas: the marks before their names (1, (1), ア, a), and which area stands under which.

The same mark means another level in another document, and marks start again under each parent. So a level is found
by the class of the mark and the marks that are open, never by the mark alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.text import CIRCLED, clean, is_spaced, nfkc

BULLETS = ("○", "●", "◎", "・", "◆", "◇", "■", "□", "※", "➤", "▶")
"""Marks that say no place in a sequence."""

_CLASSES = (
    ("annex", r"別表\s*第?\s*[\d一二三四五六七八九十]+|別表"),
    (
        "named",
        r"(?:基本目標|基本方針|基本施策|基本戦略|基本方向|重点目標|重点分野|施策の柱|政策の柱|柱|方針|目標|施策|政策|政策分野|分野|役割|戦略|視点)"
        r"\s?(?:\d{1,2}(?:-\d{1,2})?|[IVX]{1,4}|[一二三四五六七八九十])(?=[\s.、:)】」]|$)[.、:)】」]?",
    ),
    ("paren-digit", r"\(\s*\d{1,2}\s*\)"),
    ("paren-kana", r"\(\s*[ア-ン]\s*\)"),
    ("paren-roman", r"\(\s*[ivx]{2,4}\s*\)|\(\s*i\s*\)"),
    ("paren-lower", r"\(\s*[a-z]\s*\)"),
    ("paren-upper", r"\(\s*[A-Z]\s*\)"),
    ("paren-kanji", r"\(\s*[一二三四五六七八九十]\s*\)"),
    ("article", r"第[\d一二三四五六七八九十]+(?:章|節|編|部|項|の柱|(?=\s))"),
    (
        "roman",
        r"(?:VIII|VII|VI|IV|IX|III|II|I|V|X)(?=[\s.、])|(?:VIII|VII|VI|IV|IX|III|II|I)(?=[一-鿿])|[ivx]{1,4}(?=[\s.)、])",
    ),
    ("digit", r"\d{1,2}(?:-\d{1,2})*(?=[\s.、)]|[^\d\s,.%年月日人件回か所市町村つ以割倍期級種-])[.、)]?"),
    ("circled", f"[{CIRCLED}]"),
    ("kana", r"[ア-ン](?:[.、)]|(?=\s)|(?=[一-鿿]))"),
    ("lower", r"[a-z](?=[\s.、)]|[^\x00-\x7f])[.、)]?"),
    ("upper", r"[A-Z](?=[\s.、)]|[^\x00-\x7f])[.、)]?"),
    ("kanji", r"[一二三四五六七八九十]{1,2}(?=[\s.、])[.、]?"),
    ("bullet", r"[○●◎・◆◇■□※➤▶](?=\s)|[○●◆◇■□➤▶]"),
)
_MARK = re.compile("|".join(f"(?P<c{i}>{pattern})" for i, (_, pattern) in enumerate(_CLASSES)))
_BRACKETED = re.compile(r"[【〔《〈]([^】〕》〉]{2,30})[】〕》〉]")
_UNIT_NOTE = re.compile(r"\s*[(（]\s*単位\s*[:：][^()（）]*[)）]$")
_OF_ARTICLE = re.compile(r"^\(第[\d一二三四五六七八九十、・~・第条及び]+条?関係\)\s*")
_INNER = re.compile(
    r"(?<=\S)\s+(?=(?:\(\s*[\dア-ンa-z]{1,2}\s*\)|[ivx]{1,4}(?=\s)|[a-z○]|[ア-ン](?=[\s一-鿿])|["
    + CIRCLED
    + r"])\s*[^\s\d])|(?<=[^\s(])(?=\([\dア-ン]\))|(?<=[一-鿿ぁ-ん])(?=[a-z]\s?[一-鿿ぁ-ん])"
)


_BOX = re.compile(r"\s*([□☐▢☑☒✓✔✅■])\s*([^□☐▢☑☒✓✔✅■]+)")
_EMPTY_BOXES = "□☐▢"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its mark taken off: the class of the mark, the mark as printed, and the words behind it."""

    kind: str | None
    notation: str | None
    label: str


@lru_cache(maxsize=8192)
def heading(text: str) -> Heading:
    """Cut the mark off a heading (``(1) 生活機能の強化`` → paren-digit, ``(1)``, 生活機能の強化); no mark gives None."""
    plain = _UNIT_NOTE.sub("", " ".join(clean_keeping_mark(text).split()))
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed:
        return Heading("bracket", None, bracketed[1])
    match = _MARK.match(plain)
    if not match or match.end() == 0:
        return Heading(None, None, clean(plain))
    kind = _CLASSES[int((match.lastgroup or "c0")[1:])][0]
    if kind == "bullet" and plain[0] in "■□◆◇●":  # ■ 基本目標1 …: a mark before the mark that counts
        inner = heading(plain[match.end() :])
        if inner.kind not in (None, "bullet", "bracket") and inner.label:
            return inner
    label = clean(plain[match.end() :]).lstrip(".、: ")
    if kind == "annex":
        label = _OF_ARTICLE.sub("", label)
    return Heading(kind, re.sub(r"[.、:\s】」]+", "", match[0]), label)


def clean_keeping_mark(text: str) -> str:
    """Normalise a heading, but keep the space behind a mark of one letter: ``ア 生活`` is no word アせいかつ."""
    parts = text.lstrip("# \u3000\t").split(maxsplit=1)
    if len(parts) == 2 and len(parts[0]) <= 4:
        return f"{clean(parts[0])} {clean(parts[1])}"
    return clean(text.lstrip("#"))


def ticked(text: str) -> str:
    """Return the choices that are ticked in a cell of boxes (``☑経済 □生活``); other words, and boxes all empty, stay."""
    boxes = _BOX.findall(text)
    chosen = [choice.strip(" \u3000、,・/") for box, choice in boxes if box not in _EMPTY_BOXES]
    return "、".join(chosen) if 0 < len(chosen) < len(boxes) and _BOX.match(text) else text


def chain(text: str) -> list[Heading]:
    """Cut a cell that names several levels (``(1)生活機能の強化 a 地域医療``) into its headings, outer first."""
    plain = ticked(text.replace("<br>", " "))
    squeezed = " ".join(nfkc(plain).split()) if not is_spaced(plain) else clean(plain)
    pieces = [piece for piece in _INNER.split(squeezed) if piece and piece.strip()]
    merged: list[str] = []
    for piece in pieces:
        if merged and (heading(piece).kind is None or len(heading(merged[-1]).label) == 0):
            merged[-1] += " " + piece
        else:
            merged.append(piece)
    return [heading(piece) for piece in merged]


_ORDERS = {
    "kana": "アイウエオカキクケコサシスセソタチツテトナニヌネノ",
    "lower": "abcdefghijklmnopqrstuvwxyz",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "kanji": "一二三四五六七八九十",
    "circled": CIRCLED,
}


def ordinal(item: Heading) -> int | None:
    """Return the place of a mark in its sequence, from 1 (ウ → 3, (2) → 2); None where it has none."""
    if item.notation is None or item.kind is None:
        return None
    digits = re.search(r"\d+", item.notation)
    if digits:
        return int(digits[0])
    order = _ORDERS.get(item.kind.removeprefix("paren-"))
    mark = item.notation.strip("()")
    return order.index(mark) + 1 if order and mark and mark in order else None


def in_sequence(item: Heading, before: Heading | None) -> Heading:
    """Read i, v and x as letters where the mark before was the letter before them (h → i), else as Roman numbers."""
    mark = (item.notation or "").strip("().")
    if before is None or item.kind not in ("roman", "paren-roman") or len(mark) != 1:
        return item
    kind = item.kind.replace("roman", "upper" if mark.isupper() else "lower")
    letter = Heading(kind, item.notation, item.label)
    return letter if before.kind == kind and ordinal(before) == (ordinal(letter) or 0) - 1 else item


@dataclass
class AreaStack:
    """The areas that are open while a document is read from top to bottom."""

    open: list[Heading] = field(default_factory=list)

    def enter(self, item: Heading, level: int | None = None) -> tuple[Heading, ...]:
        """Open an area and close those of its class and below; return the path from the outermost one.

        ``level`` (from 1) fixes the place where the form itself names it; a mark that is no enumerator (○) stands beside
        the last one.
        """
        if level is not None:
            del self.open[level - 1 :]
        elif item.kind == "bullet" or item.kind is None:
            self.open = self.open[:-1] if len(self.open) > 1 else self.open
        else:
            kinds = [h.kind for h in self.open]
            if item.kind in kinds:
                del self.open[kinds.index(item.kind) :]
        self.open.append(item)
        return tuple(self.open)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the open areas, outermost first."""
        return tuple(h.label for h in self.open)


@dataclass
class AreaRegister:
    """Every area of a document once, by its path of names, with its mark and the lines of its first mention.

    A mark that says no place (○) gives way to one that does, where another part of the document prints it.
    """

    seen: dict[tuple[str, ...], tuple[str | None, int, int]] = field(default_factory=dict)

    def add(self, path: Sequence[Heading], first: int, last: int) -> tuple[str, ...]:
        """Register an area and those above it; return its path of names."""
        labels = tuple(h.label for h in path)
        for depth in range(1, len(labels) + 1):
            notation, at, to = self.seen.get(labels[:depth], (None, first, last))
            own = path[depth - 1].notation
            doubtful = notation is None or (notation in BULLETS and own not in BULLETS)
            self.seen[labels[:depth]] = (own or notation if doubtful else notation, at, to)
        return labels
