"""Words that mean the same in this field, from ``data/reference/synonyms.csv``; they widen a search, never lead it."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from search.dictionary import REFERENCE, Unit
from search.japanese import cut
from search.light import is_article, singular

Forms = tuple[str, ...]


def read_groups() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield (mode, terms, wider) of each line, as the header of the file describes them."""
    with (REFERENCE / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            wider = tuple(filter(None, (row["finds"] or "").split("|")))
            yield row["mode"], tuple(row["terms"].split("|")), wider


def widen(forms: Forms, keys: Forms) -> list[Forms]:
    """Return the other ways to say a run of words: its longest part that is in the list (by ``keys``), replaced."""
    for length in range(min(len(forms), _longest()), 0, -1):
        found = [
            (*forms[:start], *other, *forms[start + length :])
            for start in range(len(forms) - length + 1)
            for other in ways_to_say(keys[start : start + length])
        ]
        if found:
            return list(dict.fromkeys(found))
    return []


def ways_to_say(keys: Forms) -> tuple[Forms, ...]:
    """Return what the list has for exactly these words."""
    return _table().get(_listed_as(keys), ())


def is_listed(keys: Forms) -> bool:
    """Tell whether a run of words has other ways to say it."""
    return _listed_as(keys) in _table()


def key_of(unit: Unit) -> str:
    """Return under which word the list has a unit: the dictionary would make English words Japanese (tourism: ツーリズム)."""
    return unit.surface.lower() if unit.surface.isascii() else unit.form


def listed_words() -> Iterator[tuple[str, str]]:
    """Yield each word that can be asked for by the list, and its reading."""
    words = dict.fromkeys(term for mode, terms, _ in read_groups() for term in terms)
    for word in words:
        yield word, "".join(compound.unit.reading for compound in cut(word).compounds)


def forms_of(text: str) -> Forms:
    """Return the forms of the words of a text, particles included: so they stand one after another where it is printed."""
    return tuple(unit.form for unit in cut(text).units if any(map(str.isalnum, unit.form)))


def keys_of(text: str) -> Forms:
    """Return the words of a text under which the list has it: as in a query, without light words where there are others."""
    content = [unit for unit in cut(text).units if unit.content]
    return tuple(key_of(unit) for unit in [unit for unit in content if not unit.light] or content)


def _listed_as(keys: Forms) -> Forms:
    """Return the words in the form of the list: English ones in the singular, without articles."""
    if not all(key.isascii() for key in keys):
        return keys
    return tuple(singular(key) for key in keys if not is_article(key)) or keys


@cache
def _longest() -> int:
    return max(map(len, _table()))


@cache
def _table() -> Mapping[Forms, tuple[Forms, ...]]:
    table: dict[Forms, dict[Forms, None]] = defaultdict(dict)
    for mode, terms, finds in read_groups():
        found = [*finds, *(terms if mode == "both" else ())]
        forms = [forms_of(term) for term in found]
        for term in terms:
            table[_listed_as(keys_of(term))].update(dict.fromkeys(other for other in forms if other != forms_of(term)))
    return {keys: tuple(others) for keys, others in table.items() if keys}
