"""The W3C's SPARQL 1.1 test suite as Python values: its manifests, its data, its expected answers, and when two are equal.

Answers are read here with the standard library alone, not with the engine that wrote them. Numbers are compared by
value, blank nodes by the shape of what they join.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat

from corpus import ROOT

SUITE = ROOT.parent / "shared" / "suites" / "rdf-tests" / "sparql" / "sparql11"
ADDRESS = "http://suite.example/sparql11/"
"""Where the suite's files are taken to be."""

RDF, XSD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2001/XMLSchema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
HT, CNT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"
_SYNTAX = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}
_SRX = "{http://www.w3.org/2005/sparql-results#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte")}

_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)

Term = NamedNode | BlankNode | Literal
Solution = dict[str, Term]
Node = NamedNode | BlankNode | Literal


class Graph:
    """Triples that can be asked for by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[tuple[str, str], list[Node]] = {}
        self.subjects: dict[str, list[str]] = {}
        for quad in quads:
            self._values.setdefault((str(quad.subject), quad.predicate.value), []).append(quad.object)  # type: ignore[arg-type]
            if quad.predicate.value == f"{RDF}type":
                self.subjects.setdefault(str(quad.object)[1:-1], []).append(str(quad.subject))

    def all(self, subject: object, predicate: str) -> list[Node]:
        """Return the values of a subject."""
        return self._values.get((str(subject), predicate), [])

    def one(self, subject: object, predicate: str) -> Node | None:
        """Return the first value of a subject, or None."""
        return next(iter(self.all(subject, predicate)), None)

    def items(self, head: Node | None) -> Iterator[Node]:
        """Yield the members of a list."""
        while head is not None and head != NamedNode(f"{RDF}nil"):
            first = self.one(head, f"{RDF}first")
            if first is not None:
                yield first
            head = self.one(head, f"{RDF}rest")


def read(path: Path) -> list[Quad]:
    """Read an RDF file of the suite; relative addresses in it are those of the suite."""
    return list(pyoxigraph.parse(path=str(path), format=_SYNTAX[path.suffix], base_iri=address(path)))


def address(path: Path) -> str:
    """Return the address that a file of the suite is taken to have."""
    return ADDRESS + path.relative_to(SUITE).as_posix()


def path_of(iri: str) -> Path | None:
    """Return the file of the suite that has an address, or None."""
    path = SUITE / iri.removeprefix(ADDRESS)
    return path if path.is_file() else None


def _path(node: Node | None) -> Path | None:
    return SUITE / node.value.removeprefix(ADDRESS) if isinstance(node, NamedNode) else None


@dataclass(frozen=True, slots=True)
class Test:
    """A test of the suite: its name, its kind, and the files that belong to it."""

    __test__ = False
    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[tuple[str, Path], ...]
    result: Path | None

    @property
    def makes_graph(self) -> bool:
        """Tell whether the query is a CONSTRUCT, whose answer is a graph."""
        return "CONSTRUCT" in self.query.read_text("utf-8").upper()

    @property
    def named(self) -> tuple[str, ...]:
        """The graphs that the query names with FROM."""
        return tuple(urljoin(address(self.query), iri) for iri in _FROM.findall(self.query.read_text("utf-8")))

    @property
    def text(self) -> str:
        """The query, with the address of its file as its base, as a client that sends a file has it."""
        return f"BASE <{address(self.query)}>\n{self.query.read_text('utf-8')}"


@cache
def tests(manifest: str) -> tuple[Test, ...]:
    """Return the tests of a manifest and of those that it includes, in order."""
    path = SUITE / manifest
    if not path.is_file():
        return ()
    graph = Graph(read(path))
    node = NamedNode(address(path))
    found: list[Test] = []
    for included in graph.items(graph.one(node, f"{MF}include")):
        found += tests(str(_path(included)).removeprefix(f"{SUITE}/"))
    found += [_test(graph, entry, path.parent.name) for entry in graph.items(graph.one(node, f"{MF}entries"))]
    return tuple(found)


def _test(graph: Graph, node: Node, folder: str) -> Test:
    action = graph.one(node, f"{MF}action")
    query = _path(graph.one(action, f"{QT}query")) or _path(action)
    kind = str(graph.one(node, f"{RDF}type"))[1:-1].removeprefix(MF)
    named = [path for each in graph.all(action, f"{QT}graphData") if (path := _path(each))]
    return Test(
        f"{folder}/{str(node)[1:-1].rpartition('#')[2]}",
        kind,
        query or Path(),
        tuple(path for each in graph.all(action, f"{QT}data") if (path := _path(each))),
        tuple((address(path), path) for path in named),
        _path(graph.one(node, f"{MF}result")),
    )


def expected(test: Test) -> bool | list[Solution] | list[Quad] | None:
    """Return the answer that a test expects; None where it expects none but that the query is one."""
    if test.result is None:
        return None
    if test.result.suffix in {".ttl", ".rdf"}:
        quads = read(test.result)
        sets = Graph(quads).subjects.get(f"{RS}ResultSet")
        return _result_set(Graph(quads), sets[0]) if sets else quads
    return answer(
        test.result.read_bytes(), {".srx": "xml", ".srj": "json"}.get(test.result.suffix, test.result.suffix[1:])
    )


def _result_set(graph: Graph, node: str) -> bool | list[Solution]:
    truth = graph.one(node, f"{RS}boolean")
    if isinstance(truth, Literal):
        return truth.value == "true"
    return [
        {
            str(graph.one(binding, f"{RS}variable")).strip('"'): graph.all(binding, f"{RS}value")[0]
            for binding in graph.all(solution, f"{RS}binding")
        }
        for solution in graph.all(node, f"{RS}solution")
    ]


def answer(body: bytes, form: str) -> bool | list[Solution]:
    """Read results in ``json``, ``xml`` or ``tsv``."""
    return {"json": _json, "xml": _xml, "tsv": _tsv}[form](body)


def _json(body: bytes) -> bool | list[Solution]:
    found = json.loads(body)
    if "boolean" in found:
        return bool(found["boolean"])
    return [{name: _json_term(each) for name, each in row.items()} for row in found["results"]["bindings"]]


def _json_term(each: dict[str, str]) -> Term:
    if each["type"] == "uri":
        return NamedNode(each["value"])
    if each["type"] == "bnode":
        return BlankNode(f"b{each['value']}")
    return _literal(each["value"], each.get("xml:lang"), each.get("datatype"))


def _literal(value: str, language: str | None, datatype: str | None) -> Literal:
    if language:
        return Literal(value, language=language.lower())
    return Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)


def _xml(body: bytes) -> bool | list[Solution]:
    root = ET.fromstring(body)  # noqa: S314  our own answer, or a file of the suite
    truth = root.find(f"{_SRX}boolean")
    if truth is not None:
        return truth.text == "true"
    return [
        {str(binding.get("name")): _xml_term(binding[0]) for binding in result}
        for result in root.iterfind(f"{_SRX}results/{_SRX}result")
    ]


def _xml_term(element: ET.Element) -> Term:
    value = element.text or ""
    if element.tag == f"{_SRX}uri":
        return NamedNode(value)
    if element.tag == f"{_SRX}bnode":
        return BlankNode(f"b{value}")
    return _literal(value, element.get(_LANG), element.get("datatype"))


def _tsv(body: bytes) -> list[Solution]:
    head, *lines = body.decode("utf-8").removesuffix("\n").split("\n")
    names = [name.removeprefix("?") for name in head.split("\t")]
    return [
        {name: _written(text) for name, text in zip(names, line.split("\t"), strict=True) if text} for line in lines
    ]


def _written(text: str) -> Term:
    """Read a term as Turtle writes it."""
    (quad,) = pyoxigraph.parse(f"<x:s> <x:p> {text} .", RdfFormat.TURTLE)
    return quad.object  # type: ignore[return-value]


def equal(found: object, wanted: object) -> bool:
    """Tell whether two answers are equal: the same truth, the same solutions in any order, or isomorphic graphs."""
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    return _shape(found) == _shape(wanted)  # type: ignore[arg-type]


def _shape(answer_: list[Solution] | list[Quad]) -> set[Quad]:
    quads: list[Quad] = []
    for number, each in enumerate(answer_):
        if isinstance(each, Quad):
            quads.append(Quad(each.subject, each.predicate, _by_value(each.object)))  # type: ignore[arg-type]
            continue
        row = BlankNode(f"row{number}")
        quads.append(Quad(row, NamedNode(f"{RDF}type"), NamedNode(f"{RS}solution")))
        quads += [Quad(row, NamedNode(f"x:{name}"), _by_value(term)) for name, term in each.items()]
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def _by_value(term: Term) -> Term:
    if isinstance(term, Literal) and term.datatype.value == f"{XSD}boolean":
        return Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return term
    try:
        value = Decimal(term.value)
    except InvalidOperation:
        return term
    if term.datatype.value in {f"{XSD}double", f"{XSD}float"}:
        return Literal(f"{float(value):.9g}", datatype=term.datatype)
    return Literal(str(value.normalize()), datatype=term.datatype)


PlainRow = tuple[tuple[str, str], ...]


def plain_rows(body: bytes) -> Counter[PlainRow]:
    """Read CSV results as they are meant for spreadsheets: plain values by the names of their columns, no kinds."""
    names, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    return Counter(tuple(sorted(zip(names, map(_plain, row or [""]), strict=True))) for row in rows)


def as_plain(solutions: list[Solution], names: list[str]) -> Counter[PlainRow]:
    """Return solutions as ``plain_rows`` has them."""
    return Counter(tuple((name, _plain(_value(row.get(name)))) for name in sorted(names)) for row in solutions)


def _value(term: Term | None) -> str:
    return "" if term is None else f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _plain(value: str) -> str:
    """A blank node has no name that lasts; a number or a truth may be written in another form."""
    if value.startswith("_:"):
        return "_:"
    value = {"true": "1", "false": "0"}.get(value, value)
    try:
        return f"{float(value):.9g}"
    except ValueError:
        return value


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the protocol suite, and what its answer must be: the first digits of its status, its form, its truth."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[int]
    form: str | None
    truth: bool | None

    @property
    def changes_data(self) -> bool:
        """Tell whether this is an update."""
        kind = self.headers.get("content-type", "")
        return kind.startswith("application/sparql-update") or (self.body or b"").startswith(b"update=")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A test of the protocol suite."""

    name: str
    requests: tuple[Request, ...]

    @property
    def changes_data(self) -> bool:
        """Tell whether the test changes data, where the service lets itself be changed."""
        return self.name.startswith("update_")


@cache
def protocol_tests() -> tuple[Exchange, ...]:
    """Return the tests of the protocol suite; their paths are made those of our service."""
    path = SUITE / "protocol" / "manifest.ttl"
    if not path.is_file():
        return ()
    graph = Graph(read(path))
    found = []
    for node in graph.items(graph.one(NamedNode(address(path)), f"{MF}entries")):
        action = graph.one(node, f"{MF}action")
        requests = tuple(_request(graph, each) for each in graph.items(graph.one(action, f"{HT}requests")))
        found.append(Exchange(str(node)[1:-1].rpartition("#")[2], requests))
    return tuple(found)


def _request(graph: Graph, node: Node) -> Request:
    def text(subject: Node | None, predicate: str) -> str | None:
        value = graph.one(subject, predicate)
        return value.value if isinstance(value, Literal) else None

    headers = {
        str(text(each, f"{HT}fieldName")): str(text(each, f"{HT}fieldValue"))
        for each in graph.items(graph.one(node, f"{HT}headers"))
    }
    body, answer_ = graph.one(node, f"{HT}body"), graph.one(node, f"{HT}resp")
    chars, truth = text(body, f"{CNT}chars"), text(answer_, f"{MF}expectedBoolean")
    return Request(
        str(text(node, f"{HT}methodName")),
        str(text(node, f"{HT}absolutePath")).replace("/sparql/", "/sparql", 1),
        headers,
        None if chars is None else chars.encode(text(body, f"{CNT}characterEncoding") or "utf-8"),
        frozenset(int(str(each)[-4]) for each in graph.all(answer_, f"{MF}expectedStatus")),
        text(answer_, f"{MF}expectedFormat"),
        None if truth is None else truth == "true",
    )
