"""Statements in one order, however many there are: sorted in parts, the parts merged from files.

The order is that of the lines of N-Triples and N-Quads, so that the same content has the same order on every machine.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

MOST = 200_000
"""Lines that are sorted in memory at a time, some 100 MB."""


def sorted_lines(lines: Iterable[bytes], most: int = MOST) -> Iterator[bytes]:
    """Yield lines in order; no more than ``most`` of them are in memory at a time."""
    given = iter(lines)
    with ExitStack() as files:
        parts: list[IO[bytes]] = []
        while part := sorted(islice(given, most)):
            if not parts and len(part) < most:
                yield from part
                return
            spool = files.enter_context(TemporaryFile())
            spool.writelines(part)
            spool.seek(0)
            parts.append(spool)
        yield from merge(*parts)


def line(statement: Triple | Quad) -> bytes:
    """Return the line of a statement in N-Triples or N-Quads."""
    return f"{statement} .\n".encode()


@contextmanager
def ordered(triples: Iterable[Triple]) -> Iterator[Iterator[Triple]]:
    """Give triples in the order of their lines."""
    with TemporaryFile() as spool:
        spool.writelines(sorted_lines(map(line, triples)))
        spool.seek(0)
        yield (quad.triple for quad in pyoxigraph.parse(spool, RdfFormat.N_TRIPLES))
