"""Records become an index, and the index gives hits."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.index import Index


def open_index(where: Path | str) -> "Index":
    """Open the index of a library state (``State.index``) for reading; raises ``IndexMissing`` or ``UnknownEngine``.

    An index says itself which engine keeps it; ``tantivy:DIR`` insists on one.
    """
    from search.index import Index  # noqa: PLC0415  numpy and the engine are loaded by those who search

    return Index.open(where)
