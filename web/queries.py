"""Foreign queries, two at a time: each runs in a process of its own that is ended at its limits.

A few may wait for their turn; more are turned away at once, so that queries never take all threads of the service.
"""

import contextlib
import os
import socket
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Condition
from typing import Any

from graph.errors import QueryInvalid, ResultTooLarge, StoreUnavailable
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

_COMMAND = (sys.executable, "-P", "-m", "web.sparql_worker")


class Worker:
    """A process that answers one query at a time; it is started when it is first needed, and again when it is lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def ask(self, header: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request and return the answer; raises ``TimeoutError``, ``EOFError`` and other ``OSError``."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._socket is not None  # noqa: S101  started above
        self._socket.settimeout(seconds)
        with self._socket.makefile("wb") as out, self._socket.makefile("rb") as source:
            worker.write_frame(out, header, body)
            return worker.read_frame(source)

    def _start(self) -> None:
        self.close()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(_COMMAND, stdin=theirs.fileno(), stdout=theirs.fileno())  # noqa: S603  our own module

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

    def ask(self, header: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
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

    def run(self, graph: Path, text: str, name: str) -> bytes:
        """Return the whole result of a query that was checked, in a format of ``graph.sparql``.

        Raises ``TooManyQueries``, ``QueryStopped``, ``QueryInvalid``, ``ResultTooLarge`` and ``StoreUnavailable``.
        """
        with self._worker() as turn:
            header, body = worker.request(graph, text, name, self.limits)
            try:
                answer, result = turn.ask(header, body, self.limits.seconds + GRACE)
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
        }
        return QueryStopped(limit.get(outcome, "the engine gave up on it"))

    @contextmanager
    def _worker(self) -> Iterator[Worker | FreshWorker]:
        with self._turn:
            if not self._idle and self._waiting >= WAITING:
                raise TooManyQueries(RETRY_AFTER)
            self._waiting += 1
            self._turn.wait_for(lambda: self._idle)
            self._waiting -= 1
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
