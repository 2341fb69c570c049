"""A network in columns: what belongs to whom, read from left to right; every label has a box of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.pictures.drawing import INK, LINE, SOFT, broken, colour, element, legend, linked, picture, words
from web.pictures.network import Column, Link, Node, between, untangled

_BOX, _ROOM, _GAP, _LEADING = 264, 240, 96, 10
_TOP, _EDGE = 48, 16
_SIZE, _SMALL = 14, 12
_MOST_BLANK = 160
"""Room above a node that stands alone in its column: what a small screen shows first has it."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A node with its place and its broken words."""

    node: Node
    x: float
    y: float
    height: float
    lines: list[str]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def draw(
    columns: Sequence[Column],
    links: Sequence[Link],
    *,
    title: str,
    description: str,
    named: Sequence[tuple[str, int]] = (),
) -> Markup:
    """Draw nodes in columns with curves between them; ``named`` colours stand in a legend below."""
    ordered = untangled([column for column in columns if column.nodes], links)
    height = max((_height(column) for column in ordered), default=0.0)
    boxes = {box.node.key: box for place, column in enumerate(ordered) for box in _stack(column, place, height)}
    nodes = {key: box.node for key, box in boxes.items()}
    size = (2 * _EDGE + len(ordered) * _BOX + max(0, len(ordered) - 1) * _GAP, _TOP + height + _EDGE)
    headings = [
        words([column.heading], _EDGE + place * (_BOX + _GAP), 28, _SMALL + 1, fill=SOFT, font_weight=700)
        for place, column in enumerate(ordered)
    ]
    curves = [_curve(boxes[link.a], boxes[link.b], link) for link in between(nodes, links)]
    names, more = legend(named, size[1], size[0])
    parts = [*headings, *curves, *map(_box, boxes.values()), *names]
    return picture((size[0], size[1] + more), title, description, parts)


def _lines(node: Node) -> list[str]:
    return broken(node.label, _ROOM, _SIZE, 2)


def _tall(node: Node) -> float:
    return 18 + len(_lines(node)) * _SIZE * 1.35 + (_SMALL * 1.35 if node.note else 0)


def _height(column: Column) -> float:
    return sum(_tall(node) + _LEADING for node in column.nodes) - _LEADING


def _stack(column: Column, place: int, height: float) -> Iterator[_Box]:
    """Place the nodes of a column below one another, with the room that is left shared out between them."""
    spare = (height - _height(column)) / len(column.nodes)
    y = _TOP + (min(spare / 2, _MOST_BLANK) if len(column.nodes) == 1 else spare / 2)
    for node in column.nodes:
        box = _Box(node, _EDGE + place * (_BOX + _GAP), y, _tall(node), _lines(node))
        yield box
        y += box.height + _LEADING + spare


def _curve(a: _Box, b: _Box, link: Link) -> Markup:
    if a.x > b.x:
        a, b = b, a
    start, end = a.x + _BOX, b.x
    if a.x == b.x:
        bend = start + _GAP * 0.5
        path = f"M{start:.1f} {a.middle:.1f}C{bend:.1f} {a.middle:.1f} {bend:.1f} {b.middle:.1f} {start:.1f} {b.middle:.1f}"
    else:
        half = (end - start) / 2
        path = (
            f"M{start:.1f} {a.middle:.1f}C{start + half:.1f} {a.middle:.1f} "
            f"{end - half:.1f} {b.middle:.1f} {end:.1f} {b.middle:.1f}"
        )
    stroke = colour(b.node.colour)[0] if b.node.colour != a.node.colour else LINE
    return element(
        "path",
        *([element("title", link.title)] if link.title else []),
        d=path,
        fill="none",
        stroke=stroke,
        stroke_opacity=0.55,
        stroke_width=min(1 + link.weight, 8),
    )


def _box(box: _Box) -> Markup:
    dark, pale = colour(box.node.colour)
    node = box.node
    fill, ink = (dark, "#ffffff") if node.strong else (pale, INK)
    parts = [
        element("title", " ".join(filter(None, (node.note, node.label)))),
        element("rect", x=box.x, y=box.y, width=_BOX, height=box.height, rx=8, fill=fill, stroke=dark),
    ]
    y = box.y + 9 + _SIZE
    if node.note:
        parts.append(words([node.note], box.x + 12, y - 2, _SMALL, fill=ink if node.strong else dark, font_weight=700))
        y += _SMALL * 1.35
    parts.append(words(box.lines, box.x + 12, y, _SIZE, fill=ink, font_weight=700 if node.strong else None))
    return linked(node.address, *parts)
