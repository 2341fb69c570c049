"""Cells that hold several names or several figures, cut into them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.indicator_times import ONLY_TIME
from ingest.text import SOFT, clean, nfkc

_ONLY_PARENTHESES = re.compile(r"^\([^()]*\)$")
_TAG = re.compile(r"<br\s*/?>|</?(?:p|li|ul)>")
_SOFT_BEFORE_MARK = re.compile(rf"{SOFT}(?=[・①-⑳])")
_BETWEEN_VALUES = re.compile(
    rf"(?<=[^/(,.、・~約▲△第和成{SOFT} ]){SOFT}(?=[▲△約]?\d|[-―]|各\d)|(?<=[)]){SOFT}(?=[^(年月日)])"
)
_NAME_ENDS = re.compile(
    r"(?:数|率|額|量|割合|比率|人口|面積|時間|実施|開催|整備|構築|策定|運営|体制|検討|等|作成|共有|開始|設置|導入|処理|制定|締結|満足度|点|状況)$"
)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row that speak of its indicators, as printed, and the times that their headings name."""

    names: str
    baseline: str = ""
    target: str = ""
    actual: str = ""
    rating: str = ""
    baseline_time: str | None = None
    target_time: str | None = None
    actual_time: str | None = None
    unit: str | None = None


@lru_cache(maxsize=4096)
def spaced(cell: str) -> str:
    """Normalise a cell but keep its white space as single spaces: it may part two values; soft breaks stay too."""
    text = SOFT.join(_TAG.sub(" ", nfkc(part)) for part in cell.split(SOFT))
    text = _SOFT_BEFORE_MARK.sub(" ", text)
    return " ".join(text.split())


def _join_open(pieces: Sequence[str]) -> list[str]:
    """Join what a space cut inside brackets, and put a note in parentheses to the value before it."""
    joined: list[str] = []
    for piece in pieces:
        opened = joined and _is_open(joined[-1])
        if joined and (opened or _ONLY_PARENTHESES.match(piece)):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _is_open(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("()", "「」", "『』", "【】"))


def values(cell: str, count: int | None = None) -> list[str]:
    """Cut a cell into the values it holds: ``100人/年度 2019年度`` holds two, ``100名以上 (集計中)`` one.

    A soft break parts two values where a figure, or a dash, begins behind a whole one; other soft breaks do where
    ``count`` values are looked for and just so many are missing.
    """
    text = _BETWEEN_VALUES.sub(" ", spaced(cell))
    found = _values(text.replace(SOFT, ""))
    if count and len(found) < count == len(found) + text.count(SOFT):
        return _values(text.replace(SOFT, " "))
    return found


def _values(text: str) -> list[str]:
    pieces = _join_open(text.split(" ")) if text else []
    joined: list[str] = []
    for piece in pieces:
        # A time before a figure belongs to it: R4 8.4%.
        if (
            joined
            and ONLY_TIME.match(joined[-1])
            and re.match(r"[▲△約]?\d", piece)
            and not re.search(r"年度", joined[-1])
        ):
            joined[-1] += f" {piece}"
        elif joined and re.fullmatch(r"[①-⑳・]", joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def names(cell: str, count: int = 0) -> list[str]:
    """Cut a cell into the names of indicators that spaces or bullets part; brackets hold their words together.

    Where ``count`` names are looked for and fewer are found, the soft breaks that most look like ends of names part them.
    """
    text = spaced(cell)
    parts = re.split(r"(?:^|\s)(?=[・①-⑳])", text) if re.search(r"(?:^|\s)[・①-⑳]", text) else None
    pieces = [p for p in parts if p.strip()] if parts else _join_open(text.split(" ")) if text else []
    if len(pieces) < count:
        pieces = _cut_at_soft(pieces, count - len(pieces)) or pieces
    return [clean(re.sub(r"^[・①-⑳\s]+", "", piece)) for piece in pieces if piece.strip()]


def _cut_at_soft(pieces: Sequence[str], missing: int) -> list[str] | None:
    """Cut at as many soft breaks as names are missing, those where a name ends as names of figures do first."""
    text = " ".join(pieces)
    at = [m.start() for m in re.finditer(SOFT, text)]
    rated = sorted(((_ends_name(text, place), -place) for place in at), reverse=True)
    chosen = {-place for rating, place in rated[:missing] if rating > 0}
    if len(chosen) < missing:
        return None
    return _join_open(
        "".join(" " if i in chosen else c for i, c in enumerate(text) if c != SOFT or i in chosen).split(" ")
    )


def _ends_name(text: str, at: int) -> int:
    """Rate a place as the end of a name: 2 behind a word that names of figures end with, 0 inside brackets or words."""
    before, behind = text[:at].replace(SOFT, ""), text[at + 1 :]
    if _is_open(before) or re.match(r"[ぁ-んー、。・)」』)]", behind):
        return 0
    return 2 if _NAME_ENDS.search(before) else 0
