"""A store on disk: ``oxigraph:/path/to/folder``.

A folder opened for reading is not touched: not one file changes, so a sealed state of the library stays sealed. One
opened for writing belongs to one process. ``snapshot`` starts a new folder from an old one by hard links.
"""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from graph.errors import StoreReadOnly, StoreUnavailable
from graph.stores import Store
from graph.stores.dataset import DatasetStore


class ReadOnlyStore(DatasetStore):
    """A folder opened for reading."""

    def replace(self, document: str, quads: Iterable[Quad]) -> int:  # noqa: ARG002  it is the port's signature
        """Refuse to write."""
        raise StoreReadOnly(self._place)

    def remove(self, document: str) -> int:  # noqa: ARG002  it is the port's signature
        """Refuse to write."""
        raise StoreReadOnly(self._place)


class WritableStore(DatasetStore):
    """A folder opened for writing by this one process."""

    def close(self) -> None:
        """Write everything to disk, then let go of the folder."""
        self._store.flush()
        super().close()


def open_folder(path: Path, *, writable: bool = False) -> ReadOnlyStore | WritableStore:
    """Open the store in a folder; for reading it must be there. Raises ``StoreUnavailable``."""
    try:
        if writable:
            return WritableStore(pyoxigraph.Store(str(path)), str(path))
        return ReadOnlyStore(pyoxigraph.Store.read_only(str(path)), str(path))
    except OSError as error:
        raise StoreUnavailable(path, error) from error


def snapshot(source: Path, target: Path) -> None:
    """Make ``target``, which must not exist, hold what ``source`` holds; what is immutable is hard-linked.

    Neither folder sees later changes of the other, and the copy has no logs or locks.
    """
    try:
        pyoxigraph.Store.read_only(str(source)).backup(str(target))
    except OSError as error:
        raise StoreUnavailable(source, error) from error


def open_url(url: str, writable: bool) -> Store:
    """Open the folder that the URL names."""
    return open_folder(Path(url.partition(":")[2]), writable=writable)
