"""The areas that rows open, and the things read from rows under them.

An area cell is merged over its rows: its words may stand in the middle of them, or be cut by a page.
"""

from dataclasses import dataclass

from ingest import areas
from ingest.blocks import Row
from ingest.indicator_cells import Cells
from ingest.projects import Draft
from ingest.rows.basics import BasicIndicator

Path = tuple[areas.Heading, ...]


@dataclass
class _Placed:
    """What was read from a row (a draft or a basic indicator's cells) with the areas open at that row."""

    thing: Draft | tuple[Cells, Row]
    area: Path


@dataclass(frozen=True, slots=True)
class _Opened:
    """An area that a row opened: after how many things, with what path, and what was open before."""

    after: int
    path: Path
    before: Path


class Places:
    """What rows hold, in order, each under the areas that are open; ``stack`` holds those."""

    def __init__(self, stack: areas.AreaStack) -> None:
        self._stack = stack
        self._placed: list[_Placed] = []
        self._opened: list[_Opened] = []

    @property
    def depth(self) -> int:
        """How many areas are open."""
        return len(self._stack.open)

    @property
    def last(self) -> Draft | None:
        """The thing of the last row, if it is a project."""
        thing = self._placed[-1].thing if self._placed else None
        return thing if isinstance(thing, Draft) else None

    @property
    def last_draft(self) -> Draft | None:
        """The last project."""
        return next((p.thing for p in reversed(self._placed) if isinstance(p.thing, Draft)), None)

    def place(self, thing: Draft | tuple[Cells, Row]) -> None:
        """Put a thing under the open areas."""
        self._placed.append(_Placed(thing, tuple(self._stack.open)))

    def open(self, item: areas.Heading, level: int | None = None) -> None:
        """Open an area; words without a mark may be the rest of the one before."""
        if item.kind is None and self._completes(item, level):
            return
        before = tuple(self._stack.open)
        depth = min(level, len(before) + 1) if item.kind is None and level is not None else None
        self._opened.append(_Opened(len(self._placed), self._stack.enter(item, depth), before))

    def _completes(self, tail: areas.Heading, level: int | None) -> bool:
        """Join a heading that a page cut inside its cell: its rest stands without a mark in the next row of its column."""
        last = self._opened[-1] if self._opened else None
        if (
            last is None
            or (level is not None and level != len(last.path))
            or last.path[-1].kind is None
            or not self._placed
            or not len(self._placed) - 1 <= last.after <= len(self._placed)
        ):
            return False
        cut = last.path[-1]
        whole = areas.Heading(cut.kind, cut.notation, cut.label + tail.label)
        path = (*last.path[:-1], whole)
        self._opened[-1] = _Opened(last.after, path, last.before)
        self._stack.open = [whole if h == cut else h for h in self._stack.open]
        for placed in self._placed[last.after :]:
            placed.area = tuple(whole if h == cut else h for h in placed.area)
        return True

    def drafts(self) -> list[Draft]:
        """Return the projects, each under its areas."""
        self._mend()
        found = []
        for placed in self._placed:
            if isinstance(placed.thing, Draft):
                placed.thing.area = placed.area
                found.append(placed.thing)
        return found

    def basics(self) -> list[BasicIndicator]:
        """Return the indicators of areas."""
        self._mend()
        return [BasicIndicator(p.area, *p.thing) for p in self._placed if not isinstance(p.thing, Draft)]

    def _mend(self) -> None:
        """Give areas back to a heading that was printed in the middle of the rows it is merged over.

        ウ stands beside the rows of A, whose first row came after イ; as B goes on where A ended, all of A belongs to ウ.
        """
        for i, late in enumerate(self._opened[:-1]):
            level = len(late.path) - 1
            following = self._opened[i + 1]
            if len(late.before) <= level + 1 or len(following.path) != level + 2:
                continue
            last, child = late.before[level + 1], following.path[level + 1]
            if last.kind != child.kind or areas.ordinal(child) != (areas.ordinal(last) or 0) + 1:
                continue
            wrong = late.before[: level + 1]
            run = [p for p in self._placed[: late.after] if p.area[: level + 1] == wrong and len(p.area) > level + 1]
            for placed in run:
                placed.area = (*late.path, *placed.area[level + 1 :])
            for placed in self._placed[late.after : following.after]:
                if placed.area == late.path:
                    placed.area = (*late.path, *late.before[level + 1 :])
