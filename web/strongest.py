"""The part of a network that one picture holds: the things that share most, and the strongest links between them."""

from collections import defaultdict
from dataclasses import dataclass

from web.sharing import Ties


@dataclass(frozen=True, slots=True)
class Strongest:
    """Things by key with the number of projects that they share, the links between them, and how many were left out."""

    weights: dict[str, int]
    links: tuple[tuple[tuple[str, str], int], ...]
    nodes_left_out: int
    links_left_out: int


def strongest(ties: Ties, least: int, most_nodes: int, most_links: int) -> Strongest:
    """Keep the things that share most by ties of at least so many projects; links come strongest first.

    A project of three partners stands for two ties of each of them; each counts it once. A thing whose ties are all too
    weak to be shown keeps its strongest, so that nothing stands alone.
    """
    strong = {pair: ids for pair, ids in ties.items() if len(ids) >= least}
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for pair, ids in strong.items():
        for key in pair:
            shared[key] |= ids
    order = sorted(shared, key=lambda key: -len(shared[key]))
    kept = {key: len(shared[key]) for key in order[:most_nodes]}
    inside = [(pair, len(ids)) for pair, ids in strong.items() if pair[0] in kept and pair[1] in kept]
    inside.sort(key=lambda link: -link[1])
    links = _first_of_each(inside, most_links)
    return Strongest(kept, tuple(links), len(order) - len(kept), len(inside) - len(links))


def _first_of_each(links: list[tuple[tuple[str, str], int]], most: int) -> list[tuple[tuple[str, str], int]]:
    """Return the first links, and of things that these do not touch the first one besides."""
    found = links[:most]
    touched = {key for pair, _ in found for key in pair}
    for pair, n in links[most:]:
        if not touched.issuperset(pair):
            found.append((pair, n))
            touched.update(pair)
    return found
