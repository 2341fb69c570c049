"""Betweenness and cuts of networks of any form are what networkx works out, one node at a time, for them."""

import random
from collections.abc import Sequence

import networkx as nx
import pytest

from graph import betweenness as between
from graph.betweenness import betweenness
from graph.cuts import cuts


def network(nodes: int, links: int, seed: int) -> "nx.Graph[int]":
    """Return a network of several parts, some of them trees."""
    chance = random.Random(seed)  # noqa: S311  no secret
    graph: nx.Graph[int] = nx.empty_graph(nodes)
    graph.add_edges_from(chance.sample(range(nodes), 2) for _ in range(links))
    return graph


def others_of(graph: "nx.Graph[int]") -> list[list[int]]:
    return [sorted(graph[node]) for node in range(len(graph))]


def estimate(graph: "nx.Graph[int]") -> tuple[list[float], set[int]]:
    others = others_of(graph)
    return betweenness(others, cuts(others).parts)


FORMS = [(0, 0, 0), (1, 0, 0), (2, 1, 0), (4, 0, 0), (3, 2, 1), (9, 12, 2), (40, 30, 3), (40, 60, 4), (60, 300, 5)]


@pytest.mark.parametrize("form", FORMS)
def test_betweenness_is_exact_where_the_network_is_small(form: tuple[int, int, int]) -> None:
    graph = network(*form)
    found, estimated = estimate(graph)
    assert found == pytest.approx(list(nx.betweenness_centrality(graph).values()))
    assert not estimated


def test_rounds_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = network(40, 60, 4)
    whole = estimate(graph)[0]
    monkeypatch.setattr(between, "_AT_ONCE", 1)
    assert estimate(graph)[0] == pytest.approx(whole)


def test_in_a_large_part_betweenness_is_a_stated_estimate_that_is_always_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    large, small = network(200, 800, 6), nx.path_graph(5)
    graph = nx.disjoint_union(nx.subgraph(large, max(nx.connected_components(large), key=len)), small)
    exact = list(nx.betweenness_centrality(graph).values())
    monkeypatch.setattr(between, "EXACT", 1000)
    monkeypatch.setattr(between, "SAMPLE", 100)
    found, estimated = estimate(graph)
    assert estimated == set(range(len(graph) - 5))
    assert found[-5:] == pytest.approx(exact[-5:])
    assert found != pytest.approx(exact)
    assert sum(found) == pytest.approx(sum(exact), rel=0.05)
    assert estimate(graph) == (found, estimated)


def _parts(graph: "nx.Graph[int]", node: int) -> Sequence[int]:
    own = graph.subgraph(nx.node_connected_component(graph, node) - {node})
    return sorted(map(len, nx.connected_components(own)), reverse=True)


@pytest.mark.parametrize("form", FORMS)
def test_cuts_are_the_nodes_and_links_whose_loss_leaves_more_parts(form: tuple[int, int, int]) -> None:
    graph = network(*form)
    found = cuts(others_of(graph))
    assert sorted(map(tuple, found.parts)) == sorted(tuple(sorted(part)) for part in nx.connected_components(graph))
    assert {node: list(parts) for node, parts in found.nodes.items()} == {
        node: _parts(graph, node) for node in nx.articulation_points(graph)
    }
    assert found.links.keys() == {tuple(sorted(pair)) for pair in nx.bridges(graph)}
    for (a, b), sizes in found.links.items():
        cut = nx.restricted_view(graph, [], [(a, b)])
        assert sizes == tuple(len(nx.node_connected_component(cut, node)) for node in (a, b))


def test_a_network_may_be_deeper_than_functions_can_call_each_other() -> None:
    found = cuts(others_of(nx.path_graph(5000)))
    assert len(found.nodes) == 4998
    assert found.links[0, 1] == (1, 4999)
