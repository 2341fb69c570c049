"""What to drop where a search finds nothing: each condition and each word with what is found without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.index import Index
from search.model import SearchQuery, Term
from search.query import parse

MOST_WORDS = 6
"""Words of a query that are tried without; a longer one is a pasted text, of which no one word is to blame."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A query that does find something: what it leaves out (a facet and its value, or a word), and how many it finds."""

    query: SearchQuery
    facet: str | None
    dropped: str
    count: int


def ways_out(index: Index, asked: SearchQuery) -> list[WayOut]:
    """Return the queries with one condition or one word less that find something, most first."""
    found = [WayOut(other, facet, word, index.total(other)) for other, facet, word in _shorter(asked)]
    return sorted((way for way in found if way.count), key=lambda way: -way.count)


def _shorter(asked: SearchQuery) -> Iterator[tuple[SearchQuery, str | None, str]]:
    for facet, value in asked.filters:
        yield asked.widened(facet, value), facet, value
    if 1 < len(asked.groups) <= MOST_WORDS:
        for n, group in enumerate(asked.groups):
            rest = (*asked.groups[:n], *asked.groups[n + 1 :])
            text = " ".join([*(written(other) for other in rest), *(f"-{written((term,))}" for term in asked.excluded)])
            shorter = parse(text, filters=asked.filters, sort=asked.sort, limit=asked.limit)
            yield shorter, None, " OR ".join(term.text for term in group)
    if asked.excluded:
        text = " ".join(written(group) for group in asked.groups)
        kept = replace(parse(text, filters=asked.filters, sort=asked.sort, limit=asked.limit))
        yield kept, None, " ".join(f"-{term.text}" for term in asked.excluded)


def written(group: tuple[Term, ...]) -> str:
    """Return a group of terms as a person types it."""
    return " OR ".join(f'"{t.text}"' if t.phrase else f"{t.text}*" if t.prefix else t.text for t in group)
