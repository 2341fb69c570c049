"""Findings in the making: what the cross-checks of a document saw, numbered, each with its place."""

from ingest.document import Document
from ingest.records import FindingKind, FindingRecord, Source


class Findings:
    """Collects findings and numbers them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.made: list[FindingRecord] = []

    def add(
        self,
        kind: FindingKind,
        where: str,
        lines: tuple[int, int],
        says: str | None,
        elsewhere: str | None = None,
        *,
        subject: str | None = None,
        other: Source | None = None,
    ) -> None:
        """Add one finding; ``lines`` are those of ``says``, ``other`` the place of ``elsewhere``."""
        page = self._document.lines[lines[0] - 1].page if 0 < lines[0] <= len(self._document.lines) else None
        self.made.append(
            FindingRecord(
                id=f"{self._document.id}/finding-{len(self.made) + 1}",
                document=self._document.id,
                source=Source(page, lines),
                kind=kind,
                where=where,
                says=says,
                elsewhere=elsewhere,
                subject=subject,
                elsewhere_source=other,
            )
        )
