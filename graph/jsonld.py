"""JSON-LD with a context of our own: one document with ``@context`` and ``@graph``, keys and IRIs as people read them.

The context is inside the document; nobody has to fetch one. Japanese words are plain strings, because the context says
that they are Japanese; words in another language say so themselves.
"""

import json
import re
from collections.abc import Iterable
from itertools import groupby
from typing import IO, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.namespaces import PREFIXES, RDF, XSD

_BY_LENGTH = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
_INTEGER = re.compile("0|-?[1-9][0-9]{0,15}")
_SAFE_INTEGERS = range(-(2**53) + 1, 2**53)
"""Integers that every reader of JSON gets right."""


def context() -> dict[str, Any]:
    """Return the context: the prefixes, and Japanese as the language of strings."""
    return {**PREFIXES, "@language": "ja"}


def _compact(iri: str, *, term: bool) -> str:
    """Return a prefixed name for a term of a vocabulary, the whole IRI for anything else."""
    for prefix, start in _BY_LENGTH:
        local = iri.removeprefix(start)
        if local != iri and term and local.isidentifier():
            return f"{prefix}:{local}"
    return iri


def _value(thing: NamedNode | BlankNode | Literal | Triple) -> Any:
    if isinstance(thing, Literal):
        return _literal(thing)
    if isinstance(thing, Triple):
        raise TypeError(f"{thing}: JSON-LD has no triple as a value")
    return {"@id": thing.value if isinstance(thing, NamedNode) else str(thing)}


def _literal(thing: Literal) -> Any:
    if thing.language:
        return thing.value if thing.language == "ja" else {"@value": thing.value, "@language": thing.language}
    if thing.datatype == XSD.boolean and thing.value in {"true", "false"}:
        return thing.value == "true"
    if thing.datatype == XSD.integer and _INTEGER.fullmatch(thing.value) and int(thing.value) in _SAFE_INTEGERS:
        return int(thing.value)
    if thing.datatype.value == f"{XSD.iri}string":
        return {"@value": thing.value}
    return {"@value": thing.value, "@type": _compact(thing.datatype.value, term=True)}


def _node(subject: NamedNode | BlankNode, triples: Iterable[Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject.value if isinstance(subject, NamedNode) else str(subject)}
    values: dict[str, list[Any]] = {}
    for triple in triples:
        if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
            values.setdefault("@type", []).append(_compact(triple.object.value, term=True))
        else:
            values.setdefault(_compact(triple.predicate.value, term=True), []).append(_value(triple.object))
    return node | {key: found[0] if len(found) == 1 else found for key, found in values.items()}


def write_jsonld(triples: Iterable[Triple], out: IO[bytes]) -> None:
    """Write triples that come grouped by their subjects, one node after the other."""
    out.write(b'{"@context": ' + _dump(context()) + b',\n"@graph": [')
    separator = b"\n"
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        if isinstance(subject, Triple):
            raise TypeError(f"{subject}: JSON-LD has no triple as a subject")
        out.write(separator + _dump(_node(subject, group)))
        separator = b",\n"
    out.write(b"\n]}\n")


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")
