"""Shortest ways through a network that lead over no thing twice, by numbers of things alone."""

from collections.abc import Callable, Collection, Iterator
from heapq import heappop, heappush

Others = Callable[[int], Collection[int]]
"""Gives what a thing is linked with, in an order that is always the same."""
Way = tuple[int, ...]


def ways(others: Others, start: int, end: int, longest: int) -> Iterator[Way]:
    """Yield the ways from one thing to another of at most ``longest`` links, shortest first.

    After Jin Y. Yen (1971): each further way leaves one found before at some place, by a link that none found before
    takes from there.
    """
    first = shortest(others, start, end, longest)
    waiting: list[tuple[int, int, Way]] = [(len(first), 0, first)] if first else []
    found: list[Way] = []
    seen = {first}
    while waiting:
        way = heappop(waiting)[2]
        yield way
        found.append(way)
        for place in range(len(way) - 1):
            root = way[:place]
            taken = {other[place + 1] for other in found if other[: place + 1] == way[: place + 1]}
            rest = shortest(others, way[place], end, longest - place, without=frozenset(root), barred=taken)
            if rest and (*root, *rest) not in seen:
                seen.add((*root, *rest))
                heappush(waiting, (len(root) + len(rest), len(seen), (*root, *rest)))


def shortest(
    others: Others,
    start: int,
    end: int,
    longest: int,
    *,
    without: frozenset[int] = frozenset(),
    barred: Collection[int] = (),
) -> Way:
    """Return a shortest way, searched from both ends; empty where there is none.

    It passes nothing in ``without``, and does not go from the start straight to anything in ``barred``.
    """
    before: tuple[dict[int, int], dict[int, int]] = ({start: -1}, {end: -1})
    fringes: list[list[int]] = [[start], [end]]
    for _ in range(longest):
        side = 0 if len(fringes[0]) <= len(fringes[1]) else 1
        own, opposite = before[side], before[1 - side]
        reached: list[int] = []
        for here in fringes[side]:
            for there in others(here):
                if there in own or there in without or (barred and _bars(side, here, there, start, barred)):
                    continue
                own[there] = here
                if there in opposite:
                    return (*reversed(_trail(before[0], there)), *_trail(before[1], there)[1:])
                reached.append(there)
        if not reached:
            return ()
        fringes[side] = reached
    return ()


def _bars(side: int, here: int, there: int, start: int, barred: Collection[int]) -> bool:
    """Tell whether a link is one of those from the start that are barred, from whichever end it is come upon."""
    return (here == start and there in barred) if side == 0 else (there == start and here in barred)


def _trail(before: dict[int, int], node: int) -> list[int]:
    trail = [node]
    while before[node] >= 0:
        node = before[node]
        trail.append(node)
    return trail
