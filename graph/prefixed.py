"""RDF with prefixes, whose lines the engine writes in another order in every process: the same content, the same bytes."""

import io
import re
from collections.abc import Iterable
from typing import IO, Any, cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.namespaces import PREFIXES

_PREFIXES = re.compile(rb"(?:@prefix [^\n]*\n)*")


class _SortedPrefixes(io.RawIOBase):
    """Puts the lines of prefixes, which come in another order in every process, into one order."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head = b""
        self._passed = False

    def write(self, data: Any) -> int:
        """Hold back the lines of prefixes until something else follows them."""
        self._head += bytes(data)
        end = _PREFIXES.match(self._head)
        if self._passed or (end and not self._head.startswith(b"@", end.end())):
            self.finish()
        return len(data)

    def finish(self) -> None:
        """Write what is held back."""
        end = 0 if self._passed else len((_PREFIXES.match(self._head) or [b""])[0])
        self._out.writelines(sorted(self._head[:end].splitlines(keepends=True)))
        self._out.write(self._head[end:])
        self._passed, self._head = self._passed or end < len(self._head), b""


def write_prefixed(statements: Iterable[Triple] | Iterable[Quad], out: IO[bytes], syntax: RdfFormat) -> None:
    """Write statements in a syntax with prefixes, which stand in one order in every process."""
    head = _SortedPrefixes(out)
    serialize(statements, cast("IO[bytes]", head), syntax, prefixes=PREFIXES)
    head.finish()


def turtle(triples: Iterable[Triple]) -> bytes:
    """Return triples as Turtle, whose prefixes stand in one order in every process."""
    out = io.BytesIO()
    write_prefixed(triples, out, RdfFormat.TURTLE)
    return out.getvalue()
