"""Faults in a request that are ours to name; each has its status in ``error_pages``.

RenkeiError
└── RequestError
    ├── BadParameter     a parameter of the address has a value that cannot be used
    ├── UnknownParameter a parameter of the address that the API does not know there
    ├── UnknownPlace     no such municipality, department or area in the library
    ├── RecordGone       a document or record that was here once
    ├── QueryStopped     a query reached a limit and was ended
    └── TooManyQueries   too many queries wait already
"""

from collections.abc import Collection, Iterable
from itertools import islice

from ingest.errors import RenkeiError

MOST_NAMED = 20


def few(allowed: Iterable[str]) -> str:
    """Return the first values that a parameter can have, in words; the library may hold thousands."""
    found = list(islice(allowed, MOST_NAMED + 1))
    return ", ".join(found[:MOST_NAMED]) + (", …" if len(found) > MOST_NAMED else "")


class RequestError(RenkeiError):
    """The request cannot be answered as it was put."""


class BadParameter(RequestError):
    """A parameter of the address has a value that cannot be used."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"parameter {name}: {value!r} cannot be used; give {allowed}")
        self.name, self.value, self.allowed = name, value, allowed


class BadSetting(RenkeiError):
    """A setting of the service cannot be used."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"{name}: {value!r} is no setting; give {allowed}")


class UnknownParameter(RequestError):
    """The address has a parameter that is not known there."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        told = f"give one of {', '.join(known)}" if known else "this address takes none"
        super().__init__(f"parameter {name}: not known here; {told}")
        self.name, self.known = name, known


class UnknownPlace(RequestError):
    """The library holds no such municipality, department or area."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"{kind} {key}: not in the library; see the list of what there is")
        self.kind, self.key = kind, key


class RecordGone(RequestError):
    """The library had such a document or record once, and has it no more."""

    def __init__(self, record: str, when: str) -> None:
        super().__init__(f"{record}: was in the library until {when}; see /changes")
        self.record, self.when = record, when


class QueryStopped(RequestError):
    """A query reached a limit and was ended; nothing of its result is given."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"the query was stopped: {limit}; narrow it, or take an export and ask on your own machine")
        self.limit = limit


class TooManyQueries(RequestError):
    """Too many queries wait already; the client may ask again after some seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many queries are waiting; ask again in {retry_after} seconds")
        self.retry_after = retry_after
