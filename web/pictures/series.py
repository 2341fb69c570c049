"""Small charts beside tables: figures over time as a line, figures by kind as bars."""

from collections.abc import Sequence

from markupsafe import Markup

from web.pictures.drawing import LINE, SOFT, element, words

_WIDTH, _HEIGHT, _EDGE, _TOP, _FOOT = 300, 130, 10, 14, 24
_BAR, _THICK = 120, 12


def line(points: Sequence[tuple[str, float]], title: str) -> Markup:
    """Draw figures over time; the axis begins at zero where nothing lies below it, so that heights compare."""
    lowest, highest = min(0.0, *(value for _, value in points)), max(value for _, value in points)
    span = (highest - lowest) or 1.0
    across, room = _WIDTH - 2 * _EDGE, _HEIGHT - _TOP - _FOOT
    step = across / max(1, len(points) - 1)
    places = [(_EDGE + n * step, _TOP + room * (1 - (value - lowest) / span)) for n, (_, value) in enumerate(points)]
    ground = _TOP + room * (1 + lowest / span)
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    labels = [(places[0][0], points[0][0], "start"), (places[-1][0], points[-1][0], "end")]
    return element(
        "svg",
        element("line", x1=_EDGE, x2=_WIDTH - _EDGE, y1=ground, y2=ground, stroke=LINE),
        element("path", d=path, fill="none", stroke="#0017c1", stroke_width=2.5, stroke_linejoin="round"),
        *(element("circle", cx=x, cy=y, r=3, fill="#0017c1") for x, y in (places if len(places) <= 24 else ())),
        *(words([text], x, _HEIGHT - 6, 12, fill=SOFT, text_anchor=anchor) for x, text, anchor in labels),
        **{"class": "spark"},
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        role="img",
        aria_label=title,
    )


def bar(value: float, highest: float, place: int = 0) -> Markup:
    """Draw a bar as long as a figure's share of the highest; it decorates the number beside it."""
    length = max(0.0, value) / highest * _BAR if highest > 0 else 0.0
    return element(
        "svg",
        element("rect", width=length, height=_THICK, rx=2, fill=("#3460fb", "#0017c1")[place % 2]),
        **{"class": "spark"},
        viewBox=f"0 0 {_BAR} {_THICK}",
        width=_BAR,
        height=_THICK,
        aria_hidden="true",
        focusable="false",
    )
