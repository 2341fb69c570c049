"""A column chart as numbers for a drawing on the server: stacked parts by year, in the units of the drawing."""

from dataclasses import dataclass

from web.plans.progress import Progress

WIDTH, HEIGHT = 640, 300
_LEFT, _TOP, _BOTTOM = 48, 16, 40
_SHARE = 0.56
"""How much of its place a column fills."""
_READABLE = 18
"""The height from which a part has room for its number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a column: its upper edge, its height, the number of its series, its value."""

    y: float
    height: float
    series: int
    value: int

    @property
    def readable(self) -> bool:
        """Whether the value fits into the part."""
        return self.height >= _READABLE


@dataclass(frozen=True, slots=True)
class Column:
    """A year: its left edge, its middle, its parts from the ground up."""

    year: str
    x: float
    middle: float
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: columns of one width over lines at round numbers, (value, y)."""

    columns: list[Column]
    column_width: float
    lines: list[tuple[int, float]]
    ground: float


def stacked(progress: Progress) -> Chart:
    """Draw the counts of a document: a column a year, a part a status."""
    years = progress.years
    highest = max((sum(r.counts.get(year) or 0 for r in progress.counts) for year in years), default=0) or 1
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**9) if highest / s <= 6)
    top = -(-highest // step) * step
    room, place = HEIGHT - _TOP - _BOTTOM, (WIDTH - _LEFT) / max(1, len(years))
    ground = float(HEIGHT - _BOTTOM)
    columns = []
    for n, year in enumerate(years):
        parts, base = [], ground
        for series, record in enumerate(progress.counts):
            value = record.counts.get(year)
            if value:
                height = value / top * room
                base -= height
                parts.append(Part(round(base, 1), round(height, 1), series, value))
        middle = _LEFT + place * (n + 0.5)
        columns.append(Column(year, round(middle - place * _SHARE / 2, 1), round(middle, 1), parts))
    lines = [(value, round(ground - value / top * room, 1)) for value in range(0, top + 1, step)]
    return Chart(columns, round(place * _SHARE, 1), lines, ground)
