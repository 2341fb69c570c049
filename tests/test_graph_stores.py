"""One set of rules for every store: in memory, on disk, behind a SPARQL server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat

from graph.build import fill
from graph.errors import QueryInvalid, StoreReadOnly, StoreUnavailable, UnknownStore
from graph.identifiers import is_provenance
from graph.stores import IRI, Store, open_store
from test_graph_sample import BASE, PACT, library

EX = "http://example.org/"


def quad(document: str, subject: str, word: str) -> Quad:
    """Return one statement of a document."""
    graph = NamedNode(f"{BASE}/id/graph/{document}")
    return Quad(NamedNode(EX + subject), NamedNode(f"{EX}says"), Literal(word, language="ja"), graph)


@contextmanager
def server(*held: Quad) -> Iterator[str]:
    """Run a SPARQL 1.1 server in this process, which keeps what it is given in memory; yield its address."""
    store = pyoxigraph.Store()
    store.extend(held)

    class Handler(BaseHTTPRequestHandler):
        """Answers /query and /update as the SPARQL 1.1 Protocol has it."""

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("ascii"))
            try:
                kind, body = self.update(form["update"][0]) if self.path == "/update" else self.query(form["query"][0])
            except SyntaxError as error:
                self.answer(400, "text/plain", str(error).encode())
                return
            self.answer(200, kind, body)

        def update(self, text: str) -> tuple[str, bytes]:
            store.update(text)
            return "text/plain", b""

        def query(self, text: str) -> tuple[str, bytes]:
            found = store.query(text)
            if isinstance(found, QueryTriples):
                return "application/n-triples", found.serialize(format=RdfFormat.N_TRIPLES) or b""
            return "application/sparql-results+json", found.serialize(format=QueryResultsFormat.JSON) or b""

        def answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}/query?update=/update"
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@pytest.fixture(params=["memory", "oxigraph", "endpoint"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "endpoint":
        with server() as address:
            yield open_store(f"sparql+{address}", writable=True)
        return
    opened = open_store("memory:" if request.param == "memory" else f"oxigraph:{tmp_path / 'store'}", writable=True)
    yield opened
    opened.close()


def test_a_document_comes_back_as_it_was_put_in(store: Store) -> None:
    quads = {quad("a", "x", "一"), quad("a", "y", '二\n「三」\\"')}
    assert store.replace("a", quads) == 2
    assert set(store.quads()) == quads
    assert set(store.triples()) == set(store.triples("a")) == {each.triple for each in quads}


def test_documents_are_listed_in_order_with_their_graphs(store: Store) -> None:
    for name in ("b", "文書", "a"):
        store.replace(name, [quad(name, "x", "一")])
    assert store.documents() == ["a", "b", "文書"]
    assert store.graphs() == [f"{BASE}/id/graph/{name}" for name in ("a", "b", "文書")]


def test_a_statement_of_two_documents_counts_once_and_stays_until_both_are_gone(store: Store) -> None:
    assert store.replace("a", [quad("a", "x", "一")]) == 1
    assert store.replace("b", [quad("b", "x", "一"), quad("b", "y", "二")]) == 1
    assert (store.count(), len(list(store.quads()))) == (2, 3)
    assert store.remove("b") == -1
    assert store.count() == 1
    assert store.remove("a") == -1
    assert (store.count(), store.documents()) == (0, [])


def test_a_document_put_in_again_takes_its_own_place_and_no_others(store: Store) -> None:
    store.replace("a", [quad("a", "x", "一"), quad("a", "y", "二")])
    store.replace("b", [quad("b", "z", "三")])
    assert store.replace("a", [quad("a", "y", "二"), quad("a", "y", "四"), quad("a", "y", "五")]) == 1
    assert {str(each.object) for each in store.triples("a")} == {'"二"@ja', '"四"@ja', '"五"@ja'}
    assert len(list(store.triples("b"))) == 1


def test_taking_out_what_is_not_there_changes_nothing(store: Store) -> None:
    store.replace("a", [quad("a", "x", "一")])
    assert store.remove("z") == 0
    assert store.count() == 1


def test_rows_are_plain_values_with_none_for_what_is_unbound(store: Store) -> None:
    store.replace("a", [quad("a", "x", "一")])
    rows = store.select(
        "SELECT ?s ?o ?no (2 AS ?i) (2.5 AS ?d) (true AS ?b) WHERE { ?s <http://example.org/says> ?o OPTIONAL { ?s a ?no } }"
    )
    assert rows == [{"s": IRI(f"{EX}x"), "o": "一", "no": None, "i": 2, "d": 2.5, "b": True}]
    assert isinstance(rows[0]["s"], IRI)
    assert not isinstance(rows[0]["o"], IRI)


def test_bound_variables_stand_for_things_and_words_and_cannot_break_out(store: Store) -> None:
    evil = '" } DROP ALL #'
    store.replace("a", [quad("a", "x", "一"), quad("a", "y", evil)])
    text = "SELECT ?o WHERE { ?thing ?p ?o }"
    assert [row["o"] for row in store.select(text, thing=IRI(f"{EX}x"))] == ["一"]
    found = store.select("SELECT ?s WHERE { ?s ?p ?o FILTER (STR(?o) = ?word) }", word=evil)
    assert [row["s"] for row in found] == [f"{EX}y"]
    with pytest.raises(QueryInvalid):
        store.select(text, thing=IRI("> ?p ?o } #"))


def test_the_union_is_what_queries_see_and_graphs_can_be_named(store: Store) -> None:
    store.replace("a", [quad("a", "x", "一")])
    store.replace("b", [quad("b", "x", "一"), quad("b", "x", "二")])
    count = "SELECT (COUNT(*) AS ?n) "
    assert store.select(count + "WHERE { ?s ?p ?o }") == [{"n": 2}]
    assert store.select(count + f"FROM <{BASE}/id/graph/a> WHERE {{ ?s ?p ?o }}") == [{"n": 1}]
    assert store.select(count + f"WHERE {{ GRAPH <{BASE}/id/graph/b> {{ ?s ?p ?o }} }}") == [{"n": 2}]


def test_asking_and_constructing_work_everywhere(store: Store) -> None:
    store.replace("a", [quad("a", "x", "一")])
    answer = store.query("ASK { ?s ?p '一'@ja }")
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)
    made = store.query("CONSTRUCT { ?o <http://example.org/of> ?s } WHERE { ?x ?p ?y BIND (?x AS ?o) BIND (?x AS ?s) }")
    assert isinstance(made, QueryTriples)
    assert [str(each) for each in made] == [f"<{EX}x> <{EX}of> <{EX}x>"]


def test_what_is_no_query_is_said_to_be_none(store: Store) -> None:
    with pytest.raises(QueryInvalid):
        store.query("SELECT nothing")
    with pytest.raises(QueryInvalid):
        store.select("ASK { ?s ?p ?o }")


def test_our_prefixes_need_not_be_declared(store: Store) -> None:
    fill(store, library(), (), BASE)
    assert store.select("SELECT (COUNT(?p) AS ?n) WHERE { ?p a rk:Measure }") == [{"n": 8}]


def test_the_memo_is_empty_again_after_a_change(store: Store) -> None:
    store.replace("a", [quad("a", "x", "一")])
    store.memo["answer"] = 1
    store.replace("a", [quad("a", "x", "二")])
    assert "answer" not in store.memo


def test_all_stores_hold_the_same(tmp_path: Path) -> None:
    held = []
    with server() as address:
        for url in ("memory:", f"oxigraph:{tmp_path / 'store'}", f"sparql+{address}"):
            store = open_store(url, writable=True)
            fill(store, library(), (), BASE)
            fill(store, {}, [PACT], BASE)
            held.append((store.count(), set(store.quads())))
            store.close()
    assert held[0] == held[1] == held[2]
    plain = [quad for quad in held[0][1] if not is_provenance(str(quad.graph_name)[1:-1])]
    assert held[0][0] == len(plain) > 100


def test_what_others_keep_on_a_server_is_left_alone() -> None:
    foreign = Quad(NamedNode(f"{EX}s"), NamedNode(f"{EX}p"), Literal("他"), NamedNode(f"{EX}graph"))
    with server(foreign) as address:
        store = open_store(f"sparql+{address}", writable=True)
        store.replace("a", [quad("a", "x", "一")])
        assert store.documents() == ["a"]
        store.remove("a")
        assert store.query(f"ASK {{ GRAPH <{EX}graph> {{ ?s ?p '他' }} }}")
        assert store.documents() == []


def test_an_address_that_no_store_has_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownStore, match=r"memory: oxigraph: sparql\+http:"):
        open_store("ftp://example.org")


def test_a_store_opened_for_reading_refuses_to_be_written_to(tmp_path: Path) -> None:
    open_store(f"oxigraph:{tmp_path / 'store'}", writable=True).close()
    reader = open_store(f"oxigraph:{tmp_path / 'store'}")
    writes: list[Callable[[], object]] = [lambda: reader.replace("a", []), lambda: reader.remove("a")]
    with server() as address:
        writes.append(lambda: open_store(f"sparql+{address}").replace("a", [quad("a", "x", "一")]))
        for write in writes:
            with pytest.raises(StoreReadOnly):
                write()


def test_a_store_that_is_not_there_is_said_not_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(f"oxigraph:{tmp_path / 'none'}")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable):
        open_store(f"oxigraph:{tmp_path / 'file'}", writable=True)
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1"):
        open_store("sparql+http://127.0.0.1:1/query").count()


def test_a_password_in_an_address_is_in_no_message() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store("sparql+http://user:secret@127.0.0.1:1/query").count()
    assert "secret" not in str(caught.value)
