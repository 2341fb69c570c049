"""What a person types → SearchQuery.

    観光 イベント        both words; the blank may be full width
    観光 OR 交流         either word (also ``|``)
    観光 -空港           without a word
    "相互利用" 「相互利用」  literally so
    観光*               words that begin so
    部署:観光課 年度:令和6年度  only there (see ``FIELD_NAMES``)

Nothing a person types is an error: what cannot be read as an operator is read as plain words. Of what is longer than
``LONGEST`` characters the beginning counts.
"""

import re
from collections.abc import Iterator, Sequence
from typing import cast

from ingest.text import nfkc
from ingest.years import fiscal_year
from search.errors import UnknownSort
from search.model import FACETS, SORTS, SearchQuery, Sort, Term

LONGEST = 500
"""Characters of a query that are read: a pasted paragraph still works, a pasted book costs no more than that."""

FIELD_NAMES: dict[str, str] = {
    "種別": "type", "市町村": "municipality", "自治体": "municipality", "分野": "area", "部署": "department",
    "担当": "department", "年度": "year", "評価": "rating", "種類": "kind", "文書": "document",
    **{name: name for name in FACETS},
}  # fmt: skip
"""The names by which a person asks for a facet."""

_TOKEN = re.compile(
    r"""\s*(?P<minus>[-−])?
        (?:(?P<field>[^\s:"「」*|]{1,12}):(?=[^\s:]))?
        (?:"(?P<phrase>[^"]*\S[^"]*)"|「(?P<bracket>[^「」]*\S[^「」]*)」(?=\s|$)|(?P<word>[^\s]+))""",
    re.VERBOSE,
)


def parse(
    text: str,
    *,
    filters: Sequence[tuple[str, str]] = (),
    sort: str = "relevance",
    limit: int = 20,
    offset: int = 0,
) -> SearchQuery:
    """Read a query as typed, with filters chosen beside it; raises only ``UnknownSort``, for what no one types."""
    if sort not in SORTS:
        raise UnknownSort(sort, SORTS)
    text = readable(text)[:LONGEST]
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    typed: list[tuple[str, str]] = []
    joining = False
    for token in _TOKEN.finditer(nfkc(text)):
        if token["word"] in {"OR", "|"} and not token["minus"] and not token["field"]:
            joining = bool(groups)
            continue
        field = FIELD_NAMES.get((token["field"] or "").lower())
        if field and not token["minus"]:
            typed.append((field, _words(token)))
            continue
        term = _term(token)
        if token["minus"] and _has_letters(term):
            excluded.append(term)
        elif joining:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joining = False
    groups = [group for group in groups if any(map(_has_letters, group))] or groups[:1]
    if excluded and not groups and not typed and not filters:
        groups, excluded = [(Term(text.strip()),)], []
    chosen = tuple(dict.fromkeys((name, _facet_value(name, value)) for name, value in (*filters, *typed)))
    return SearchQuery(text.strip(), tuple(groups), tuple(excluded), chosen, cast("Sort", sort), limit, offset)


def readable(text: str) -> str:
    """Return the text with halves of characters (lone surrogates, from a terminal or JSON) replaced by question marks."""
    return text.encode("utf-8", "replace").decode()


def terms(query: SearchQuery) -> Iterator[Term]:
    """Yield the terms that are asked for."""
    for group in query.groups:
        yield from group


def _has_letters(term: Term) -> bool:
    return any(map(str.isalnum, term.text))


def _facet_value(facet: str, words: str) -> str:
    year = fiscal_year(words) if facet == "year" else None
    return str(year) if year else words


def _words(token: re.Match[str]) -> str:
    return str(token["phrase"] or token["bracket"] or token["word"]).strip()


def _term(token: re.Match[str]) -> Term:
    unread = f"{token['field']}:" if token["field"] else ""
    if token["word"] is None:
        return Term(unread + _words(token), phrase=True)
    word = unread + token["word"]
    stem = word.rstrip("*")
    return Term(stem, prefix=True) if stem and stem != word else Term(word)
