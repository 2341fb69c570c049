"""Heads of columns that no list knows, told by what stands below them.

In a list of projects a column of running numbers, of bodies, of marks or of figures needs no head that is known; of texts the
first tells what a project is, the last, behind its figures, what was done. Known heads stay as they are and are not given twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest import numbers
from ingest.bodies import last_word, looks_like_body
from ingest.budgets import is_amount
from ingest.indicator_cells import values
from ingest.indicators import RATING
from ingest.labels import field_words, guessed, label
from ingest.parties import names_in
from ingest.projects import number_and_branch
from ingest.text import clean
from ingest.years import fiscal_year, year_in

_FEWEST_HEADS = 4
_FEWEST_ROWS = 3
_LONGEST = 16
_SENTENCE = 24
_TIME = re.compile(r"\([^()]*\)$")
_NO_HEAD = re.compile(r"[。、\d]")
_FIGURES = ("baseline", "target", "actual")


@dataclass(frozen=True, slots=True)
class _Head:
    """A head with the kind of what stands below it; ``field`` where its words say it."""

    at: int
    words: str
    field: str | None
    kind: str | None


def with_known_heads(lines: Sequence[str]) -> list[str]:
    """Return the lines with the unknown heads of lists of projects as known words; a time in parentheses stays."""
    told = list(lines)
    decided: dict[tuple[str, ...], dict[int, str]] = {}
    for first, end in _tables(lines):
        heads = [clean(cell) for cell in lines[first].split("\t")]
        if not _has_unknown_heads(heads):
            continue
        rows = [[clean(cell) for cell in line.split("\t")] for line in lines[first:end]]
        if _is_form(rows):
            continue
        made_of = tuple(cell for cell in heads if cell)
        # A table of the same heads may stand aside from them: the first of its kind decides.
        names = decided[made_of] = decided.get(made_of) or _names(rows)
        for at in range(first, end) if names else ():
            if rows[at - first] == heads:
                told[at] = "\t".join(names.get(i, cell) for i, cell in enumerate(lines[at].split("\t")))
    return told


def _has_unknown_heads(cells: Sequence[str]) -> bool:
    """Tell, before the rows below are looked at, whether cells look like heads of columns, not all of them known."""
    heads = [_TIME.sub("", cell) for cell in cells if cell]
    return (
        len(heads) >= _FEWEST_HEADS
        and all(2 <= len(words) <= _LONGEST and not _NO_HEAD.search(words) for words in heads)
        and any(_known(cell) is None for cell in cells if cell)
    )


def _is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows are labels with their values: below the heads of a list stand names and numbers, no labels."""
    labelled = sum(bool(row[0]) and label(row[0]) is not None for row in rows[1:])
    return labelled >= _FEWEST_HEADS and 4 * labelled >= len(rows)


def _known(words: str) -> str | None:
    """Return the field that the words of a head say by themselves."""
    found = label(words) or guessed(words)
    return found.field if found else "year" if fiscal_year(words) is not None or names_in(words) else None


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where runs of rows begin and end."""
    first: int | None = None
    for at, line in enumerate([*lines, ""]):
        if "\t" in line and first is None:
            first = at
        elif "\t" not in line and first is not None:
            yield first, at
            first = None


def _names(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return what to read for the unknown heads of a table's first row; nothing where it is no list of projects."""
    heads = [_head(at, cell, [row[at] for row in rows[1:] if at < len(row)]) for at, cell in enumerate(rows[0]) if cell]
    unknown = [head for head in heads if head.field is None]
    mostly_known = 2 * len(unknown) <= len(heads)
    fewest = 1 if mostly_known else _FEWEST_ROWS
    told = mostly_known or any(head.kind == "text" for head in heads)
    if not unknown or not told or len(heads) < _FEWEST_HEADS or len(rows) <= fewest or not _is_head_row(heads):
        return {}
    fields = _fields(heads)
    named = {"title", "program", "indicator"} & {*fields.values(), *(h.field for h in heads)}
    if not named:
        return {}
    return {head.at: _printed(head, fields[head.at]) for head in unknown if head.at in fields}


def _is_head_row(heads: Sequence[_Head]) -> bool:
    plain = [_TIME.sub("", head.words) for head in heads]
    return not any(
        is_amount(words) or (looks_like_body(words) and head.field is None and head.kind != "departments")
        for words, head in zip(plain, heads, strict=True)
    )


def _head(at: int, words: str, below: Sequence[str]) -> _Head:
    kinds = [_kind(cell) for cell in below if cell]
    kind = max(set(kinds), key=kinds.count, default=None)
    return _Head(at, words, _known(words), kind if kind and 10 * kinds.count(kind) >= 6 * len(kinds) else None)


def _kind(cell: str) -> str:
    if number_and_branch(cell):
        return "number"
    if all(RATING.match(mark) for mark in cell.split()) and not numbers.is_dash(cell):
        return "rating"
    if numbers.is_dash(cell) or any(numbers.figure(value) for value in values(cell)):
        return "figure"
    if looks_like_body(last_word(cell)):
        return "departments"
    return "text" if "。" in cell or len(cell) > _SENTENCE else "word"


def _fields(heads: Sequence[_Head]) -> dict[int, str]:
    """Say the fields of unknown heads by the kinds of their columns and their order."""
    taken = {head.field for head in heads if head.field}
    figures = _figures([h for h in heads if h.field is None and h.kind == "figure"], taken)
    results = min([h.at for h in heads if h.kind == "figure" or h.field in _FIGURES], default=None)
    number = next((h.at for h in heads if h.field == "number" or h.kind == "number"), None)
    fields: dict[int, str] = {}
    for head in (h for h in heads if h.field is None):
        name = figures.get(head.at) or _field(head, taken, results, number)
        if name and name not in taken:
            fields[head.at] = name
            taken.add(name)
    return fields


def _figures(columns: Sequence[_Head], taken: set[str]) -> dict[int, str]:
    """Tell figures apart by the years of their heads (the first is the base, the last the aim), else by their order."""
    free = [name for name in _FIGURES if name not in taken]
    dated = sorted(columns, key=lambda h: (year_in(h.words) or 0, h.at))
    if len(columns) == len(free) == len(_FIGURES) and all(year_in(h.words) for h in columns):
        return {head.at: name for head, name in zip(dated, ("baseline", "actual", "target"), strict=True)}
    return {head.at: name for head, name in zip(columns, free, strict=False)}


def _field(head: _Head, taken: set[str], results: int | None, number: int | None) -> str | None:
    if head.kind in ("number", "departments", "rating"):
        return head.kind
    if head.kind == "text":
        late = results is not None and head.at > results
        return "progress" if late else "overview" if "overview" not in taken else "purpose"
    if head.kind != "word":
        return None
    if number is not None and head.at < number and "title" not in taken:
        return "area1"
    if "title" not in taken and "program" not in taken:
        return "title"
    return "indicator" if results is not None and head.at < results and "overview" in taken else None


def _printed(head: _Head, name: str) -> str:
    time = _TIME.search(head.words)
    return field_words(name)[0] + (time[0] if time else "")
