"""What two texts have in common and where they differ, word by word.

A word is a run of characters of one kind (kanji, katakana, digits …), which is near enough to Japanese words to make
marks that people can read, and needs no dictionary.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from markupsafe import Markup

Kind = Literal["same", "only_a", "only_b"]

_WORD = re.compile(r"[一-龠々〆]+|[ァ-ヴー]+|[ぁ-ん]+|[A-Za-z0-9]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both texts, or in one alone."""

    kind: Kind
    text: str


def runs(a: str, b: str) -> list[Run]:
    """Return both texts as runs in reading order; those of ``a`` alone before those of ``b`` alone."""
    return list(_runs(_WORD.findall(a), _WORD.findall(b)))


def _runs(a: list[str], b: list[str]) -> Iterator[Run]:
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("same", "".join(a[i:j]))
            continue
        if j > i:
            yield Run("only_a", "".join(a[i:j]))
        if m > k:
            yield Run("only_b", "".join(b[k:m]))


def likeness(a: str, b: str) -> float:
    """Return how much of two texts is the same, between 0 and 1, by words."""
    return SequenceMatcher(None, _WORD.findall(a), _WORD.findall(b), autojunk=False).ratio()


def both_marked(a: str, b: str) -> tuple[Markup, Markup]:
    """Return each text with what it alone says marked: ``del`` in the first, ``ins`` in the second."""
    found = runs(a, b)
    return _marked(found, "only_a", "del"), _marked(found, "only_b", "ins")


def _marked(found: list[Run], own: Kind, name: str) -> Markup:
    pieces = [
        Markup("<{0}>{1}</{0}>").format(name, run.text) if run.kind == own else Markup.escape(run.text)
        for run in found
        if run.kind in {"same", own}
    ]
    return Markup("").join(pieces)
