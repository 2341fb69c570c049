"""What the readers are given: a file with the limits that hold for it, or a member of a folder or an archive."""

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError, RefusedFile

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost before it is refused; the figures fit the largest published plans many times over.

    ``seconds`` is wall time in a worker, ``ocr_seconds`` the same where pages are read by OCR, ``memory_bytes`` the
    address space of a worker. ``entries``, ``unpacked_bytes`` and ``ratio`` (unpacked by packed) hold for archives.
    """

    file_bytes: int = 50 * MEGABYTE
    seconds: float = 60
    ocr_seconds: float = 900
    memory_bytes: int = 1 << 30
    text_chars: int = 20_000_000
    cells: int = 300_000
    pages: int = 3_000
    entries: int = 1_000
    archive_bytes: int = 500 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where its bytes are, the name by which people know it, and what it may cost."""

    path: Path
    name: str
    ocr: bool = False
    limits: Limits = Limits()

    @property
    def suffix(self) -> str:
        """The suffix of the name in small letters, ``.pdf``."""
        return Path(self.name).suffix.lower()

    def refuse_above(self, count: int, limit: int, what: str) -> None:
        """Raise ``RefusedFile`` where a count of something goes over its limit."""
        if count > limit:
            raise RefusedFile(self.name, f"more than {limit:,} {what}")


@dataclass(frozen=True, slots=True)
class Member:
    """A file that a call names, directly or inside a folder or an archive; ``fault`` where it cannot be had."""

    name: str
    path: Path
    fault: IngestError | None = None
