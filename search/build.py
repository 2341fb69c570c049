"""The index of a new library state, made from that of the state before it in proportion to what changed."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from ingest.library import share_tree
from search.entries import documents, read_columns, remove_entries, write_entries
from search.errors import IndexMissing
from search.indexes import INDEXES, Terms, engine_module
from search.model import SearchDocument

DEFAULT_ENGINE = "whoosh"
FORMAT = 1
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
    for document in gone:
        remove_entries(folder, document)
    engine_module(name).update_engine(base / name if base else None, target_dir / name, _added(folder, replaced), gone)
    (target_dir / "index.json").write_text(json.dumps({"format": FORMAT, "engine": name}) + "\n", "utf-8")
    return sum(len(read_columns(folder, document).offsets) - 1 for document in documents(folder))


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


def _engine_of(path: Path | None) -> str | None:
    try:
        return read_head(path) if path else None
    except IndexMissing:
        return None


def _added(folder: Path, replaced: Mapping[str, Sequence[SearchDocument]]) -> Iterator[tuple[str, int, Terms]]:
    for document, entries in replaced.items():
        for number, terms in enumerate(write_entries(folder, document, entries)):
            yield document, number, terms
