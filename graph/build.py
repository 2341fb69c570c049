"""Building the graph of a new state of the library from the one before it, at the cost of what changed.

    {folder}/store/         the store on disk, without logs or locks; nothing in it changes any more
    {folder}/answers/       answers worked out beforehand (``graph.kept``)
    {folder}/relations.columns   what is ready for questions about relations (``graph.prepared``)
    {folder}/faults.json    {document: [what of it breaks the shapes, …]}, nothing where all is well
    {folder}/graph.json     {"base": the address that its IRIs begin with, "triples": how many statements it holds}

The new store starts as hard links to the old one's immutable files; each document that changed is then replaced by
what differs in it.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from graph import judgements
from graph.aligning import align
from graph.centrality import measured
from graph.columns import write_columns
from graph.cooperation import COLUMN, read_cooperation
from graph.coverage import FIELDS, read_fields
from graph.errors import BaseChanged, StoreUnavailable
from graph.kept import Answers, kept_rows
from graph.network import read_network
from graph.prepared import FILE, packed, remember
from graph.statements import Statements, statements
from graph.stores import Store
from graph.stores.oxigraph import open_folder, snapshot
from ingest.records import AnyRecord

_STORE = "store"
_ABOUT = "graph.json"
_ANSWERS = "answers"
_FAULTS = "faults.json"
_WORK = ".building"
FORM = 6
"""Raised whenever the same records become other statements, so that older graphs are built anew."""

Texts = Callable[[str], Sequence[str]]
"""Gives the lines of a document's text by the document's id."""


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """How to join projects of different documents: the file of people's judgements, and whether to compare all anew."""

    judgements: str
    every: bool = False


class Fault(msgspec.Struct, frozen=True):
    """A thing that breaks a rule of the shapes: its IRI, the property and the rule as prefixed names."""

    thing: str
    property: str
    rule: str


Faults = dict[str, list[Fault]]
"""What breaks the shapes, by document; documents that conform are not in it."""


class About(msgspec.Struct, frozen=True):
    """What is known of a graph without opening its store; ``form`` is the ``FORM`` that it was written in."""

    base: str
    triples: int
    form: int = 1


def about(folder: Path) -> About:
    """Return what is known of the graph in a folder; raises ``StoreUnavailable``."""
    try:
        return msgspec.json.decode((folder / _ABOUT).read_bytes(), type=About)
    except (OSError, msgspec.DecodeError) as error:
        raise StoreUnavailable(folder / _ABOUT, error) from error


def update(
    base_dir: Path | None,
    target_dir: Path,
    replaced: Mapping[str, Sequence[AnyRecord]],
    removed: Collection[str],
    base_iri: str,
    *,
    texts: Texts | None = None,
    alignment: Alignment | None = None,
) -> int:
    """Build the graph of a new state in ``target_dir`` from that in ``base_dir`` (None: from nothing).

    ``replaced`` holds the records of documents that are new or changed, ``removed`` the ids of those taken out,
    ``texts`` gives the lines that records were read from, ``alignment`` says how projects of different documents are
    joined (None: they are not). Returns the number of statements; raises ``BaseChanged`` and ``StoreUnavailable``.
    """
    before = about(base_dir) if base_dir else About(base_iri, 0)
    if before.base != base_iri:
        raise BaseChanged(before.base, base_iri)
    target_dir.mkdir(parents=True, exist_ok=True)
    work = target_dir / _WORK
    if base_dir:
        snapshot(base_dir / _STORE, work)
    store = open_folder(work, writable=True)
    answers = Answers(base_dir / _ANSWERS if base_dir else None)
    answers.remove(removed)
    known = faults(base_dir) if base_dir else {}
    checked = {name: found for name, found in known.items() if name not in {*replaced, *removed}}
    maker = _Maker(base_iri, texts, answers, checked)
    if base_dir:
        triples = before.triples + _fill(store, replaced, removed, maker)
    else:
        store.load(_lines(replaced, maker))
        triples = store.count()
    if alignment:
        said = judgements.read(Path(alignment.judgements))
        changed = [*replaced, *removed]
        triples += align(store, base_iri, changed, said, every=alignment.every)
    store.answers = answers.rows
    cooperation = read_cooperation(store)
    tables = {COLUMN: packed(cooperation), FIELDS: packed(read_fields(store)), **measured(cooperation)}
    write_columns(target_dir / FILE, {**read_network(store).columns, **tables})
    store.close()
    # A second snapshot leaves behind what writing left in the folder: logs, locks, files no longer in use.
    snapshot(work, target_dir / _STORE)
    shutil.rmtree(work)
    answers.write(target_dir / _ANSWERS)
    (target_dir / _FAULTS).write_bytes(msgspec.json.encode(checked))
    (target_dir / _ABOUT).write_bytes(msgspec.json.encode(About(base_iri, triples, FORM)))
    return triples


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the statements of documents, and collects what is worked out of them on the way."""

    base: str
    texts: Texts | None = None
    answers: Answers | None = None
    faults: Faults | None = None

    def statements(self, name: str, records: Sequence[AnyRecord]) -> Statements:
        """Return the statements of a document."""
        found = statements(records, self.base, self.texts(name) if self.texts else None)
        if self.answers:
            self.answers.put(name, found)
        if self.faults is not None:
            from graph.conform import conform  # noqa: PLC0415  reading the shapes takes a moment that only builders spend

            broken = conform(found.plain, name)
            if broken:
                self.faults[name] = [Fault(each.thing, each.property, each.rule) for each in broken]
        return found


def _lines(replaced: Mapping[str, Sequence[AnyRecord]], maker: _Maker) -> Iterator[str]:
    """Yield what a store loads of each document in turn, so that no more than one of them is held here."""
    for name, records in replaced.items():
        found = maker.statements(name, records)
        yield found.union
        yield found.lines


def fill(
    store: Store,
    replaced: Mapping[str, Sequence[AnyRecord]],
    removed: Collection[str],
    base_iri: str,
    texts: Texts | None = None,
) -> int:
    """Bring a store (any store) up to date; return by how many statements it grew."""
    return _fill(store, replaced, removed, _Maker(base_iri, texts))


def _fill(store: Store, replaced: Mapping[str, Sequence[AnyRecord]], removed: Collection[str], maker: _Maker) -> int:
    grown = sum(store.remove(document) for document in removed)
    return grown + sum(store.replace(name, maker.statements(name, records)) for name, records in replaced.items())


def faults(folder: Path) -> Faults:
    """Return what broke the shapes when the graph in a folder was built; nothing where that was not looked at."""
    try:
        return msgspec.json.decode((folder / _FAULTS).read_bytes(), type=Faults)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        raise StoreUnavailable(folder / _FAULTS, error) from error


def is_current(folder: Path) -> bool:
    """Tell whether the graph in a folder says what this version makes of the same records."""
    return about(folder).form == FORM


def open_state(folder: Path) -> Store:
    """Open the graph in a folder for reading; it is not touched. Raises ``StoreUnavailable``."""
    store = open_folder(folder / _STORE)
    store.answers = partial(kept_rows, folder / _ANSWERS)
    remember(store, folder)
    return store
