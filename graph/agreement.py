"""How well proposals of the same work agree with pairs that people have judged beforehand.

[documents]  a letter for each document's id
[tuning] [held_out]  same = ["P/28 S/40", …], different = […]
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.alignment import works
from graph.errors import PairsUnreadable
from graph.likeness import LEAST
from graph.stores import Store

SETS = ("tuning", "held_out")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two projects by their ids, the set they are in, and whether they were judged the same work."""

    set: str
    a: str
    b: str
    same: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """What became of the pairs of one set: how many there are, how many of the same were found, what was found wrongly.

    ``missed`` and ``wrong`` are the pairs themselves.
    """

    set: str
    pairs: int
    precision: float
    recall: float
    missed: tuple[Pair, ...]
    wrong: tuple[Pair, ...]


def read_pairs(path: Path) -> list[Pair]:
    """Return the judged pairs of a file; raises ``PairsUnreadable``."""
    try:
        return list(_pairs(tomllib.loads(path.read_text("utf-8"))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PairsUnreadable(path, error) from error


def _pairs(found: dict[str, dict[str, list[str]]]) -> Iterator[Pair]:
    letters = found["documents"]
    for name in SETS:
        for verdict in ("same", "different"):
            for pair in found[name][verdict]:
                a, b = (f"{letters[end.partition('/')[0]]}/{end.partition('/')[2]}" for end in pair.split())
                yield Pair(name, a, b, verdict == "same")


def agreement(store: Store, pairs: list[Pair]) -> list[Agreement]:
    """Measure the score alone, people's judgements in the graph aside; a pair that the library lacks is not counted."""
    known = works(store)
    there = [pair for pair in pairs if pair.a in known.all and pair.b in known.all]
    found = {pair: known.likeness(pair.a, pair.b).score >= LEAST for pair in there}
    return [_measured(name, [pair for pair in there if pair.set == name], found) for name in SETS]


def _measured(name: str, pairs: list[Pair], found: dict[Pair, bool]) -> Agreement:
    same = [pair for pair in pairs if pair.same]
    right = sum(found[pair] for pair in same)
    wrong = tuple(pair for pair in pairs if found[pair] and not pair.same)
    missed = tuple(pair for pair in same if not found[pair])
    precision = right / (right + len(wrong)) if right or wrong else 0.0
    return Agreement(name, len(pairs), precision, right / len(same) if same else 0.0, missed, wrong)
