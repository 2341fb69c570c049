"""Requests as they come over the wire, where the server's own reading is too strict or too lax.

An address typed or linked in Japanese may arrive as the bytes of its UTF-8: what must be percent-encoded is, and the
rest is left as it came. A request with two lengths is refused (RFC 9112, section 6.1): a proxy in front may have
believed the other one.
"""

from urllib.parse import quote_from_bytes

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError

_ASCII = bytes(range(0x80)).decode("ascii")


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request in the making."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the first line and the headers; raises ``ParsingError``."""
        first, end, rest = header_plus.partition(b"\r\n")
        super().parse_header(_encoded(first) + end + rest)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("both Content-Length and Transfer-Encoding")


def _encoded(line: bytes) -> bytes:
    """Percent-encode the bytes that are not ASCII and nothing else."""
    return line if line.isascii() else quote_from_bytes(line, safe=_ASCII).encode("ascii")


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read as here."""

    parser_class = Request
