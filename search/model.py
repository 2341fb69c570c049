"""Our words for searching: what goes into an index, what is asked, and what comes back. No engine's.

A facet is ``many`` or single. Of a single facet (document, kind, type) a chosen value takes the place of the one chosen
before, so its counts leave that choice out of account; of the others values are added up, each one narrowing. Either
way a count is what choosing that value gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import msgspec

WEIGHTS: dict[str, float] = {
    "title": 8.0,
    "program": 5.0,
    "area": 2.0,
    "department": 3.0,
    "names": 1.0,
    "overview": 3.0,
    "purpose": 2.0,
    "roles": 1.5,
    "progress": 1.0,
    "indicators": 2.0,
    "schedule": 1.0,
    "text": 0.3,
}
"""The text fields of an entry, in the order in which positions count them, and what a word in each is worth.

``names`` holds the municipalities and the document; ``text`` the source lines, so that nothing printed is lost.
"""

SUBSTRING_FIELDS = ("title", "program", "area", "department")
"""Fields of which every piece of two characters or more is found, also one that is no word."""

FACETS: dict[str, bool] = {
    "type": False,
    "municipality": True,
    "area": True,
    "department": True,
    "year": True,
    "rating": True,
    "kind": False,
    "document": False,
}
"""The facets, in the order in which they are shown, and whether several values of one can hold at a time."""

PATH = "/"
"""Joins the steps of the value of an area or a department: ``012246/企画部/広報広聴課``; a value holds all above it."""

TYPES = ("project", "article", "department", "indicator", "facility", "municipality", "document", "line")
"""The types of entries, those that people ask for first."""

Sort = Literal["relevance", "number", "newest", "oldest", "reading", "budget"]
SORTS: tuple[str, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One entry of the index: a project, an article, a unit in charge, a line.

    ``texts`` has text by field (``WEIGHTS``); ``facets`` the (value, label) pairs by facet (``FACETS``); ``date`` is
    ISO; ``budget`` in thousand yen; ``lines`` the first and last source line.
    """

    id: str
    type: str
    document: str
    title: str
    url: str
    texts: Mapping[str, str]
    facets: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    number: str | None = None
    branch: str | None = None
    date: str | None = None
    budget: float | None = None
    reading: str | None = None
    lines: tuple[int, int] | None = None

    def text_of(self, name: str) -> str:
        """Return the text of a field; the title of a line is a piece of its text, and stands for no field."""
        if name == "title":
            return "" if self.type == "line" else self.title
        return self.texts.get(name, "")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, quoted phrase (found literally) or beginning of a word (``prefix``) that a person typed."""

    text: str
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked: each group of ``groups`` must hold, by any one of its terms; none of ``excluded`` may.

    ``filters`` pairs a facet with a value, label or part of a label; ``text`` is what the person typed.
    """

    text: str = ""
    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    sort: Sort = "relevance"
    limit: int = 20
    offset: int = 0

    def narrowed(self, facet: str, value: str) -> "SearchQuery":
        """Return the query that choosing a value of a facet stands for."""
        others = tuple(f for f in self.filters if FACETS[facet] or f[0] != facet)
        return replace(self, filters=others if (facet, value) in others else (*others, (facet, value)), offset=0)

    def widened(self, facet: str, value: str) -> "SearchQuery":
        """Return the query without one of its filters."""
        return replace(self, filters=tuple(f for f in self.filters if f != (facet, value)), offset=0)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a field of a hit as (text, marked) spans; the texts joined are the source's own characters.

    ``cut_before`` and ``cut_after`` say that the field goes on.
    """

    field: str
    spans: tuple[tuple[str, bool], ...]
    cut_before: bool = False
    cut_after: bool = False

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(text for text, _ in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that was found; ``matched`` lists the words of the source by which it was."""

    id: str
    type: str
    document: str
    number: str | None
    branch: str | None
    title: str
    score: float
    snippet: Snippet
    url: str
    heading: Snippet
    matched: tuple[str, ...] = ()
    lines: tuple[int, int] | None = None
    facets: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


class FacetValue(msgspec.Struct, frozen=True, gc=False):
    """A value, the words to show for it, and how many entries choosing it gives. There are hundreds on a page."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet that occur, most frequent first."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another query that does have hits, and how many."""

    query: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the answer.

    ``relaxed`` says that nothing holds all words as typed: then ``"apart"`` lets the parts of a compound stand apart,
    ``"spelling"`` takes what was typed for a slip of the first of ``proposals``, and ``"any"`` asks for any of the words.
    """

    query: SearchQuery
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    relaxed: Literal["", "apart", "any", "spelling"] = ""
    proposals: tuple[Proposal, ...] = ()

    @property
    def did_you_mean(self) -> str | None:
        """The best other query, or None."""
        return self.proposals[0].query if self.proposals else None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that completes what was typed, its type, and how many entries it stands in."""

    text: str
    type: str
    label: str
    count: int
