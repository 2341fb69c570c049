"""What a state keeps ready for questions about relations, so that one question in a new process need not read all.

    {folder}/relations.columns      the network (``graph.links``); as MessagePack who works with whom, the fields of
                                    projects, and who is central, what joins others and who belongs together

It is worked out from the whole of a state when its graph is built. A state without it, or whose file is not as it was
written, is read as any store is; what a file does not have is worked out when it is asked for.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import msgspec
import numpy as np

from graph.columns import Column, open_columns
from graph.stores import Store

Value = TypeVar("Value")

FILE = "relations.columns"
_PLACE, _COLUMNS = "prepared place", "prepared"


def remember(store: Store, folder: Path) -> None:
    """Tell a store where its state keeps what is ready; it forgets that when its content changes."""
    store.memo[_PLACE] = folder / FILE


def prepared(store: Store) -> Mapping[str, Column] | None:
    """Return what is kept ready for a store, None where nothing is."""
    memo = store.memo
    if _COLUMNS not in memo:
        memo[_COLUMNS] = open_columns(memo[_PLACE]) if _PLACE in memo else None
    return cast("Mapping[str, Column] | None", memo[_COLUMNS])


def ready(store: Store, name: str, kind: type[Value], work_out: Callable[[], Value]) -> Value:
    """Return what is kept ready for a store under a name, else work it out; once for each content of the store."""
    memo = store.memo
    if name not in memo:
        column = (prepared(store) or {}).get(name)
        memo[name] = work_out() if column is None else unpacked(column, kind)
    return cast("Value", memo[name])


@contextmanager
def collecting_later() -> Iterator[None]:
    """Make many values that stay, without a search for unused ones among them again and again."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def packed(value: object) -> Column:
    """Return a value as a column that holds it as MessagePack."""
    return np.frombuffer(msgspec.msgpack.encode(value), np.uint8)


def unpacked(column: Column, kind: type[Value]) -> Value:
    """Return the value of such a column."""
    with collecting_later():
        return msgspec.msgpack.decode(column.data, type=kind)
