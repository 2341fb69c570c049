"""The current state of the library, opened once a process and shared by its threads.

A request takes the opened state at its beginning and gives it back at its end, so it sees one state from first to
last. When the library moves on, one thread opens the new state while the others still answer from the old one; the
old handles are closed when the last request on them has ended. Where somebody follows the library aside and makes new
states ready (``web.warming``), requests leave that to them.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock, Thread

import graph
import search
from graph.stores import Store
from ingest import changes
from ingest.changes import Change
from ingest.errors import LibraryEmpty
from ingest.library import Library, State
from search.index import Index
from web.directory import Directory
from web.exports import Exports
from web.plans import Plans
from web.sharing import Sharing

GIVEN = "renkei.opened"
"""In the environment of a request that the service puts to itself: the state that it is to read."""


class Opened:
    """A state of the library with its graph, its index and its directory."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.store: Store = graph.open(state.graph)
        self.index: Index = search.open_index(state.index)
        self.directory = Directory(state)
        self.plans = Plans(state, self.directory, self.store)
        self.sharing = Sharing(self.store, self.directory)
        self.users = 0
        Thread(target=self.index.prepare, daemon=True).start()

    @cached_property
    def fingerprint(self) -> str:
        """A short name of the content: equal for equal libraries, also after a restart."""
        return hashlib.sha256((self.state.path / "manifest.json").read_bytes()).hexdigest()[:16]

    @cached_property
    def published(self) -> datetime:
        """When the state was published."""
        return datetime.fromtimestamp((self.state.path / "manifest.json").stat().st_mtime, tz=UTC)

    @cached_property
    def exports(self) -> Exports:
        """The files that it is handed out in."""
        return Exports(self.state.path.parents[1], self.state)

    @cached_property
    def changes(self) -> list[Change]:
        """What this state and those before it changed, the newest first, as far back as is kept."""
        home = self.state.path.parents[1]
        return [change for change in reversed(changes.read(home)) if change.state <= self.state.name]

    @cached_property
    def gone(self) -> dict[str, Change]:
        """When each record went that was once here, by its id."""
        return {name: each for each in reversed(self.changes) for document in each.documents for name in document.gone}

    def close(self) -> None:
        """Let go of the files."""
        self.index.close()
        self.store.close()


class Reader:
    """Hands out the opened current state and moves on with the library.

    ``prepare`` makes a new state ready before it is handed out; then somebody has to call ``follow`` from time to time.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.prepare: Callable[[Opened], object] | None = None
        self._counting, self._moving = Lock(), Lock()
        self._current: Opened | None = None

    def acquire(self) -> Opened:
        """Take the current state for one request; raises ``LibraryEmpty``. Give it back with ``release``."""
        if self.prepare is None or self._current is None:
            self.follow()
        with self._counting:
            if self._current is None:
                raise LibraryEmpty(self.library.home)
            self._current.users += 1
            return self._current

    def release(self, opened: Opened) -> None:
        """Give a state back; one that is no longer current is closed by its last user."""
        with self._counting:
            opened.users -= 1
            unused = opened is not self._current and opened.users == 0
        if unused:
            opened.close()

    def close(self) -> None:
        """Let go of the current state; requests under way end first."""
        self._replace(None)

    def follow(self) -> None:
        """Move on to the current state of the library, unless another thread is doing so; raises what opening it does."""
        name, current = self.library.current_name(), self._current
        if name is None or (current is not None and current.state.name == name):
            return
        if not self._moving.acquire(blocking=current is None):
            return  # another thread is opening the new state; the old one still answers
        try:
            if self._current is None or self._current.state.name != name:
                self._replace(self._open())
        finally:
            self._moving.release()

    def _open(self) -> Opened:
        opened = Opened(self.library.current())
        if self.prepare is not None:
            self.prepare(opened)
        return opened

    def _replace(self, opened: Opened | None) -> None:
        with self._counting:
            old, self._current = self._current, opened
            unused = old is not None and old.users == 0
        if unused and old is not None:
            old.close()
