"""Our vocabulary as data: the concepts of ``data/reference/renkei.ttl`` by their schemes, notations and labels.

A planner adds a kind of unit or a capacity of a party there, without reading Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.namespaces import SKOS

PATH = Path(__file__).parent.parent / "data" / "reference" / "renkei.ttl"
"""The vocabulary that is published with the service."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of our vocabulary: its term, its scheme, its Japanese label, and its notation where it has one."""

    node: NamedNode
    scheme: NamedNode
    label: str
    notation: str | None


@cache
def concepts() -> Mapping[str, tuple[Concept, ...]]:
    """Return the concepts of each scheme by the scheme's local name, in the order of the file."""
    schemes: dict[NamedNode, NamedNode] = {}
    labels: dict[NamedNode, str] = {}
    notations: dict[NamedNode, str] = {}
    for quad in parse(path=str(PATH), format=RdfFormat.TURTLE):
        subject, thing = quad.subject, quad.object
        if not isinstance(subject, NamedNode):
            continue
        if quad.predicate == SKOS.inScheme and isinstance(thing, NamedNode):
            schemes[subject] = thing
        elif quad.predicate == SKOS.prefLabel and isinstance(thing, Literal) and thing.language == "ja":
            labels[subject] = thing.value
        elif quad.predicate == SKOS.notation and isinstance(thing, Literal):
            notations[subject] = thing.value
    found: dict[str, tuple[Concept, ...]] = {}
    for node, scheme in schemes.items():
        key = scheme.value.rpartition("#")[2]
        found[key] = (*found.get(key, ()), Concept(node, scheme, labels[node], notations.get(node)))
    return found


def concept(scheme: str, key: str) -> Concept | None:
    """Return the concept of a scheme with this notation or Japanese label, or None."""
    return next((c for c in concepts().get(scheme, ()) if key in {c.notation, c.label}), None)


def unit_kind(name: str) -> Concept | None:
    """Return the kind of a unit of a municipality by the end of its name (商業労働課 → 課), the longest that fits."""
    fitting = [c for c in concepts().get("UnitKinds", ()) if name.endswith(c.label)]
    return max(fitting, key=lambda c: len(c.label), default=None)
