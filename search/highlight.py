"""Marks in the source's own characters: which words of an entry were found, and the piece of text to show them in."""

from array import array
from collections.abc import Mapping, Sequence

from search.entries import StoredEntry
from search.folding import fold
from search.found import Held
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


def marks(entry: StoredEntry, held: Held) -> dict[str, Ranges]:
    """Return the ranges of the source to mark, by field, ascending: of words as typed, else of what widens."""
    found: dict[str, set[tuple[int, int]]] = {}
    typed = [(match, places) for match, places in held if match.exact]
    spans: dict[tuple[str, bool], Sequence[int]] = {}
    for match, places in typed or held:
        for number, first, size in places:
            field, folded = _FIELDS[number], match.folded
            if (field, folded) not in spans:
                spans[field, folded] = _folded_spans(entry, field) if folded else _spans_of_units(entry, field)
            ranges = spans[field, folded]
            start, end = (
                (ranges[2 * first], ranges[2 * (first + size) - 1]) if 2 * (first + size) <= len(ranges) else (0, 0)
            )
            if start < end:
                found.setdefault(field, set()).add((start, end))
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


def _spans_of_units(entry: StoredEntry, field: str) -> Sequence[int]:
    """Return where each unit of a field begins and ends in the source, one after another."""
    return array("i", entry.spans.get(field, b""))


def _folded_spans(entry: StoredEntry, field: str) -> Sequence[int]:
    """Return the same for each character of the folded text."""
    return [edge for span in fold(entry.document.text_of(field)).spans for edge in span]


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
