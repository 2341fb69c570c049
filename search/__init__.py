"""Records become an index, and the index gives hits."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.index import Index


def open_index(path: Path) -> "Index":
    """Open the index of a library state (``State.index``) for reading; raises ``IndexMissing`` or ``UnknownEngine``."""
    from search.index import Index  # noqa: PLC0415  numpy and the engine are loaded by those who search

    return Index.open(path)
