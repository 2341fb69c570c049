"""What the rating marks of a document mean, in its own words: read from the legend that it prints.

A legend is a line, or lines one after another, on which several marks stand with a word after a colon
(``◎：達成済み ○：達成見込``). Where a document prints none, the pages use words of their own and the same marks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from ingest.library import State
from ingest.text import nfkc
from web.pages.frame import opened

_ENTRY = re.compile(r"(?:^|[\s(<\[、,／/・>〉》)】])([◎○●△▲×✕☆★A-ES-])\s*[:=…]\s*([^\s◎○●△▲×✕☆★、,／/:=()]{2,20})")
_FEWEST = 3
_WORD = "凡例"


_known: WeakKeyDictionary[State, dict[str, Mapping[str, "Meaning"]]] = WeakKeyDictionary()
"""The legends of the documents of each state, read once."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mark means, and the line that says so."""

    word: str
    line: int


def legend(document: str) -> Mapping[str, Meaning]:
    """Return the meanings of a document's marks; empty where it prints no legend."""
    state = opened().state
    known = _known.setdefault(state, {})
    if document not in known:
        known[document] = read(state.text(document))
    return known[document]


def read(lines: Sequence[str]) -> Mapping[str, Meaning]:
    """Read the legend out of the lines of a text; marks are in the form in which records hold them."""
    best: dict[str, Meaning] = {}
    run: dict[str, Meaning] = {}
    for number, line in enumerate(lines, 1):
        found = {mark: Meaning(word, number) for mark, word in _entries(line)}
        run = {**run, **found} if found else {}
        if len(run) > len(best) and (len(run) >= _FEWEST or _WORD in line):
            best = dict(run)
    return best


def _entries(line: str) -> Iterator[tuple[str, str]]:
    written = nfkc(line).replace("－", "-").replace("―", "-").replace("−", "-")
    yield from ((match[1], match[2]) for match in _ENTRY.finditer(written))
