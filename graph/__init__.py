"""Records become RDF, and RDF answers questions.

``build.update`` makes the graph of a state of the library, ``open`` opens it, ``relations`` and ``network`` answer
questions in plain values, ``sparql`` runs queries that people write, ``serialise`` gives everything away.
"""

from graph.build import open_state as open  # noqa: A004  graph.open(state.graph) reads as it should

__all__ = ["open"]
