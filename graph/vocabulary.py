"""Our vocabulary as data: the concepts of ``data/reference/renkei.ttl`` by their schemes, notations and labels.

A planner adds a kind of unit or a capacity of a party there, without reading Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.namespaces import QB, RDF, RDFS, RK, SKOS
from graph.sparql import write_triples

PATH = Path(__file__).parent.parent / "data" / "reference" / "renkei.ttl"
"""The vocabulary that is published with the service."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of our vocabulary: its term, its scheme, its Japanese labels, its notation and the concept above.

    ``alternatives`` are other names of it (skos:altLabel), ``near`` names that come near (skos:hiddenLabel).
    """

    node: NamedNode
    scheme: NamedNode
    label: str
    notation: str | None
    alternatives: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    broader: NamedNode | None = None


@cache
def concepts() -> Mapping[str, tuple[Concept, ...]]:
    """Return the concepts of each scheme by the scheme's local name, in the order of the file."""
    said: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
    for quad in parse(path=str(PATH), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            said.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    found: dict[str, list[Concept]] = {}
    for node, facts in said.items():
        for scheme in facts.get(SKOS.inScheme, ()):
            if isinstance(scheme, NamedNode):
                found.setdefault(scheme.value.rpartition("#")[2], []).append(_concept(node, scheme, facts))
    return {scheme: tuple(each) for scheme, each in found.items()}


def _concept(node: NamedNode, scheme: NamedNode, facts: Mapping[NamedNode, list[NamedNode | Literal]]) -> Concept:
    def words(predicate: NamedNode) -> tuple[str, ...]:
        return tuple(
            each.value
            for each in facts.get(predicate, ())
            if isinstance(each, Literal) and each.language in {"ja", None}
        )

    above = next((each for each in facts.get(SKOS.broader, ()) if isinstance(each, NamedNode)), None)
    notation = next(iter(words(SKOS.notation)), None)
    alternatives, near = words(SKOS.altLabel), words(SKOS.hiddenLabel)
    return Concept(node, scheme, words(SKOS.prefLabel)[0], notation, alternatives, near, above)


def concept(scheme: str, key: str) -> Concept | None:
    """Return the concept of a scheme with this notation or Japanese label, or None."""
    return next((c for c in concepts().get(scheme, ()) if key in {c.notation, c.label}), None)


def unit_kind(name: str) -> Concept | None:
    """Return the kind of a unit of a municipality by the end of its name (商業労働課 → 課), the longest that fits."""
    fitting = [c for c in concepts().get("UnitKinds", ()) if name.endswith(c.label)]
    return max(fitting, key=lambda c: len(c.label), default=None)


def term(name: str) -> NamedNode:
    """Return one of our terms by its local name."""
    return NamedNode(f"{RK.iri}{name}")


@cache
def structure(name: str) -> tuple[Triple, ...]:
    """Return what the vocabulary says of a data structure: its components, and what is needed of their properties."""
    said: dict[NamedNode, list[Triple]] = {}
    for quad in parse(path=str(PATH), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode):
            said.setdefault(quad.subject, []).append(quad.triple)
    whole = term(name)
    components = [each.object for each in said[whole] if each.predicate == QB.component]
    found = [each for node in (whole, *components) for each in said[node] if _in_japanese(each)]  # type: ignore[index]
    properties = [each.object for each in found if each.predicate in {QB.dimension, QB.measure, QB.attribute}]
    found += [each for node in properties for each in said[node] if _of_cube(each)]  # type: ignore[index]
    return tuple(found)


def _in_japanese(each: Triple) -> bool:
    is_ours = each.predicate in {RDF.type, RDFS.label} or each.predicate.value.startswith(QB.iri)
    return is_ours and not (isinstance(each.object, Literal) and each.object.language == "en")


def _of_cube(each: Triple) -> bool:
    """Tell whether a statement about a property is one that cubes need: that it is a dimension, and of what range."""
    thing = each.object
    of_cubes = isinstance(thing, NamedNode) and thing.value.startswith(QB.iri)
    return each.predicate in {RDFS.range, QB.codeList} or (each.predicate == RDF.type and of_cubes)


@cache
def rewritten(form: str) -> bytes:
    """Return the whole vocabulary in one of the formats of ``graph.sparql.GRAPHS``."""
    return write_triples([quad.triple for quad in parse(path=str(PATH), format=RdfFormat.TURTLE)], form)
