"""What is stated of one document, as terms to look at and as lines to load.

A quad of the engine takes microseconds to make in Python, a line a tenth of one, and the engine reads lines faster than
it takes quads: so statements are made as terms or as lines, and become quads only where somebody asks for these.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]
"""Subject, predicate and object."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one document, each once, in the order in which they were made.

    ``plain`` are those that plain queries see, ``union`` the same as lines of N-Triples; ``lines`` are all, with the
    graphs that they lie in, as lines of N-Quads. To iterate gives all as quads.
    """

    plain: tuple[Statement, ...]
    union: str
    lines: str

    def __iter__(self) -> Iterator[Quad]:
        """Yield all statements with their graphs."""
        return iter(pyoxigraph.parse(self.lines, RdfFormat.N_QUADS))


def written(plain: Iterable[Statement], graph: NamedNode, beside: str) -> Statements:
    """Return the statements that lie in a graph, and lines of N-Quads that belong to them, in one."""
    said, terms, named = tuple(plain), Terms(), f"{graph} .\n"
    lines = [f"{terms[subject]} {terms[predicate]} {terms[thing]} " for subject, predicate, thing in said]
    ends = ".\n", named
    union, own = ("".join([line + end for line in lines]) for end in ends)
    return Statements(said, union, own + beside)


class Terms(dict[NamedNode | Literal, str]):
    """Terms as they are written; a document names most of its things again and again."""

    def __missing__(self, term: NamedNode | Literal) -> str:
        text = self[term] = str(term)
        return text
