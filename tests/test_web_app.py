"""The application as a whole: one state a request, headers, errors, operations."""

import re
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin

import lxml.html
import pytest
from flask.testing import FlaskClient

from ingest.library import Library
from web.app import create_app
from web.settings import Settings
from web_library import AGREEMENT, BASE, PLAN, STATUS, ingest

PAGES = (
    "/",
    "/search",
    "/search?q=写真",
    "/search?q=写真&municipality=012246&type=project",
    "/search?q=このような語はどこにもない",
    "/documents",
    f"/documents/{PLAN}",
    f"/documents/{AGREEMENT}?lines=5-6",
    f"/documents/{AGREEMENT}/articles",
    f"/projects/{PLAN}/1",
    f"/projects/{PLAN}/7-1",
    f"/projects/{AGREEMENT}/row-1",
    f"/projects/{STATUS}/2",
    "/municipalities",
    "/municipalities/012246",
    "/municipalities/012351",
    "/departments",
    "/departments/012246/産業振興部/商業労働課",
    "/departments/012319/企画振興部",
    f"/areas/{PLAN}/3/1",
    f"/areas/{STATUS}/ア",
    "/relations",
    "/relations/shared-projects",
    "/relations/shared-projects?municipality=012246&municipality=012319",
    "/relations/path",
    "/relations/path?a=千歳市産業振興部商業労働課&b=恵庭市経済部商工労働課",
    "/relations?a=千歳市産業振興部商業労働課&b=恵庭市経済部商工労働課",
    "/relations/ask",
    "/relations/ask?municipality=012246&department=012246/産業振興部&relation=field&there=012319",
    "/relations/graph",
    "/relations/graph?view=department&municipality=012246",
    "/relations/graph?view=document",
    "/relations/graph?of=department/012246/産業振興部/商業労働課",
    "/relations/graph?of=municipality/012246",
    f"/relations/graph?of=project/{PLAN}/1",
    f"/relations/graph?of=area/{PLAN}/3/1",
    f"/relations/graph?of=document/{PLAN}",
    "/relations/explorer",
    "/relations/central",
    "/relations/communities",
    f"/contact?statement={PLAN}/1%23overview&lines=20-21",
    "/relations/matrix",
    "/relations/matrix?columns=area",
    "/relations/matrix?columns=department&municipality=012319",
    "/findings",
    f"/findings?document={PLAN}",
    "/data",
    "/sparql",
    "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3",
    "/ns",
    "/about",
    "/accessibility",
    "/help",
)
"""One address of each kind of page."""


def settings(home: Path) -> Settings:
    return Settings(home=home, base=BASE, host="127.0.0.1", port=8000)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("library")
    ingest(Library(home), tmp_path_factory.mktemp("sources"))
    app = create_app(settings(home))
    with app.test_client() as opened:
        yield opened
    app.extensions["renkei.reader"].close()


@pytest.fixture
def empty(tmp_path: Path) -> FlaskClient:
    return create_app(settings(tmp_path / "nothing")).test_client()


def tree(client: FlaskClient, address: str) -> lxml.html.HtmlElement:
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, (address, response.status)
    return lxml.html.document_fromstring(response.get_data(as_text=True))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_well_built_in_both_languages(client: FlaskClient, prefix: str, address: str) -> None:
    """One h1, no level skipped, labelled fields, unique ids, captions and heads of tables, nothing inline."""
    page = tree(client, prefix + address)
    assert page.get("lang") == ("en" if prefix else "ja")
    assert page.findtext(".//title").endswith("連携 Renkei")
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert page.xpath("//label[@for=$id]", id=field.get("id")), lxml.html.tostring(field)
    for table in page.iter("table"):
        assert table.xpath("ancestor::figure/figcaption | ./caption")
        assert table.xpath(".//th[@scope='col']")
    assert not page.xpath(
        "//style | //script[not(@src or @type='application/ld+json')] | //*[@style] | //*[starts-with(name(@*), 'on')]"
    )
    assert not page.xpath("//*[contains(@src, '//')] | //link[contains(@href, '//')]")


def test_every_link_of_the_site_leads_somewhere(client: FlaskClient) -> None:
    """All that can be reached from the two front pages answers, and an anchor names a place of its page."""
    waiting, seen = ["/", "/en/"], {"/", "/en/"}
    anchors: list[tuple[str, str]] = []
    places: dict[str, set[str]] = {}
    while waiting and len(seen) < 1500:
        address = waiting.pop()
        response = client.get(address, headers={"Accept": "text/html"}, follow_redirects=True, buffered=True)
        assert response.status_code == 200, address
        if response.mimetype != "text/html":
            continue
        page = lxml.html.document_fromstring(response.get_data(as_text=True))
        places[address] = {e.get("id") for e in page.iter() if e.get("id")}
        for link in page.xpath("//a/@href | //link/@href | //script/@src"):
            target, _, anchor = urljoin(address, link).partition("#")
            if target.startswith(("http:", "https:")):
                continue
            anchors.append((target, unquote(anchor)))
            narrowings = target.count("&") + target.count("?")
            if target not in seen and narrowings <= 2:
                seen.add(target)
                waiting.append(target)
    assert len(seen) > 150
    assert not [(page, anchor) for page, anchor in anchors if anchor and page in places and anchor not in places[page]]


def test_japanese_words_on_english_pages_are_marked(client: FlaskClient) -> None:
    for address in PAGES:
        page = tree(client, "/en" + address)
        for element in page.find("body").iter():
            if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
                continue
            words = [element.text or "", *(child.tail or "" for child in element)]
            if any(re.search(r"[ぁ-んァ-ヶ一-龠]{2}", w) for w in words):
                tongue = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
                marked = "ja" in tongue or "連携 Renkei" in "".join(words) or element.tag in {"textarea", "h1"}
                assert marked, (address, lxml.html.tostring(element, encoding="unicode")[:200])


def test_each_answer_forbids_what_the_site_does_not_need_and_sets_no_cookie(client: FlaskClient) -> None:
    for address in ("/", "/api/v1/documents", "/nope", "/healthz", "/static/renkei.css"):
        headers = client.get(address, buffered=True).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in headers


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/documents")
    again = client.get("/documents", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/documents", headers={"If-None-Match": '"another"'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert other.status_code == 200


def test_an_address_that_does_not_exist_is_not_answered_as_unchanged(client: FlaskClient) -> None:
    etag = client.get("/documents").headers["ETag"]
    assert client.get("/documents/nope", headers={"If-None-Match": etag}).status_code == 404


def test_a_running_server_moves_to_the_new_state_and_lets_go_of_the_old_one(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    ingest(library, tmp_path / "sources", (PLAN,))
    app = create_app(settings(library.home))
    reader = app.extensions["renkei.reader"]
    client = app.test_client()
    before = client.get(f"/projects/{PLAN}/1")
    held = reader.acquire()
    ingest(library, tmp_path / "sources", (AGREEMENT,))
    assert client.get(f"/documents/{AGREEMENT}").status_code == 200
    after = client.get(f"/projects/{PLAN}/1")
    assert before.headers["ETag"] != after.headers["ETag"]
    assert held.store.count() > 0
    closed: list[str] = []
    held.close = lambda: closed.append(held.state.name)
    reader.release(held)
    assert closed == [held.state.name]
    assert reader.acquire().users == 1


def test_an_empty_library_says_how_to_fill_it(empty: FlaskClient) -> None:
    front, inner, program = empty.get("/"), empty.get("/en/documents"), empty.get("/api/v1/documents")
    assert (front.status_code, inner.status_code, program.status_code) == (200, 503, 503)
    assert "renkei ingest" in front.get_data(as_text=True)
    assert "renkei ingest" in inner.get_data(as_text=True)
    assert program.mimetype == "application/problem+json"


def test_the_process_is_alive_without_a_library_but_not_ready(empty: FlaskClient, client: FlaskClient) -> None:
    assert (empty.get("/healthz").status_code, empty.get("/readyz").status_code) == (200, 503)
    assert client.get("/readyz").get_json()["documents"] == 3


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nope", 404),
        ("/documents/nope", 404),
        (f"/projects/{PLAN}/99", 404),
        (f"/projects/{PLAN}/party-012246", 404),
        ("/municipalities/999999", 404),
        ("/departments/012246/無い部", 404),
        (f"/areas/{PLAN}/9", 404),
        ("/search?limit=101", 400),
        ("/search?limit=-1", 400),
        ("/search?offset=x", 400),
        ("/search?sort=best", 400),
        ("/search?type=nothing", 400),
        ("/relations/matrix?columns=x", 400),
        ("/relations/shared-projects?municipality=nowhere", 400),
        (f"/documents/{PLAN}?lines=9-3", 400),
        (f"/documents/{PLAN}?from=0", 400),
    ],
)
def test_a_wrong_address_gets_a_plain_page_or_problem_details_with_the_right_status(
    client: FlaskClient, address: str, status: int
) -> None:
    for prefix in ("", "/en"):
        page = client.get(prefix + address, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (page.status_code, page.mimetype) == (status, "text/html")
        assert f">{'エラー' if not prefix else 'Error'} {status}<" in page.get_data(as_text=True)
    problem = client.get(address, headers={"Accept": "application/json"})
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    assert problem.get_json()["status"] == status
    assert problem.get_json()["title"]


def test_no_answer_repeats_the_host_that_a_request_claims(client: FlaskClient) -> None:
    for address in (
        "/en",
        "/documents/",
        "//evil.example/..",
        "/search?q=",
        "/api/v1/projects?limit=2",
        f"/id/project/{PLAN}/1",
    ):
        response = client.get(address, headers={"Host": "evil.example"})
        assert response.status_code in {200, 303, 404}, address
        assert "evil.example" not in str(response.headers), address
        assert "http://evil.example" not in response.get_data(as_text=True), address


def test_other_methods_are_refused_by_name(client: FlaskClient) -> None:
    refused = client.post("/documents")
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    body = "query=" + "x" * 200_000
    assert client.post("/sparql", data=body, content_type="application/x-www-form-urlencoded").status_code == 413


def test_a_fault_of_ours_is_logged_and_not_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(settings(tmp_path))
    app.view_functions["operations.alive"] = lambda: 1 / 0
    response = app.test_client().get("/healthz")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert "ZeroDivision" not in response.get_data(as_text=True)
    assert "ZeroDivisionError" in caplog.text


def test_data_may_be_read_by_other_sites_and_pages_may_not(client: FlaskClient) -> None:
    for address in ("/api/v1/projects", "/suggest?q=千", "/export/dump.ttl", f"/id/project/{PLAN}/1.json"):
        assert client.get(address, buffered=True).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/documents").headers


def test_the_language_links_lead_to_the_same_page(client: FlaskClient) -> None:
    page = tree(client, "/search?q=写真&municipality=012246")
    english = page.xpath("//ul[contains(@class, 'languages')]//a/@href")[0]
    back = tree(client, english).xpath("//ul[contains(@class, 'languages')]//a/@href")[0]
    assert unquote(english) == "/en/search?q=写真&municipality=012246"
    assert unquote(back) == "/search?q=写真&municipality=012246"


def test_readers_see_one_whole_state_while_the_library_moves_on(tmp_path: Path) -> None:
    """Eight threads ask for pages of every kind during three ingests: no answer fails, none mixes two states."""
    library = Library(tmp_path / "home")
    ingest(library, tmp_path / "sources", (PLAN,))
    app = create_app(settings(library.home))
    stop, faults = threading.Event(), []

    def read() -> None:
        client = app.test_client()
        while not stop.is_set():
            front = client.get("/api/v1/documents").get_json()
            counts = [client.get(f"/documents/{document['id']}").status_code for document in front["documents"]]
            pairs = client.get("/relations/shared-projects").status_code
            faults.extend(status for status in (*counts, pairs) if status != 200)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for names in ((AGREEMENT,), (STATUS,), (PLAN,)):
        ingest(library, tmp_path / "sources", names)
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert app.test_client().get("/readyz").get_json() == {"status": "ready", "state": "00000004", "documents": 3}
