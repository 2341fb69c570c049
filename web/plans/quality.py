"""How completely documents were read: records by type, fields of projects that are filled, lines that records come from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.library import Entry
from ingest.records import AnyRecord, DocumentRecord, FindingRecord, ProjectRecord

FIELDS = ("area", "overview", "purpose", "roles", "departments", "schedule", "budget", "indicators", "progress")
"""The fields of a project that a document may say nothing of; a plan prints no progress, an agreement no budget."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How a document was read.

    ``filled`` counts the projects that say something in a field; ``read`` the lines with text that a record was made
    of, of ``lines``; ``findings`` what was found odd, by kind.
    """

    document: str
    counts: Mapping[str, int]
    filled: Mapping[str, int]
    lines: int
    read: int
    findings: Counter[str]

    @property
    def projects(self) -> int:
        """How many projects there are."""
        return self.counts.get("project", 0)


def quality_of(entry: Entry, records: Sequence[AnyRecord], text: Sequence[str]) -> Quality:
    """Count what was made of a document; ``text`` are its lines."""
    projects = [record for record in records if isinstance(record, ProjectRecord)]
    told = sum(bool(line.strip()) for line in text)
    return Quality(
        entry.id,
        entry.counts,
        {field: sum(bool(getattr(project, field)) for project in projects) for field in FIELDS},
        told,
        told - len(unread(records, text)),
        Counter(record.kind for record in records if isinstance(record, FindingRecord)),
    )


def unread(records: Sequence[AnyRecord], text: Sequence[str]) -> list[int]:
    """Return the numbers of the lines with text that no record was made of."""
    spans = [r.source.lines for r in records if not isinstance(r, DocumentRecord | FindingRecord)]
    sourced = {n for first, last in spans for n in range(first, last + 1)}
    return [n for n, line in enumerate(text, 1) if line.strip() and n not in sourced]


def total(found: Sequence[Quality]) -> Quality:
    """Add several documents up."""
    counts, filled, findings = Counter[str](), Counter[str](), Counter[str]()
    for each in found:
        counts.update(each.counts)
        filled.update(each.filled)
        findings.update(each.findings)
    return Quality("", counts, filled, sum(q.lines for q in found), sum(q.read for q in found), findings)
