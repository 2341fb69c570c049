"""Betweenness: the part of the shortest ways between others that leads over a node.

Brandes, "A faster algorithm for betweenness centrality" (2001), from many sources at a time; for parts of a network too
large for that, from a sample of sources (Brandes and Pich, "Centrality estimation in large networks", 2007).
"""

import random
from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from graph.columns import Column

EXACT = 100_000_000
"""Up to so many links looked at (about two seconds) betweenness in one part of the network is exact."""
SAMPLE = 256
"""The least number of sources in a part that is larger; they are chosen by a fixed seed."""
_SEED = 0
_AT_ONCE = 2_000_000
"""Links looked at together, which is what bounds the memory."""


def betweenness(others: Sequence[Sequence[int]], parts: Sequence[Sequence[int]]) -> tuple[list[float], set[int]]:
    """Return the betweenness of each node, from 0 to 1, and the nodes for which it is an estimate.

    ``others`` has what each node is linked with, ``parts`` the nodes of each connected part.
    """
    size = len(others)
    if size < 3:
        return [0.0] * size, set()
    weight, estimated, chosen = np.ones(size), set[int](), []
    for part in parts:
        sources = _sources(part, sum(len(others[node]) for node in part))
        chosen.append(sources)
        if len(sources) < len(part):
            estimated.update(part)
            weight[list(part)] = len(part) / len(sources)
    ends = np.cumsum([len(each) for each in others])
    links = int(ends[-1])
    network = ends, np.fromiter((other for each in others for other in each), np.int64, links)
    total = np.zeros(size)
    # Parts do not touch each other: one round takes a source in each of them.
    rounds = [np.array([source for source in each if source is not None]) for each in zip_longest(*chosen)]
    for first in range(0, len(rounds), step := max(1, _AT_ONCE // max(links, 1))):
        total += _dependencies(network, rounds[first : first + step])
    # Each pair was counted from both its ends.
    return (total * weight / ((size - 1) * (size - 2))).tolist(), estimated


def _sources(part: Sequence[int], links: int) -> Sequence[int]:
    """Return the nodes to start from: all, or a sample."""
    number = max(SAMPLE, EXACT // max(links, 1))
    return part if len(part) <= number else random.Random(_SEED).sample(part, number)  # noqa: S311  no secret


def _dependencies(network: tuple[Column, Column], rounds: Sequence[Column]) -> Column:
    """Return how much the ways from the sources of some rounds depend on each node.

    A node in a round has a place of its own, ``round * size + node``, so that all rounds go on together.
    """
    size = len(network[0])
    ways, depth = np.zeros(len(rounds) * size), np.full(len(rounds) * size, -1, np.int32)
    reached = np.concatenate([number * size + sources for number, sources in enumerate(rounds)])
    sources = reached
    ways[reached], depth[reached] = 1, 0
    steps: list[tuple[Column, Column]] = []
    while len(reached):
        before, after = _links(network, reached)
        new = depth[after] < 0
        before, after = before[new], after[new]
        np.add.at(ways, after, ways[before])
        depth[after] = len(steps) + 1
        steps.append((before, after))
        reached = np.unique(after)
    depends = np.zeros(len(ways))
    for before, after in reversed(steps):
        np.add.at(depends, before, ways[before] / ways[after] * (1 + depends[after]))
    depends[sources] = 0
    total: Column = depends.reshape(len(rounds), size).sum(axis=0)
    return total


def _links(network: tuple[Column, Column], places: Column) -> tuple[Column, Column]:
    """Return the links that lead on from places: where each begins and where it ends."""
    ends, others = network
    nodes = places % len(ends)
    starts = np.where(nodes, ends[nodes - 1], 0)
    counts = ends[nodes] - starts
    begin = np.repeat(places, counts)
    within = np.arange(len(begin)) - np.repeat(np.cumsum(counts) - counts, counts)
    return begin, begin - np.repeat(nodes, counts) + others[np.repeat(starts, counts) + within]
