"""On which law, guideline or memorandum documents rest: each citation with its article and its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.records import AnyRecord, ArticleRecord, DocumentRecord, Source
from ingest.text import clean, nfkc

_NUMBER = r"[0-9一二三四五六七八九十百千]+"
_CITATION = re.compile(
    r"(?P<law>[一-龠々ァ-ヶー・のと]{1,40}?(?:要綱|要領|規程|条例|規則|政令|省令|覚書|協約|基本法|法律|法))"
    r"(?P<note>\([^()]{0,80}\))?\s*"
    rf"(?P<article>第{_NUMBER}(?:条(?:の{_NUMBER})*)?(?:第{_NUMBER}項)?(?:第{_NUMBER}号)?)?"
)
_LAW = re.compile(r"[法令例則程領綱書約][^第]{0,90}(?:第|$)|[^本同当前]要綱")
"""What a line holds that names a law with an article, quickly told."""
_LEADING = re.compile(r"^(?:.*[はがをに、])?(?:及び|並びに|又は|その|のと|と|の)+")
_SELF = re.compile(r"^[本同当前]")
"""同法, 本協約: a word for what is named elsewhere."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A law (or the like) with the article that is cited, None for the whole.

    ``ground`` where the document rests on it (根拠法令); ``place`` is the number of the article that cites it.
    """

    law: str
    article: str | None
    document: str
    place: str | None
    source: Source
    ground: bool


def citations_of(document: DocumentRecord, records: Iterable[AnyRecord], text: Sequence[str]) -> list[Citation]:
    """Return what a document rests on, and where its text cites an article, or a guideline as a whole."""
    grounds = {pair for basis in document.legal_basis for pair in (list(cited(basis)) or [(basis, None)])}
    articles = [record for record in records if isinstance(record, ArticleRecord)]
    found: list[Citation] = []
    for number, line in enumerate(text, 1):
        if not _LAW.search(line):
            continue
        following = text[number] if number < len(text) else ""
        place = next((a.number for a in articles if a.source.lines[0] <= number <= a.source.lines[1]), None)
        for law, article in cited(clean(line + following), len(clean(line))):
            if article or _is_guideline(law):
                source = Source(None, (number, number))
                found.append(Citation(law, article, document.id, place, source, (law, article) in grounds))
    placed = {(citation.law, citation.article) for citation in found}
    rest = [pair for pair in sorted(grounds, key=str) if pair not in placed]
    return [*(Citation(*pair, document.id, None, document.source, True) for pair in rest), *found]


def _is_guideline(law: str) -> bool:
    """Tell whether a name is that of a guideline, which documents cite as a whole; short words are no names."""
    return law.endswith("要綱") and len(law) > 6


def cited(text: str, before: int | None = None) -> Iterator[tuple[str, str | None]]:
    """Yield (law, article) for each citation in a text; the law's name ends before a position, its article may not."""
    for match in _CITATION.finditer(nfkc(text)):
        law = _LEADING.sub("", match["law"])
        if len(law) > 2 and not _SELF.match(law) and (before is None or match.end("law") <= before):
            yield law, match["article"]
