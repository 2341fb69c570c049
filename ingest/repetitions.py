"""Long texts that stand twice: in two projects of other names, or as overview and as purpose of one."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.document import Document
from ingest.findings import Findings
from ingest.records import ProjectRecord, Record


def repeated_overviews(document: Document, records: Sequence[Record], findings: Findings) -> None:
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


def overview_as_purpose(document: Document, records: Sequence[Record], findings: Findings) -> None:
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
