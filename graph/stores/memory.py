"""A store in the memory of this process: ``memory:``."""

import pyoxigraph

from graph.stores import Store
from graph.stores.dataset import DatasetStore


def open_url(url: str, writable: bool = True) -> Store:  # noqa: ARG001  one signature for all stores
    """Open a new, empty store; it can always be written to."""
    return DatasetStore(pyoxigraph.Store(), url)
