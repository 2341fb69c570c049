"""Which departments may be one body under two names: proposed for people, never merged by a name alone.

Departments with one municipality and one path are one body already (``resolve``). Here are those of one municipality,
below the same unit, whose last names are alike: another way to write one word (こども, 子ども), or a name that was
changed or misprinted (広報誌課, 広報広聴課). What a person judges the same is then counted as one (``cooperation``).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from graph.cooperation import cooperation
from graph.stores import Store
from graph.things import Unit
from graph.vocabulary import unit_kind

WRITING, WORDING = REASONS = ("writing", "wording")
"""Another way to write the same words; other words that share their beginning."""

_SAME_WORDS = (
    (re.compile("子供|こども|子ども"), "子ども"),
    (re.compile("[ヶヵ]"), "ケ"),
    (re.compile("[・･、/／]|及び"), ""),
    (re.compile("障害|障碍"), "障がい"),
    (re.compile("まち|街"), "町"),
)
"""Ways to write one word in the names of departments."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two departments of one municipality that may be one body, and by what they are alike."""

    a: Unit
    b: Unit
    reason: str


def alike_departments(store: Store) -> list[Alike]:
    """Return the departments that may be one body under two names, sorted by id."""
    beside: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in cooperation(store).units.values():
        if unit.path:
            beside[unit.id.rpartition("/")[0]].append(unit)
    return sorted(
        (each for units in beside.values() for each in _alike(units)), key=lambda each: (each.a.id, each.b.id)
    )


def _alike(units: list[Unit]) -> Iterator[Alike]:
    for a, b in combinations(units, 2):
        one, other = a.path[-1], b.path[-1]
        if _folded(one) == _folded(other):
            yield Alike(a, b, WRITING)
        elif _same_kind(one, other) and _stem(one, other):
            yield Alike(a, b, WORDING)


def _folded(name: str) -> str:
    for pattern, word in _SAME_WORDS:
        name = pattern.sub(word, name)
    return name


def _same_kind(one: str, other: str) -> bool:
    kinds = unit_kind(one), unit_kind(other)
    return kinds[0] is not None and kinds[0] == kinds[1]


def _stem(one: str, other: str) -> bool:
    """Tell whether two names of one kind begin with the same word and one of them adds little to it.

    商業課 and 商工課 are two divisions of many a city; 広報課 and 広報広聴課 are seldom two.
    """
    kind = unit_kind(one)
    bare = [name.removesuffix(kind.label if kind else "") for name in (one, other)]
    short, long = sorted(bare, key=len)
    shared = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return shared >= 2 and len(short) - shared <= 1
