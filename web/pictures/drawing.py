"""SVG as text: elements with escaped attributes, words measured and broken into lines."""

import unicodedata
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

FONT = "'Noto Sans JP', -apple-system, BlinkMacSystemFont, 'Noto Sans CJK JP', sans-serif"
INK, SOFT, LINE, PALE = "#1a1a1a", "#4d4d4d", "#949494", "#cccccc"

COLOURS = (
    ("#0017c1", "#e8f1fe"),
    ("#197a4b", "#e6f5ec"),
    ("#c74700", "#ffeee2"),
    ("#5c10be", "#f1eafa"),
    ("#006f83", "#e9f7f9"),
    ("#8b008b", "#f3e5f4"),
    ("#806300", "#fbf5e0"),
    ("#a90000", "#fdeeee"),
    ("#0066be", "#f0f9ff"),
    ("#507500", "#ebfad9"),
    ("#4d4d4d", "#f2f2f2"),
)
"""Pairs of a dark colour (at least 4.5:1 on white) and its pale ground, from the design system's palette."""

_WIDE = {"W", "F", "A"}
_NARROW = 0.58
_MARGIN = 16.0


def colour(place: int) -> tuple[str, str]:
    """Return the dark and the pale colour of the n-th thing of a kind; after eleven they begin again."""
    return COLOURS[place % len(COLOURS)]


def width(text: str, size: float = 14) -> float:
    """Return about how wide a text is at a font size: Japanese characters are square, others little over half that."""
    return sum(size if unicodedata.east_asian_width(c) in _WIDE else size * _NARROW for c in text)


def broken(text: str, room: float, size: float = 14, lines: int = 2) -> list[str]:
    """Break a text into lines that fit a room; what does not fit on the last is cut with an ellipsis."""
    found = [""]
    for character in text:
        if width(found[-1] + character, size) > room and found[-1]:
            if len(found) == lines:
                return [*found[:-1], _cut(found[-1], room, size)]
            found.append("")
        found[-1] += character
    return found


def ending(text: str, room: float, size: float = 14) -> str:
    """Return a text, or as much of its end as fits after an ellipsis: what tells departments apart stands last."""
    if width(text, size) <= room:
        return text
    while text and width(f"…{text}", size) > room:
        text = text[1:]
    return f"…{text}"


def _cut(line: str, room: float, size: float) -> str:
    while line and width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line}…"


def element(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """Return an element; ``_`` in a name stands for ``-``, one at its end for nothing; None leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_figure(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>{''.join(map(escape, children))}</{name}>")  # noqa: S704  each part is escaped


def words(lines: Sequence[str], x: float, y: float, size: float = 14, **attributes: object) -> Markup:
    """Return lines of text, the first with its baseline at ``y``, 1.35 of the size apart."""
    spans = [element("tspan", line, x=x, dy=0 if n == 0 else size * 1.35) for n, line in enumerate(lines)]
    return element("text", *spans, x=x, y=y, font_size=size, **{"fill": INK, **attributes})


def linked(address: str | None, *children: Markup) -> Markup:
    """Return elements as one link, or as a group where there is no address."""
    return element("a", *children, href=address) if address else element("g", *children)


def legend(entries: Sequence[tuple[str, int]], top: float, room: float) -> tuple[list[Markup], float]:
    """Return dots with names in rows below ``top``, and the height that they take; no entries take none."""
    parts, x, y = list[Markup](), _MARGIN, top + _MARGIN
    for name, place in entries:
        wide = width(name, 13) + 34
        if x + wide > room and x > _MARGIN:
            x, y = _MARGIN, y + 22
        parts.append(element("circle", cx=x + 6, cy=y, r=6, fill=colour(place)[0]))
        parts.append(words([name], x + 17, y + 5, 13, fill=SOFT))
        x += wide
    return parts, y + _MARGIN - top if entries else 0.0


def picture(size: tuple[float, float], title: str, description: str, parts: Iterable[Markup]) -> Markup:
    """Return a whole picture with title and description; a page shows one."""
    return element(
        "svg",
        element("title", title, id="picture-title"),
        element("desc", description, id="picture-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=round(size[0]),
        height=round(size[1]),
        viewBox=f"0 0 {round(size[0])} {round(size[1])}",
        role="group",
        aria_labelledby="picture-title",
        aria_describedby="picture-desc",
        font_family=FONT,
    )


def _figure(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
