"""The production server over HTTP as clients speak it: addresses in Japanese, slow and idle clients, clients that go away."""

import http.client
import json
import os
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from web.server import LARGEST_BODY

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def place(sample_address: str) -> tuple[str, int]:
    """Host and port of the server."""
    parts = urlsplit(sample_address)
    return str(parts.hostname), int(parts.port or 80)


def raw(place: tuple[str, int], request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes as they are, and return status, headers and body of the answer."""
    with socket.create_connection(place, 10) as connection:
        connection.sendall(request)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, {name.lower(): value for name, value in response.headers.items()}, response.read()


def get(place: tuple[str, int], target: str, *headers: str) -> tuple[int, dict[str, str], bytes]:
    lines = [f"GET {target} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
    return raw(place, "\r\n".join(lines).encode())


def test_a_japanese_address_may_come_as_it_is(place: tuple[str, int]) -> None:
    """Some clients and links do not percent-encode: the bytes are read as UTF-8, in the path and in the query."""
    target = "/sparql?query=ASK { ?s ?p '千歳市'@ja }&format=json".replace(" ", "%20")
    status, _, body = get(place, target)
    assert (status, json.loads(body)["boolean"]) == (200, True)
    for target in ("/search?q=航空写真", quote("/search?q=航空写真", safe="/?=")):
        status, _, body = get(place, target)
        assert status == 200
        assert 'value="航空写真"' in body.decode()


def test_a_japanese_identifier_may_come_as_it_is(place: tuple[str, int]) -> None:
    for target in ("/id/department/012246/産業振興部/商業労働課", quote("/id/department/012246/産業振興部/商業労働課")):
        status, headers, _ = get(place, target, "Accept: text/turtle")
        assert status == 303
        assert headers["location"].isascii()
        assert get(place, headers["location"])[0] == 200


def test_bytes_that_are_no_utf8_are_an_address_of_nothing(place: tuple[str, int]) -> None:
    target = b"/documents/" + "文書".encode("shift_jis")
    status, _, _ = raw(place, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert status == 404


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        b"GET /\xe3\x81 x HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /%zz\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET\r\n\r\n",
    ],
    ids=["two lengths", "a blank in the address", "a null byte", "no address"],
)
def test_what_is_no_request_is_refused_and_the_connection_closed(place: tuple[str, int], request_: bytes) -> None:
    with socket.create_connection(place, 10) as connection:
        connection.sendall(request_)
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert answer.split(b" ", 2)[1] in {b"400", b"404"}
    assert answer.count(b"HTTP/1.") == 1


def test_a_body_too_large_is_refused_before_it_is_taken_in(place: tuple[str, int]) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {LARGEST_BODY * 200}\r\n\r\n"
    status, _, _ = raw(place, head.encode() + b"SELECT")
    assert status == 413


def test_a_query_ends_when_its_client_goes_away(place: tuple[str, int]) -> None:
    """Nothing of it runs on to its limit, so that the next query has its worker at once."""
    request = f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n".encode()
    clients = [socket.create_connection(place, 10) for _ in range(4)]
    for each in clients:
        each.sendall(request)
    assert eventually(lambda: bool(running_queries()), 30)  # a worker may have to be started first
    for each in clients:
        each.close()
    assert eventually(lambda: not running_queries())
    status, _, body = get(place, f"/sparql?query={quote(COUNT)}&format=json")
    assert status == 200
    assert int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) > 1000


def eventually(holds: Callable[[], bool], seconds: float = 4.0) -> bool:
    """Wait for something, for less than the time that a query may take."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def running_queries() -> list[int]:
    """Return the processes that answer a query of this test run: children of a worker that we started."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system has no table of processes to look at")
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rsplit(")", 1)[1].split()
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if b"web.sparql_worker" in command and words[0] != "Z":
            parents[int(stat.parent.name)] = int(words[1])
    # Another run of the tests on the same machine has workers too.
    ours = {worker for worker, parent in parents.items() if parent == os.getpid()}
    return [child for child, parent in parents.items() if parent in ours]


def test_many_slow_and_idle_clients_keep_nobody_waiting(place: tuple[str, int]) -> None:
    """Half-open requests, bodies that never come and idle connections: the next client is answered all the same."""
    halves = (
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9999\r\n\r\nSELECT",
        b"",
    )
    with ExitStack() as stack:
        for number, half in enumerate(halves):
            for _ in range((200, 50, 1000)[number]):
                connection = stack.enter_context(socket.create_connection(place, 10))
                connection.sendall(half)
        for _ in range(5):
            assert get(place, "/healthz")[0] == 200
            status, _, body = get(place, f"/sparql?query={quote(COUNT)}&format=json")
            assert (status, len(json.loads(body)["results"]["bindings"])) == (200, 1)
