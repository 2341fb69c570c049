"""The files in which a library is handed out: each is written once for a state, and kept beside the library.

    {home}/exports/{content}/dump.ttl                 a file, written aside and put in place by one rename
    {home}/exports/{content}/dump.ttl.json            its size and its SHA-256
    {home}/exports/{content}/documents/{id}.nt        …
    {home}/exports/{content}/variants.json            {document: [the words that it writes in more than one way, …]}

``content`` names what the files follow from: the state, and the code that writes them. Where the library may not be
written to, a folder of the system's own is used, and gone with the process. Run as ``python -m web.exports HOME`` to write all that the catalogue
lists, and the variants, which the service does aside when a new state appears: they follow from all words of all texts.
"""

import atexit
import hashlib
import io
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import IO, Any, cast

import msgspec

import graph
import search
from graph.serialise import export
from graph.stores import Store
from ingest.library import Library, State
from web.pages.formats import EXPORTS, Format
from web.plans import variants
from web.plans.variants import Variant, variants_of

KEPT = 2
"""Folders that are kept: of the content that is handed out, and of the one before it."""
AT_ONCE = 100_000
"""Statements up to which a missing file is written while the one who asks for the catalogue waits."""

CATALOGUED = tuple(EXPORTS[suffix] for suffix in ("ttl", "jsonld", "nt"))
"""The forms of each document that the catalogue lists."""
CATALOGUED_WHOLE = (*CATALOGUED, *(EXPORTS[suffix] for suffix in ("rdf", "nq", "trig", "csv.zip")))
"""The forms of the whole that the catalogue lists."""


class Seal(msgspec.Struct, frozen=True):
    """The size in bytes and the SHA-256 of a file."""

    size: int
    sha256: str


class ExportFile(msgspec.Struct, frozen=True):
    """A file ready to be sent."""

    path: Path
    seal: Seal


class Exports:
    """The files of one state; used by all threads, each file is written by one of them."""

    def __init__(self, home: Path, state: State) -> None:
        self.folder = _folder(home, _content(state))
        self._state = state
        self._locks: dict[Path, Lock] = {}
        self._choosing = Lock()
        self._variants_file = self.folder / "variants.json"
        self._known_variants: dict[str, list[Variant]] | None = None

    def known(self, form: Format, document: str | None) -> ExportFile | None:
        """Return a file if it is there."""
        path = self._path(form, document)
        with suppress(OSError, msgspec.DecodeError):
            return ExportFile(path, msgspec.json.decode(_beside(path).read_bytes(), type=Seal))
        return None

    def file(self, store: Store, form: Format, document: str | None) -> ExportFile:
        """Return a file; it is written first where it is not there."""
        path = self._path(form, document)
        with self._choosing:
            lock = self._locks.setdefault(path, Lock())
        with lock:
            return self.known(form, document) or self._write(store, form, document, path)

    def for_catalogue(self, store: Store, form: Format, document: str | None) -> ExportFile | None:
        """Return a file if it is there or is quickly written; None leaves the catalogue without its size for now."""
        if self._state.manifest.counts.get("triples", 0) <= AT_ONCE:
            return self.file(store, form, document)
        return self.known(form, document)

    def variants(self) -> dict[str, list[Variant]] | None:
        """Return the variants of each document if they are there."""
        if self._known_variants is None:
            with suppress(OSError, msgspec.DecodeError):
                self._known_variants = _decode_variants(self._variants_file.read_bytes())
        return self._known_variants

    def prepare(self, store: Store) -> None:
        """Write the variants, and every file that the catalogue lists."""
        if self.variants() is None:
            found = {document: variants_of(self._state.text(document)) for document in self._state.documents}
            self.folder.mkdir(parents=True, exist_ok=True)
            _put(self._variants_file, msgspec.json.encode(found))
        for form in CATALOGUED_WHOLE:
            self.file(store, form, None)
        for document in self._state.documents:
            for form in CATALOGUED:
                self.file(store, form, document)

    def _path(self, form: Format, document: str | None) -> Path:
        if document is None:
            return self.folder / f"dump.{form.suffix}"
        return self.folder / "documents" / f"{self._state.entry(document).id}.{form.suffix}"

    def _write(self, store: Store, form: Format, document: str | None, path: Path) -> ExportFile:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w+b") as out:
                export(store, form.name, out, document=document)
                seal = _sealed(out)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _put(_beside(path), msgspec.json.encode(seal))
        return ExportFile(path, seal)


_decode_variants = msgspec.json.Decoder(dict[str, list[Variant]]).decode


def _sealed(out: IO[bytes]) -> Seal:
    out.flush()
    out.seek(0)
    digest = hashlib.file_digest(cast("io.BufferedRandom", out), "sha256")
    return Seal(out.tell(), digest.hexdigest())


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _put(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
    Path(name).replace(path)


def _content(state: State) -> str:
    return hashlib.sha256((state.path / "manifest.json").read_bytes() + _code()).hexdigest()[:16]


@cache
def _code() -> bytes:
    """Name the code that makes the files by its content, so that new code writes new files."""
    digest = hashlib.sha256()
    for room in (graph, search):
        for path in sorted(Path(str(room.__file__)).parent.rglob("*")):
            if path.suffix in {".py", ".rq"}:
                digest.update(path.read_bytes())
    digest.update(Path(variants.__file__).read_bytes())
    return digest.digest()


def _folder(home: Path, content: str) -> Path:
    """Return the folder of a content, and clear those of older ones away."""
    base = home / "exports"
    try:
        (base / content).mkdir(parents=True, exist_ok=True)
        os.utime(base / content)
        by_age = sorted((p for p in base.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
    except OSError:
        return _own_folder() / content
    for old in by_age[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return base / content


@cache
def _own_folder() -> Path:
    """Return a folder of this process, which is gone with it."""
    folder = tempfile.mkdtemp(prefix="renkei-exports-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def main(arguments: list[str] | Any = None) -> None:
    """Write what the catalogue of a library lists, without getting in anybody's way."""
    (home,) = sys.argv[1:] if arguments is None else arguments
    if hasattr(os, "nice"):
        os.nice(10)
    state = Library(Path(home)).current()
    store = graph.open(state.graph)
    Exports(Path(home), state).prepare(store)
    store.close()


if __name__ == "__main__":
    main()
