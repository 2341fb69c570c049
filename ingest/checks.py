"""Cross-checks: what a reader of a document should know before trusting it, as findings with both places.

A check never changes a record. It speaks only where the document itself gives the evidence: two places that disagree, a sum
that does not come out, a name that does not exist, a doubled character.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ingest import municipalities, numbers, years
from ingest.blocks import Row, Table
from ingest.document import Document
from ingest.findings import Findings
from ingest.marks import marks_of_areas, names_of_pillars
from ingest.ratings import ratings_against_figures
from ingest.records import (
    Department,
    DocumentRecord,
    FindingKind,
    FindingRecord,
    ProgressCountRecord,
    ProjectRecord,
    Record,
    SchemeRowRecord,
    Source,
)
from ingest.text import clean

_TOTAL = re.compile(r"^(?:圏域)?(?:合?計|総計|総数)$|^総人口(?:\(.*\))?$|圏域合?計$")
_COUNTED = re.compile(r"(?P<programs>\d+)\s*事業\s*[(（]?\s*(?P<items>\d+)\s*項目")
_ALL_ITEMS = re.compile(r"[(（]?計\s*(?P<n>\d+)\s*項目|(?P<m>\d+)項目の年度")
_NAME = re.compile(r"^[\u4e00-\u9fffぁ-んァ-ヺヶー]{1,6}[市町村]$")
_SLIPS = (
    (
        re.compile(r"にに(?=[おつよあ対関])|をを|(?<!も)のの(?!し)|がが(?=[あ-ん])|でで(?=[あ-ん])"),
        "助詞が重なっている",
    ),
    (re.compile(r"\d月未(?=時点|まで|現在|に)|年度未(?=時点|まで|現在)"), "「末」が「未」と読まれた可能性がある"),
    (re.compile(r"といふ|思ふ|行ふ"), "現代の公文書にない仮名遣い"),
)


def check(document: Document, records: Sequence[Record]) -> list[FindingRecord]:
    """Run every check over a document and its records."""
    findings = Findings(document)
    for run in _CHECKS:
        run(document, records, findings)
    return findings.made


def _scheme_against_sheets(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """Compare each row of the 体系図 with the sheet of its number (or, where the number is cut off, of its title)."""
    del document
    projects = [r for r in records if isinstance(r, ProjectRecord)]
    sheets = {(p.number, p.branch): p for p in projects if p.number}
    for row in (r for r in records if isinstance(r, SchemeRowRecord)):
        sheet = sheets.get((row.number, row.branch)) if row.number else _nearest(row, projects)
        name = f"体系図 {row.number or ''}{'-' + row.branch if row.branch else ''}".strip()
        if sheet is None:
            findings.add("missing", name, row.source.lines, row.title, "この番号の個票がない", subject=row.id)
            continue
        if row.number is None:
            findings.add(
                "missing",
                name,
                row.source.lines,
                f"個票No が印字されていない({row.title})",
                f"個票 {sheet.number}",
                subject=sheet.id,
                other=sheet.source,
            )
        for field, ours, theirs in (("連携事業名", row.program, sheet.program), ("連携項目", row.title, sheet.title)):
            if ours and theirs and _plain(ours) != _plain(theirs):
                findings.add(
                    _kind(ours, theirs),
                    f"{name} {field}",
                    row.source.lines,
                    ours,
                    theirs,
                    subject=sheet.id,
                    other=sheet.source,
                )
        if row.area and sheet.area and row.area[-1] != sheet.area[-1]:
            findings.add(
                "mismatch",
                f"{name} 連携分野",
                row.source.lines,
                row.area[-1],
                sheet.area[-1],
                subject=sheet.id,
                other=sheet.source,
            )
        _departments(row, sheet, name, findings)


def _plain(text: str) -> str:
    return re.sub(r"[\s・、]", "", text)


def _nearest(row: SchemeRowRecord, projects: Sequence[ProjectRecord]) -> ProjectRecord | None:
    scored = [(SequenceMatcher(None, row.title, p.title).ratio(), p) for p in projects]
    best = max(scored, key=lambda s: s[0], default=(0.0, None))
    return best[1] if best[0] >= 0.85 else None


def _kind(says: str, elsewhere: str) -> FindingKind:
    """One character that differs inside an otherwise equal name is a likely slip of recognition, more is a mismatch."""
    a, b = _plain(says), _plain(elsewhere)
    return (
        "ocr"
        if len(a) == len(b) >= 5 and sum(x != y for x, y in zip(a, b, strict=True)) == 1 and _kanji_differ(a, b)
        else "mismatch"
    )


def _kanji_differ(a: str, b: str) -> bool:
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return all("\u4e00" <= x <= "\u9fff" and "\u4e00" <= y <= "\u9fff" and not _common(x) for x, y in pairs)


def _common(character: str) -> bool:
    """Tell whether a kanji is of the first level of JIS X 0208: a rarer one in a name of an office is suspicious."""
    try:
        return character.encode("euc_jp")[0] < 0xD0
    except UnicodeEncodeError:
        return False


def _departments(row: SchemeRowRecord, sheet: ProjectRecord, name: str, findings: Findings) -> None:
    def by_owner(found: Sequence[Department]) -> dict[str | None, list[tuple[str, ...]]]:
        grouped: dict[str | None, list[tuple[str, ...]]] = defaultdict(list)
        for department in found:
            grouped[department.municipality].append(department.path)
        return grouped

    ours, theirs = by_owner(row.departments), by_owner(sheet.departments)
    for owner in dict.fromkeys((*ours, *theirs)):
        only = [p for p in ours.get(owner, []) if p not in theirs.get(owner, [])]
        other = [p for p in theirs.get(owner, []) if p not in ours.get(owner, [])]
        for a, b in zip_longest(only, other):
            says, elsewhere = "".join(a) if a else None, "".join(b) if b else None
            kind = _kind(says, elsewhere) if says and elsewhere else "mismatch"
            findings.add(
                kind,
                f"{name} 担当 {owner or ''}".strip(),
                row.source.lines,
                says,
                elsewhere,
                subject=sheet.id,
                other=sheet.source,
            )


def _counts(document: Document, records: Sequence[Record], findings: Findings) -> None:
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
        spoken = years.period(text) or above
        if spoken and own and spoken != (own.from_fy, own.to_fy):
            continue
        yield from ((number, match) for match in _COUNTED.finditer(text))


def _progress_totals(document: Document, records: Sequence[Record], findings: Findings) -> None:
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


def _sums(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """A total row must be the sum of the rows above it, column by column; rounding may be off by one a part."""
    del records
    for table in document.tables:
        for at, row in enumerate(table.rows):
            label_at = next(
                (i for i in row.filled[:2] if _TOTAL.search(clean(re.sub(r"</?b>", "", row.cell(i))))), None
            )
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


def _repeated_cells(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """Two projects of other names that print the same long overview: one of them is probably another's."""
    del document
    seen: dict[str, ProjectRecord] = {}
    for project in (r for r in records if isinstance(r, ProjectRecord)):
        text = project.overview
        if not text or len(text) < 30:
            continue
        first = seen.setdefault(text, project)
        related = first is project or (first.program is not None and first.program == project.program)
        if not related:
            for one, other in ((first, project), (project, first)):
                findings.add(
                    "mismatch",
                    f"{one.number or ''} {one.title} 事業概要".strip(),
                    one.source.lines,
                    text,
                    f"{other.number or ''} {other.title}と同じ文".strip(),
                    subject=one.id,
                    other=other.source,
                )


def _same_in_both(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """A project whose overview and purpose are one long text but for its ending: one of the two is probably in the wrong place."""
    del document
    for project in (r for r in records if isinstance(r, ProjectRecord)):
        one, other = project.overview or "", project.purpose or ""
        if min(len(one), len(other)) < 30 or SequenceMatcher(None, one, other, autojunk=False).ratio() < 0.9:
            continue
        name = f"{project.number or ''}{f'-{project.branch}' if project.branch else ''} {project.title}".strip()
        findings.add(
            "mismatch",
            f"{name} 事業概要",
            project.source.lines,
            one,
            f"目的・効果とほぼ同じ文: {other}",
            subject=project.id,
        )


def _unknown_municipalities(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """A cell beside names of municipalities that ends as one does but is none, with the nearest real name."""
    del records
    for table in document.tables:
        for column in range(table.width):
            cells = [(row, clean(row.cell(column))) for row in table.rows]
            known = [m for _, cell in cells if _NAME.match(cell) for m in municipalities.named(cell)]
            if len(known) < 2:
                continue
            near = [m.code for m in known]
            for row, cell in cells:
                if (
                    _NAME.match(cell)
                    and not municipalities.named(cell)
                    and not re.search(r"^(?:各|両|全|本|当|同|他|関係|連携|構成|近隣|中心)|市町村$|市町$|町村$", cell)
                ):
                    nearest = municipalities.nearest(cell, near=near)
                    findings.add(
                        "ocr",
                        "市町村名",
                        (row.first, row.last),
                        cell,
                        f"この名の市町村はない{f'。近い名は{nearest.name}' if nearest else ''}",
                    )


def _slips(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """Slips that the text itself shows: doubled particles, 未 for 末, old kana."""
    del records
    for line in document.lines:
        for pattern, reason in _SLIPS:
            match = pattern.search(line.text)
            if match:
                around = clean(line.text[max(0, match.start() - 8) : match.end() + 8].replace("\t", " "))
                findings.add("ocr", f"{line.number}行", (line.number, line.number), around, reason)


_CHECKS: Sequence[Callable[[Document, Sequence[Record], Findings], None]] = (
    _scheme_against_sheets,
    _counts,
    _progress_totals,
    _sums,
    _repeated_cells,
    _same_in_both,
    ratings_against_figures,
    marks_of_areas,
    names_of_pillars,
    _unknown_municipalities,
    _slips,
)
