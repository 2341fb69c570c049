"""Builds a new state of the library: files → records → graph and index, published together.

What did not change is carried over from the state before; the cost is that of the documents that did.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import graph
import graph.build
import search
import search.build
from graph import judgements
from graph.beside import Job, beside
from graph.build import Alignment, Faults
from graph.cooperation import cooperation
from graph.judgements import Judgement
from ingest.errors import DuplicateStem, IngestError, UnknownRecord
from ingest.files import READER, document_id, sha256_of
from ingest.library import Draft, Library, RecordFiles, State
from ingest.readers.members import members
from ingest.readers.pool import ReaderPool
from ingest.readers.sources import Member
from ingest.readers.worker import Parsed
from ingest.records import ProjectRecord
from search.documents import search_documents
from search.indexes import read_url
from search.model import SearchDocument

_WORKERS = min(4, os.cpu_count() or 1)
"""Child processes at a time; each holds some 200 MB."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: its document, or why it was not read."""

    name: str
    document: str
    outcome: str  # "read", "unchanged" or "failed"
    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did; ``state`` is None where nothing changed, ``outgrown`` asks for a larger search engine.

    ``faults`` are what the data of documents breaks of the shapes: they are published, but somebody should look at them.
    """

    taken: tuple[Taken, ...]
    state: str | None
    outgrown: bool = False
    faults: Faults = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Tell whether a file was refused."""
        return any(t.outcome == "failed" for t in self.taken)


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and how many there are."""


def silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


def ingest_paths(
    library: Library,
    paths: Sequence[Path],
    *,
    base: str,
    index: str | None = None,
    ocr: bool = False,
    again: bool = False,
    progress: Progress = silent,
) -> Report:
    """Read files and folders into the library and publish a new state, if anything changed.

    ``index`` chooses the engine of the full text (``tantivy:``); raises ``UnknownEngine``.
    """
    engine = read_url(index)[0] if index else None
    with members(paths) as found, library.draft() as draft:
        taken = list(_take_all(draft, list(found), ocr=ocr, again=again, progress=progress))
        if not any(t.outcome == "read" for t in taken) and not _must_rebuild(draft.base, base, engine):
            return Report(tuple(taken), None)
        changed = [t.document for t in taken if t.outcome == "read"]
        state = _publish(draft, changed, [], base=base, engine=engine, progress=progress)
        projects = sum(entry.counts.get("project", 0) for entry in state.documents.values())
        return Report(
            tuple(taken), state.name, search.build.has_outgrown(state.index, projects), graph.build.faults(state.graph)
        )


def remove_documents(library: Library, documents: Sequence[str], *, base: str) -> State:
    """Take documents out and publish a new state; raises ``UnknownRecord`` before anything is changed."""
    with library.draft() as draft:
        for document in documents:
            if document not in draft.documents:
                raise UnknownRecord(document, sorted(draft.documents)[:8])
            draft.remove(document)
        return _publish(draft, [], documents, base=base, engine=None, progress=silent)


def judge(library: Library, judgement: Judgement, *, base: str) -> State:
    """Keep a person's judgement of two projects or departments, and publish a state that says so.

    Raises ``UnknownRecord`` for an id that the library has not.
    """
    with library.draft() as draft:
        for project in judgement.pair:
            if not (draft.base and _is_known(draft.base, project)):
                raise UnknownRecord(project)
        judgements.append(draft.home / judgements.FILE, judgement)
        return _publish(draft, [], [], base=base, engine=None, progress=silent)


def _is_known(state: State, thing: str) -> bool:
    """Tell whether a state has a project or a department of an id."""
    document = thing.partition("/")[0]
    known = state.records(document) if document in state.documents else []
    if any(isinstance(record, ProjectRecord) and record.id == thing for record in known):
        return True
    store = graph.open(state.graph)
    try:
        return thing in cooperation(store).units
    finally:
        store.close()


def align(library: Library, *, base: str) -> State:
    """Compare all projects of all documents anew, and publish a state that says what is alike."""
    with library.draft() as draft:
        return _publish(draft, [], [], base=base, engine=None, progress=silent, align_all=True)


def verify(state: State) -> list[str]:
    """Return what does not agree in a state: files and their seals, records, triples and index entries."""
    faults = state.verify()
    if faults:
        return faults
    counts = state.manifest.counts
    store, index = graph.open(state.graph), search.open_index(state.index)
    for name, there in (("triples", store.count()), ("entries", index.count)):
        if there != counts.get(name):
            faults.append(f"{name}: {there}, but the manifest says {counts.get(name)}")
    if sorted(store.documents()) != sorted(state.documents):
        faults.append("graph: its documents are not those of the manifest")
    index.close()
    store.close()
    return faults


def _take_all(draft: Draft, found: Sequence[Member], *, ocr: bool, again: bool, progress: Progress) -> Iterator[Taken]:
    twice = _duplicates(found)
    todo: list[Member] = []
    for member in found:
        stem = document_id(member.name)
        if stem in twice:
            yield Taken(member.name, stem, "failed", error=str(DuplicateStem(stem, twice[stem])))
        elif not again and _unchanged(draft, member, stem, ocr=ocr):
            yield Taken(member.name, stem, "unchanged", counts=draft.documents[stem].counts)
        else:
            todo.append(member)
    with ReaderPool(_WORKERS, ocr=ocr) as pool:
        started = time.monotonic()
        for done, (member, outcome) in enumerate(pool.parse_all(todo), 1):
            yield _take(draft, member, outcome, started, ocr=ocr)
            started = time.monotonic()
            progress("read", done, len(todo))


def _take(draft: Draft, member: Member, outcome: Parsed | IngestError, started: float, *, ocr: bool) -> Taken:
    """Make the records of one file part of the draft; what failed ends as a sentence about this file."""
    stem = document_id(member.name)
    if isinstance(outcome, IngestError):
        return Taken(member.name, stem, "failed", error=str(outcome))
    entry = draft.put(outcome.records, outcome.text, member.path, _reader(member, ocr=ocr))
    return Taken(member.name, stem, "read", time.monotonic() - started, entry.counts)


def _duplicates(found: Sequence[Member]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for member in found:
        names.setdefault(document_id(member.name), []).append(member.name)
    return {stem: given for stem, given in names.items() if len(given) > 1}


def _reader(member: Member, *, ocr: bool) -> str:
    """Name how a file is read: a scan read without OCR is read again when OCR is asked for, and never the other way."""
    return f"{READER}+ocr" if ocr and member.name.lower().endswith(".pdf") else READER


def _unchanged(draft: Draft, member: Member, stem: str, *, ocr: bool) -> bool:
    entry = draft.documents.get(stem)
    if entry is None or member.fault or entry.file != Path(member.name).name:
        return False
    if entry.reader not in (_reader(member, ocr=ocr), _reader(member, ocr=True)):
        return False
    return member.path.is_file() and entry.sha256 == sha256_of(member.path)


def _must_rebuild(state: State | None, base: str, engine: str | None) -> bool:
    """Another base address, or a graph or an index of another form, makes all of the graph or the index new."""
    if state is None:
        return False
    current = graph.build.is_current(state.graph) and search.build.is_current(state.index, engine)
    return state.manifest.base != base or not current


def _publish(
    draft: Draft,
    changed: Sequence[str],
    removed: Sequence[str],
    *,
    base: str,
    engine: str | None,
    progress: Progress,
    align_all: bool = False,
) -> State:
    before = draft.base
    same_base = before is not None and before.manifest.base == base
    kept_graph = before.graph if before and same_base and graph.build.is_current(before.graph) else None
    kept_index = before.index if before and search.build.is_current(before.index, engine) else None
    everything = list(draft.documents)
    job = Job(
        base_dir=str(kept_graph) if kept_graph else None,
        target_dir=str(draft.graph),
        documents=str(draft.path / "documents"),
        replaced=list(changed if kept_graph else everything),
        removed=list(removed if kept_graph else []),
        base_iri=base,
        alignment=Alignment(judgements=str(draft.home / judgements.FILE), every=align_all),
    )
    progress("index", 0, 2)
    with beside(job) as built:
        entries = search.build.update(
            kept_index,
            draft.index,
            _Entries(draft, changed if kept_index else everything),
            removed if kept_index else [],
            engine=engine,
        )
        progress("graph", 1, 2)
        triples = built()
    progress("publish", 2, 2)
    counts = {"triples": triples, "entries": entries, "documents": len(draft.documents)}
    return draft.publish(software=f"renkei {metadata.version('renkei')}", base=base, counts=counts)


class _Entries(Mapping[str, Sequence[SearchDocument]]):
    """The index entries of some documents of a draft, made when asked for and not kept."""

    def __init__(self, draft: Draft, documents: Sequence[str]) -> None:
        self._folder = draft.path / "documents"
        self._records = RecordFiles(self._folder, documents)

    def __getitem__(self, document: str) -> Sequence[SearchDocument]:
        text = (self._folder / f"{document}.txt").read_text("utf-8").split("\n")
        return search_documents(self._records[document], text)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)
