"""Building the graph of a new state of the library from the one before it, at the cost of what changed.

    {folder}/store/         the store on disk, without logs or locks; nothing in it changes any more
    {folder}/answers/       answers worked out beforehand (``graph.kept``)
    {folder}/graph.json     {"base": the address that its IRIs begin with, "triples": how many statements it holds}

The new store starts as hard links to the old one's immutable files; each document that changed is then replaced by
what differs in it.
"""

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
from pyoxigraph import Quad

from graph import judgements
from graph.aligning import align
from graph.errors import BaseChanged, StoreUnavailable
from graph.kept import Answers, kept_rows
from graph.statements import statements
from graph.stores import Store
from graph.stores.dataset import DatasetStore
from graph.stores.oxigraph import open_folder, snapshot
from ingest.records import AnyRecord

_STORE = "store"
_ABOUT = "graph.json"
_ANSWERS = "answers"
_WORK = ".building"
FORM = 2
"""Raised whenever the same records become other statements, so that older graphs are built anew."""

Texts = Callable[[str], Sequence[str]]
"""Gives the lines of a document's text by the document's id."""


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """How to join projects of different documents: the file of people's judgements, and whether to compare all anew."""

    judgements: str
    every: bool = False


_PART = 20
"""Documents loaded at a time."""


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
    if base_dir:
        triples = before.triples + fill(store, replaced, removed, base_iri, texts, answers=answers)
    else:
        _load(store, replaced, base_iri, texts, answers)
        triples = store.count()
    if alignment:
        said = judgements.read(Path(alignment.judgements))
        changed = [*replaced, *removed]
        triples += align(store, base_iri, changed, said, every=alignment.every)
    store.close()
    # A second snapshot leaves behind what writing left in the folder: logs, locks, files no longer in use.
    snapshot(work, target_dir / _STORE)
    shutil.rmtree(work)
    answers.write(target_dir / _ANSWERS)
    (target_dir / _ABOUT).write_bytes(msgspec.json.encode(About(base_iri, triples, FORM)))
    return triples


def _load(
    store: DatasetStore,
    replaced: Mapping[str, Sequence[AnyRecord]],
    base_iri: str,
    texts: Texts | None,
    answers: Answers,
) -> None:
    """Fill an empty store a part at a time: a load holds all that it is given until it ends."""
    names = list(replaced)
    for first in range(0, len(names), _PART):
        part = names[first : first + _PART]
        store.load(_stated(name, replaced[name], base_iri, texts, answers) for name in part)


def _stated(
    name: str, records: Sequence[AnyRecord], base_iri: str, texts: Texts | None, answers: Answers | None
) -> list[Quad]:
    found = statements(records, base_iri, texts(name) if texts else None)
    if answers:
        answers.put(name, found)
    return found


def fill(
    store: Store,
    replaced: Mapping[str, Sequence[AnyRecord]],
    removed: Collection[str],
    base_iri: str,
    texts: Texts | None = None,
    *,
    answers: Answers | None = None,
) -> int:
    """Bring a store (any store) up to date; return by how many statements it grew."""
    grown = sum(store.remove(document) for document in removed)
    for document, records in replaced.items():
        grown += store.replace(document, _stated(document, records, base_iri, texts, answers))
    return grown


def is_current(folder: Path) -> bool:
    """Tell whether the graph in a folder says what this version makes of the same records."""
    return about(folder).form == FORM


def open_state(folder: Path) -> Store:
    """Open the graph in a folder for reading; it is not touched. Raises ``StoreUnavailable``."""
    store = open_folder(folder / _STORE)
    store.answers = partial(kept_rows, folder / _ANSWERS)
    return store
