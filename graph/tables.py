"""Tables for spreadsheets: projects, departments in charge, roles, budget, indicators, and all links.

The columns are the variables of ``queries/table_*.rq``, in Japanese, as open data of municipalities has them; ids are
those of the pages, codes keep their leading zeros, years are numbers, and every row has the address of its thing in the
form of the wire, so that it can be followed. Text that a spreadsheet would take for a formula gets an apostrophe in
front; numbers never do.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from graph.identifiers import parse, to_uri
from graph.network import network
from graph.queries import query
from graph.stores import IRI, Plain, Store
from graph.things import thing_id

TABLES = ("projects", "departments", "roles", "budget", "indicators", "links")
"""The tables by name."""

_DOCUMENT = "文書ID"
_URL = "URL"
_LINK_HEADER = ("始点ID", "始点", "関係", "終点ID", "終点", _DOCUMENT, "最初の行", "最後の行", "始点URL", "終点URL")
_COLUMNS = re.compile(r"SELECT\b(.*?)\bWHERE\b", re.DOTALL)
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r].", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")

Cell = str | int | float | bool | None


def table(store: Store, name: str, document: str | None = None) -> tuple[Sequence[str], list[tuple[Cell, ...]]]:
    """Return the header and the sorted rows of a table, of one document or all."""
    if name == "links":
        rows = sorted(_links(store), key=_order)
        return _LINK_HEADER, [row for row in rows if document in {None, row[5]}]
    text = query(f"table_{name}")
    columns = _COLUMNS.search(text)
    header = columns[1].replace("?", "").split() if columns else []
    found = (tuple(_cell(column, row[column]) for column in header) for row in store.select(text))
    rows = sorted(found, key=_order)
    place = header.index(_DOCUMENT)
    return header, [row for row in rows if document in {None, row[place]}]


def _cell(column: str, value: Plain | None) -> Cell:
    if not isinstance(value, IRI):
        return value
    if column == _URL:
        return to_uri(value)
    name = parse(value)
    return thing_id(name) if name else str(value)


def _order(row: Sequence[Cell]) -> list[tuple[bool, float, str]]:
    """Sort numbers as numbers, nothing first."""
    return [
        (value is not None, value, "") if isinstance(value, int | float) else (value is not None, 0, value or "")
        for value in row
    ]


def _links(store: Store) -> Iterator[tuple[Cell, ...]]:
    graph = network(store)
    for link in graph.links():
        start, end = graph.thing(link.start), graph.thing(link.end)
        urls = to_uri(graph.iris[link.start]), to_uri(graph.iris[link.end])
        for document in link.documents:
            lines = link.lines if link.lines and document == link.documents[0] else (None, None)
            yield start.id, start.label, link.words.ja, end.id, end.label, document or None, *lines, *urls


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False) -> bytes:
    """Return a table as CSV (RFC 4180, UTF-8); ``bom`` helps older spreadsheets to see that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_safe(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _safe(value: Cell) -> Cell:
    """Keep a spreadsheet from running text as a formula; a lone mark (a printed dash) or a number is none."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
