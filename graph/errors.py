"""The errors of the graph room.

Each takes the facts and builds the sentence: what, where, what to do.

    RenkeiError
    └── GraphError
        ├── UnknownStore          no store for this kind of address
        ├── StoreUnavailable      the store cannot be opened, reached or read
        ├── StoreReadOnly         a write to a store that was opened for reading
        ├── BaseChanged           the graph before was built under another base address
        ├── UnknownThing          no department, project, area … of this name
        ├── AmbiguousThing        several things of this name
        ├── JudgementsUnreadable  the file of people's judgements has a line that is none
        ├── PairsUnreadable       the file of judged pairs cannot be used
        ├── UnknownFormat         a format that is not written here
        ├── ResultTooLarge        a query found more than is given out at once
        └── QueryRefused          a query is not run
            ├── QueryInvalid      it is not SPARQL
            ├── QueryTooLarge     its text is too long, too deep or has too many parts
            ├── UpdateRefused     it would change data
            ├── ServiceRefused    it would reach another server
            └── GraphRefused      it asks for a graph that is not of this library
"""

from collections.abc import Sequence

from ingest.errors import RenkeiError


class GraphError(RenkeiError):
    """The graph cannot do what was asked."""


class UnknownStore(GraphError):
    """No store is known for this kind of address."""

    def __init__(self, url: str, known: Sequence[str]) -> None:
        schemes = " ".join(f"{scheme}:" for scheme in sorted(known))
        super().__init__(f"{url}: no store for this kind of address; use one of {schemes}")
        self.url = url


class StoreUnavailable(GraphError):
    """The store cannot be opened, reached or read."""

    def __init__(self, place: object, reason: object) -> None:
        super().__init__(f"{place}: the graph store cannot be used ({reason}); check that it is there and readable")
        self.place, self.reason = place, reason


class StoreReadOnly(GraphError):
    """Something tried to write to a store that was opened for reading."""

    def __init__(self, place: object) -> None:
        super().__init__(f"{place}: opened for reading only; open it with writable=True to change it")
        self.place = place


class BaseChanged(GraphError):
    """The graph that a new one starts from was built under another base address."""

    def __init__(self, before: str, now: str) -> None:
        super().__init__(f"the graph was built for {before}, not for {now}; build it anew from all documents")
        self.before, self.now = before, now


class UnknownThing(GraphError):
    """No department, municipality, project, area or document has this name or id."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text}: nothing in the graph has this name; give the full name or an id")
        self.text = text


class AmbiguousThing(GraphError):
    """Several things have this name; the caller shows them and asks."""

    def __init__(self, text: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{text}: may be any of {', '.join(candidates)}; give the full name or the id")
        self.text, self.candidates = text, tuple(candidates)


class JudgementsUnreadable(GraphError):
    """The file of people's judgements has a line that is no judgement."""

    def __init__(self, path: object, line: int, reason: object) -> None:
        super().__init__(f"{path}, line {line}: no judgement ({reason}); mend the line or take it out")
        self.path, self.line = path, line


class PairsUnreadable(GraphError):
    """The file of pairs that people have judged cannot be used."""

    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"{path}: not a file of judged pairs ({reason}); compare it with tests/judged/same_work.toml")
        self.path, self.reason = path, reason


class UnknownFormat(GraphError):
    """A format that is not written here."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"{name}: not a format for this; use one of {', '.join(known)}")
        self.name, self.known = name, tuple(known)


class ResultTooLarge(GraphError):
    """A query found more than is given out at once; nothing of it is given, so that no cut result looks whole."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"the query finds more than {limit} rows; narrow it, page through it with LIMIT and OFFSET, "
            "or take an export of the whole"
        )
        self.limit = limit


class QueryRefused(GraphError):
    """A query is not run."""


class QueryInvalid(QueryRefused):
    """The text is not a SPARQL query."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the query cannot be read: {reason}; compare it with the examples")
        self.reason = reason


class QueryTooLarge(QueryRefused):
    """The text of the query goes over a limit."""

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(f"the query has {found} {what}, more than {limit}; ask in several smaller queries")
        self.what, self.found, self.limit = what, found, limit


class UpdateRefused(QueryRefused):
    """The query would change data."""

    def __init__(self, operation: str) -> None:
        super().__init__(f"{operation}: data cannot be changed here; only SELECT, ASK, CONSTRUCT and DESCRIBE are run")
        self.operation = operation


class ServiceRefused(QueryRefused):
    """The query would reach another server."""

    def __init__(self) -> None:
        super().__init__("SERVICE: other servers are not asked from here; run the query on a server of your own")


class GraphRefused(QueryRefused):
    """The query asks for a graph that is not of this library."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        hint = f"; the graphs here are {' '.join(known)}" if known else "; there is no graph here yet"
        super().__init__(f"{name}: not a graph of this library{hint}")
        self.name, self.known = name, tuple(known)
