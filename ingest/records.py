"""What ingest reads out of a document: the records, a public contract (JSON Lines, one record a line).

Every record knows its document and the lines it came from. ``None`` means that the document does not say;
nothing is invented. Text is the document's own words after ``text.clean``. Money is in thousand yen.
Fiscal years (年度) are the integer year in which they begin; as keys of a JSON object they are strings.
"""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec


class Source(msgspec.Struct, frozen=True):
    """A place in a document: the page where known, and the first and last line (1-based, inclusive)."""

    page: int | None
    lines: tuple[int, int]


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as printed (``text``), with its number and unit where a single number can be read."""

    text: str
    value: int | float | None = None
    unit: str | None = None


class Measured(Value, frozen=True, kw_only=True):
    """A baseline or actual figure with the time it speaks of, as printed (2015年, 2017年度)."""

    as_of: str | None = None


class Target(Value, frozen=True, kw_only=True):
    """A target figure with the time by which it is due, as printed (2023年, 毎年度)."""

    due: str | None = None


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """A body in charge: its path from the top unit down, and the words it was printed with."""

    municipality: str | None
    path: tuple[str, ...]
    raw: str


class Phase(msgspec.Struct, frozen=True, rename={"from_fy": "from", "to_fy": "to"}):
    """A named part of a schedule, from one fiscal year to another, both included."""

    from_fy: int
    to_fy: int
    label: str


class ScheduleItem(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a schedule: the printed mark of each fiscal year that has one, and the phases they name."""

    label: str | None
    marks: dict[str, str]
    phases: tuple[Phase, ...] = ()


class BudgetRow(msgspec.Struct, frozen=True, kw_only=True):
    """Thousand yen by fiscal year; ``0`` is a printed zero, ``None`` a printed dash or an undecided amount."""

    label: str | None
    municipality: str | None
    amounts: dict[str, int | float | None]


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """A KPI of a project; ``shared`` where one printed rating stands for several indicators."""

    name: str
    baseline: Measured | None = None
    target: Target | None = None
    actual: Measured | None = None
    rating: str | None = None
    shared: bool = False


class Period(msgspec.Struct, frozen=True):
    """Fiscal years from the first to the last, both included."""

    from_fy: int
    to_fy: int


class Signatory(msgspec.Struct, frozen=True):
    """Who signed: the office and the name as printed (sometimes the surname alone)."""

    office: str
    name: str | None


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """What all records share: id, the document that states it, and where."""

    id: str
    document: str
    source: Source


Kind = Literal["plan", "agreement", "settlement-agreement", "status-report", "briefing", "other"]


class DocumentRecord(Record, frozen=True, kw_only=True, tag="document"):
    """A document as a whole; ``issued`` is an ISO date or ``YYYY-MM``."""

    title: str
    kind: Kind
    issued: str | None = None
    effective: str | None = None
    draft: bool = False
    period: Period | None = None
    legal_basis: tuple[str, ...] = ()
    file: str
    media_type: str
    sha256: str
    pages: int | None = None


class PartyRecord(Record, frozen=True, kw_only=True, tag="party"):
    """A municipality that the document is of: its six-digit code, and its symbol (甲, 乙 …) there."""

    municipality: str
    code: str | None = None
    symbol: str | None = None
    capacity: str | None = None
    signatory: Signatory | None = None
    address: str | None = None


class ArticleRecord(Record, frozen=True, kw_only=True, tag="article"):
    """An article (条) of an agreement; one string a paragraph (項), its items (号) included."""

    number: str
    heading: str | None = None
    paragraphs: tuple[str, ...] = ()


class AreaRecord(Record, frozen=True, kw_only=True, tag="area"):
    """A policy area: level 1 is a role or annex, 2 a field, 3 a sub-field."""

    level: int
    notation: str | None = None
    label: str
    parent: str | None = None


class ProjectRecord(Record, frozen=True, kw_only=True, tag="project"):
    """One unit of joint work as the document states it: a sheet, a table row, or a listed undertaking."""

    number: str | None = None
    branch: str | None = None
    program: str | None = None
    title: str
    area: tuple[str, ...] | None = None
    overview: str | None = None
    purpose: str | None = None
    cost_sharing: str | None = None
    progress: str | None = None
    roles: dict[str, str] = {}
    departments: tuple[Department, ...] = ()
    schedule: tuple[ScheduleItem, ...] = ()
    budget: tuple[BudgetRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class SchemeRowRecord(Record, frozen=True, kw_only=True, tag="scheme_row"):
    """A row of the 体系図, the overview table of a plan."""

    area: tuple[str, ...] | None = None
    program: str | None = None
    title: str
    departments: tuple[Department, ...] = ()
    number: str | None = None
    branch: str | None = None


class BasicIndicatorRecord(Record, frozen=True, kw_only=True, tag="basic_indicator"):
    """An indicator of a policy area (基本KPI)."""

    area: tuple[str, ...] | None = None
    name: str
    baseline: Measured | None = None
    target: Target | None = None
    actual: Measured | None = None
    rating: str | None = None
    shared: bool = False


class ProgressCountRecord(Record, frozen=True, kw_only=True, tag="progress_count"):
    """How many projects stood at one status, by fiscal year."""

    status: str
    counts: dict[str, int | None]


class ImplementedItemRecord(Record, frozen=True, kw_only=True, tag="implemented_item"):
    """A project that the document lists as carried out."""

    title: str
    detail: str | None = None


class ObservationRecord(Record, frozen=True, kw_only=True, tag="observation"):
    """One figure of a statistics table; ``municipality`` is None for the total of an area."""

    indicator: str
    municipality: str | None = None
    period: str | None = None
    value: int | float | None = None
    unit: str | None = None
    dimensions: dict[str, str] = {}


class FacilityRecord(Record, frozen=True, kw_only=True, tag="facility"):
    """One name of a list of sights, schools, offices, hospitals or halls."""

    municipality: str | None = None
    category: str
    name: str
    group: str | None = None


class MetropolitanAreaRecord(Record, frozen=True, kw_only=True, tag="metropolitan_area"):
    """Another area (他圏域) that the document compares with; dates are ISO dates."""

    core: str
    declared: str | None = None
    agreed: str | None = None
    vision: str | None = None
    members: str | None = None
    population: int | None = None
    area_km2: float | None = None


FindingKind = Literal["mismatch", "label", "missing", "ocr", "count", "unreadable"]


class FindingRecord(Record, frozen=True, kw_only=True, tag="finding"):
    """What a reader should know before trusting the document; it never changes what a record says."""

    kind: FindingKind
    where: str
    says: str | None = None
    elsewhere: str | None = None
    subject: str | None = None
    elsewhere_source: Source | None = None


AnyRecord = (
    DocumentRecord
    | PartyRecord
    | ArticleRecord
    | AreaRecord
    | ProjectRecord
    | SchemeRowRecord
    | BasicIndicatorRecord
    | ProgressCountRecord
    | ImplementedItemRecord
    | ObservationRecord
    | FacilityRecord
    | MetropolitanAreaRecord
    | FindingRecord
)

_decoder = msgspec.json.Decoder(AnyRecord)
_encoder = msgspec.json.Encoder()


def type_of(record: Record) -> str:
    """Return the ``type`` that the record carries in JSON."""
    return str(type(record).__struct_config__.tag)


TYPES: tuple[str, ...] = tuple(str(c.__struct_config__.tag) for c in AnyRecord.__args__)


def to_json_lines(records: Iterable[Record]) -> bytes:
    """Encode records as JSON Lines (UTF-8, one record a line, keys in the order of the contract)."""
    return _encoder.encode_lines(list(records))


def from_json_lines(data: bytes) -> list[AnyRecord]:
    """Decode JSON Lines written by ``to_json_lines``; raises ``msgspec.ValidationError`` on anything else."""
    return _decoder.decode_lines(data)


def to_builtins(record: Record) -> dict[str, Any]:
    """Return the record as plain dicts, lists, strings and numbers, as its JSON would decode."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain
