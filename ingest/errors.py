"""Every error of the service, and those of the ingest room.

A fault in a document is a record (``finding``); a fault in a call is one of these. Each takes the facts and
builds the sentence: what, where, what to do.

    RenkeiError
    ├── IngestError
    │   ├── UnreadableFile        the file is broken, locked, or not what its name says
    │   ├── UnsupportedFile       no reader for this kind of file
    │   ├── RefusedFile           the file went over a limit of time, memory or size
    │   ├── AmbiguousDocument     two parsers claim one document
    │   └── DuplicateStem         two files of one call would have the same document id
    ├── LibraryError
    │   ├── LibraryEmpty          nothing has been ingested yet
    │   ├── LibraryBusy           another process is writing
    │   ├── LibraryDamaged        what is on disk does not agree with its manifest
    │   └── UnknownRecord         no such document or record
    ├── GraphError                (graph/errors.py)
    └── SearchError               (search/errors.py)
"""

from collections.abc import Sequence
from pathlib import Path


class RenkeiError(Exception):
    """The root of all errors that the service raises on purpose; its text is for the user."""


class IngestError(RenkeiError):
    """A file cannot be taken in; the other files of the call are not touched by it."""


class UnreadableFile(IngestError):
    """The file is broken, locked, or not what its name says."""

    def __init__(
        self, path: Path | str, reason: str, advice: str = "open it in its own program and save it again"
    ) -> None:
        super().__init__(f"{path}: cannot be read ({reason}); {advice}")
        self.path, self.reason = path, reason


class UnsupportedFile(IngestError):
    """No reader is known for this kind of file."""

    def __init__(self, path: Path | str, supported: Sequence[str]) -> None:
        super().__init__(f"{path}: no reader for this kind of file; convert it to one of {' '.join(sorted(supported))}")
        self.path = path


class RefusedFile(IngestError):
    """The file went over a limit that keeps one hostile file from stopping the others."""

    def __init__(self, path: Path | str, limit: str) -> None:
        super().__init__(f"{path}: refused, {limit}; split the file or save it in a simpler form")
        self.path, self.limit = path, limit


class AmbiguousDocument(IngestError):
    """Two or more parsers claim one document: one of their ``identify`` is too generous."""

    def __init__(self, file: str, parsers: Sequence[str]) -> None:
        super().__init__(f"{file}: claimed by the parsers {' and '.join(parsers)}; make one identify() stricter")
        self.file, self.parsers = file, tuple(parsers)


class DuplicateStem(IngestError):
    """Two files of one call would become one document."""

    def __init__(self, stem: str, paths: Sequence[Path | str]) -> None:
        super().__init__(f"{' and '.join(map(str, paths))}: both would be the document {stem!r}; rename one of them")
        self.stem, self.paths = stem, tuple(paths)


class LibraryError(RenkeiError):
    """The library on disk cannot do what was asked."""


class LibraryEmpty(LibraryError):
    """Nothing has been ingested yet."""

    def __init__(self, home: Path | str) -> None:
        super().__init__(f"{home}: no library here yet; run 'renkei ingest' first, or name another one with --home")
        self.home = home


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""

    def __init__(self, home: Path | str, holder: str) -> None:
        super().__init__(f"{home}: being written by {holder}; wait until it is done and try again")
        self.home, self.holder = home, holder


class LibraryDamaged(LibraryError):
    """What is on disk does not agree with its manifest."""

    def __init__(self, place: Path | str, what: str) -> None:
        super().__init__(f"{place}: {what}; restore a backup, or ingest the documents again")
        self.place, self.what = place, what


class UnknownRecord(LibraryError):
    """No document or record has this id."""

    def __init__(self, record: str, known: Sequence[str] = ()) -> None:
        hint = f"; known: {', '.join(known)}" if known else ""
        super().__init__(f"{record}: no such document or record in the library{hint}")
        self.record = record
