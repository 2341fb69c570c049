"""Checks the statements of a document against the shapes while the graph is built, in milliseconds.

It knows the parts of SHACL that ``data/reference/shapes.ttl`` uses and refuses any other; the full checker
(``graph.shapes``) is asked by ``renkei validate``, and the tests hold the two against each other.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib import RDF, RDFS, SH
from rdflib.collection import Collection
from rdflib.term import Node

from graph.shacl import Violation, shapes, short

Term = Any
Fault = tuple[str, str, Term | None]
"""The path and the rule that a thing breaks, as IRIs, and the value at fault."""
Check = Callable[["Facts", Term], Iterator[Fault]]

_TYPE = NamedNode(str(RDF.type))


class Facts:
    """The statements about each thing, and the classes of each."""

    def __init__(self, statements: Iterable[Iterable[Term]]) -> None:
        self.of: dict[Term, dict[str, list[Term]]] = {}
        self.classes: defaultdict[Term, set[str]] = defaultdict(set)
        for subject, predicate, thing in statements:
            self.of.setdefault(subject, {}).setdefault(predicate.value, []).append(thing)
            if predicate == _TYPE and isinstance(thing, NamedNode):
                self.classes[subject].add(thing.value)

    def values(self, thing: Term, path: str) -> list[Term]:
        """Return the values of a property of a thing."""
        return self.of.get(thing, {}).get(path, [])


def conform(statements: Iterable[Iterable[Term]], document: str) -> list[Violation]:
    """Return what breaks the shapes in all that a document states (subject, predicate, object), sorted."""
    facts, found = Facts(statements), set()
    compiled = _compiled()
    for thing, classes in facts.classes.items():
        checks = dict.fromkeys(check for each in classes for check in compiled.get(each, ()))
        for check in checks:
            for path, rule, value in check(facts, thing):
                words = None if value is None else str(getattr(value, "value", value))
                found.add(
                    Violation(document, thing.value, short(path), short(rule), words, f"{short(rule)}: {short(path)}")
                )
    return sorted(found, key=lambda each: (each.thing, each.property, each.rule, each.value or ""))


@cache
def _compiled() -> Mapping[str, tuple[Check, ...]]:
    """Return the checks of the shapes by the class that each is for."""
    graph = shapes()
    found: defaultdict[str, list[Check]] = defaultdict(list)
    for shape, target in graph.subject_objects(SH.targetClass):
        found[str(target)].append(_shape(shape))
    return {target: tuple(dict.fromkeys(checks)) for target, checks in found.items()}


_SKIPPED = {RDF.type, RDFS.label, SH.targetClass}


@cache
def _shape(shape: Node) -> Check:
    graph = shapes()
    parts: list[Check] = []
    for predicate, value in graph.predicate_objects(shape):
        if predicate not in _SKIPPED:
            parts.append(_part(graph, predicate, value))

    def check(facts: Facts, thing: Term) -> Iterator[Fault]:
        for part in parts:
            yield from part(facts, thing)

    return check


def _part(graph: rdflib.Graph, predicate: Node, value: Node) -> Check:
    """Compile one constraint of a node shape."""
    if predicate == SH.node:
        return _shape(value)
    if predicate == SH.property:
        return _property(graph, value)
    if predicate in {SH["or"], SH.xone}:
        return _choice(predicate, [_shape(each) for each in Collection(graph, value)])
    test = _test(graph, predicate, value)

    def check(_: Facts, thing: Term) -> Iterator[Fault]:
        if not test(Facts(()), thing):
            yield "", _component(predicate), thing

    return check


def _choice(predicate: Node, options: list[Check]) -> Check:
    def check(facts: Facts, thing: Term) -> Iterator[Fault]:
        kept = sum(next(option(facts, thing), None) is None for option in options)
        if kept == 0 or (predicate == SH.xone and kept > 1):
            yield "", _component(predicate), thing

    return check


def _property(graph: rdflib.Graph, shape: Node) -> Check:
    """Compile the constraints on the values of one property."""
    path = str(graph.value(shape, SH.path))
    parts = [
        _values(graph, path, predicate, value)
        for predicate, value in graph.predicate_objects(shape)
        if predicate != SH.path
    ]

    def check(facts: Facts, thing: Term) -> Iterator[Fault]:
        for part in parts:
            yield from part(facts, thing)

    return check


def _values(graph: rdflib.Graph, path: str, predicate: Node, value: Node) -> Check:
    """Compile one constraint on the values of a property: on all together, or on each."""
    rule, wanted = _component(predicate), str(value)
    together: dict[Node, Callable[[list[Term]], bool]] = {
        SH.minCount: lambda values: len(values) >= int(wanted),
        SH.maxCount: lambda values: len(values) <= int(wanted),
        SH.hasValue: lambda values: any(getattr(each, "value", None) == wanted for each in values),
    }
    whole = together.get(predicate)
    if whole:
        return lambda facts, thing: iter(() if whole(facts.values(thing, path)) else ((path, rule, None),))
    test = None if predicate == SH.lessThanOrEquals else _test(graph, predicate, value)

    def check(facts: Facts, thing: Term) -> Iterator[Fault]:
        for each in facts.values(thing, path):
            kept = test(facts, each) if test else all(_ordered(each, end) for end in facts.values(thing, wanted))
            if not kept:
                yield path, rule, each

    return check


def _ordered(a: Term, b: Term) -> bool:
    same = isinstance(a, Literal) and isinstance(b, Literal) and a.datatype == b.datatype
    if not same:
        return False
    return int(a.value) <= int(b.value) if a.datatype.value.endswith("integer") else bool(a.value <= b.value)


Test = Callable[[Facts, Term], bool]


def _test(graph: rdflib.Graph, predicate: Node, value: Node) -> Test:
    """Compile a constraint on one value; raises ``NotImplementedError`` for what the shapes have not used so far."""
    wanted = str(value)
    if predicate == SH.datatype:
        return lambda _, each: isinstance(each, Literal) and each.datatype.value == wanted
    if predicate == SH["class"]:
        return lambda facts, each: wanted in facts.classes.get(each, ())
    if predicate == SH.nodeKind:
        kind = {str(SH.IRI): NamedNode, str(SH.Literal): Literal}[wanted]
        return lambda _, each: isinstance(each, kind)
    if predicate == SH.pattern:
        pattern = re.compile(wanted)
        return lambda _, each: pattern.search(each.value) is not None
    if predicate == SH.minInclusive:
        return lambda _, each: isinstance(each, Literal) and each.value.isdecimal() and int(each.value) >= int(wanted)
    if predicate == SH.languageIn:
        tongues = tuple(str(each).lower() for each in Collection(graph, value))
        return lambda _, each: isinstance(each, Literal) and _is_of(each.language, tongues)
    if predicate == SH["in"]:
        listed = {str(each) for each in Collection(graph, value)}
        return lambda _, each: isinstance(each, NamedNode) and each.value in listed
    if predicate == SH["or"]:
        options = [_value_shape(graph, each) for each in Collection(graph, value)]
        return lambda facts, each: any(option(facts, each) for option in options)
    raise NotImplementedError(f"{predicate}: teach graph/conform.py this part of SHACL before a shape uses it")


def _is_of(language: str | None, tongues: tuple[str, ...]) -> bool:
    """Tell whether a language tag is one of some, or a narrower one (langMatches, RFC 4647)."""
    found = (language or "").lower()
    return any(found == tongue or found.startswith(f"{tongue}-") for tongue in tongues)


def _value_shape(graph: rdflib.Graph, shape: Node) -> Test:
    tests = [_test(graph, predicate, value) for predicate, value in graph.predicate_objects(shape)]
    return lambda facts, each: all(test(facts, each) for test in tests)


def _component(predicate: Node) -> str:
    name = str(predicate).rpartition("#")[2]
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"
