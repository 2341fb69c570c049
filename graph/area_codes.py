"""The national statistics' area codes (e-Stat SAC) of municipalities, as they were on a day.

A code is a code, not the municipality: it is never said to be the same. A new dated code begins whenever a boundary
changes, so the one in force on the day of a document is asked for. Dates that ``data/reference/area_codes.tsv`` does
not have give the undated code. A dated code is said to be a version of the undated one, by which statistics are joined.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent.parent / "data" / "reference" / "area_codes.tsv"
"""From which day each dated code is in force, and the Wikidata item of the municipality where it was looked up."""

_SAC = "http://data.e-stat.go.jp/lod/sac/C"
_WIKIDATA = "http://www.wikidata.org/entity/"


def plain_code(code: str) -> str:
    """Return the IRI of the undated area code; ``code`` has six digits, the last of which is a check digit."""
    return _SAC + code[:5]


def code_on(code: str, day: str | None) -> str:
    """Return the IRI of the area code in force on an ISO day (or month); None asks for the last one known."""
    begun = [start for start in _table().get(code, ()) if day is None or start[: len(day)] <= day]
    return f"{plain_code(code)}-{max(begun).replace('-', '')}" if begun else plain_code(code)


def wikidata(code: str) -> str | None:
    """Return the IRI of a municipality's Wikidata item, where it was looked up."""
    item = _items().get(code)
    return _WIKIDATA + item if item else None


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows():
        found[row["code"]] = (*found.get(row["code"], ()), row["from"])
    return found


@cache
def _items() -> Mapping[str, str]:
    return {row["code"]: row["wikidata"] for row in _rows() if row["wikidata"]}


def _rows() -> list[dict[str, str]]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
