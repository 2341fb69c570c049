"""The package of an Office file (OOXML: a zip of XML parts), looked through before its library opens it.

One pass over the unpacked bytes counts what they would cost and finds document type declarations: no program writes
them into Office files, they only serve entity bombs and outside references.
"""

import re
import zipfile
from collections.abc import Iterator

from openpyxl.utils.cell import coordinate_to_tuple

from ingest.errors import RefusedFile, UnreadableFile
from ingest.readers.sources import SourceFile

_CHUNK = 1 << 20
_OVERLAP = 64
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)|\0<\0!\0(?:D\0O\0C|E\0N\0T)")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


def look_through(source: SourceFile) -> bool:
    """Check a package against the limits and return whether a sheet has formulas; raises ``RefusedFile``."""
    with zipfile.ZipFile(source.path) as package:
        parts = package.infolist()
        source.refuse_above(len(parts), 20 * source.limits.entries, "parts in its package")
        source.refuse_above(sum(part.file_size for part in parts), source.limits.unpacked_bytes, "bytes when unpacked")
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableFile(source.name, "it is locked with a password", "save it again without the password")
        cells, merged, has_formulas = 0, 0, False
        for part in parts:
            if not part.filename.endswith((".xml", ".rels", ".vml")):
                continue
            in_sheet = part.filename.startswith("xl/worksheets/")
            for chunk in _chunks(package, part):
                if _DECLARATION.search(chunk):
                    raise RefusedFile(source.name, f"its part {part.filename} declares entities of its own")
                if in_sheet:
                    cells += len(_CELL.findall(chunk, _OVERLAP))
                    merged += sum(map(_area, _MERGED.findall(chunk)))
                    has_formulas = has_formulas or bool(_FORMULA.search(chunk))
                    source.refuse_above(cells, source.limits.cells, "cells")
                    source.refuse_above(merged, 3 * source.limits.cells, "merged cells")
    return has_formulas


def count_sheets(source: SourceFile) -> int:
    """Return the number of sheets that a workbook names, also of those whose part is missing."""
    with zipfile.ZipFile(source.path) as package:
        return len(_SHEET.findall(package.read("xl/workbook.xml")))


def _area(reference: bytes) -> int:
    first, last = (coordinate_to_tuple(end) for end in reference.decode("ascii").split(":"))
    return (last[0] - first[0] + 1) * (last[1] - first[1] + 1)


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a part in pieces, each beginning with the last bytes of the one before."""
    tail = b" " * _OVERLAP
    with package.open(part) as stream:
        while data := stream.read(_CHUNK):
            yield tail + data
            tail = (tail + data)[-_OVERLAP:]
