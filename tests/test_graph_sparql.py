"""Queries that people write: what runs, what comes out, and what is refused before anything parses it."""

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from graph.build import fill
from graph.errors import (
    GraphRefused,
    QueryInvalid,
    QueryRefused,
    QueryTooLarge,
    UnknownFormat,
    UpdateRefused,
)
from graph.guard import DEEPEST, LONGEST, MOST_PARTS, check
from graph.sparql import GRAPHS, TABLES, query
from graph.stores import Store, open_store
from test_graph_sample import BASE, PACT, PLAN, library

# ruff: noqa: S608  the texts are SPARQL, and made to be refused
# The reader of the other side warns of its own old ways.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?p a rk:Measure }"


@pytest.fixture(scope="module")
def store() -> Store:
    """A store with the sample library."""
    opened = open_store("memory:")
    fill(opened, library(), (), BASE)
    return opened


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that nobody may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def test_a_select_query_gives_the_standard_json(store: Store) -> None:
    media_type, body = query(store, COUNT)
    assert media_type == "application/sparql-results+json"
    assert json.loads(body)["results"]["bindings"][0]["n"]["value"] == "8"


@pytest.mark.parametrize(
    ("name", "start"), [("json", b"{"), ("xml", b"<?xml"), ("csv", b"p\r\nhttp"), ("tsv", b"?p\n<http")]
)
def test_every_format_of_tables_is_whole_and_keeps_japanese(store: Store, name: str, start: bytes) -> None:
    _, body = query(store, "SELECT ?p WHERE { ?p a rk:Measure }", format=name)
    assert body.startswith(start)
    _, body = query(store, f"SELECT ?t WHERE {{ <{BASE}/id/project/{PLAN}/7-2> schema:name ?t }}", format=name)
    assert "体育館を互いに使う" in body.decode("utf-8")


@pytest.mark.parametrize(
    ("name", "reader", "syntax"),
    [
        ("turtle", "turtle", RdfFormat.TURTLE),
        ("ntriples", "nt", RdfFormat.N_TRIPLES),
        ("jsonld", "json-ld", RdfFormat.JSON_LD),
        ("rdfxml", "xml", RdfFormat.RDF_XML),
    ],
)
def test_every_format_of_graphs_is_read_by_two_readers(store: Store, name: str, reader: str, syntax: RdfFormat) -> None:
    _, body = query(store, "CONSTRUCT { ?p schema:name ?t } WHERE { ?p a rk:Measure ; schema:name ?t }", format=name)
    assert len(rdflib.Graph().parse(data=body, format=reader)) == 8
    assert len(set(pyoxigraph.parse(body, syntax))) == 8


def test_asking_and_describing_work(store: Store) -> None:
    _, body = query(store, "ASK { ?p a rk:Measure }")
    assert json.loads(body)["boolean"] is True
    _, body = query(store, f"DESCRIBE <{BASE}/id/municipality/012246>")
    assert "千歳市" in body.decode("utf-8")


def test_a_constructed_number_in_a_wrong_form_is_still_written(store: Store) -> None:
    text = 'CONSTRUCT { <http://e/x> <http://e/p> ?n } WHERE { BIND (STRDT("x", xsd:integer) AS ?n) }'
    assert json.loads(query(store, text, format="jsonld")[1])["@graph"][0]["http://e/p"]["@type"] == "xsd:integer"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html, application/sparql-results+xml;q=0.9, */*;q=0.1", "application/sparql-results+xml"),
        ("application/json;q=0.2, text/tab-separated-values;q=0.8", "text/tab-separated-values; charset=utf-8"),
        ("text/*", "application/sparql-results+xml"),
    ],
)
def test_the_accept_header_chooses_the_format(store: Store, accept: str, media_type: str) -> None:
    assert query(store, COUNT, accept=accept)[0] == media_type


def test_a_format_that_does_not_fit_the_kind_of_query_is_refused(store: Store) -> None:
    with pytest.raises(UnknownFormat, match="json, xml, csv, tsv"):
        query(store, COUNT, format="turtle")
    with pytest.raises(UnknownFormat):
        query(store, COUNT, accept="image/png, */*;q=0")
    assert not set(TABLES) & set(GRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT*{service<http://127.0.0.1:PORT/>{}}",
        "PREFIX ex: <http://127.0.0.1:PORT/> SELECT*{SERVICEex:p{}}",
        "PREFIX ex: <http://127.0.0.1:PORT/> PREFIX SERVICEex: <http://e/> SELECT*{SERVICEex:p{}}",
        "PREFIX ex: <http://127.0.0.1:PORT/> SELECT*{SERVICESILENTex:p{}}",
        "SELECT*{SERVICESILENT<http://127.0.0.1:PORT/>{}}",
        "PREFIX ex: <http://127.0.0.1:PORT/> SELECT*{?s ?p trueSERVICEex:p{}}",
        "SELECT*{?s ?p trueSERVICE<http://127.0.0.1:PORT/>{}}",
        "SELECT*{ #\n SERVICE #\n <http://127.0.0.1:PORT/> #\n {} }",
        "SELECT*{BIND(<http://127.0.0.1:PORT/> AS ?x)FILTER(1<?b)SERVICE?x#>\n{}}",
        "SELECT*{BIND(<http://127.0.0.1:PORT/> AS ?x)FILTER(1<2)SERVICE?x#>\n{}}",
        "PREFIX e: <http://e/> SELECT*{FILTER(1<e:a)SERVICE<http://127.0.0.1:PORT/>{}}",
        "SELECT*{FILTER(1<'>')SERVICE<http://127.0.0.1:PORT/>{}#'\n}",
        "SELECT*{FILTER(1<'a>' )SERVICE<http://127.0.0.1:PORT/>{}FILTER('b')}",
        'SELECT*{FILTER(1<"a>" )SERVICE<http://127.0.0.1:PORT/>{}FILTER("b")}',
        "ASK { { SELECT * { OPTIONAL { SERVICE ?x { } } } } VALUES ?x { <http://127.0.0.1:PORT/> } }",
    ],
)
def test_no_query_reaches_another_server(store: Store, listener: socket.socket, text: str) -> None:
    port = listener.getsockname()[1]
    with pytest.raises(QueryRefused):
        query(store, text.replace("PORT", str(port)))
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://e/s> <http://e/p> 1 }",
        "PREFIX e: <http://e/>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/>",
        "load <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP ALL",
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_what_would_change_data_is_refused(store: Store, text: str) -> None:
    before = store.count()
    with pytest.raises(UpdateRefused, match="cannot be changed"):
        query(store, text)
    assert store.count() == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service WHERE { ?service a rk:Measure } LIMIT 1",
        "SELECT * WHERE { ?s ?p 'SERVICE <http://e/> {}' } # SERVICE <http://e/> {}",
        "SELECT * WHERE { ?s <http://e/SERVICE/x> ?o ; <http://service.example/?service> 1 }",
        "PREFIX service: <http://e/> SELECT * WHERE { ?s service:load service:drop }",
        "PREFIX service: <http://e/> SELECT * WHERE { GRAPH service:g { ?s ?p ?o } }",
        "SELECT ?insert WHERE { ?insert ?delete ?load FILTER (?load < 3 && 2 < ?delete) }",
        "SELECT * WHERE { ?s ?p '''a 'quoted' { ( ''' }",
        "BASE <http://e/> SELECT * WHERE { <#a> <b?c> <d> }",
    ],
)
def test_harmless_queries_that_look_like_attacks_run(store: Store, text: str) -> None:
    assert query(store, text)[1]


def nested(sign: str, end: str, inner: str = "") -> str:
    """Return a query with signs inside one another, far too deep."""
    return "SELECT*{" + sign * 5000 + inner + end * 5000 + "}"


@pytest.mark.parametrize(
    "text",
    [
        nested("{", "}"),
        "SELECT*{FILTER" + "(" * 5000 + "1" + ")" * 5000 + "}",
        "SELECT*{FILTER(" + "!" * 20000 + "1)}",
        "SELECT*{?s ?p " + "[?p " * 5000 + "1" + "]" * 5000 + "}",
        "SELECT*{" + "FILTER EXISTS{" * 1000 + "}" * 1000 + "}",
        "SELECT*{FILTER(" + "IF(1,1," * 1000 + "1" + ")" * 1000 + ")}",
        "SELECT*{FILTER(1" + "+1" * 10000 + ")}",
        "SELECT*{FILTER(1" + "||1" * 10000 + ")}",
        "PREFIX e: <http://e/> SELECT*{" + "?a e:p e:b." * 4000 + "}",
        "PREFIX e: <http://e/> SELECT*{" + "?a e:p 1." * 4000 + "}",
        "PREFIX e: <http://e/> SELECT*{ ?a e:p 1" + ";e:p 1" * 4000 + "}",
        "PREFIX e: <http://e/> SELECT*{ ?a e:p 1" + ",1" * 4000 + "}",
        "SELECT*{" + "".join(f"BIND(1 AS?a{n})" for n in range(3500)) + "}",
        "SELECT*{" + "MINUS{}" * 4000 + "}",
        "SELECT " + "".join(f"(1 AS?a{n})" for n in range(4000)) + "{}",
        "SELECT*{" + "{#}\n" * 3000 + "}" * 3000 + "}",
        "SELECT*{" + "FILTER(1<x#>}\n2){" * 3000 + "}" * 3000 + "}",
        "SELECT*{FILTER(1<?b" + "+1" * 10000 + ">0)}",
        "SELECT*{ ?s ?p '" + "x" * LONGEST + "' }",
    ],
)
def test_queries_that_would_end_the_process_are_refused_by_their_size(text: str) -> None:
    with pytest.raises(QueryTooLarge, match="smaller queries"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT*{" + "{" * (DEEPEST - 2) + "}" * (DEEPEST - 2) + "}",
        "SELECT*{FILTER(1" + "+1" * (MOST_PARTS - 10) + ")}",
        "SELECT*{FILTER(" + "!" * (DEEPEST - 5) + "1)}",
        "SELECT*{VALUES ?x {" + " 1" * 20000 + "}}",
    ],
)
def test_queries_up_to_the_limits_run(store: Store, text: str) -> None:
    assert query(store, text)[1]


def test_graphs_of_the_library_can_be_chosen_and_no_others(store: Store) -> None:
    chosen = f"SELECT (COUNT(?p) AS ?n) FROM <{BASE}/id/graph/{PACT}> WHERE {{ ?p a rk:Measure }}"
    assert json.loads(query(store, chosen)[1])["results"]["bindings"][0]["n"]["value"] == "1"
    named = f"PREFIX g: <{BASE}/id/graph/> SELECT * FROM NAMED g:{PLAN} WHERE {{ GRAPH ?g {{ ?p a rk:Sheet }} }}"
    assert len(json.loads(query(store, named)[1])["results"]["bindings"]) == 7
    for foreign in ("<http://127.0.0.1:1/>", "NAMED <file:///etc/passwd>", "rk:x"):
        with pytest.raises(GraphRefused, match="not a graph of this library"):
            query(store, f"SELECT * FROM {foreign} WHERE {{ ?s ?p ?o }}")


@pytest.mark.parametrize(
    "text", ["", "# nothing", "hello", "SELECT", "SELECT * WHERE { ?s ?p 'open }", "SELECT \\u0053 {}", "{}"]
)
def test_what_is_no_query_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryInvalid, match="cannot be read"):
        query(store, text)


def test_a_fault_while_a_query_runs_is_an_error_and_no_cut_answer(store: Store) -> None:
    with pytest.raises(QueryRefused):
        query(store, "SELECT * WHERE { ?s ?p ?o } ORDER BY SUM(?o")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="SERVICEservice <>?x#\n{}()'\"1!ex:p.,;|*\\@FILTER", max_size=60))
def test_no_text_makes_the_guard_fail_in_another_way_than_refusing(text: str) -> None:
    with contextlib.suppress(QueryRefused):
        assert check(f"SELECT*{{{text}}}", []) == "SELECT"


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["SERVICE", "SILENT", "ex:p", "?x", "<HERE>", "{", "}", "{}", "FILTER(1<", ">", ")", "2", "'", "\"", "#", "\n",
             " ", "true", "<", ".", "?s ?p ", "SERVICEex:p", "GRAPH ", "''", "\\'"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_whatever_the_engine_would_run_with_another_server_the_guard_refuses(pieces: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        here = f"http://127.0.0.1:{server.getsockname()[1]}/"
        text = f"PREFIX ex: <{here}> SELECT*{{{''.join(pieces).replace('HERE', here)}}}"
        try:
            check(text)
        except QueryRefused:
            return
        # A connection that the guard lets through would hang here: nobody answers.
        with contextlib.suppress(SyntaxError, RuntimeError):
            list(pyoxigraph.Store().query(text))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_turtle_of_a_construct_is_the_same_in_every_process() -> None:
    script = (
        "from pyoxigraph import *; from graph.sparql import write_triples; import sys;"
        "a = NamedNode('https://schema.org/name'); b = NamedNode('http://www.w3.org/2004/02/skos/core#prefLabel');"
        "sys.stdout.buffer.write(write_triples([Triple(a, b, Literal('x'))], 'turtle'))"
    )
    command = [sys.executable, "-c", script]
    texts = {subprocess.run(command, check=True, capture_output=True).stdout for _ in range(4)}  # noqa: S603
    assert len(texts) == 1
    prefixes = [line for line in texts.pop().decode().splitlines() if line.startswith("@prefix")]
    assert len(prefixes) > 3
    assert prefixes == sorted(prefixes)
