"""The W3C's SPARQL 1.1 suites through our own endpoint: its routes, its guard, its worker, its formats.

Each test's data lies in a store on disk like that of a state of the library, and the application reads that store as
if it were one. What the engine does otherwise than the suite is listed by name with the reason, and nothing else fails.
"""

import os
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph
import pytest
from _pytest.mark import ParameterSet
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat

import w3c_suite as suite
from graph.stores.oxigraph import ReadOnlyStore
from web.app import create_app
from web.settings import Settings

pytestmark = [
    pytest.mark.skipif(not suite.SUITE.is_dir(), reason="the W3C's suites are not beside the project"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process for each query is slow without fork"),
]

QUERY_TESTS = suite.tests("manifest-sparql11-query.ttl")
RESULT_TESTS = suite.tests("manifest-sparql11-results.ttl")
OTHER_FORMATS = cycle(("xml", "csv", "tsv"))

_EMPTY = "the engine gives no zero-length path for a term that its store does not hold"
_INSIDE = "the engine takes a group, a minus or values inside GRAPH for each graph apart"
DIFFERENT = {
    "aggregates/agg-groupconcat-04": "the engine gives GROUP_CONCAT no language",
    "aggregates/agg-groupconcat-06": "the engine gives GROUP_CONCAT no language",
    "aggregates/agg-empty-group-count-graph": _INSIDE,
    "bindings/graph": _INSIDE,
    "negation/graph-minus": _INSIDE,
    "functions/bnode01": "the engine gives BNODE(text) one node for all rows",
    "property-path/zero_or_more_set_start": _EMPTY,
    "property-path/zero_or_more_set_end": _EMPTY,
    "property-path/zero_or_one_set_start": _EMPTY,
    "property-path/zero_or_one_set_end": _EMPTY,
    "csv-tsv-res/tsv03": "the engine makes an xsd:negativeInteger an xsd:integer",
}
"""What the engine answers otherwise than the suite, and why."""

RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
FORMS = {"boolean": {RESULTS["json"], RESULTS["xml"]}, "tabular": set(RESULTS.values()), "RDF": set(GRAPHS)}


class SuiteStore(ReadOnlyStore):
    """A store whose graphs are all those in it, whatever they are called: the suite's have names of their own."""

    def graphs(self) -> list[str]:
        """Return the IRIs of all named graphs."""
        return [graph.value for graph in self._store.named_graphs() if isinstance(graph, NamedNode)]


class SuiteReader:
    """Hands out a store in a folder in place of a state of the library; equal data is stored once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[object, SimpleNamespace] = {}
        self.opened: SimpleNamespace | None = None

    def use(self, key: object, quads: list[Quad]) -> None:
        """Make a store with these quads the one that is read; ``key`` names its content."""
        if key not in self._known:
            place = self._folder / str(len(self._known))
            place.mkdir()
            store = pyoxigraph.Store(str(place / "store"))
            store.extend(quads)
            store.flush()
            del store
            opened = SuiteStore(pyoxigraph.Store.read_only(str(place / "store")), str(place))
            manifest = SimpleNamespace(base="http://suite.example")
            state = SimpleNamespace(graph=place, manifest=manifest, name=place.name)
            self._known[key] = SimpleNamespace(store=opened, state=state, fingerprint=place.name)
        self.opened = self._known[key]

    def acquire(self) -> SimpleNamespace:
        """Give what is read."""
        assert self.opened
        return self.opened

    def release(self, _: SimpleNamespace) -> None:
        """Keep everything open until the end."""

    def close(self) -> None:
        """Let go of every store."""
        for each in self._known.values():
            each.store.close()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SuiteReader]:
    made = SuiteReader(tmp_path_factory.mktemp("suite"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(reader: SuiteReader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=tmp_path_factory.mktemp("home")))
    app.extensions["renkei.reader"].close()
    app.extensions["renkei.reader"] = reader
    yield app.test_client()
    app.extensions["renkei.queries"].close()


def named(test: suite.Test, *more: str) -> ParameterSet:
    """Return a test under its own name; what is known to differ must differ."""
    marks = [pytest.mark.xfail(reason=DIFFERENT[test.name], strict=True)] if test.name in DIFFERENT else []
    return pytest.param(test, *more, id=test.name, marks=marks)


def load(reader: SuiteReader, test: suite.Test) -> None:
    """Make the data of a test what the endpoint answers from; a graph that the query names with FROM is there too."""
    quads = [quad for path in test.data for quad in suite.read(path)]
    named = dict(test.graphs) | {iri: suite.path_of(iri) for iri in test.named}
    for iri, path in named.items():
        triples = suite.read(path) if path else [Quad(NamedNode(iri), NamedNode(iri), NamedNode(iri))]
        quads += [Quad(each.subject, each.predicate, each.object, NamedNode(iri)) for each in triples]
    reader.use((test.data, tuple(named)), quads)


def post(client: FlaskClient, text: str, accept: str) -> tuple[int, str, bytes]:
    response = client.post(
        "/sparql", data=text.encode(), content_type="application/sparql-query", headers={"Accept": accept}
    )
    return response.status_code, response.mimetype, response.data


def answered(client: FlaskClient, test: suite.Test, media_type: str) -> bytes:
    """Return the whole answer in a form, which must be the one that was asked for."""
    status, kind, body = post(client, test.text, media_type)
    assert (status, kind) == (200, media_type), body.decode()
    return body


def check_solutions(client: FlaskClient, test: suite.Test, other: str, wanted: object) -> None:
    """Compare the solutions in JSON and in one other format with those expected; what is only yes or no has no CSV."""
    assert suite.equal(suite.answer(answered(client, test, RESULTS["json"]), "json"), wanted)
    if other == "csv" and isinstance(wanted, list):
        body = answered(client, test, "text/csv")
        names = body.decode("utf-8").partition("\r\n")[0].split(",")
        assert suite.plain_rows(body) == suite.as_plain(wanted, names)
    elif isinstance(wanted, list) or other == "xml":
        assert suite.equal(suite.answer(answered(client, test, RESULTS[other]), other), wanted)


def check_graph(client: FlaskClient, test: suite.Test, wanted: object) -> None:
    """Compare the graph in every syntax with the one expected."""
    for media_type, syntax in GRAPHS.items():
        assert suite.equal(list(pyoxigraph.parse(answered(client, test, media_type), syntax)), wanted)


@pytest.mark.parametrize(
    ("test", "other"),
    [named(test, other) for test, other in zip(QUERY_TESTS, OTHER_FORMATS, strict=False)],
)
def test_query_suite(client: FlaskClient, reader: SuiteReader, test: suite.Test, other: str) -> None:
    load(reader, test)
    if test.kind == "NegativeSyntaxTest11":
        assert 400 <= post(client, test.text, "*/*")[0] < 500
    elif test.kind == "PositiveSyntaxTest11":
        status, _, body = post(client, test.text, "*/*")
        assert status == 200, body.decode()
    elif test.makes_graph:
        check_graph(client, test, suite.expected(test))
    else:
        check_solutions(client, test, other, suite.expected(test))


def test_the_query_suite_is_whole_and_what_differs_is_little() -> None:
    assert len(QUERY_TESTS) == 328
    assert len(QUERY_TESTS) - len(DIFFERENT.keys() & {test.name for test in QUERY_TESTS}) >= 318


@pytest.mark.parametrize("test", [named(test) for test in RESULT_TESTS])
def test_results_suite(client: FlaskClient, reader: SuiteReader, test: suite.Test) -> None:
    """CSV, TSV and JSON results hold what they should; the engine may write a number in another form."""
    load(reader, test)
    assert test.result is not None
    form = {".srj": "json"}.get(test.result.suffix, test.result.suffix[1:])
    body = answered(client, test, RESULTS[form])
    if form == "csv":
        assert suite.plain_rows(body) == suite.plain_rows(test.result.read_bytes())
    else:
        assert suite.equal(suite.answer(body, form), suite.expected(test))


@pytest.mark.parametrize("test", [pytest.param(test, id=test.name) for test in suite.protocol_tests()])
def test_protocol_suite(client: FlaskClient, reader: SuiteReader, test: suite.Exchange) -> None:
    """Each exchange of the protocol suite goes as it should; those that would change data are refused as such."""
    base = "http://kasei.us/2009/09/sparql/data/data"
    graphs = {f"{base}{n}.rdf": suite.SUITE / "protocol" / f"data{n}.nt" for n in (1, 2, 3)}
    quads = [Quad(NamedNode("x:s"), NamedNode("x:p"), NamedNode("x:o"), NamedNode(f"{base}0.rdf"))]
    for iri, path in graphs.items():
        quads += [Quad(q.subject, q.predicate, q.object, NamedNode(iri)) for q in suite.read(path)]
    reader.use("protocol", quads)
    for each in test.requests:
        response = client.open(each.target, method=each.method, data=each.body, headers=each.headers)
        if each.changes_data:
            assert 400 <= response.status_code < 500, each
            assert response.mimetype == "application/problem+json"
            continue
        if test.changes_data:  # it looks for what the update before it would have changed
            assert response.get_json()["boolean"] is False
            continue
        assert response.status_code // 100 in each.statuses, (each, response.data)
        if each.truth is not None:
            assert response.get_json()["boolean"] is each.truth
        if each.form is not None:
            assert response.mimetype in FORMS[each.form]


def test_the_protocol_suite_is_whole() -> None:
    assert len(suite.protocol_tests()) == 34


def test_service_description_suite(client: FlaskClient, reader: SuiteReader) -> None:
    """The address itself says in RDF what the service is: returns-rdf, has-endpoint-triple, conforms-to-schema."""
    reader.use("description", [Quad(NamedNode("x:s"), NamedNode("x:p"), NamedNode("x:o"), NamedNode("x:g"))])
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for media_type, syntax in GRAPHS.items():
        response = client.get("/sparql", headers={"Accept": media_type})
        assert (response.status_code, response.mimetype) == (200, media_type)
        found = suite.Graph(pyoxigraph.parse(response.data, syntax))
        (service,) = found.subjects[f"{sd}Service"]
        assert found.one(service, f"{sd}endpoint") == NamedNode("http://suite.example/sparql")
        assert found.all(service, f"{sd}supportedLanguage") == [NamedNode(f"{sd}SPARQL11Query")]
        (dataset,) = found.all(service, f"{sd}defaultDataset")
        assert found.one(dataset, f"{sd}defaultGraph")
        assert [found.one(each, f"{sd}name") for each in found.all(dataset, f"{sd}namedGraph")] == [NamedNode("x:g")]
