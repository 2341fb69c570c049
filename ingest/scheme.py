"""The 体系図 of a plan against its sheets: every row should say what the sheet of its number says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ingest.document import Document
from ingest.findings import Findings
from ingest.records import Department, FindingKind, ProjectRecord, Record, SchemeRowRecord

_Difference = tuple[FindingKind, str, str | None, str | None]
"""The kind of a finding, the field, what the row says of it, and what the sheet says."""


def scheme_against_sheets(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """Compare each row of the 体系図 with the sheet of its number (or, where the number is cut off, of its title)."""
    del document
    projects = [r for r in records if isinstance(r, ProjectRecord)]
    sheets = {(p.number, p.branch): p for p in projects if p.number}
    rows = [r for r in records if isinstance(r, SchemeRowRecord)]
    names_departments = any(row.departments for row in rows)  # not every 体系図 does
    numbers = any(row.number for row in rows)
    for row in rows:
        sheet = sheets.get((row.number, row.branch)) if row.number else _nearest(row, projects)
        name = f"体系図 {row.number or ''}{'-' + row.branch if row.branch else ''}".strip()
        if sheet is None:
            lacking = "この番号の個票がない" if row.number else "この名の個票がない"
            findings.add("missing", name, row.source.lines, row.title, lacking, subject=row.id)
            continue
        differences = list(_differences(row, sheet, numbered=numbers))
        if names_departments:
            differences += _departments(row.departments, sheet.departments)
        for kind, what, says, elsewhere in differences:
            where = f"{name} {what}".strip()
            findings.add(kind, where, row.source.lines, says, elsewhere, subject=sheet.id, other=sheet.source)


def _differences(row: SchemeRowRecord, sheet: ProjectRecord, *, numbered: bool) -> Iterator[_Difference]:
    if numbered and row.number is None and sheet.number:
        yield "missing", "", f"個票No が印字されていない({row.title})", f"個票 {sheet.number}"
    for field, ours, theirs in (("連携事業名", row.program, sheet.program), ("連携項目", row.title, sheet.title)):
        if ours and theirs and _plain(ours) != _plain(theirs):
            yield _kind(ours, theirs), field, ours, theirs
    if row.area and sheet.area and row.area[-1] != sheet.area[-1]:
        yield "mismatch", "連携分野", row.area[-1], sheet.area[-1]


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


def _departments(ours: Sequence[Department], theirs: Sequence[Department]) -> Iterator[_Difference]:
    """Compare the departments of each municipality; those that one side alone has are told in pairs."""
    here, there = _by_owner(ours), _by_owner(theirs)
    for owner in dict.fromkeys((*here, *there)):
        only = [p for p in here.get(owner, []) if p not in there.get(owner, [])]
        other = [p for p in there.get(owner, []) if p not in here.get(owner, [])]
        for a, b in zip_longest(only, other):
            says, elsewhere = "".join(a) if a else None, "".join(b) if b else None
            kind = _kind(says, elsewhere) if says and elsewhere else "mismatch"
            yield kind, f"担当 {owner or ''}", says, elsewhere


def _by_owner(departments: Sequence[Department]) -> dict[str | None, list[tuple[str, ...]]]:
    grouped: dict[str | None, list[tuple[str, ...]]] = defaultdict(list)
    for department in departments:
        grouped[department.municipality].append(department.path)
    return grouped
