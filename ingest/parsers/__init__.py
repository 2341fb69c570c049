"""Lines and tables become records: one module a kind of document.

A parser is a module with ``identify(document) -> bool`` (by content, never by file name) and
``parse(document) -> Iterator[Record]``, and one line in ``PARSERS``.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ingest.document import Document
from ingest.errors import AmbiguousDocument
from ingest.parsers import agreement, briefing, other, plan, status_report
from ingest.records import Record


class Parser(Protocol):
    """What a parser module offers."""

    @property
    def identify(self) -> Callable[[Document], bool]:
        """Tell whether the document is of this kind."""

    @property
    def parse(self) -> Callable[[Document], Iterator[Record]]:
        """Yield the records of the document."""


PARSERS: Mapping[str, Parser] = {
    "agreement": agreement,
    "plan": plan,
    "status_report": status_report,
    "briefing": briefing,
}


def parse(document: Document, parsers: Mapping[str, Parser] = PARSERS) -> list[Record]:
    """Return the records of a document by the one parser that claims it, else those of an unknown document.

    Raises ``AmbiguousDocument`` where two parsers claim it.
    """
    claims = [name for name, parser in parsers.items() if parser.identify(document)]
    if len(claims) > 1:
        raise AmbiguousDocument(document.file, claims)
    return list(parsers[claims[0]].parse(document) if claims else other.parse(document))
