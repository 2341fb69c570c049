"""A page of pdfium: what stands on it, and where that is on the page as it is shown.

Coordinates come out in points from the upper left corner: the crop box and the rotation of the page, and the matrices
of the forms that things are drawn in, are taken into account.
"""

from collections.abc import Callable, Iterator
from ctypes import c_float
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

_DEPTH = 8
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def open_document(path: Path) -> Any:
    """Open a document; raises ``PermissionError`` where it is locked, ``ValueError`` where it is damaged."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise PermissionError(str(error)) from error
        raise ValueError(str(error)) from error


def objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Yield what stands on a page, with the matrix of the forms around it."""
    yield from _objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _IDENTITY, 0)


def _objects(
    parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], around: Matrix, depth: int
) -> Iterator[tuple[Any, Matrix]]:
    for index in range(count(parent)):
        thing = get(parent, index)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_FORM:
            yield thing, around
        elif depth < _DEPTH:
            inner = times(matrix(thing), around)
            yield from _objects(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)


def placing(page: Any) -> Callable[[Point], Point]:
    """Return the function from a point of the page's own space to points from the upper left corner as shown."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, Callable[[Point], Point]] = {
        0: lambda p: (p[0] - left, top - p[1]),
        90: lambda p: (p[1] - bottom, p[0] - left),
        180: lambda p: (right - p[0], p[1] - bottom),
        270: lambda p: (top - p[1], right - p[0]),
    }
    return turns[page.get_rotation()]


def matrix(thing: Any) -> Matrix:
    """Return the matrix of a thing inside its page or form."""
    values = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, values):
        return _IDENTITY
    return values.a, values.b, values.c, values.d, values.e, values.f


def times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that first does ``m``, then ``n``."""
    a, b, c, d, e, f = m
    (ax, ay), (cx, cy) = _linear(n, (a, b)), _linear(n, (c, d))
    ex, ey = apply(n, (e, f))
    return ax, ay, cx, cy, ex, ey


def _linear(m: Matrix, p: Point) -> Point:
    return m[0] * p[0] + m[2] * p[1], m[1] * p[0] + m[3] * p[1]


def apply(m: Matrix, p: Point) -> Point:
    """Return where a matrix puts a point."""
    x, y = _linear(m, p)
    return x + m[4], y + m[5]


def bounds(thing: Any, around: Matrix = _IDENTITY) -> tuple[float, float, float, float]:
    """Return the box of a thing, as left, lower, right and upper end."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    (x0, y0), (x1, y1) = apply(around, (left.value, bottom.value)), apply(around, (right.value, top.value))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
