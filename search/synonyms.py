"""Words that mean the same in this field, from ``data/reference/synonyms.csv``; they widen a search, never lead it."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from search.japanese import REFERENCE, cut

Forms = tuple[str, ...]


def read_groups() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield (mode, terms, wider) of each line, as the header of the file describes them."""
    with (REFERENCE / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            wider = tuple(filter(None, (row["finds"] or "").split("|")))
            yield row["mode"], tuple(row["terms"].split("|")), wider


def widen(forms: Forms) -> list[Forms]:
    """Return the other ways to say a run of words: its longest part that is in the list, replaced."""
    table = _table()
    for length in range(min(len(forms), _longest()), 0, -1):
        found = [
            (*forms[:start], *other, *forms[start + length :])
            for start in range(len(forms) - length + 1)
            for other in table.get(forms[start : start + length], ())
        ]
        if found:
            return list(dict.fromkeys(found))
    return []


def is_listed(forms: Forms) -> bool:
    """Tell whether a run of words has other ways to say it."""
    return forms in _table()


def forms_of(text: str) -> Forms:
    """Return the forms of the content words of a text."""
    return tuple(unit.form for unit in cut(text).units if unit.content)


@cache
def _longest() -> int:
    return max(map(len, _table()))


@cache
def _table() -> Mapping[Forms, tuple[Forms, ...]]:
    table: dict[Forms, dict[Forms, None]] = defaultdict(dict)
    for mode, terms, finds in read_groups():
        from_forms = [forms_of(term) for term in terms]
        to_forms = [forms_of(term) for term in finds] + (from_forms if mode == "both" else [])
        for forms in from_forms:
            table[forms].update(dict.fromkeys(other for other in to_forms if other != forms))
    return {forms: tuple(others) for forms, others in table.items() if forms}
