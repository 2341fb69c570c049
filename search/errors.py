"""The errors of the search room.

RenkeiError
└── SearchError
    ├── IndexMissing     there is no index where one was expected, or it is of another format
    ├── UnknownEngine    no engine has this name
    ├── UnknownSort      no such order of hits
    └── JudgementsUnreadable  a file of judged queries is not in its form
"""

from collections.abc import Iterable
from pathlib import Path

from ingest.errors import RenkeiError


class SearchError(RenkeiError):
    """A search cannot be made; what a user types into the search box is never a reason."""


class IndexMissing(SearchError):
    """There is no index where one was expected, or it was written in another format."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: no usable index ({reason}); ingest the documents again to build one")
        self.path, self.reason = path, reason


class UnknownEngine(SearchError):
    """No search engine has this name."""

    def __init__(self, engine: str, known: Iterable[str]) -> None:
        super().__init__(f"{engine}: no such search engine; choose one of {', '.join(sorted(known))}")
        self.engine = engine


class UnknownSort(SearchError):
    """No order of hits has this name."""

    def __init__(self, sort: str, known: Iterable[str]) -> None:
        super().__init__(f"{sort}: no such order of hits; choose one of {', '.join(known)}")
        self.sort = sort


class JudgementsUnreadable(SearchError):
    """A file of judged queries is missing or not in the form that its header describes."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: no judged queries to be read ({reason}); see tests/judged/queries.toml for the form")
        self.path, self.reason = path, reason
