"""Marks in the source's own characters: which words of an entry were found, and the piece of text to show them in."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from search.entries import StoredEntry
from search.found import Match
from search.japanese import fold
from search.model import WEIGHTS, Snippet

WIDTH = 140
"""Characters of a snippet."""

_FIELDS = tuple(WEIGHTS)
_WORTH = {
    "overview": 9, "purpose": 8, "progress": 7, "roles": 6, "indicators": 5, "schedule": 4, "program": 3,
    "department": 3, "area": 2, "text": 1, "names": 0,
}  # fmt: skip
"""How well a mark in a field explains why an entry was found: sentences better than names."""
_STOPS = "。、\n　 "
Ranges = list[tuple[int, int]]


def marks(entry: StoredEntry, slot: int, matches: Iterable[Match]) -> dict[str, Ranges]:
    """Return the ranges of the source to mark, by field, ascending: of words as typed, else of what widens."""
    found: dict[str, set[tuple[int, int]]] = {}
    listed = list(matches)
    typed = [match for match in listed if match.exact]
    for match in typed if any(match.in_slot(slot) for match in typed) else listed:
        for number, first, size in match.in_slot(slot):
            field = _FIELDS[number]
            find = _folded_span if match.folded else _span
            span = find(entry, field, first, size)
            if span and span[0] < span[1]:
                found.setdefault(field, set()).add(span)
    return {field: _merged(sorted(ranges)) for field, ranges in found.items()}


def heading(entry: StoredEntry, marked: Mapping[str, Ranges]) -> Snippet:
    """Return the whole title with its marks."""
    title = entry.document.title
    return Snippet("title", _spans(title, 0, len(title), marked.get("title", [])))


def snippet(entry: StoredEntry, marked: Mapping[str, Ranges]) -> Snippet:
    """Return the piece of the best field in which most is marked; without marks, the beginning of the overview."""
    texts = [field for field in _FIELDS[1:] if entry.document.text_of(field)]
    if not texts:
        return heading(entry, marked)
    best = max(texts, key=lambda field: (field in marked, _WORTH[field]))
    text, ranges = entry.document.text_of(best), marked.get(best, [])
    start, end = _window(text, ranges)
    return Snippet(best, _spans(text, start, end, ranges), start > 0, end < len(text))


def matched_words(entry: StoredEntry, marked: Mapping[str, Ranges]) -> tuple[str, ...]:
    """Return the words of the source that are marked, each once."""
    words = (entry.document.text_of(field)[start:end] for field, ranges in marked.items() for start, end in ranges)
    return tuple(dict.fromkeys(words))


def _span(entry: StoredEntry, field: str, first: int, size: int) -> tuple[int, int] | None:
    spans = np.frombuffer(entry.spans.get(field, b""), "<i4").reshape(-1, 2)
    if first + size > len(spans):
        return None
    return int(spans[first][0]), int(spans[first + size - 1][1])


def _folded_span(entry: StoredEntry, field: str, first: int, size: int) -> tuple[int, int] | None:
    spans = fold(entry.document.text_of(field)).spans
    if first + size > len(spans):
        return None
    return spans[first][0], spans[first + size - 1][1]


def _merged(ranges: Sequence[tuple[int, int]]) -> Ranges:
    out: Ranges = []
    for start, end in ranges:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _window(text: str, ranges: Ranges) -> tuple[int, int]:
    """Return the range of about ``WIDTH`` characters in which most marks lie, beginning where a clause does."""
    if len(text) <= WIDTH:
        return 0, len(text)
    best, most = 0, 0
    for start, _ in ranges:
        held = sum(start <= s and e <= start + WIDTH * 3 // 4 for s, e in ranges)
        if held > most:
            best, most = start, held
    begin = max(0, min(best - WIDTH // 4, len(text) - WIDTH))
    stops = [i + 1 for i in range(begin, min(best, begin + WIDTH // 4)) if text[i] in _STOPS]
    begin = stops[0] if begin and stops else begin
    return begin, min(len(text), begin + WIDTH)


def _spans(text: str, start: int, end: int, ranges: Ranges) -> tuple[tuple[str, bool], ...]:
    spans: list[tuple[str, bool]] = []
    at = start
    for first, last in ranges:
        first, last = max(first, at), min(last, end)  # noqa: PLW2901  only the part inside the window
        if first >= last:
            continue
        spans.extend([(text[at:first], False), (text[first:last], True)])
        at = last
    spans.append((text[at:end], False))
    return tuple(span for span in spans if span[0])
