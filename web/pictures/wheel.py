"""A whole network on an oval: nodes of one group side by side, names outside, links through the inside.

Nodes have equal distances from top to bottom on either side, so that their names, written level, never meet.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.pictures.drawing import INK, SOFT, colour, element, ending, legend, linked, picture, width
from web.pictures.network import Column, Link, Node, between, untangled

_LEAST, _STEP, _WIDEST, _ROOM, _EDGE = 140.0, 24.0, 250.0, 280.0, 16.0
_NARROWEST = 36.0
_SIZE = 14


@dataclass(frozen=True, slots=True)
class _Place:
    node: Node
    x: float
    y: float
    right: bool


def draw(
    groups: Sequence[Column],
    links: Sequence[Link],
    *,
    title: str,
    description: str,
    named: Sequence[tuple[str, int]] = (),
) -> Markup:
    """Draw groups of nodes around an oval with the links between; ``named`` colours stand in a legend below."""
    left, right = _sides(untangled(groups, links))
    most = max(len(left), len(right), 1)
    radius = max(_LEAST, most * _STEP / 2)
    across = min(radius, _WIDEST, _NARROWEST + 20 * most)
    # Names have the room that the longest needs: a phone begins at the left edge, which shall not be blank.
    room = min(_ROOM, max(map(_wide, (*left, *right)), default=_ROOM))
    centre = (_EDGE + room + 12 + across, _EDGE + radius)
    places = {
        place.node.key: place
        for nodes, side in ((left, -1), (right, 1))
        for place in _spread(nodes, side, centre, (across, radius))
    }
    nodes = {key: place.node for key, place in places.items()}
    heaviest = max((link.weight for link in links), default=1)
    curves = [_curve(places[link.a], places[link.b], centre, link, heaviest) for link in between(nodes, links)]
    size = (2 * centre[0], 2 * centre[1])
    names, more = legend(named, size[1], size[0])
    return picture((size[0], size[1] + more), title, description, [*curves, *map(_label, places.values()), *names])


def _sides(groups: Sequence[Column]) -> tuple[list[Node], list[Node]]:
    """Share groups out to both sides so that these are about as long, no group on both where that can be helped."""
    total, left, right = sum(len(group.nodes) for group in groups), list[Node](), list[Node]()
    for group in groups:
        half = total / 2
        if len(left) + len(group.nodes) / 2 <= half or not left:
            left += group.nodes
        else:
            right += group.nodes
    if not right and len(left) > 1:
        middle = len(left) // 2
        left, right = left[:middle], left[middle:][::-1]
    return left, right


def _spread(nodes: Sequence[Node], side: int, centre: tuple[float, float], radii: tuple[float, float]) -> list[_Place]:
    found = []
    for n, node in enumerate(nodes):
        rise = -1 + (2 * n + 1) / len(nodes)
        away = math.sqrt(1 - rise * rise)
        found.append(_Place(node, centre[0] + side * away * radii[0], centre[1] + rise * radii[1], side > 0))
    return found


def _curve(a: _Place, b: _Place, centre: tuple[float, float], link: Link, heaviest: int) -> Markup:
    share = link.weight / heaviest
    return element(
        "path",
        element("title", link.title),
        d=f"M{a.x:.1f} {a.y:.1f}{_way(a, b, centre)}{b.x:.1f} {b.y:.1f}",
        fill="none",
        stroke=colour(a.node.colour)[0],
        stroke_opacity=round(0.3 + 0.5 * share, 2),
        stroke_width=round(1.25 + 6 * share, 1),
    )


def _way(a: _Place, b: _Place, centre: tuple[float, float]) -> str:
    """Lead a link level from side to side; between nodes of one side it bends inwards."""
    if a.right != b.right:
        middle = (a.x + b.x) / 2
        return f"C{middle:.1f} {a.y:.1f} {middle:.1f} {b.y:.1f} "
    return f"Q{(centre[0] + (a.x + b.x) / 2) / 2:.1f} {(a.y + b.y) / 2:.1f} "


def _wide(node: Node) -> float:
    """Return the room that the name of a node and its note need."""
    return width(node.label, _SIZE) + (width(node.note, 12) + 8 if node.note else 0)


def _label(place: _Place) -> Markup:
    node, dark = place.node, colour(place.node.colour)[0]
    line = ending(node.label, _ROOM - (width(node.note, 12) + 8 if node.note else 0), _SIZE)
    side = 1 if place.right else -1
    reach = min(_ROOM, _wide(node)) + 24
    text = element("tspan", line)
    note = element("tspan", node.note, font_size=12, fill=SOFT, dx=side * 6 if place.right else 0)
    parts = [text, note] if place.right else [note, element("tspan", line, dx=6 if node.note else 0)]
    return linked(
        node.address,
        element("title", " ".join(filter(None, (node.label, node.note)))),
        # As high as a finger needs, whatever the letters are.
        element(
            "rect",
            x=place.x - 10 if place.right else place.x + 10 - reach,
            y=place.y - _STEP / 2,
            width=reach,
            height=_STEP,
            fill="#ffffff",
            fill_opacity=0,
        ),
        element("circle", cx=place.x, cy=place.y, r=7, fill=dark, stroke="#ffffff", stroke_width=2),
        element(
            "text",
            *parts,
            x=place.x + side * 12,
            y=place.y + 5,
            font_size=_SIZE,
            fill=INK,
            text_anchor="start" if place.right else "end",
        ),
    )
