"""What is drawn on a page besides characters: lines along the axes, and how much of the page is pictures."""

from collections.abc import Callable
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf_page import Matrix, Point, apply, bounds, matrix, objects, placing, times

Edge = dict[str, Any]

MOST_SEGMENTS = 100_000
"""A page with more drawn segments than this is a map or a drawing."""
_THIN = 3.0
_STRAIGHT = 1.0


class TooManyEdgesError(Exception):
    """The page has more lines than a table can have."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page besides characters; ``pictures`` is their share of the page's area."""

    edges: list[Edge]
    pictures: float
    curves: int


def drawn_on(page: Any) -> Drawn:
    """Return the lines and pictures of a page; raises ``TooManyEdgesError``."""
    place = placing(page)
    edges: list[Edge] = []
    area, curves, count = 0.0, 0, 0
    for thing, around in objects(page):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = bounds(thing, around)
            area += (x1 - x0) * (y1 - y0)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            count += pdfium.FPDFPath_CountSegments(thing)
            if count > MOST_SEGMENTS:
                raise TooManyEdgesError
            lines, bends = _path(thing, around)
            curves += bends
            edges += [edge for a, b in lines if (edge := _edge(place(a), place(b)))]
    width, height = page.get_size()
    return Drawn(edges, area / max(width * height, 1), curves)


def _path(path: Any, around: Matrix) -> tuple[list[tuple[Point, Point]], int]:
    """Return the straight lines of a path that can be seen, and the number of its curves."""
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    is_stroked = bool(stroke.value) and not _is_white(path, pdfium.FPDFPageObj_GetStrokeColor)
    is_filled = bool(fill.value) and not _is_white(path, pdfium.FPDFPageObj_GetFillColor)
    lines, curves = _segments(path, times(matrix(path), around))
    if is_stroked:
        return lines, curves
    xs, ys = [p[0] for line in lines for p in line], [p[1] for line in lines for p in line]
    if not lines or not fill.value:
        return [], curves
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    if len(lines) <= 5 and max(xs) - min(xs) < _THIN:
        return ([((middle_x, min(ys)), (middle_x, max(ys)))] if is_filled else []), curves
    if len(lines) <= 5 and max(ys) - min(ys) < _THIN:
        return ([((min(xs), middle_y), (max(xs), middle_y))] if is_filled else []), curves
    return (lines if is_filled else []), curves


def _segments(path: Any, around: Matrix) -> tuple[list[tuple[Point, Point]], int]:
    lines: list[tuple[Point, Point]] = []
    begin = at = (0.0, 0.0)
    curves = 0
    x, y = c_float(), c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        to = apply(around, (x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = to
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            lines.append((at, to))
        else:
            curves += 1
        at = to
        if pdfium.FPDFPathSegment_GetClose(segment):
            lines.append((at, begin))
            at = begin
    return lines, curves


def _is_white(thing: Any, get: Callable[..., int]) -> bool:
    """Tell whether a colour cannot be seen on paper; some programs paint every background."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not get(thing, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= 250


def _edge(a: Point, b: Point) -> Edge | None:
    """Return a line along an axis in the form that ``pdfplumber.table`` reads, None for any other."""
    x0, x1 = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    if max(x1 - x0, bottom - top) < 1 or min(x1 - x0, bottom - top) > _STRAIGHT:
        return None
    return edge(x0, top, x1, top) if x1 - x0 > bottom - top else edge(x0, top, x0, bottom)


def edge(x0: float, top: float, x1: float, bottom: float) -> Edge:
    """Return a line along an axis in the form that ``pdfplumber.table`` reads."""
    size = {"width": x1 - x0, "height": bottom - top, "doctop": top, "orientation": "v" if x0 == x1 else "h"}
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, **size}
