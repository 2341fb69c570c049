"""The shapes of what the service publishes, read once, and what is found to break them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from rdflib import SH
from rdflib.term import Node

from graph.namespaces import PREFIXES

PATH = Path(__file__).parent.parent / "data" / "reference" / "shapes.ttl"
"""The shapes that are published with the service."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A thing that a document states and that breaks a rule of a shape.

    ``thing`` is an IRI, ``property`` and ``rule`` are prefixed names; ``value`` is the value at fault, where one is.
    """

    document: str
    thing: str
    property: str
    rule: str
    value: str | None
    message: str


@cache
def shapes() -> rdflib.Graph:
    """Read the shapes, once."""
    return rdflib.Graph().parse(PATH, format="turtle")


def short(term: Node | str | None) -> str:
    """Return a term as a prefixed name where its prefix is known."""
    text = "" if term is None else str(term)
    known = {**PREFIXES, "sh": str(SH)}
    return next((f"{name}:{text.removeprefix(iri)}" for name, iri in known.items() if text.startswith(iri)), text)
