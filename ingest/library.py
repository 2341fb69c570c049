"""The library on disk: a sequence of complete, immutable states and a pointer to the current one.

    home/
        current                  the name of the current state; replaced by one rename
        lock                     held by the one writer
        changes.jsonl            what each state changed of the one before
        states/00000007/
            manifest.json        documents, counts, and the SHA-256 of every file of the state
            documents/{id}.jsonl the records of a document
            documents/{id}.txt   its text as extracted, the lines that records point to
            sources/{id}.pdf     the file as it was given
            graph/  index/       made by the rooms that own them

A reader opens the current state and needs no lock; it sees the old state or the new one, never a mixture. A writer
builds aside, shares what did not change with the state before it (hard links), makes every file durable, and
publishes by renaming ``current``. Whatever a killed writer left behind is cleared away by the next one.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec

from ingest import changes
from ingest.errors import LibraryDamaged, LibraryEmpty
from ingest.records import DocumentRecord, Record, to_json_lines
from ingest.sealed_files import FileSeal, files_below, make_durable, same_file, seal_all, share_tree
from ingest.states import Entry, Manifest, RecordFiles, State, counts_of
from ingest.writer_lock import WriterLock

__all__ = ["KEPT_STATES", "Draft", "Entry", "Library", "RecordFiles", "State", "share_tree"]

KEPT_STATES = 3
"""The current state and those before it: a request that began on an older one can still end."""


class Draft:
    """A state in the making; it starts with everything of the state before it."""

    def __init__(self, library: "Library", base: State | None, name: str, path: Path) -> None:
        self._library, self.base, self.name, self.path = library, base, name, path
        self._entries: dict[str, Entry] = dict(base.documents) if base else {}
        self._touched: set[str] = set()
        self.published = False
        for folder in ("documents", "sources", "graph", "index"):
            (path / folder).mkdir(parents=True)
        if base:
            for folder in ("documents", "sources"):
                share_tree(base.path / folder, path / folder)

    @property
    def home(self) -> Path:
        """The home of the library that this is a draft of."""
        return self._library.home

    @cached_property
    def graph(self) -> Path:
        """Where the graph room builds its store."""
        return self.path / "graph"

    @cached_property
    def index(self) -> Path:
        """Where the search room builds its index."""
        return self.path / "index"

    @property
    def documents(self) -> dict[str, Entry]:
        """The documents that the state will have."""
        return self._entries

    def put(self, records: Sequence[Record], text: Sequence[str], original: Path, reader: str) -> Entry:
        """Add a document, or replace the one of the same id; ``records`` must begin with its ``document``."""
        head = records[0]
        if not isinstance(head, DocumentRecord):
            raise TypeError(f"the first record of a document is its DocumentRecord, not {type(head).__name__}")
        self.remove(head.id)
        entry = Entry(
            id=head.id,
            file=head.file,
            sha256=head.sha256,
            reader=reader,
            title=head.title,
            kind=head.kind,
            lines=len(text),
            counts=counts_of(records),
        )
        (self.path / "documents" / f"{head.id}.jsonl").write_bytes(to_json_lines(records))
        (self.path / "documents" / f"{head.id}.txt").write_text("\n".join(text), "utf-8", newline="\n")
        shutil.copyfile(original, self.path / "sources" / f"{head.id}{Path(head.file).suffix.lower()}")
        self._entries[head.id] = entry
        return entry

    def remove(self, document: str) -> None:
        """Take a document out, if it is there."""
        self._touched.add(document)
        entry = self._entries.pop(document, None)
        if entry:
            for name in (f"documents/{document}.jsonl", f"documents/{document}.txt"):
                (self.path / name).unlink()
            (self.path / "sources" / f"{document}{Path(entry.file).suffix.lower()}").unlink()

    def publish(self, *, software: str, base: str, counts: Mapping[str, int]) -> State:
        """Seal every file, make all durable, and make this the current state."""
        shared = self._shared()
        fresh = [name for name in files_below(self.path) if name not in shared]
        files = dict(sorted({**shared, **seal_all(self.path, fresh)}.items()))
        manifest = Manifest(
            state=self.name,
            software=software,
            base=base,
            documents=dict(sorted(self._entries.items())),
            counts=dict(counts),
            files=files,
        )
        (self.path / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        make_durable(self.path / "manifest.json")
        for folder in sorted(p for p in self.path.rglob("*") if p.is_dir()):
            make_durable(folder)
        make_durable(self.path)
        found = tuple(change for document in sorted(self._touched) if (change := self._compared(document)))
        self._library.publish(self)
        self.published = True
        if found:
            when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            changes.append(self.home, changes.Change(state=self.name, when=when, documents=found))
        return State(self._library.states / self.name)

    def _compared(self, document: str) -> changes.DocumentChange | None:
        """Return what this state changes of a document; of a new one its counts say all."""
        entry = self._entries.get(document)
        if self.base is None or document not in self.base.documents:
            return changes.added(document, entry.title, entry.counts) if entry else None
        before = RecordFiles(self.base.path / "documents", [document])[document]
        return changes.compare(before, RecordFiles(self.path / "documents", [document])[document] if entry else [])

    def _shared(self) -> dict[str, FileSeal]:
        """Return the seals of the files that are those of the state before."""
        if not self.base:
            return {}
        here, there = f"{self.path}/", f"{self.base.path}/"
        earlier = self.base.manifest.files
        return {name: seal for name, seal in earlier.items() if same_file(here + name, there + name)}


class Library:
    """The directory of states at ``home``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.states = home / "states"
        self._pointer = home / "current"

    def current_name(self) -> str | None:
        """Return the name of the current state, or None for an empty library; cheap enough for every request."""
        try:
            return self._pointer.read_text("ascii").strip() or None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LibraryDamaged(self._pointer, f"cannot be read ({error})") from error

    def current(self) -> State:
        """Open the current state; raises ``LibraryEmpty`` or ``LibraryDamaged``."""
        name = self.current_name()
        if name is None:
            raise LibraryEmpty(self.home)
        return State(self.states / name)

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Begin a new state; without ``publish`` nothing of it remains. Raises ``LibraryBusy``."""
        self.states.mkdir(parents=True, exist_ok=True)
        with WriterLock(self.home / "lock", self.home):
            self._clear_leftovers()
            name = self.current_name()
            base = State(self.states / name) if name else None
            number = int(name) + 1 if name else 1
            building = self.states / f".building-{number:08d}"
            draft = Draft(self, base, f"{number:08d}", building)
            try:
                yield draft
            finally:
                if not draft.published:
                    shutil.rmtree(building, ignore_errors=True)

    def publish(self, draft: Draft) -> None:
        """Make a finished draft the current state: one rename of the pointer."""
        target = self.states / draft.name
        draft.path.rename(target)
        make_durable(self.states)
        pointer = self.home / ".current-new"
        pointer.write_text(draft.name + "\n", "ascii")
        make_durable(pointer)
        pointer.replace(self._pointer)
        make_durable(self.home)
        for old in sorted(p for p in self.states.iterdir() if p.name.isdigit() and p.name <= draft.name)[:-KEPT_STATES]:
            shutil.rmtree(old, ignore_errors=True)

    def _clear_leftovers(self) -> None:
        current = self.current_name() or ""
        for path in self.states.iterdir():
            if path.name.startswith(".building-") or (path.name.isdigit() and path.name > current):
                shutil.rmtree(path, ignore_errors=True)
