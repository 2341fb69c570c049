"""Answers worked out when the graph is built, so that opening a large library does not ask them of the store again.

    {folder}/{key}.msgpack      the names of the query's variables, and {document: [row, …]}, a row having their values

Only queries are kept whose every answer follows from one document alone: each document's are worked out in a small
store in memory, those of all documents are put together when they are asked for, and a document that is replaced or
taken out changes its own. A query that is not kept is asked of the store, so that nothing depends on what is here.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec
import pyoxigraph
from pyoxigraph import QuerySolutions

from graph.namespaces import PREFIXES, RK, SKOS
from graph.queries import query
from graph.statements import Statements
from graph.stores.terms import IRI, Plain, Row, bind, rows
from graph.words import RELATIONS

Values = list[Any]
"""The values of a row; an IRI has ``<`` in front, other text has a blank."""


def questions() -> Iterator[str]:
    """Yield the queries that are kept, their variables bound."""
    for name in ("areas", "documents", "in_charge", "listed", "municipalities", "parties", "projects", "units"):
        yield query(name)
    for kind in (RK.Measure, SKOS.Concept):
        yield bind(query("lines"), {"kind": IRI(kind.value)})
    for relation in RELATIONS:
        yield bind(query("links"), {"relation": IRI(relation)})


class _Kept(msgspec.Struct):
    """The answers to one query; ``names`` are its variables, known from the first answer on."""

    names: list[str] = []
    rows: dict[str, list[Values]] = {}


class Answers:
    """The answers of the documents of one state, in the making.

    They go on from those of the state ``before``; what that one did not keep would be answered in part, and is left out.
    """

    def __init__(self, before: Path | None) -> None:
        kept = {text: _load(before, text) if before else _Kept() for text in questions()}
        self._found = {text: found for text, found in kept.items() if found is not None}

    def remove(self, documents: Collection[str]) -> None:
        """Forget documents."""
        for found in self._found.values():
            for document in documents:
                found.rows.pop(document, None)

    def put(self, document: str, quads: Statements) -> None:
        """Work out the answers of one document from its statements."""
        store = pyoxigraph.Store()
        store.load(quads.union + quads.lines, format=pyoxigraph.RdfFormat.N_QUADS)
        for text, found in self._found.items():
            given = rows(cast("QuerySolutions", store.query(text, prefixes=PREFIXES)))
            found.rows.pop(document, None)
            if given:
                found.names = list(given[0])
                found.rows[document] = [_values(row) for row in given]

    def rows(self, text: str) -> list[Row] | None:
        """Return the rows of a bound query; None where it is not kept."""
        return _rows(self._found.get(text))

    def write(self, folder: Path) -> None:
        """Write them into a new folder."""
        folder.mkdir()
        for text, found in self._found.items():
            _path(folder, text).write_bytes(msgspec.msgpack.encode(found))


def kept_rows(folder: Path, text: str) -> list[Row] | None:
    """Return the rows of a bound query, each once; None where it is not kept."""
    return _rows(_load(folder, text))


def _rows(found: _Kept | None) -> list[Row] | None:
    if found is None:
        return None
    whole = {tuple(values): None for document in sorted(found.rows) for values in found.rows[document]}
    return [dict(zip(found.names, map(_plain, values), strict=True)) for values in whole]


def _load(folder: Path, text: str) -> _Kept | None:
    try:
        return msgspec.msgpack.decode(_path(folder, text).read_bytes(), type=_Kept)
    except FileNotFoundError:
        return None


def _path(folder: Path, text: str) -> Path:
    return folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.msgpack"


def _values(row: Mapping[str, Plain | None]) -> Values:
    return [_encoded(value) for value in row.values()]


def _encoded(value: Plain | None) -> Plain | None:
    if isinstance(value, IRI):
        return f"<{value}"
    return f" {value}" if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return IRI(value[1:]) if value[0] == "<" else value[1:]
