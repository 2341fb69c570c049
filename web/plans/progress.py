"""How projects stood over the years (進捗), held against their totals and what the text itself counts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import ProgressCountRecord
from ingest.text import clean

_PRINTED = re.compile(r"(?P<programs>\d+)\s*事業\s*[(（]\s*(?P<items>\d+)\s*項目\s*[)）]")


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A total that the text names (26事業（40項目）): its words, the number of items, its line."""

    text: str
    items: int
    line: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The counts of a document by status and year; ``totals`` are the sums by year, None where a cell is blank."""

    document: str
    counts: tuple[ProgressCountRecord, ...]
    years: tuple[str, ...]
    totals: dict[str, int | None]
    printed: tuple[PrintedTotal, ...]
    listed: int

    @property
    def constant(self) -> int | None:
        """The total, where it is the same in every year; statuses that move must add up to it."""
        known = set(self.totals.values())
        return known.pop() if len(known) == 1 else None


def progress_of(document: str, counts: Sequence[ProgressCountRecord], text: Sequence[str], listed: int) -> Progress:
    """Put the progress of a document together; ``listed`` is how many projects the document itself has."""
    years = sorted({year for record in counts for year in record.counts})
    totals = {year: _total([record.counts.get(year) for record in counts]) for year in years}
    return Progress(document, tuple(counts), tuple(years), totals, _printed(text), listed)


def _total(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _printed(text: Sequence[str]) -> tuple[PrintedTotal, ...]:
    found: dict[str, PrintedTotal] = {}
    for number, line in enumerate(text, 1):
        for match in _PRINTED.finditer(clean(line)):
            found.setdefault(match[0], PrintedTotal(match[0], int(match["items"]), number))
    return tuple(found.values())
