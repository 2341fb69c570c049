"""Windows on long lists: ``limit`` and ``offset`` of an address, and the links to the windows around."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from web.errors import BadParameter

Item = TypeVar("Item")

DEFAULT_LIMIT = 20
MAXIMUM_LIMIT = 100
LIMITS = (20, 50, 100)
"""What the pages offer; an address may ask for any number up to the maximum."""


@dataclass(frozen=True, slots=True)
class Window:
    """How many entries of a list to show, and how many to pass over."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0

    def cut(self, items: Sequence[Item]) -> "Paged[Item]":
        """Return the part of a list that lies in the window."""
        return Paged(items[self.offset : self.offset + self.limit], len(items), self)


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """The entries in a window, and how many there are in all."""

    items: Sequence[Item]
    total: int
    window: Window

    @property
    def first(self) -> int:
        """The number of the first entry shown, from 1; 0 where there is none."""
        return self.window.offset + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The number of the last entry shown; 0 where there is none."""
        return self.window.offset + len(self.items) if self.items else 0

    @property
    def page(self) -> int:
        """The number of this page, from 1."""
        return self.window.offset // self.window.limit + 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.window.limit))

    @property
    def offsets(self) -> dict[str, int]:
        """The offsets of the windows around, by link relation (first, prev, next, last), those that there are."""
        limit, offset = self.window.limit, self.window.offset
        end = (self.pages - 1) * limit
        around = {"first": 0, "prev": min(max(0, offset - limit), end), "next": offset + limit, "last": end}
        if offset == 0:
            del around["prev"]
        if offset + limit >= self.total:
            del around["next"]
        return around

    @property
    def numbered(self) -> list[tuple[int, int] | None]:
        """The pages near this one as (number, offset), with None where numbers are left out."""
        near = sorted({1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)})
        links: list[tuple[int, int] | None] = []
        for number in near:
            if links and links[-1] is not None and number - links[-1][0] > 1:
                links.append(None)
            links.append((number, (number - 1) * self.window.limit))
        return links


def window(args: Mapping[str, str], *, default: int = DEFAULT_LIMIT, maximum: int = MAXIMUM_LIMIT) -> Window:
    """Read ``limit`` and ``offset``; raises ``BadParameter``, also for a limit above the maximum."""
    return Window(whole_number(args, "limit", default, 1, maximum), whole_number(args, "offset", 0, 0, 10_000_000))


def whole_number(args: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    """Read a whole number from an address; raises ``BadParameter``."""
    text = args.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12 and lowest <= int(text) <= highest):
        raise BadParameter(name, text, f"{lowest}–{highest}")
    return int(text)


def next_address(address: str, args: MultiDict[str, str], paged: Paged[Item]) -> str | None:
    """Return the address of the window that follows; None after the last one."""
    return _addresses(address, args, paged).get("next")


def link_header(address: str, args: MultiDict[str, str], paged: Paged[Item]) -> str:
    """Return the ``Link`` header (RFC 8288) of a paged answer; ``address`` is that of the list, without a query."""
    return ", ".join(f'<{url}>; rel="{relation}"' for relation, url in _addresses(address, args, paged).items())


def _addresses(address: str, args: MultiDict[str, str], paged: Paged[Item]) -> dict[str, str]:
    kept = [(key, value) for key, value in args.items(multi=True) if key not in {"limit", "offset"}]
    windows = {r: [("limit", str(paged.window.limit)), ("offset", str(offset))] for r, offset in paged.offsets.items()}
    return {relation: f"{address}?{urlencode([*kept, *part])}" for relation, part in windows.items()}
