"""How the roles of a project's partners compare: the same, the same with the names swapped, one leading, or different.

Names of the two partners and their symbols (甲, 乙) stand for "self" and "other" when texts are compared. Who leads is
read from words of ``data/reference/roles.toml`` that only one of the two texts has.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from pathlib import Path

from graph.resolve import normal

IDENTICAL, PARALLEL, LEADING, DIFFERENT = KINDS = ("identical", "parallel", "leading", "different")
"""The kinds of symmetry; of ``leading`` the comparison says which partner leads."""

CUES = Path(__file__).parent.parent / "data" / "reference" / "roles.toml"
"""Words of leading and of supporting roles."""

_WORD = re.compile(r"[一-龠々〆ヶ]+|[ァ-ヴー]+|[ぁ-ん]+|[0-9A-Za-z]+|.", re.DOTALL)
_SELF, _OTHER = "\ue000", "\ue001"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The roles of two partners: their kind, and the parts of each text that the other has not (start, end).

    ``leader`` is the name of the partner that leads where ``kind`` is ``leading``, else None.
    """

    a: str
    b: str
    text_a: str
    text_b: str
    kind: str
    spans_a: tuple[Span, ...]
    spans_b: tuple[Span, ...]
    leader: str | None


def compare(a: str, text_a: str, b: str, text_b: str, symbols: Mapping[str, str] | None = None) -> Comparison | None:
    """Compare the roles of two partners by name; ``symbols`` are those of the document (甲) by name.

    None where one of the texts has no words: two partners of whom nothing is said are not alike.
    """
    if not text_a.strip() or not text_b.strip():
        return None
    spans_a, spans_b = _changed(text_a, text_b)
    own, other = _names(a, symbols), _names(b, symbols)
    masked_a, masked_b = _masked(text_a, own, other), _masked(text_b, other, own)
    leader = None
    if normal(text_a) == normal(text_b):
        kind, spans_a, spans_b = IDENTICAL, (), ()
    elif masked_a == masked_b:
        kind = PARALLEL
    else:
        leader = _leader(a, masked_a, b, masked_b)
        kind = LEADING if leader else DIFFERENT
    return Comparison(a, b, text_a, text_b, kind, spans_a, spans_b, leader)


def compare_all(roles: Mapping[str, str], symbols: Mapping[str, str] | None = None) -> tuple[Comparison, ...]:
    """Compare the roles of all partners of a project, two by two; one alone, or one without words, gives nothing."""
    return tuple(filter(None, (compare(a, roles[a], b, roles[b], symbols) for a, b in combinations(roles, 2))))


def overall(comparisons: Iterable[Comparison]) -> str | None:
    """Return the kind of a whole project, that of the pair least alike; no pair has none."""
    kinds = {each.kind for each in comparisons}
    return max(kinds, key=KINDS.index, default=None)


def _names(name: str, symbols: Mapping[str, str] | None) -> Sequence[str]:
    symbol = (symbols or {}).get(name)
    return sorted({normal(name), *([symbol] if symbol else [])}, key=len, reverse=True)


def _masked(text: str, own: Sequence[str], other: Sequence[str]) -> str:
    places = {**dict.fromkeys(own, _SELF), **dict.fromkeys(other, _OTHER)}
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    return re.sub(names, lambda match: places[match[0]], normal(text))


def _changed(a: str, b: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans of two texts that differ, whole runs of one kind of character at a time."""
    words_a, words_b = _WORD.findall(a), _WORD.findall(b)
    starts_a, starts_b = _starts(words_a), _starts(words_b)
    spans_a, spans_b = [], []
    for tag, from_a, to_a, from_b, to_b in SequenceMatcher(None, words_a, words_b, autojunk=False).get_opcodes():
        if tag != "equal":
            spans_a.append((starts_a[from_a], starts_a[to_a]))
            spans_b.append((starts_b[from_b], starts_b[to_b]))
    return _filled(spans_a), _filled(spans_b)


def _starts(words: Sequence[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def _filled(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span[0] < span[1])


@cache
def _cues() -> tuple[tuple[str, ...], tuple[str, ...]]:
    with CUES.open("rb") as file:
        found = tomllib.load(file)
    return tuple(map(normal, found["leading"])), tuple(map(normal, found["supporting"]))


def _leader(a: str, text_a: str, b: str, text_b: str) -> str | None:
    """Return who leads: the one with more words of leading and fewer of supporting that the other text has not."""
    leading, supporting = _cues()
    weight = _weight(text_a, text_b, leading) - _weight(text_a, text_b, supporting)
    return None if not weight else a if weight > 0 else b


def _weight(a: str, b: str, cues: Iterable[str]) -> int:
    return sum((cue in a) - (cue in b) for cue in cues)
