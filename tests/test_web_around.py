"""What stands around the pages: robots, site map, terms, operations, error pages; no cookie, no outside request, one policy."""

import re
from pathlib import Path
from threading import Event
from urllib.parse import unquote

import lxml.etree
import lxml.html
import pytest
from flask.testing import FlaskClient

from ingest.library import Library, State
from web import warming
from web.app import create_app
from web.pages.crawling import VIEWS, addresses
from web.pages.frame import page_title
from web.reader import GIVEN, Opened
from web.settings import Settings, from_environment
from web_library import AGREEMENT, PLAN, ingest

BASE = "http://127.0.0.1:8000"
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def test_the_site_map_lists_every_page_in_both_languages_and_each_is_there(sample_client: FlaskClient) -> None:
    robots = sample_client.get("/robots.txt").get_data(as_text=True)
    assert f"Sitemap: {BASE}/sitemap.xml" in robots
    tree = lxml.etree.fromstring(sample_client.get("/sitemap.xml").data)
    found = [unquote(loc.text or "") for loc in tree.findall("s:url/s:loc", NS)]
    assert len(found) == len(set(found)) > 500
    assert all(url.findall("x:link", NS) for url in tree.findall("s:url", NS))
    for address in found[:: len(found) // 40]:
        assert sample_client.get(address.removeprefix(BASE)).status_code == 200, address
    closed = re.findall(r"^Disallow: (\S+)$", robots, re.MULTILINE)
    assert not [a for a in found for path in closed if a.removeprefix(BASE).startswith(path)]


def test_a_site_map_too_long_for_one_file_comes_in_parts(
    sample_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.crawling.PART", 100)
    index = lxml.etree.fromstring(sample_client.get("/sitemap.xml").data)
    parts = [loc.text or "" for loc in index.findall("s:sitemap/s:loc", NS)]
    pages = [lxml.etree.fromstring(sample_client.get(part.removeprefix(BASE)).data) for part in parts]
    assert sum(len(page.findall("s:url", NS)) for page in pages) > 500
    for odd in ("0", "999", "x", "-1", "٣"):
        assert sample_client.get(f"/sitemap.xml?part={odd}").status_code == 400


def test_no_page_sets_a_cookie_or_loads_anything_from_elsewhere(sample_client: FlaskClient) -> None:
    with sample_client.application.test_request_context("/"):
        sample_client.application.preprocess_request()
        every = list(addresses())
    chosen = [*VIEWS, *every[len(VIEWS) :: 23], "/search?q=観光", "/nope", "/search?limit=0"]
    for address in (prefix + path for path in chosen for prefix in ("", "/en")):
        response = sample_client.get(address, headers={"Accept": "text/html"})
        assert "Set-Cookie" not in response.headers
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        page = lxml.html.document_fromstring(response.get_data(as_text=True))
        loaded = page.xpath(
            "//@src | //link[not(@rel='alternate')]/@href | //form/@action | //object/@data | //*[local-name()='use']/@href"
        )
        assert not [each for each in loaded if OUTSIDE.match(each)], address
        assert not page.xpath("//script[not(@src)][not(contains(@type, 'json'))] | //style | //@style | //@onclick"), (
            address
        )


@pytest.mark.parametrize("name", ["terms", "privacy", "accessibility", "contact", "about"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_leads_to_the_pages_about_the_site(sample_client: FlaskClient, prefix: str, name: str) -> None:
    page = lxml.html.document_fromstring(sample_client.get(f"{prefix}/search?q=観光").get_data(as_text=True))
    assert page.xpath(f"//footer//a[@href='{prefix}/{name}']")
    assert sample_client.get(f"{prefix}/{name}").status_code == 200


def test_the_version_names_data_dictionary_and_program(sample_client: FlaskClient, sample_state: State) -> None:
    answer = sample_client.get("/version").get_json()
    assert answer["data"]["state"] == sample_state.name
    assert answer["data"]["hash"] in sample_client.get("/documents").headers["ETag"]
    assert answer["parts"]["sudachidict_core"]
    assert answer["software"]


def test_metrics_count_requests_by_page_and_never_say_what_was_asked(sample_client: FlaskClient) -> None:
    sample_client.get("/search?q=航空写真")
    text = sample_client.get("/metrics").get_data(as_text=True)
    assert re.search(r'^renkei_requests_total\{page="search.results",status="200"\} \d+$', text, re.MULTILINE)
    assert "renkei_ready 1" in text
    assert "航空写真" not in text
    for line in text.splitlines():
        assert re.fullmatch(r"# (?:HELP|TYPE) \S+ .+|[a-z_]+(?:\{[^{}]*\})? [0-9.e+-]+", line), line


def test_pages_are_made_before_anyone_asks_and_that_is_not_counted(sample_state: State) -> None:
    app = create_app(Settings(home=sample_state.path.parents[1]))
    reader = app.extensions["renkei.reader"]
    opened = reader.acquire()
    assert warming.make_ready(app, opened, Event()) == len(list(warming.addresses(opened.directory)))
    assert "search.results" not in app.test_client().get("/metrics").get_data(as_text=True)
    stopped = Event()
    stopped.set()
    assert warming.make_ready(app, opened, stopped) == 0
    assert opened.users == 1
    reader.close()


def test_a_new_state_is_made_ready_before_it_is_shown_while_the_one_before_answers(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    ingest(library, tmp_path / "sources", (PLAN,))
    app = create_app(Settings(home=library.home))
    reader, client, made = app.extensions["renkei.reader"], app.test_client(), []

    def documents(**environment: object) -> int:
        return client.get("/api/v1/documents", environ_overrides=environment).get_json()["total"]

    def prepare(opened: Opened) -> None:
        made.append((opened.state.name, documents(), documents(**{GIVEN: opened})))

    assert documents() == 1
    reader.prepare = prepare
    ingest(library, tmp_path / "sources", (PLAN, AGREEMENT))
    assert documents() == 1  # it is not the one who asks that opens and prepares
    reader.follow()
    assert made == [(library.current_name(), 1, 2)]
    assert documents() == 2
    reader.close()


def test_operations_answer_without_a_library(tmp_path: Path) -> None:
    client = create_app(Settings(home=tmp_path)).test_client()
    assert client.get("/version").get_json()["data"] is None
    assert "renkei_ready 0" in client.get("/metrics").get_data(as_text=True)


def test_where_hosts_are_named_requests_for_others_are_refused(sample_state: State) -> None:
    settings = from_environment({"RENKEI_HOSTS": "renkei.example, .city.example.jp"}, home=sample_state.path.parents[1])
    app = create_app(settings)
    client = app.test_client()
    assert client.get("/documents", headers={"Host": "renkei.example"}).status_code == 200
    assert client.get("/documents", headers={"Host": "plan.city.example.jp:8080"}).status_code == 200
    for host in ("evil.example", "renkei.example.evil", "127.0.0.1"):
        assert client.get("/documents", headers={"Host": host}).status_code == 421, host
    app.extensions["renkei.reader"].close()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/documents/chitose-eniwa-plan-2023", "/documents/chitose-eniwa-plan-2024"),
        ("/projects/sapporo-status-2020/7", "/documents/sapporo-status-2019"),
        ("/municipalities/恵庭", "/municipalities/012319"),
    ],
)
def test_an_address_that_leads_nowhere_offers_what_may_be_meant(
    sample_client: FlaskClient, prefix: str, address: str, meant: str
) -> None:
    response = sample_client.get(prefix + address, headers={"Accept": "text/html"})
    assert response.status_code == 404
    page = lxml.html.document_fromstring(response.get_data(as_text=True))
    assert prefix + meant in page.xpath("//main//li/a/@href")


def test_titles_go_from_the_page_to_the_site(sample_client: FlaskClient) -> None:
    page = lxml.html.document_fromstring(sample_client.get("/board").get_data(as_text=True))
    assert page.findtext(".//title") == "指標と評価 – 計画を見る – 連携 Renkei"
    assert page_title.__doc__


STATED = '[publisher]\nname = "見本市企画課"\nurl = "https://www.city.example.jp/"\nemail = "kikaku@city.example.jp"\n'


def test_who_publishes_is_named_at_the_foot_on_the_page_about_the_site_and_where_to_ask(tmp_path: Path) -> None:
    library = Library(tmp_path)
    ingest(library, tmp_path / "sources", (PLAN,))
    before = create_app(Settings(home=tmp_path))
    etag = before.test_client().get("/about").headers["ETag"]
    before.extensions["renkei.reader"].close()
    (tmp_path / "catalogue.toml").write_text(STATED, "utf-8")
    app = create_app(Settings(home=tmp_path))
    client = app.test_client()
    for address, place in (
        ("/documents", "footer"),
        ("/about", "main"),
        ("/en/contact", "main"),
        ("/officers", "main"),
    ):
        page = lxml.html.document_fromstring(client.get(address).get_data(as_text=True))
        named = page.xpath(f"//{place}//a[@href='https://www.city.example.jp/']")
        assert [each.text_content() for each in named] == ["見本市企画課"], address
    assert "mailto:kikaku@city.example.jp" in client.get("/contact").get_data(as_text=True)
    assert client.get("/about").headers["ETag"] != etag
    app.extensions["renkei.reader"].close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/documents/none", "「none」という文書や記載は"),
        ("/municipalities/999", "「999」は、"),
        ("/sparql?query=SELEC", "問い合わせ文を読み取れません"),
        ("/sparql?query=INSERT DATA {<a:a> <a:b> <a:c>}", "データの変更はできません"),
    ],
)
def test_what_went_wrong_is_said_in_the_language_of_the_page(
    sample_client: FlaskClient, address: str, said: str
) -> None:
    page = lxml.html.document_fromstring(
        sample_client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True)
    )
    assert said in page.find(".//main").text_content()
    english = sample_client.get(f"/en{address}", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert said not in english
    nothing = sample_client.get("/nope", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert "requested URL" not in nothing


def test_a_guideline_that_is_cited_as_a_whole_is_among_the_legal_bases(sample_client: FlaskClient) -> None:
    page = lxml.html.document_fromstring(sample_client.get("/legal").get_data(as_text=True))
    laws = [heading.text_content() for heading in page.xpath("//main//h2")]
    assert {"連携中枢都市圏構想推進要綱", "地方自治法"} <= set(laws)
