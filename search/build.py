"""The index of a new library state, made from that of the state before it in proportion to what changed."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from ingest.library import share_tree
from search.cutting import write_all
from search.entries import documents, read_columns, remove_entries
from search.errors import IndexMissing
from search.indexes import INDEXES, engine_module
from search.model import SearchDocument

DEFAULT_ENGINE = "whoosh"
OUTGROWN = 10_000
"""Projects up to which Whoosh answers a whole query in tens of milliseconds, and is built in minutes."""
FORMAT = 5
"""Raised when what is written changes, so that an older index is not misread."""


def update(
    base_dir: Path | None,
    target_dir: Path,
    replaced: Mapping[str, Sequence[SearchDocument]],
    removed: Collection[str] = (),
    *,
    engine: str | None = None,
) -> int:
    """Build the index of a new state and return how many entries it has; the state before is not touched.

    ``replaced`` has the entries of every document that is new or changed. The engine is that of the state before, and
    ``whoosh`` for a first state; under another one, or after a change of format, ``replaced`` must be complete.
    """
    before = _engine_of(base_dir)
    name = engine or before or DEFAULT_ENGINE
    base = base_dir if before == name else None
    target_dir.mkdir(parents=True, exist_ok=True)
    folder = target_dir / "entries"
    folder.mkdir(exist_ok=True)
    if base:
        share_tree(base / "entries", folder)
    gone = sorted({*removed, *replaced} & set(documents(folder)))
    kept = _entries_of(base_dir, folder) - _count(folder, gone)
    for document in gone:
        remove_entries(folder, document)
    engine_module(name).update_engine(
        base / name if base else None, target_dir / name, write_all(folder, replaced), gone
    )
    entries = kept + _count(folder, replaced)
    head = {"format": FORMAT, "engine": name, "entries": entries}
    (target_dir / "index.json").write_text(json.dumps(head) + "\n", "utf-8")
    return entries


def _count(folder: Path, names: Iterable[str]) -> int:
    return sum(len(read_columns(folder, document).offsets) - 1 for document in names)


def _entries_of(base_dir: Path | None, folder: Path) -> int:
    """Return how many entries an index has of which ``folder`` has the files: by its head, so that few are read."""
    there = documents(folder)
    if not there or base_dir is None:
        return 0
    known = json.loads((base_dir / "index.json").read_bytes()).get("entries")
    return _count(folder, there) if known is None else int(known)


def read_head(path: Path) -> str:
    """Return the engine of an index; raises ``IndexMissing``."""
    try:
        head = json.loads((path / "index.json").read_bytes())
    except (OSError, ValueError) as error:
        raise IndexMissing(path, str(error)) from error
    if head.get("format") != FORMAT:
        raise IndexMissing(path, f"format {head.get('format')}, this version reads {FORMAT}")
    return str(head["engine"])


def is_current(path: Path, engine: str | None = None) -> bool:
    """Tell whether an index can be built upon: it has this format and, where one is named, this engine."""
    return _engine_of(path) in ({engine} if engine else {*INDEXES})


def has_outgrown(path: Path, projects: int) -> bool:
    """Tell whether a library of so many projects would be better off with Tantivy."""
    return projects > OUTGROWN and _engine_of(path) == DEFAULT_ENGINE


def _engine_of(path: Path | None) -> str | None:
    try:
        return read_head(path) if path else None
    except IndexMissing:
        return None
