"""The library on disk: a sequence of complete, immutable states and a pointer to the current one.

    home/
        current                  the name of the current state; replaced by one rename
        lock                     held by the one writer
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

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from ingest.errors import LibraryBusy, LibraryDamaged, LibraryEmpty, UnknownRecord
from ingest.records import AnyRecord, DocumentRecord, Record, from_json_lines, to_json_lines, type_of

_WRITES = 8
"""Files made durable at a time: a disk waits for many as long as for one."""
KEPT_STATES = 3
"""The current state and those before it: a request that began on an older one can still end."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What the manifest says of a document."""

    id: str
    file: str
    sha256: str
    reader: str
    title: str
    kind: str
    lines: int
    counts: dict[str, int]


class FileSeal(msgspec.Struct, frozen=True):
    """The size in bytes and the SHA-256 of a file of a state."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The list of what a state holds; ``counts`` has what the other rooms put in (triples, index entries)."""

    state: str
    software: str
    base: str
    documents: dict[str, Entry]
    counts: dict[str, int]
    files: dict[str, FileSeal]


class State:
    """One complete state of the library, read only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.manifest = msgspec.json.decode((path / "manifest.json").read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            raise LibraryDamaged(path / "manifest.json", f"cannot be read ({error})") from error
        self._records: dict[str, list[AnyRecord]] = {}
        self._by_id: dict[str, dict[str, AnyRecord]] = {}

    @property
    def name(self) -> str:
        """The name of the state; another one means other content."""
        return self.manifest.state

    @property
    def documents(self) -> dict[str, Entry]:
        """The documents by id, in the order of their ids."""
        return self.manifest.documents

    @property
    def graph(self) -> Path:
        """Where the graph room keeps its store."""
        return self.path / "graph"

    @property
    def index(self) -> Path:
        """Where the search room keeps its index."""
        return self.path / "index"

    def entry(self, document: str) -> Entry:
        """Return what the manifest says of a document; raises ``UnknownRecord``."""
        try:
            return self.documents[document]
        except KeyError:
            raise UnknownRecord(document, sorted(self.documents)[:8]) from None

    def records(self, document: str) -> list[AnyRecord]:
        """Return the records of a document in document order; raises ``UnknownRecord``."""
        if document not in self._records:
            entry = self.entry(document)
            self._records[document] = from_json_lines((self.path / "documents" / f"{entry.id}.jsonl").read_bytes())
        return self._records[document]

    def all_records(self) -> Iterator[AnyRecord]:
        """Yield the records of all documents, one document in memory at a time."""
        for document in self.documents:
            data = (self.path / "documents" / f"{document}.jsonl").read_bytes()
            yield from self._records.get(document) or from_json_lines(data)

    def record(self, record_id: str) -> AnyRecord:
        """Return the record of an id (``{document}`` or ``{document}/{local}``); raises ``UnknownRecord``."""
        document = record_id.partition("/")[0]
        if document not in self._by_id:
            self._by_id[document] = {record.id: record for record in self.records(document)}
        try:
            return self._by_id[document][record_id]
        except KeyError:
            raise UnknownRecord(record_id) from None

    def text(self, document: str) -> list[str]:
        """Return the extracted text of a document, line by line; records count these lines from 1."""
        self.entry(document)
        return (self.path / "documents" / f"{document}.txt").read_text("utf-8").split("\n")

    def original(self, document: str) -> Path:
        """Return the path of the file as it was given."""
        entry = self.entry(document)
        return self.path / "sources" / f"{document}{Path(entry.file).suffix.lower()}"

    def verify(self) -> list[str]:
        """Compare every file with its seal and every document with its counts; return what does not agree."""
        present = {p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if p.is_file()}
        strange = sorted(present - self.manifest.files.keys() - {"manifest.json"})
        faults = [f"{name}: not in the manifest" for name in strange]
        for name, seal in self.manifest.files.items():
            if name not in present:
                faults.append(f"{name}: missing")
            elif _seal(self.path / name) != seal:
                faults.append(f"{name}: changed since it was written")
        if faults:
            return faults
        for document, entry in self.documents.items():
            if _counts(self.records(document)) != entry.counts:
                faults.append(f"{document}: counts of records differ from the manifest")
        return faults


class RecordFiles(Mapping[str, Sequence[AnyRecord]]):
    """The records of some documents in a folder, read when asked for and not kept."""

    def __init__(self, folder: Path, documents: Sequence[str]) -> None:
        self._folder, self._documents = folder, documents

    def __getitem__(self, document: str) -> list[AnyRecord]:
        return from_json_lines((self._folder / f"{document}.jsonl").read_bytes())

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class Draft:
    """A state in the making; it starts with everything of the state before it."""

    def __init__(self, library: "Library", base: State | None, name: str, path: Path) -> None:
        self._library, self.base, self.name, self.path = library, base, name, path
        self._entries: dict[str, Entry] = dict(base.documents) if base else {}
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
            counts=_counts(records),
        )
        (self.path / "documents" / f"{head.id}.jsonl").write_bytes(to_json_lines(records))
        (self.path / "documents" / f"{head.id}.txt").write_text("\n".join(text), "utf-8", newline="\n")
        shutil.copyfile(original, self.path / "sources" / f"{head.id}{Path(head.file).suffix.lower()}")
        self._entries[head.id] = entry
        return entry

    def remove(self, document: str) -> None:
        """Take a document out, if it is there."""
        entry = self._entries.pop(document, None)
        if entry:
            for name in (f"documents/{document}.jsonl", f"documents/{document}.txt"):
                (self.path / name).unlink()
            (self.path / "sources" / f"{document}{Path(entry.file).suffix.lower()}").unlink()

    def publish(self, *, software: str, base: str, counts: Mapping[str, int]) -> State:
        """Seal every file, make all durable, and make this the current state."""
        shared = self._shared()
        fresh = [name for name in _files(self.path) if name not in shared]
        with ThreadPoolExecutor(_WRITES) as pool:
            seals = dict(zip(fresh, pool.map(_sealed, (self.path / name for name in fresh)), strict=True))
        files = dict(sorted({**shared, **seals}.items()))
        manifest = Manifest(
            state=self.name,
            software=software,
            base=base,
            documents=dict(sorted(self._entries.items())),
            counts=dict(counts),
            files=files,
        )
        (self.path / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        _make_durable(self.path / "manifest.json")
        for folder in sorted(p for p in self.path.rglob("*") if p.is_dir()):
            _make_durable(folder)
        _make_durable(self.path)
        self._library.publish(self)
        self.published = True
        return State(self._library.states / self.name)

    def _shared(self) -> dict[str, FileSeal]:
        """Return the seals of the files that are those of the state before."""
        if not self.base:
            return {}
        here, there = f"{self.path}/", f"{self.base.path}/"
        earlier = self.base.manifest.files
        return {name: seal for name, seal in earlier.items() if _same_file(here + name, there + name)}


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
        with _WriterLock(self.home / "lock", self.home):
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
        _make_durable(self.states)
        pointer = self.home / ".current-new"
        pointer.write_text(draft.name + "\n", "ascii")
        _make_durable(pointer)
        pointer.replace(self._pointer)
        _make_durable(self.home)
        for old in sorted(p for p in self.states.iterdir() if p.name.isdigit() and p.name <= draft.name)[:-KEPT_STATES]:
            shutil.rmtree(old, ignore_errors=True)

    def _clear_leftovers(self) -> None:
        current = self.current_name() or ""
        for path in self.states.iterdir():
            if path.name.startswith(".building-") or (path.name.isdigit() and path.name > current):
                shutil.rmtree(path, ignore_errors=True)


class _WriterLock:
    """A lock that the operating system lets go of when its holder ends, however it ends."""

    def __init__(self, path: Path, home: Path) -> None:
        self._path, self._home = path, home
        self._file: IO[str] | None = None

    def __enter__(self) -> None:
        file = self._path.open("a+", encoding="ascii")
        try:
            _lock(file)
        except OSError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            raise LibraryBusy(self._home, holder or "another process") from None
        file.truncate(0)
        file.write(f"process {os.getpid()}\n")
        file.flush()
        self._file = file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.truncate(0)
            self._file.close()


def _lock(file: IO[str]) -> None:
    if os.name == "nt":  # pragma: no cover
        import msvcrt  # noqa: PLC0415  only there

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # noqa: PLC0415  not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def share_tree(source: Path, target: Path) -> None:
    """Hard-link every file of a tree into another one.

    For trees whose files are written once and never changed in place. Where links are not possible, all is copied.
    """
    for folder, _, names in os.walk(source):
        to = target / os.path.relpath(folder, source)
        to.mkdir(parents=True, exist_ok=True)
        for name in names:
            _share(os.path.join(folder, name), os.path.join(to, name))  # noqa: PTH118  there are thousands of files


def _share(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _files(folder: Path) -> list[str]:
    """Return the names of all files below a folder, in order."""
    found = []
    for inner, _, names in os.walk(folder):
        within = os.path.relpath(inner, folder).replace(os.sep, "/")
        found += names if within == "." else [f"{within}/{name}" for name in names]
    return sorted(found)


def _seal(path: Path) -> FileSeal:
    with path.open("rb") as file:
        return FileSeal(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _same_file(a: str, b: str) -> bool:
    try:
        return os.path.samefile(a, b)  # noqa: PTH121  as in share_tree
    except OSError:
        return False


def _sealed(path: Path) -> FileSeal:
    """Make a file durable, and seal it."""
    _make_durable(path)
    return _seal(path)


def _make_durable(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # a folder cannot be opened there
        return  # pragma: no cover
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _counts(records: Sequence[Record]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for record in records:
        counts[type_of(record)] = counts.get(type_of(record), 0) + 1
    return counts
