"""The process in which foreign queries run: it forks a child for each, and ends it at its limits.

Started as ``python -m web.sparql_worker`` by ``web.queries``, with a socket as stdin and stdout. Over it go frames: a
JSON header of one line, then as many bytes as its ``size`` says. A request has ``graph`` (the folder of a state's graph),
``format``, ``limits``, ``scope``, ``base`` and the query as its body; an answer has ``outcome`` and ``detail``, and the result as
its body. A request with ``cancel`` has no answer of its own: it ends the query under way, if one is, with ``cancelled``.
This process has one thread and opens no store, so that forking is sound; the child opens the store for reading, which
takes some 12 ms. With ``--once`` (where there is no fork) one query is answered in this very process, and whoever
started it ends it.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from graph import open as open_graph
from graph.errors import QueryInvalid, ResultTooLarge, StoreUnavailable
from graph.sparql import evaluate
from graph.stores import Scope

DONE, INVALID, TOO_MANY, UNAVAILABLE = "done", "invalid", "too-many", "unavailable"
TIME, MEMORY, SIZE, CRASH, CANCELLED = "time", "memory", "size", "crash", "cancelled"
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LONGEST_DETAIL = 2000
_POLITE = 10
"""By how much a query gives way to the pages (nice)."""
CANCEL: dict[str, Any] = {"cancel": True}
"""The header that ends the query under way."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds, bytes of memory, bytes of its result, and rows (or triples) of it.

    The memory is counted from where the store is open: opening starts threads, whose address space is not the query's.
    """

    seconds: float = 5.0
    memory: int = 768 << 20
    size: int = 32 << 20
    rows: int = 10_000


def write_frame(out: IO[bytes], header: dict[str, Any], body: bytes) -> None:
    """Write a header and a body."""
    out.write(json.dumps({**header, "size": len(body)}).encode() + b"\n" + body)
    out.flush()


def read_frame(source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read a header and a body; raises ``EOFError`` where the other end is gone."""
    line = source.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    header: dict[str, Any] = json.loads(line)
    body = source.read(header["size"])
    if len(body) < header["size"]:
        raise EOFError
    return header, body


def request(
    graph: Path, text: str, name: str, limits: Limits, *, scope: Scope | None = None, base: str | None = None
) -> tuple[dict[str, Any], bytes]:
    """Return the frame that asks for a query's result in a format."""
    seen = asdict(scope) if scope else None
    header = {"graph": str(graph), "format": name, "limits": asdict(limits), "scope": seen, "base": base}
    return header, text.encode()


def main() -> None:
    """Answer queries until the other end is gone."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    if "--once" in sys.argv:
        header, body = read_frame(source)
        with TemporaryFile() as spool:
            answer = _answer(header, body.decode(), spool)
            _reply(out, answer, spool)
        return
    leave_network()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service that started this ends it
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            header, body = read_frame(source)
            if "cancel" in header:
                continue  # it came too late: the query has ended by itself
            with TemporaryFile() as spool:
                _reply(out, supervise(header, body.decode(), spool, source), spool)


def _reply(out: IO[bytes], answer: dict[str, str], spool: IO[bytes]) -> None:
    spool.seek(0)
    write_frame(out, answer, spool.read() if answer["outcome"] == DONE else b"")


def leave_network() -> bool:
    """Move into a network namespace without any route, so that no query can reach another machine; tell whether it went.

    Linux only, and only where the system allows it; queries that name other servers are refused before they come here.
    """
    import ctypes  # noqa: PLC0415  not there on every system

    with contextlib.suppress(OSError, AttributeError):
        unshare = ctypes.CDLL(None).unshare
        return bool(unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0)
    return False


def supervise(header: dict[str, Any], text: str, spool: IO[bytes], control: IO[bytes]) -> dict[str, str]:
    """Answer a query in a child, which is gone when this returns; whatever comes over ``control`` ends it.

    Raises ``EOFError`` where the one who asked goes away meanwhile.
    """
    limits = Limits(**header["limits"])
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _be_child(header, text, spool, writing)
    os.close(writing)
    deadline = time.monotonic() + limits.seconds
    ready = select.select([reading, control.fileno()], [], [], limits.seconds)[0]
    said = os.read(reading, 1 << 16) if reading in ready else b""
    late = time.monotonic() >= deadline
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(reading)
    if said:
        answer: dict[str, str] = json.loads(said)
        return answer
    if ready and reading not in ready:
        read_frame(control)
        return {"outcome": CANCELLED, "detail": ""}
    return {"outcome": _why(status, late=late), "detail": ""}


def _why(status: int, *, late: bool) -> str:
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if late or ended == signal.SIGXCPU:
        return TIME
    # An allocation that fails ends a Rust program by SIGABRT.
    return MEMORY if ended in {signal.SIGABRT, signal.SIGKILL} else CRASH


def _be_child(header: dict[str, Any], text: str, spool: IO[bytes], writing: int) -> None:
    """Answer the query and end this process, whatever happens."""
    try:
        os.close(0)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.nice(_POLITE)
        _limit(Limits(**header["limits"]))
        os.write(writing, json.dumps(_answer(header, text, spool, limited=True)).encode())
    finally:
        os._exit(0)


def _limit(limits: Limits) -> None:
    import resource  # noqa: PLC0415  not there on every system

    seconds = int(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.size),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _limit_memory(more: int) -> None:
    """Let this process have so many bytes more than it has."""
    import resource  # noqa: PLC0415  not there on every system

    with contextlib.suppress(OSError):  # no such table: not Linux
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        more += pages * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (more, more))


def _answer(header: dict[str, Any], text: str, spool: IO[bytes], *, limited: bool = False) -> dict[str, str]:
    """Write the result into the spool; return how it went."""
    limits = Limits(**header["limits"])
    try:
        scope = Scope(**header["scope"]) if header["scope"] else None
        store = open_graph(Path(header["graph"]))
        if limited:
            _limit_memory(limits.memory)
        evaluate(store, text, header["format"], spool, most=limits.rows, scope=scope, base=header["base"])
        spool.flush()
    except ResultTooLarge:
        return {"outcome": TOO_MANY, "detail": ""}
    except QueryInvalid as error:
        return {"outcome": INVALID, "detail": error.reason[:_LONGEST_DETAIL]}
    except MemoryError:
        return {"outcome": MEMORY, "detail": ""}
    except (StoreUnavailable, OSError) as error:
        full = os.fstat(spool.fileno()).st_size >= limits.size
        return {"outcome": SIZE if full else UNAVAILABLE, "detail": str(error)[:_LONGEST_DETAIL]}
    return {"outcome": DONE, "detail": ""}


if __name__ == "__main__":
    main()
