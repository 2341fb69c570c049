"""Checks of areas: a mark that is none where a letter belongs, a pillar of the national guideline under a strange name."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.areas import BULLETS
from ingest.document import Document
from ingest.findings import Findings
from ingest.labels import printed_words
from ingest.records import AreaRecord, Record, Source
from ingest.text import clean

_MARKS = "○●◎〇"
_MARKED = re.compile(f"[{_MARKS}]")


def marks_of_areas(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """A bullet (○) before the name of an area that another place of the document gives a letter or number."""
    areas = [r for r in records if isinstance(r, AreaRecord) and r.notation and r.notation not in BULLETS]
    printed = [(number, clean(cell)) for number, raw in document.numbered for cell in raw.split("\t")] if areas else []
    marked = [(number, text) for number, text in printed if _MARKED.search(text)]
    for area in areas if marked else ():
        named = [(number, mark) for number, text in marked if (mark := _mark_before(text, area.label))]
        right = re.compile(rf"{re.escape(area.notation or '')}\s?{re.escape(area.label)}(?=$|\s)") if named else None
        elsewhere = next((number for number, text in printed if right and right.search(text)), None)
        for number, mark in named:
            if elsewhere:
                page = document.lines[elsewhere - 1].page
                findings.add(
                    "ocr",
                    "分野の記号",
                    (number, number),
                    f"{mark} {area.label}",
                    f"{area.notation} {area.label}",
                    subject=area.id,
                    other=Source(page, (elsewhere, elsewhere)),
                )


def _mark_before(text: str, name: str) -> str | None:
    """Return the bullet right before a name that ends its text or is followed by a space."""
    head, found, tail = text.partition(name)
    mark = head.removesuffix(" ")[-1:]
    return mark if found and mark and mark in _MARKS and (not tail or tail.startswith(" ")) else None


def names_of_pillars(document: Document, records: Sequence[Record], findings: Findings) -> None:
    """Two of the three pillars of the national guideline beside one of another name: it is probably the third, misread."""
    del document
    pillars = printed_words("pillars")
    siblings: dict[str | None, list[AreaRecord]] = defaultdict(list)
    for area in (r for r in records if isinstance(r, AreaRecord)):
        siblings[area.parent].append(area)
    for group in siblings.values():
        strange = [a for a in group if not any(word in a.label for word in pillars)]
        missing = [word for word in pillars if not any(word in a.label for a in group)]
        if len(group) == len(pillars) and len(strange) == len(missing) == 1 and strange[0].label.endswith("の強化"):
            (area,), (word,) = strange, missing
            if len(set(word) & set(area.label)) < 2:  # another wording (圏域を運営する力), not the same one misread
                continue
            findings.add(
                "ocr",
                "分野の名称",
                area.source.lines,
                area.label,
                f"推進要綱の三つの柱のうち「{word}」に当たるものがほかにない",
                subject=area.id,
            )
