"""Words that one document writes in more than one way (広報紙 and 広報誌, 取組 and 取り組み), for whoever edits it next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from search.japanese import cut

_SHORTEST = 3
"""Characters of a word that may differ from another in one and still be the same word to the ear."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way of writing a word, and the lines it stands on."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A word in its spellings, most frequent first; ``sound`` where they sound alike but differ in one character."""

    spellings: tuple[Spelling, ...]
    sound: bool


def variants_of(text: Sequence[str]) -> list[Variant]:
    """Find the words of a text that stand in it in more than one way; nouns only, as verbs change their endings."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    sounds: defaultdict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(text, 1):
        for surface, form, reading in _words(line):
            places[surface].append(number)
            if form:
                forms[form].add(surface)
            if len(surface) >= _SHORTEST:
                sounds[reading].add(surface)
    same = [Variant(_spellings(found, places), False) for found in forms.values() if _vary(found)]
    alike = [Variant(_spellings(pair, places), True) for found in sounds.values() for pair in _alike(found, forms)]
    return sorted([*alike, *same], key=lambda v: (not v.sound, v.spellings[0].lines[0], v.spellings[0].text))


def _words(line: str) -> list[tuple[str, str, str]]:
    """Return (surface, form, reading) of each noun, and of each two that stand side by side (without a form)."""
    units = [unit for unit in cut(line).units if unit.surface.strip()]
    found = [(u.surface, u.form, u.reading) for u in units if u.noun and _is_word(u.surface)]
    for one, other in pairwise(units):
        whole = one.surface + other.surface
        if one.noun and other.noun and one.end == other.start and len(one.surface) > 1 and _is_word(whole):
            found.append((whole, "", one.reading + other.reading))
    return found


def _vary(words: set[str]) -> bool:
    return len(words) > 1 and any(c >= "一" for c in "".join(words))


def _alike(words: set[str], forms: dict[str, set[str]]) -> list[tuple[str, str]]:
    known = [spellings for spellings in forms.values() if len(spellings) > 1]
    return [
        (a, b)
        for a, b in combinations(sorted(words), 2)
        if len(a) == len(b)
        and any(c >= "一" for c in a + b)
        and sum(x != y for x, y in zip(a, b, strict=True)) == 1
        and not any({a, b} <= spellings for spellings in known)
    ]


def _spellings(words: Iterable[str], places: dict[str, list[int]]) -> tuple[Spelling, ...]:
    found = [Spelling(word, tuple(dict.fromkeys(places[word]))) for word in words]
    return tuple(sorted(found, key=lambda spelling: (-len(spelling.lines), spelling.text)))


def _is_word(text: str) -> bool:
    return all("一" <= c <= "龠" or c == "々" or "ぁ" <= c <= "ん" for c in text) and len(text) > 1
