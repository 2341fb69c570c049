"""Columns of header tables, and what a heading means by those beside it: the name of a row, a time, what was done."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.areas import heading
from ingest.blocks import Row
from ingest.indicators import GRADE, RATING
from ingest.parties import Parties
from ingest.roles import is_holder
from ingest.text import SENTENCE, clean, key

KEYS = ("title", "program", "indicator")
"""The fields that name a row."""
FIGURES = ("target", "actual", "baseline")
DATED = re.compile(r"(?:令和|平成|R|H)\s*(?:元|\d{1,2})|20\d\d")
"""A heading that begins with a year."""
_AREA_MARKS = ("paren-digit", "digit", "kana", "upper", "roman", "kanji", "named")
_HELD = ("roles", "departments", "budget", "year")
_OF_ROLES = re.compile(r"役割|分担|取組|内容")
_OF_INDICATORS = {"indicator", "unit", "rating", "remarks", "number", *FIGURES}
_AREAS = ("area1", "area2", "area3")
_POLICY = re.compile(r"^(?:連携|基本|主要|重点|個別|主な)?(?:施策|政策)(?:名|名称|の名称)?$")
_AHEAD = re.compile(r"予定|計画|方針")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a header table: what its heading says; ``year`` where it is one of a span of fiscal years."""

    index: int
    field: str
    words: str
    who: tuple[str, ...] = ()
    year: int | None = None


@dataclass
class Part:
    """The rows under one heading row."""

    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    heading: tuple[Row, ...] = ()

    def first(self, name: str) -> Column | None:
        """Return the first column of a field."""
        return next((c for c in self.columns if c.field == name), None)

    def all(self, name: str) -> list[Column]:
        """Return the columns of a field."""
        return [c for c in self.columns if c.field == name]


def with_name(columns: list[Column]) -> list[Column]:
    """See what leads a row of roles and contents (項目 | 甲の役割 | 乙の役割 | 内容) as the name; what a year heads is none."""
    columns = [
        replace(c, field="remarks" if _AHEAD.search(c.words) else "progress")
        if c.field == "title" and DATED.match(c.words)
        else c
        for c in columns
    ]
    if any(c.field in KEYS for c in columns) or columns[0].field != "schedule_item":
        return columns
    told = sum(c.field in ("roles", "overview", "departments") for c in columns)
    return [replace(columns[0], field="title"), *columns[1:]] if told >= 2 else columns


def with_told(part: Part) -> Part:
    """See a column of results that holds sentences (令和4年度実績) as what was done, and one of progress that holds grades as those."""
    for column in part.all("progress"):
        cells = [cell for row in part.rows if (cell := clean(row.cell(column.index)))]
        if cells and all(RATING.match(cell) or GRADE.fullmatch(cell) for cell in cells) and not part.first("rating"):
            part.columns[part.columns.index(column)] = replace(column, field="rating")
            break
    if part.first("progress"):
        return part
    for column in part.all("actual"):
        cells = [cell for row in part.rows if (cell := clean(row.cell(column.index)))]
        if 2 * sum(bool(SENTENCE.search(cell)) for cell in cells) > len(cells):
            part.columns[part.columns.index(column)] = replace(column, field="progress", year=None)
            break
    return part


def with_wider_name(part: Part) -> Part:
    """See the left of two names (取組 | 事業名) as the wider one: an area where its cells bear marks."""
    title, program = part.first("title"), part.first("program")
    if not title or not program or program.index != title.index + 1 or part.first("area2"):
        return part
    cells = [cell for row in part.rows if (cell := clean(row.cell(title.index)))]
    wider = "area2" if cells and all(heading(cell).kind in _AREA_MARKS for cell in cells) else "program"
    fields = {title: wider, program: "title"}
    part.columns[:] = [replace(c, field=fields.get(c, c.field)) for c in part.columns]
    return part


def with_policy_of_indicators(part: Part) -> Part:
    """See policies that bear marks (施策: Ⅰ …, Ⅱ …) beside indicators alone as areas: their indicators are of no project."""
    policy = part.first("program")
    others = {c.field.removesuffix("_time") for c in part.columns} - {"program"}
    if not policy or "indicator" not in others or others - _OF_INDICATORS or not _POLICY.search(policy.words):
        return part
    cells = [cell for row in part.rows if (cell := clean(row.cell(policy.index)))]
    if cells and all(heading(cell).kind in _AREA_MARKS for cell in cells):
        part.columns[part.columns.index(policy)] = replace(policy, field="area1")
    return part


def with_holders(part: Part, parties: Parties) -> Part:
    """See a column that names a party a row (取組 | 内容 | 区分 | 役割, with 甲 and 乙 below 区分) as saying whose what stands beside is.

    A measure then has several rows, of which the first alone, or each, bears its name.
    """
    named = part.first("title") or part.first("program")
    for column, beside in pairwise(part.columns):
        told = beside.field in ("area1", "overview") and _OF_ROLES.search(beside.words)
        if not named or column.field in KEYS or column.who or beside.who or not (told or beside.field in _HELD):
            continue
        cells = [cell for row in part.rows if (cell := clean(row.cell(column.index)))]
        names = {name for row in part.rows if (name := clean(row.cell(named.index)))}
        if len(cells) >= 2 and len(cells) > len(names) and all(is_holder(cell, parties) for cell in cells):
            at = part.columns.index(column)
            held = replace(beside, field="roles" if told else beside.field)
            part.columns[at : at + 2] = [replace(column, field="holder"), held]
            break
    return part


def settled(columns: list[Column]) -> list[Column]:
    """See a second column of what is done, behind those of results, as what was done: 取組内容・成果.

    A year beside a figure (目標年度 | 目標値) is its time; of names the widest may be an area.
    """
    for name in FIGURES:
        same = [c for c in columns if c.field == name]
        times = [c for c in same if key(c.words).endswith(("年度", "年", "年次", "時点"))]
        if times and len(times) < len(same):
            columns = [replace(c, field=f"{name}_time") if c in times[:1] else c for c in columns]
    columns = _with_policies(columns)
    results = [c.index for c in columns if c.field in ("actual", "rating")]
    texts = [c for c in columns if c.field in ("overview", "purpose")]
    if not results or any(c.field == "progress" for c in columns):
        return columns
    late = [c for c in texts if c.index > max(results) and any(t.index < min(results) for t in texts)]
    return [replace(c, field="progress") if c in late[:1] else c for c in columns]


def _with_policies(columns: list[Column]) -> list[Column]:
    """See a wider name as an area: the first of two (施策 | 事業名), one left of an area, and a policy (施策) left of a finer name."""
    wider = [c for c in columns if c.field == "program"]
    if not wider:
        return columns
    first, areas = wider[0], [c for c in columns if c.field in _AREAS]
    finer = any(c.field in ("title", "program") and c.index > first.index for c in columns)
    over_area = any(c.index == first.index + 1 for c in areas)
    is_area = finer and (len(wider) == 2 or over_area or _POLICY.search(first.words))
    if not is_area or len(areas) == len(_AREAS):
        return columns
    # The levels go from left to right; a lone one is of the second, as a heading above may name the first.
    levels = sorted([*areas, first], key=lambda c: c.index)
    named = _AREAS if len(levels) == len(_AREAS) or levels[0].field == "area1" else _AREAS[1:]
    fields = dict(zip(levels, named, strict=False))
    return [replace(c, field=fields.get(c, c.field)) for c in columns]
