"""Foreign queries end at their limits, alone; what they do harms no other request and leaves no process behind."""

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.errors import QueryInvalid, ResultTooLarge, StoreUnavailable
from ingest.library import State
from web import queries, sparql_worker
from web.app import create_app
from web.errors import QueryStopped, TooManyQueries
from web.queries import Queries
from web.settings import Settings
from web.sparql_worker import Limits

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are those of POSIX")

QUICK = Limits(seconds=1.0)
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND()"
CLOSURE = "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:a>)* ?b . ?b (!<x:a>|^!<x:a>)* ?c }"
DOUBLING = (
    'SELECT (STRLEN(?z) AS ?n) { VALUES ?a { "'
    + "x" * 1000
    + '" } '
    + " ".join(f"BIND(CONCAT({', '.join([f'?{x}'] * 30)}) AS ?{y})" for x, y in zip("abcd", "bcdz", strict=True))
    + " }"
)
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TWINS = {
    "a cross product of few": "SELECT * { ?a a <https://schema.org/Project> . ?b a <http://www.w3.org/ns/org#Membership> } LIMIT 100",
    "a path": "SELECT ?b { ?a <http://www.w3.org/2004/02/skos/core#broader>* ?b } LIMIT 100",
    "a sort": "SELECT ?s { ?s a <https://schema.org/Project> } ORDER BY ?s",
    "a pattern": 'SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER REGEX(?l, "^(写|真)+$") }',
    "a union": "SELECT ?s { "
    + " UNION ".join(f'{{ ?s <http://www.w3.org/2000/01/rdf-schema#label> "{n}" }}' for n in range(50))
    + " }",
    "nesting": "SELECT * " + "{" * 30 + " ?s a <https://schema.org/Project> " + "}" * 30,
}


@pytest.fixture(scope="module")
def folder(sample_state: State) -> Path:
    """The graph of the sample library."""
    return sample_state.graph


@pytest.fixture(scope="module")
def quick() -> Iterator[Queries]:
    """Queries that are stopped after a second."""
    made = Queries(QUICK)
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(sample_state: State) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=sample_state.path.parent.parent))
    app.extensions["renkei.queries"] = made = Queries(QUICK)
    yield app.test_client()
    made.close()
    app.extensions["renkei.reader"].close()


def count(made: Queries, folder: Path) -> int:
    body = json.loads(made.run(folder, COUNT, "json"))
    return int(body["results"]["bindings"][0]["n"]["value"])


def children(parent: int) -> list[str]:
    """The command names of the processes that a process started, by the system's table of processes."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().rsplit(")", 1)
        except OSError:
            continue
        if int(rest.split()[1]) == parent:
            found.append(name)
    return found


def worker_ids(made: Queries) -> list[int]:
    return [each._process.pid for each in made._idle if isinstance(each, queries.Worker) and each._process]


@pytest.mark.parametrize("text", [CROSS, CLOSURE], ids=["cross product", "closure"])
def test_an_endless_query_ends_with_its_time(quick: Queries, folder: Path, text: str) -> None:
    with pytest.raises(QueryStopped, match="1 seconds"):
        quick.run(folder, text, "json")
    assert count(quick, folder) > 1000


def test_a_query_that_fills_the_memory_ends(folder: Path) -> None:
    made = Queries(Limits(seconds=20))
    with pytest.raises(QueryStopped, match="memory"):
        made.run(folder, SORTED, "json")
    assert count(made, folder) > 1000
    made.close()


def test_a_text_that_doubles_ends_at_a_limit(folder: Path) -> None:
    made = Queries(Limits(seconds=20))
    with pytest.raises(QueryStopped, match="memory"):
        made.run(folder, DOUBLING, "json")
    made.close()


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_an_endless_result_is_never_given_in_part(folder: Path, name: str) -> None:
    made = Queries(Limits(seconds=20, size=1 << 20))
    with pytest.raises(QueryStopped, match="larger than 1 MB"):
        made.run(folder, STREAM, name)
    made.close()


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_as_many_rows_as_allowed_are_given_and_one_more_is_not(folder: Path, name: str) -> None:
    made = Queries(Limits(rows=100))
    text = "SELECT ?o {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }} LIMIT {}"
    assert made.run(folder, text.format(100), name)
    with pytest.raises(ResultTooLarge, match="100 rows"):
        made.run(folder, text.format(101), name)
    made.close()


def test_as_many_triples_as_allowed_are_given_and_one_more_is_not(folder: Path) -> None:
    made = Queries(Limits(rows=100))
    text = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} LIMIT {}"
    assert made.run(folder, text.format(100), "ntriples").count(b"\n") == 100
    with pytest.raises(ResultTooLarge):
        made.run(folder, text.format(101), "ntriples")
    made.close()


@pytest.mark.parametrize(
    "text",
    ["SELECT * " + "{" * 3000 + "}" * 3000, "ASK { FILTER(" + "!" * 20000 + "true) }", "ASK { FILTER(" + "(" * 5000],
    ids=["braces", "negations", "brackets"],
)
def test_a_query_that_kills_its_process_kills_no_other(quick: Queries, folder: Path, text: str) -> None:
    """Such a text is refused before it comes here; the worker holds out without that too."""
    with pytest.raises((QueryStopped, QueryInvalid)):
        quick.run(folder, text, "json")
    assert count(quick, folder) > 1000


def test_a_query_that_is_none_is_refused_with_the_reason(quick: Queries, folder: Path) -> None:
    with pytest.raises(QueryInvalid, match="expected"):
        quick.run(folder, "SELECT * { ?s ?p }", "json")


def test_a_graph_that_is_not_there_is_named(quick: Queries, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="nowhere"):
        quick.run(tmp_path / "nowhere", COUNT, "json")


def test_nothing_runs_on_behind_a_query_that_was_stopped(quick: Queries, folder: Path) -> None:
    with pytest.raises(QueryStopped):
        quick.run(folder, CROSS, "json")
    running = worker_ids(quick)
    assert running
    assert [children(pid) for pid in running] == [[] for _ in running]


def test_a_worker_that_was_lost_is_started_again(quick: Queries, folder: Path) -> None:
    before = count(quick, folder)
    for each in quick._idle:
        if isinstance(each, queries.Worker) and each._process:
            each._process.kill()
            each._process.wait()
    assert count(quick, folder) == before


def test_closing_ends_every_process(folder: Path) -> None:
    made = Queries()
    count(made, folder)
    (pid,) = worker_ids(made)
    made.close()
    assert not Path(f"/proc/{pid}").exists()


def test_surplus_queries_are_turned_away_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two run, as many as allowed wait and are answered in their turn, and the next one is told when to come again."""
    monkeypatch.setattr(queries, "WAITING", 2)
    made = Queries(Limits(seconds=4))  # enough for a plain query on a busy machine
    count(made, folder)
    outcomes: list[str] = []

    def ask(text: str) -> None:
        try:
            made.run(folder, text, "json")
            outcomes.append("answered")
        except (QueryStopped, TooManyQueries) as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=ask, args=(text,)) for text in (CROSS, CROSS, COUNT, COUNT)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    with pytest.raises(TooManyQueries, match="again in 5 seconds"):
        made.run(folder, COUNT, "json")
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["QueryStopped", "QueryStopped", "answered", "answered"]
    made.close()


def test_where_there_is_no_fork_each_query_has_a_fresh_process(folder: Path) -> None:
    made = Queries(Limits(seconds=1.0), fork=False)
    assert count(made, folder) > 1000
    with pytest.raises(ResultTooLarge):
        made.run(folder, "SELECT * { ?s ?p ?o }", "json")
    with pytest.raises(QueryStopped, match="1 seconds"):
        made.run(folder, CROSS, "json")
    made.close()


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces of the network are those of Linux")
def test_a_worker_can_reach_no_server(folder: Path) -> None:
    """Even a query that was let through by mistake finds no way out of the worker's process."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        child = os.fork()
        if not child:
            os._exit(0 if sparql_worker.leave_network() else 1)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            pytest.skip("this system lets no process leave the network")
        made = Queries(QUICK)
        with pytest.raises((QueryStopped, QueryInvalid, StoreUnavailable)):
            made.run(folder, f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}", "json")
        with pytest.raises(TimeoutError):
            server.accept()
        made.close()


@pytest.mark.parametrize("text", TWINS.values(), ids=TWINS)
def test_honest_queries_that_look_alike_are_answered(client: FlaskClient, text: str) -> None:
    response = client.post("/sparql", data={"query": text})
    assert (response.status_code, response.mimetype) == (200, "application/sparql-results+json")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (CROSS, 503),
        ("SELECT * { ?s ?p ?o }", 503),
        ("SELECT * " + "{" * 3000 + "}" * 3000, 413),
        ("SELECT * { ?s ?p '" + "x" * 70_000 + "' }", 413),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", 400),
        ("LOAD <http://127.0.0.1:9/>", 400),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        ("SELECT * { ?s ?p }", 400),
    ],
    ids=["time", "rows", "depth", "length", "update", "load", "from", "service", "syntax"],
)
def test_each_refusal_has_its_status_and_reason_and_the_service_lives(
    client: FlaskClient, text: str, status: int
) -> None:
    problem = client.post("/sparql", data={"query": text})
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    assert problem.get_json()["detail"]
    page = client.get("/sparql", query_string={"query": text[:3000]}, headers={"Accept": "text/html"})
    assert page.status_code >= 400
    assert client.post("/sparql", data={"query": COUNT}).status_code == 200


def test_a_client_that_is_turned_away_is_told_when_to_come_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bytes:
        raise TooManyQueries(5)

    monkeypatch.setattr(Queries, "run", full)
    for response in (
        client.post("/sparql", data={"query": COUNT}),
        client.get("/sparql", query_string={"query": COUNT}, headers={"Accept": "text/html"}),
    ):
        assert (response.status_code, response.headers["Retry-After"]) == (429, "5")


def test_what_opening_the_store_takes_is_not_counted_as_the_memory_of_a_query(folder: Path) -> None:
    made = Queries(Limits(memory=32 << 20))
    assert all(count(made, folder) > 1000 for _ in range(5))
    with pytest.raises(QueryStopped, match="more than 32 MB"):
        made.run(folder, SORTED, "json")
    made.close()


def test_a_query_whose_asker_is_gone_ends_and_its_worker_goes_on(folder: Path) -> None:
    """It ends long before its limit, whether it runs or waits for its turn, and leaves no process behind."""
    made = Queries(Limits(seconds=120))
    count(made, folder)
    away = threading.Event()
    outcomes: list[str] = []

    def ask() -> None:
        with pytest.raises(QueryStopped, match="is gone") as caught:
            made.run(folder, CROSS, "json", gone=away.is_set)
        outcomes.append(str(caught.value))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    away.set()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == 4
    running = worker_ids(made)
    assert [children(pid) for pid in running] == [[] for _ in running]
    assert count(made, folder) > 1000
    assert worker_ids(made) == running
    made.close()
