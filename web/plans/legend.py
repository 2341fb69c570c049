"""A document's own legend of its rating marks: ``◎：達成済み ○：達成見込``, on one line or a mark a line."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.text import clean

_MARKS = "◎○〇●△▲×✕☆★□■◇◆―ー-"
_ENTRY = re.compile(
    rf"(?P<mark>[{_MARKS}]|(?<![A-Za-z])[A-ES](?![A-Za-z]))\s*(?:[:…=・]|\t|\.{{2,}}|(?<=[{_MARKS}])\s)\s*"
)
_HEADING = re.compile(r"凡例|評価区分|評価基準|評価の目安|達成状況の区分|判定")
_AFTER = 8
"""A legend ends at most this many lines after its heading."""
_LONGEST_WORD = 60
_EDGE = " 、。,;/|()[]<>〈〉【】"


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of the marks, in the order in which they are printed, and the first and last line they stand on."""

    words: dict[str, str]
    lines: tuple[int, int]


def read_legend(text: Sequence[str], marks: Collection[str]) -> Legend | None:
    """Find the legend of the marks that a document uses; None where it prints none.

    A legend explains at least two marks, one of which is used, on the line of a heading word or just below it.
    """
    for start, line in enumerate(text):
        if not _HEADING.search(clean(line)):
            continue
        words: dict[str, str] = {}
        last = start
        for number in range(start, min(start + _AFTER, len(text))):
            found = _entries(clean(text[number]))
            if not found and words:
                break
            if found:
                words, last = {**found, **words}, number
        if len(words) >= 2 and words.keys() & set(marks):
            return Legend(words, (start + 1, last + 1))
    return None


def _entries(line: str) -> dict[str, str]:
    found = list(_ENTRY.finditer(line))
    ends = [*(match.start() for match in found[1:]), len(line)][: len(found)]
    words = {match["mark"]: line[match.end() : end].strip(_EDGE) for match, end in zip(found, ends, strict=True)}
    return {mark: word for mark, word in words.items() if word and len(word) <= _LONGEST_WORD}
