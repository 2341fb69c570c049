"""SearchDocument → the terms and places that engines keep, and what is needed to show and complete them later.

A position counts the short units of a field, function words included, so that a phrase is a run of positions. In
``compounds`` and ``readings`` the position carries the number of units covered in its lowest four bits; in ``bigrams``
it counts the characters of the folded text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from search.indexes import FIELD_BITS, TERM_FIELDS
from search.japanese import Compound, Cut, cut, fold_text
from search.model import SUBSTRING_FIELDS, WEIGHTS, SearchDocument

SIZE_BITS = 4
MOST_UNITS = (1 << SIZE_BITS) - 1
LONGEST_RUN = 3
END = "\n"
"""Ends the folded text of a name, so that its last character begins a pair too."""

FIELD_NUMBERS = {name: number for number, name in enumerate(WEIGHTS)}


@dataclass(slots=True)
class EntryTerms:
    """What the texts of one entry come to.

    ``spans`` has, by field, the source range of each unit (int32 pairs); ``lengths`` the content words of each field;
    ``words`` each word or run of nouns as printed, with its reading, and how often it stands there.
    """

    terms: dict[str, dict[str, list[int]]] = field(default_factory=lambda: {n: defaultdict(list) for n in TERM_FIELDS})
    spans: dict[str, bytes] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=lambda: [0] * len(WEIGHTS))
    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    reading: str = ""


def entry_terms(document: SearchDocument) -> EntryTerms:
    """Cut every text of an entry, once."""
    out = EntryTerms()
    for name, number in FIELD_NUMBERS.items():
        text = document.text_of(name)
        if text:
            parts = cut(text)
            _add_field(out, parts, number << FIELD_BITS, is_name=name in SUBSTRING_FIELDS)
            out.spans[name] = np.array([u[:2] for u in parts.units], "<i4").tobytes()
            out.lengths[number] = sum(u.content for u in parts.units)
            if name in SUBSTRING_FIELDS:
                _add_bigrams(out.terms["bigrams"], text, number << FIELD_BITS)
            if name == "title":
                out.reading = "".join(c.unit.reading for c in parts.compounds)
    out.reading = document.reading or out.reading
    return out


def _add_field(out: EntryTerms, parts: Cut, base: int, *, is_name: bool) -> None:
    words, compounds, readings = out.terms["words"], out.terms["compounds"], out.terms["readings"]
    for position, unit in enumerate(parts.units):
        if any(map(str.isalnum, unit.form)):  # particles too, for phrases; punctuation only takes up its position
            words[unit.form].append(base | position)
        if unit.content and unit.reading != unit.form and not unit.surface.isascii():
            readings[unit.reading].append(base | position << SIZE_BITS | 1)
    for long in parts.compounds:
        if long.unit.content and 1 < long.size <= MOST_UNITS:
            place = base | long.first << SIZE_BITS | long.size
            compounds[long.unit.form].append(place)
            readings[long.unit.reading].append(place)
    for run in noun_runs(parts.compounds, LONGEST_RUN):
        reading = "".join(c.unit.reading for c in run)
        out.words[parts.text[run[0].unit.start : run[-1].unit.end], reading] += 1
        size = sum(c.size for c in run)
        if is_name and len(run) > 1 and size <= MOST_UNITS:
            readings[reading].append(base | run[0].first << SIZE_BITS | size)


def noun_runs(compounds: Sequence[Compound], longest: int) -> Iterator[Sequence[Compound]]:
    """Yield each content word, and each run of up to ``longest`` nouns that stand without anything between."""
    for i, first in enumerate(compounds):
        if not first.unit.content:
            continue
        yield compounds[i : i + 1]
        end = i + 1
        while first.unit.noun and end < len(compounds) and end - i < longest:
            if not compounds[end].unit.noun or compounds[end].unit.start != compounds[end - 1].unit.end:
                break
            end += 1
            yield compounds[i:end]


def bigrams(text: str) -> list[str]:
    """Return the pairs of characters of a text in its folded form, one for each character."""
    folded = fold_text(text) + END
    return [folded[i : i + 2] for i in range(len(folded) - 1)]


def _add_bigrams(terms: dict[str, list[int]], text: str, base: int) -> None:
    for position, pair in enumerate(bigrams(text)):
        terms[pair].append(base | position)
