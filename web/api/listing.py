"""Lists over HTTP: a window of rows as JSON with links to those around, or every row as CSV for a spreadsheet."""

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args, get_origin, get_type_hints, is_typeddict
from urllib.parse import quote

import msgspec
from flask import Response, jsonify, request

from web.errors import BadParameter
from web.pages.frame import opened
from web.pages.paging import Paged, link_header, next_address, window

MAXIMUM = 1000
"""The largest window of a list."""
FORMATS = ("json", "csv")
BOM = "\ufeff"
"""Tells Excel that a file is UTF-8; ``bom=0`` leaves it out."""

ROWS: dict[str, tuple[Any, ...]] = {}
"""The types of the rows that an endpoint lists; the table of operations (``web.api.contract``) fills it."""

Item = TypeVar("Item")
Row = Mapping[str, Any]


def listed(name: str, items: Sequence[Item], shape: Callable[[Item], Row]) -> Response:
    """Answer with a list, as JSON or, where the address asks for it, as CSV of all rows; raises ``BadParameter``."""
    if wants_csv():
        return table(name, map(shape, items[slice(*csv_window())]), lambda: map(shape, items))
    paged = window(request.args, maximum=MAXIMUM).cut(items)
    return linked(jsonify(framed(name, paged, shape)), paged)


def framed(name: str, paged: Paged[Item], shape: Callable[[Item], Row]) -> dict[str, Any]:
    """Return a window of a list with its place in the whole; ``next`` is the address of what follows, or None."""
    return {
        "total": paged.total,
        "limit": paged.window.limit,
        "offset": paged.window.offset,
        "returned": len(paged.items),
        "next": next_address(quote(request.path), request.args, paged),
        name: [shape(item) for item in paged.items],
    }


def linked(response: Response, paged: Paged[Item]) -> Response:
    """Add the links to the windows around."""
    links = link_header(quote(request.path), request.args, paged)
    if links:
        response.headers["Link"] = links
    return response


def wants_csv() -> bool:
    """Tell whether the address asks for CSV; raises ``BadParameter`` for a format that there is not."""
    asked = request.args.get("format") or FORMATS[0]
    if asked not in FORMATS:
        raise BadParameter("format", asked, ", ".join(FORMATS))
    if request.args.get("bom", "") not in {"", "0", "1"}:
        raise BadParameter("bom", request.args["bom"], "0, 1")
    return asked == "csv"


def csv_window() -> tuple[int, int | None]:
    """Return the first row of a CSV and the one to stop before: every row, unless the address asks for a window."""
    if not request.args.get("limit") and not request.args.get("offset"):
        return 0, None
    part = window(request.args, default=MAXIMUM, maximum=MAXIMUM)
    return part.offset, part.offset + part.limit


def table(name: str, rows: Iterable[Row], every: Callable[[], Iterable[Row]] | None = None) -> Response:
    """Answer with rows as CSV (RFC 4180): a head, the address of each row's page in full, a BOM unless ``bom=0``.

    The columns are those of the type of the rows, however many rows there are. A field whose keys are data (marks by
    year) has a column for each key of ``every`` row of the list; where that is not given, it is one column of JSON.
    """
    fields = dict(_columns(*ROWS[str(request.endpoint)]))
    keyed = {field for field, is_keyed in fields.items() if is_keyed}
    keys: dict[str, set[str]] = {field: set() for field in keyed} if every else {}
    for row in every() if every and keys else ():
        for field, known in keys.items():
            known.update(row.get(field) or ())
    head = [
        column
        for field in fields
        for column in ((f"{field}.{key}" for key in sorted(keys[field])) if field in keys else (field,))
    ]
    whole = keyed - keys.keys()
    out = io.StringIO()
    if request.args.get("bom") != "0":
        out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        flat = dict(_flat(row, whole))
        writer.writerow([_cell(flat.get(column)) for column in head])
    response = Response(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"renkei-{name}.csv")
    return response


def _columns(*types: Any) -> Iterator[tuple[str, bool]]:
    """Yield the columns of rows of some types, fields of a field behind a dot, and whether the keys of a field are data."""
    seen: dict[str, bool] = {}
    for each in types:
        for part in get_args(each) or (each,):
            if isinstance(part, type) and issubclass(part, msgspec.Struct) and part.__struct_config__.tag:
                seen["type"] = False
            for name, hint in get_type_hints(part).items():
                inner = next((one for one in (hint, *get_args(hint)) if _has_fields(one)), None)
                if inner is not None and get_origin(hint) not in (list, tuple):
                    seen |= {f"{name}.{field}": False for field in get_type_hints(inner)}
                else:
                    seen[name] = any(get_origin(one) is dict for one in (hint, *get_args(hint)))
    yield from seen.items()


def _has_fields(hint: Any) -> bool:
    return is_typeddict(hint) or (isinstance(hint, type) and issubclass(hint, msgspec.Struct))


def absolute(address: str) -> str:
    """Return an address of this service in full, by the base that the library was built for: never by the request."""
    return f"{opened().state.manifest.base}{address}"


def _flat(row: Row, whole: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a row, and those of its fields behind a dot; the ``whole`` ones as they are."""
    for key, value in row.items():
        if isinstance(value, Mapping) and key not in whole:
            yield from ((f"{key}.{name}", _full(name, inner)) for name, inner in value.items())
        else:
            yield key, _full(key, value)


def _full(name: str, value: Any) -> Any:
    return absolute(value) if name == "url" and value else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)) and not any(isinstance(v, (list, dict)) for v in value):
        return _harmless(" | ".join(map(str, value)))
    if isinstance(value, (list, tuple, Mapping)):
        return json.dumps(value, ensure_ascii=False)
    return (
        value
        if isinstance(value, str) and not value
        else _harmless(str(value))
        if isinstance(value, str)
        else str(value)
    )


def _harmless(text: str) -> str:
    """Keep a spreadsheet from reading what a document says as a formula."""
    starts = text[:1] in "=+@\t\r" or (text[:1] == "-" and len(text) > 1 and not text[1:2].isdigit())
    return f"'{text}" if text and starts else text
