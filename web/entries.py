"""What lists say of the things of a library: an entry for each municipality, department and project."""

from dataclasses import dataclass, field

from ingest.records import PartyRecord


@dataclass(slots=True)
class MunicipalityEntry:
    """A municipality, and where it takes part; ``parties`` are its party records, one a document."""

    key: str
    name: str
    code: str | None = None
    reading: str | None = None
    parties: list[PartyRecord] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)

    @property
    def sort_key(self) -> tuple[bool, str]:
        """Codes first, in their order; then names."""
        return self.code is None, self.key


@dataclass(slots=True)
class DepartmentEntry:
    """A department: its place in the hierarchy, the projects that name it, and the rows of overview tables that do."""

    id: str
    municipality: str
    path: tuple[str, ...]
    projects: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The path as it is printed, without a space."""
        return "".join(self.path)


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """What lists say of a project; ``municipalities`` and ``departments`` are keys."""

    id: str
    document: str
    number: str | None
    branch: str | None
    program: str | None
    title: str
    area: tuple[str, ...]
    municipalities: tuple[str, ...]
    departments: tuple[str, ...]
    years: tuple[str, ...]
    ratings: tuple[str, ...]
    has_indicators: bool
    has_schedule: bool

    @property
    def local(self) -> str:
        """The part of the id after the document."""
        return self.id.partition("/")[2]

    @property
    def field_of_work(self) -> str | None:
        """The area of the second level, or of the first where the document has but one."""
        return self.area[:2][-1] if self.area else None

    @property
    def label(self) -> str:
        """The number with its branch as printed (``7-②``), or an empty string."""
        return "-".join(part for part in (self.number, self.branch) if part)
