"""A form in the making: the draft of its project, the labels seen, what was odd, and the field that is open."""

from dataclasses import dataclass, field

from ingest.labels import Label
from ingest.projects import Draft
from ingest.records import FindingKind

FIGURES = ("baseline", "target", "actual", "rating")


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about the form itself that a reader should know; it becomes a finding."""

    kind: FindingKind
    where: str
    says: str
    line: int


@dataclass
class Sheet:
    """A form with the draft read from it, the labels in the order in which they stood, and what was odd.

    ``open`` is the label whose field the next cells belong to.
    """

    draft: Draft = field(default_factory=Draft)
    labels: list[tuple[str, str, int]] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    open: Label | None = None

    @property
    def open_field(self) -> str:
        """The name of the open field, "" for none."""
        return self.open.field if self.open else ""

    def has(self, name: str) -> bool:
        """Tell whether a field was labelled already."""
        return any(field_name == name for field_name, _, _ in self.labels)

    def has_twice(self, name: str) -> bool:
        """Tell whether a field was labelled more than once."""
        return sum(field_name == name for field_name, _, _ in self.labels) > 1

    def note(self, found: Label, line: int) -> None:
        """Remember a label."""
        self.labels.append((found.field, found.words, line))

    def odd(self, kind: FindingKind, where: str, says: str, line: int) -> None:
        """Remember what is odd."""
        self.oddities.append(Oddity(kind, where, says, line))
