"""Between RDF terms and plain Python values, so that callers of stores see no terms."""

import re

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from graph.errors import QueryInvalid
from graph.namespaces import XSD


class IRI(str):
    """The IRI of a thing; as a binding it is a thing, where a plain ``str`` is a literal."""

    __slots__ = ()


Plain = IRI | str | int | float | bool
Row = dict[str, Plain | None]
"""One solution by variable; None where the variable is unbound."""

_XSD = XSD.iri
_INTEGER_NAMES = "integer int long short byte nonNegativeInteger positiveInteger unsignedInt unsignedLong"
_INTEGERS = {_XSD + name for name in _INTEGER_NAMES.split()}
_FLOATS = {XSD.decimal.value, XSD.double.value, XSD.float.value}


def plain(term: NamedNode | BlankNode | Literal | Triple | None) -> Plain | None:
    """Return a term as a plain value: numbers and truth values as such, everything else as text."""
    if isinstance(term, NamedNode):
        return IRI(term.value)
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    datatype = term.datatype.value
    if datatype in _INTEGERS:
        return int(term.value)
    if datatype in _FLOATS:
        return float(term.value)
    return term.value == "true" if datatype == XSD.boolean.value else term.value


def rows(solutions: QuerySolutions) -> list[Row]:
    """Return the solutions of a SELECT query as rows, every variable present in each."""
    names = [variable.value for variable in solutions.variables]
    return [{name: plain(solution[name]) for name in names} for solution in solutions]


def _term(value: Plain) -> NamedNode | Literal:
    try:
        return NamedNode(value) if isinstance(value, IRI) else Literal(value)
    except ValueError as error:
        raise QueryInvalid(f"{value} is not an IRI") from error


def bind(text: str, bindings: dict[str, Plain]) -> str:
    """Return a query with each bound variable replaced by its value, written as SPARQL writes it.

    For queries of our own, where no string or IRI looks like a variable: it is the one way that all servers take.
    """
    if not bindings:
        return text
    terms = {name: str(_term(value)) for name, value in bindings.items()}
    names = "|".join(map(re.escape, terms))
    return re.sub(rf"[?$]({names})\b", lambda match: terms[match[1]], text)
