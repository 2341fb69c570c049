"""One state of the library: what its manifest says, and its records, texts and files, read only."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ingest.errors import LibraryDamaged, UnknownRecord
from ingest.records import AnyRecord, Record, from_json_lines, type_of
from ingest.sealed_files import FileSeal, seal_of


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
            elif seal_of(self.path / name) != seal:
                faults.append(f"{name}: changed since it was written")
        if faults:
            return faults
        for document, entry in self.documents.items():
            if counts_of(self.records(document)) != entry.counts:
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


def counts_of(records: Sequence[Record]) -> dict[str, int]:
    """Return how many records there are of each type."""
    counts: dict[str, int] = {}
    for record in records:
        counts[type_of(record)] = counts.get(type_of(record), 0) + 1
    return counts
