"""Numbers that a document says of itself: its projects counted in words, items by status, totals of tables."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest import numbers, years
from ingest.blocks import Row, Table
from ingest.document import Document
from ingest.findings import Findings
from ingest.records import DocumentRecord, ProgressCountRecord, ProjectRecord, Record, SchemeRowRecord, Source
from ingest.text import clean

_TOTAL = re.compile(r"^(?:圏域)?(?:合?計|総計|総数)$|^総人口(?:\(.*\))?$|圏域合?計$")
_COUNTED = re.compile(r"(?P<programs>\d+)\s*事業\s*[(（]?\s*(?P<items>\d+)\s*項目")
_ALL_ITEMS = re.compile(r"[(（]?計\s*(?P<n>\d+)\s*項目|(?P<m>\d+)項目の年度")


def counts_in_words(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """A text that counts (28事業39項目) against the sheets; what it says of another plan's years is left out."""
    projects = [r for r in records if isinstance(r, ProjectRecord) and r.number]
    stated = list(_stated_counts(document, records))
    if not projects or not stated or not any(r for r in records if isinstance(r, SchemeRowRecord)):
        return
    counted = (len({p.number for p in projects}), len(projects))
    if not any((int(m["programs"]), int(m["items"])) == counted for _, m in stated):
        number, match = stated[-1]
        findings.add(
            "count",
            "事業数・項目数",
            (number, number),
            match[0],
            f"個票を数えると{counted[0]}事業{counted[1]}項目",
            subject=document.id,
        )


def _stated_counts(document: Document, records: Sequence[Record]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the lines that count projects, but for those that speak, or stand under a heading that speaks, of other years."""
    own = next((r.period for r in records if isinstance(r, DocumentRecord)), None)
    above = None
    for number, raw in document.numbered:
        text = clean(raw)
        if raw.lstrip().startswith("#"):
            above = years.period(text)
        found = list(_COUNTED.finditer(text))
        spoken = (years.period(text) or above) if found else None
        if spoken and own and spoken != (own.from_fy, own.to_fy):
            continue
        yield from ((number, match) for match in found)


def totals_of_progress(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """The statuses of each year must add up to the printed number of items."""
    counts = [r for r in records if isinstance(r, ProgressCountRecord)]
    totals: dict[str, int] = defaultdict(int)
    for count in counts:
        for year, value in count.counts.items():
            totals[year] += value or 0
    stated = next((int(m["n"] or m["m"]) for _, raw in document.numbered if (m := _ALL_ITEMS.search(clean(raw)))), None)
    for year, total in totals.items():
        if stated is not None and total != stated:
            lines = (min(c.source.lines[0] for c in counts), max(c.source.lines[1] for c in counts))
            findings.add(
                "count", f"進捗状況 {year}年度", lines, f"合計 {total}", f"計{stated}項目", subject=counts[0].id
            )


def sums_of_tables(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """A total row must be the sum of the rows above it, column by column; rounding may be off by one a part."""
    del records
    for table in document.tables:
        for at, row in enumerate(table.rows):
            label_at = next((i for i in row.filled[:2] if _TOTAL.search(clean(row.cell(i)))), None)
            if label_at is not None and at >= 3:
                _sum_of(table, at, label_at, findings)


def _sum_of(table: Table, at: int, label_at: int, findings: Findings) -> None:
    total = table.rows[at]
    parts = _parts_above(table, at)
    for column in total.filled:
        printed = _number(total, column)
        cells = [_number(row, column) for row in parts]
        given = [c for c in cells if c is not None]
        if (
            column <= label_at
            or printed is None
            or len(given) < 2
            or any(c is None and row.cell(column).strip() not in ("", "-") for c, row in zip(cells, parts, strict=True))
        ):
            continue
        if "%" in total.cell(column) or any("." in row.cell(column) for row in parts):
            continue
        summed = sum(given)
        if abs(summed - printed) > max(1, len(given) // 2):
            head = clean(table.rows[0].cell(column))
            findings.add(
                "count",
                f"{clean(total.cell(label_at))} {head}".strip(),
                (total.first, total.last),
                clean(total.cell(column)),
                f"内訳の合計は{summed:,}",
                other=Source(parts[0].page, (parts[0].first, parts[-1].last)),
            )


def _parts_above(table: Table, at: int) -> list[Row]:
    rows = []
    for row in reversed(table.rows[:at]):
        if not any(_number(row, i) is not None for i in row.filled if i > 0) or any(
            _TOTAL.search(clean(c)) for c in row.cells[:2]
        ):
            break
        rows.append(row)
    rows = rows[::-1]
    heading = rows and rows[0] is table.rows[0]
    return rows[1:] if heading else rows


def _number(row: Row, column: int) -> float | None:
    read = numbers.figure(re.sub(r"</?\w+>", "", row.cell(column)))
    return read.value if read else None
