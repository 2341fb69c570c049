"""Bad text files and pages: bytes that are no text, nesting, spans that explode."""

import random

from attacks import Attack

_TABLE = "<!DOCTYPE html><html><body><table>{}</table></body></html>"
_ENTITIES = (
    '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><html><body><p>&b;</p></body></html>'
)


def _noise() -> bytes:
    return random.Random(7).randbytes(200_000)  # noqa: S311  noise, the same each time


ATTACKS = (
    Attack("empty.txt", lambda: b"", "UnreadableFile", "empty"),
    Attack("zeros.txt", lambda: bytes(5000), "UnreadableFile", "binary"),
    Attack("zeros-inside.txt", lambda: ("文書" * 3000).encode() + bytes(9) + b"x", "UnreadableFile", "encoding"),
    Attack("noise.txt", _noise, "UnreadableFile", "binary"),
    Attack("noise-later.txt", lambda: b"text " * 2000 + _noise(), "UnreadableFile", "encoding"),
    Attack(
        "two-encodings.txt",
        lambda: ("前半の文" * 30).encode() + ("後半の文と数字" * 30).encode("cp932"),
        "UnreadableFile",
        "encoding",
    ),
    Attack("half-pair.txt", lambda: b"\xff\xfe" + "文".encode("utf-16-le") + b"\x00\xd8", "UnreadableFile", "encoding"),
    Attack("odd.txt", lambda: b"\xfe\xff\x30", "UnreadableFile", "encoding"),
    Attack("escapes.txt", lambda: b"\x1b[31mred\x1b[0m plain", "UnreadableFile", "encoding"),
    Attack("program.txt", lambda: b"\x7fELF" + bytes(500), "UnreadableFile", "a program"),
    Attack("picture.md", lambda: b"\xff\xd8\xff\xe0" + bytes(99), "UnreadableFile", "a JPEG picture"),
    Attack("long-field.csv", lambda: b'"' + b"a" * 200_000, "UnreadableFile", "columns"),
    Attack("many-cells.csv", lambda: b"1,\n" * 200_000, "RefusedFile", "cells"),
    Attack("long.txt", lambda: b"a" * 5_500_000, "RefusedFile", "characters of text"),
    Attack("too-large.txt", lambda: b"a\n" * 5_100_000, "RefusedFile", "bytes"),
    Attack("deep.html", lambda: b"<div>" * 100_000 + b"x", "RefusedFile", "nested"),
    Attack("cells.html", lambda: _TABLE.format("<tr><td>1<td>2</tr>" * 160_000).encode(), "RefusedFile", "cells"),
    Attack(
        "spans.html",
        lambda: _TABLE.format("<tr><td rowspan=9999 colspan=1000>1</td><td>2</td></tr>" * 900).encode(),
        "RefusedFile",
        "cells",
    ),
    Attack("entities.html", _ENTITIES.encode, "Extract"),
    Attack("zip.html", lambda: b"PK\x05\x06" + bytes(18), "UnreadableFile", "a zip archive"),
    Attack("nothing.html", lambda: b"<!DOCTYPE html>", "UnreadableFile", "no content"),
)
