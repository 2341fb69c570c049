"""Foreign queries, two at a time: each runs in a process of its own that is ended at its limits.

A few may wait for their turn; more are turned away at once, so that queries never take all threads of the service.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Condition
from typing import Any

from graph.errors import QueryInvalid, ResultTooLarge, StoreUnavailable
from graph.stores import Scope
from web import sparql_worker as worker
from web.errors import QueryStopped, TooManyQueries
from web.sparql_worker import Limits

WORKERS = 2
"""Queries that run at the same time."""
WAITING = 16
"""Queries that may wait."""
GRACE = 3.0
"""Seconds that a worker may be late before it is replaced; starting one takes part of it."""
RETRY_AFTER = 5
"""Seconds after which a client that was turned away may ask again."""
LOOK = 0.2
"""Seconds between two looks at whether the client is still there."""

Gone = Callable[[], bool]
"""Tells whether the one who asked is there no more."""
_GONE = "the one who asked is gone"

_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
"""The C library sets apart 64 MB of addresses for each thread, which would count as the memory of a query."""
_COMMAND = (sys.executable, "-P", "-m", "web.sparql_worker")


def never() -> bool:
    """Tell that the one who asked is still there, where nobody can know."""
    return False


class Worker:
    """A process that answers one query at a time; it is started when it is first needed, and again when it is lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def ask(self, header: dict[str, Any], body: bytes, seconds: float, gone: Gone) -> tuple[dict[str, Any], bytes]:
        """Send a request and return the answer; raises ``TimeoutError``, ``EOFError`` and other ``OSError``.

        Where the one who asked is gone, the query is ended and the answer says so.
        """
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._socket is not None  # noqa: S101  started above
        self._socket.settimeout(seconds)  # also bounds the writing
        with self._socket.makefile("wb") as out, self._socket.makefile("rb") as source:
            worker.write_frame(out, header, body)
            if not self._answers(seconds, gone):
                worker.write_frame(out, worker.CANCEL, b"")
            return worker.read_frame(source)

    def _answers(self, seconds: float, gone: Gone) -> bool:
        """Wait for an answer; False where the one who asked is gone before there is one."""
        assert self._socket is not None  # noqa: S101  started by ``ask``
        deadline = time.monotonic() + seconds
        self._socket.settimeout(LOOK)
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    self._socket.recv(1, socket.MSG_PEEK)
                    return True
                if gone():
                    return False
                if time.monotonic() > deadline:
                    raise TimeoutError
        finally:
            self._socket.settimeout(GRACE)

    def _start(self) -> None:
        self.close()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module
                _COMMAND, stdin=theirs.fileno(), stdout=theirs.fileno(), env={**os.environ, **_ENVIRONMENT}
            )

    def close(self) -> None:
        """End the process; its child is ended with it."""
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
            self._process.kill()
            self._process.wait()
        self._process = self._socket = None


class FreshWorker:
    """A process for each query, where there is no fork."""

    def ask(self, header: dict[str, Any], body: bytes, seconds: float, gone: Gone) -> tuple[dict[str, Any], bytes]:  # noqa: ARG002  one signature for both
        """Send a request to a new process and return its answer; raises ``TimeoutError`` and ``EOFError``."""
        frame = BytesIO()
        worker.write_frame(frame, header, body)
        try:
            done = subprocess.run(  # noqa: S603  our own module
                [*_COMMAND, "--once"], input=frame.getvalue(), capture_output=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        return worker.read_frame(BytesIO(done.stdout))

    def close(self) -> None:
        """Nothing is kept between two queries."""


class Queries:
    """Runs queries that people and programs write; made once a service, used by all its threads."""

    def __init__(self, limits: Limits | None = None, *, fork: bool = hasattr(os, "fork")) -> None:
        self.limits = limits or Limits()
        self._idle: list[Worker | FreshWorker] = [Worker() if fork else FreshWorker() for _ in range(WORKERS)]
        self._waiting = 0
        self._turn = Condition()
        self.close = weakref.finalize(self, _close, list(self._idle))

    def run(
        self,
        graph: Path,
        text: str,
        name: str,
        *,
        scope: Scope | None = None,
        base: str | None = None,
        gone: Gone = never,
    ) -> bytes:
        """Return the whole result of a query that was checked, in a format of ``graph.sparql``.

        ``gone`` tells whether the one who asked is there no more: then the query is ended, or does not begin.
        Raises ``TooManyQueries``, ``QueryStopped``, ``QueryInvalid``, ``ResultTooLarge`` and ``StoreUnavailable``.
        """
        with self._worker(gone) as turn:
            header, body = worker.request(graph, text, name, self.limits, scope=scope, base=base)
            try:
                answer, result = turn.ask(header, body, self.limits.seconds + GRACE, gone)
            except TimeoutError:
                turn.close()
                answer, result = {"outcome": worker.TIME, "detail": ""}, b""
            except (EOFError, OSError, ValueError):
                turn.close()
                answer, result = {"outcome": worker.CRASH, "detail": ""}, b""
        if answer["outcome"] != worker.DONE:
            raise self._fault(answer["outcome"], answer["detail"], graph)
        return result

    def _fault(self, outcome: str, detail: str, graph: Path) -> Exception:
        if outcome == worker.INVALID:
            return QueryInvalid(detail)
        if outcome == worker.TOO_MANY:
            return ResultTooLarge(self.limits.rows)
        if outcome == worker.UNAVAILABLE:
            return StoreUnavailable(graph, detail)
        limit = {
            worker.TIME: f"it ran longer than {self.limits.seconds:g} seconds",
            worker.MEMORY: f"it needed more than {self.limits.memory >> 20} MB of memory",
            worker.SIZE: f"its result is larger than {self.limits.size >> 20} MB",
            worker.CANCELLED: _GONE,
        }
        return QueryStopped(limit.get(outcome, "the engine gave up on it"))

    @contextmanager
    def _worker(self, gone: Gone) -> Iterator[Worker | FreshWorker]:
        with self._turn:
            if not self._idle and self._waiting >= WAITING:
                raise TooManyQueries(RETRY_AFTER)
            self._waiting += 1
            while not self._turn.wait_for(lambda: self._idle, LOOK) and not gone():
                pass
            self._waiting -= 1
            if not self._idle:
                raise QueryStopped(_GONE)
            taken = self._idle.pop()
        try:
            yield taken
        finally:
            with self._turn:
                self._idle.append(taken)
                self._turn.notify()


def _close(workers: list[Worker | FreshWorker]) -> None:
    for each in workers:
        each.close()
