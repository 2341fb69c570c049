"""Linked data: every thing has an address that leads people to a page and programs to data, in every form."""

import json
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import lxml.html
import pyoxigraph
import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat

import graph
from graph.identifiers import parse
from ingest.library import State
from web.app import create_app
from web.pages.formats import RDF
from web.settings import Settings

BASE = "http://127.0.0.1:8000"
PLAN = "chitose-eniwa-plan-2024"
SYNTAX = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
PAGES = (
    f"/documents/{PLAN}",
    f"/projects/{PLAN}/7-2",
    "/municipalities/012246",
    "/departments/012246/産業振興部/商業労働課",
    f"/areas/{PLAN}/1",
    "/data",
    "/ns",
)


@pytest.fixture(scope="module")
def client(sample_state: State) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=sample_state.path.parents[1], base=BASE))
    yield app.test_client()
    app.extensions["renkei.queries"].close()
    app.extensions["renkei.reader"].close()


@pytest.fixture(scope="module")
def one_of_each(sample_state: State) -> list[str]:
    """The IRI of one thing of every type that the graph names."""
    store = graph.open(sample_state.graph)
    found: dict[str, str] = {}
    for row in store.select("SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY ?s"):
        name = parse(str(row["s"]))
        if name:
            found.setdefault(name.kind, str(row["s"]))
    for iri in store.graphs():
        name = parse(iri)
        if name:
            found.setdefault(name.kind, iri)
    store.close()
    assert len(found) > 20
    return sorted(found.values())


def path_of(iri: str) -> str:
    return quote(iri.removeprefix(BASE), safe="/%")


def test_every_type_of_thing_has_its_data_in_every_form(
    client: FlaskClient, one_of_each: list[str], sample_state: State
) -> None:
    graphs = graph.open(sample_state.graph).graphs()
    for iri in one_of_each:
        sizes = set()
        for form in RDF:
            response = client.get(f"{path_of(iri)}.{form.suffix}")
            assert (response.status_code, response.mimetype) == (200, form.media_type), iri
            quads = set(pyoxigraph.parse(response.data, SYNTAX[form.media_type]))
            assert iri in graphs or NamedNode(iri) in {quad.subject for quad in quads}, iri
            sizes.add(len(quads))
        assert len(sizes) == 1
        assert min(sizes) > 0
        plain = client.get(f"{path_of(iri)}.json")
        assert (plain.status_code, plain.mimetype) == (200, "application/json"), iri
        assert json.loads(plain.data)


def test_every_type_of_thing_leads_people_and_programs_on(client: FlaskClient, one_of_each: list[str]) -> None:
    """303 to what the client likes best; the answer names what it depends on, and its address is of the wire."""
    for iri in one_of_each:
        for accept, mimetype in (
            ("text/html,*/*;q=0.8", None),
            ("text/turtle", "text/turtle"),
            ("application/ld+json;q=0.9, text/turtle;q=0.4", "application/ld+json"),
            ("application/rdf+xml, text/html;q=0.9", "application/rdf+xml"),
            ("application/n-triples;q=0.5, text/html;q=0", "application/n-triples"),
            ("application/json", "application/json"),
        ):
            response = client.get(path_of(iri), headers={"Accept": accept})
            assert response.status_code == 303, iri
            assert {"Accept", "Accept-Language"} <= set(response.vary)
            location = response.headers["Location"]
            assert location.isascii()
            target = client.get(location, headers={"Accept": accept})
            assert target.status_code == 200, location
            if mimetype:
                assert target.mimetype == mimetype, iri


def test_a_page_is_in_the_language_that_its_reader_prefers(client: FlaskClient) -> None:
    address = f"/id/project/{PLAN}/7-2"
    for tongue, start in (("en-GB,en;q=0.9,ja;q=0.5", "/en/projects/"), ("ja", "/projects/"), ("fr", "/projects/")):
        response = client.get(address, headers={"Accept": "text/html", "Accept-Language": tongue})
        assert response.headers["Location"].startswith(start)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("place", PAGES)
def test_every_alternate_of_a_page_is_there_in_the_form_it_says(client: FlaskClient, prefix: str, place: str) -> None:
    page = lxml.html.document_fromstring(client.get(quote(prefix + place)).get_data(as_text=True))
    links = page.xpath("//link[@rel='alternate']")
    typed = [each for each in links if each.get("type") in SYNTAX]
    assert len(typed) >= 2
    for each in links:
        address = each.get("href")
        assert address.isascii()
        response = client.get(address)
        assert response.status_code == 200, address
        if each in typed:
            assert response.mimetype == each.get("type")
            assert len(list(pyoxigraph.parse(response.data, SYNTAX[response.mimetype]))) > 0
        else:
            assert response.mimetype == "text/html"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("place", PAGES[:5])
def test_the_address_of_a_page_leads_to_its_data_by_suffix_or_accept(
    client: FlaskClient, prefix: str, place: str
) -> None:
    by_suffix = client.get(f"{prefix}{place}.ttl", follow_redirects=True)
    assert (by_suffix.status_code, by_suffix.mimetype) == (200, "text/turtle")
    asked = client.get(prefix + place, headers={"Accept": "application/ld+json"})
    assert (asked.status_code, "Accept" in asked.vary) == (303, True)
    assert client.get(asked.location).mimetype == "application/ld+json"
    assert client.get(prefix + place, headers={"Accept": "text/html, */*;q=0.8"}).mimetype == "text/html"


def test_data_leads_back_to_its_page(client: FlaskClient) -> None:
    response = client.get(quote("/id/department/012246/産業振興部/商業労働課.ttl"))
    link = response.headers["Link"]
    assert link.endswith('>; rel="alternate"; type="text/html"')
    assert client.get(link[1:].partition(">")[0]).status_code == 200


def test_japanese_identifiers_are_encoded_on_the_wire_and_come_in_either_normal_form(client: FlaskClient) -> None:
    decomposed = client.get(quote("/id/department/012319/企画振興部/まちつ\u3099くり拠点整備室") + ".ttl")
    ready = client.get(quote("/id/department/012319/企画振興部/まちづくり拠点整備室") + ".ttl")
    assert (ready.status_code, decomposed.status_code) == (200, 200)
    assert ready.data == decomposed.data


def test_a_project_comes_with_its_parts(client: FlaskClient) -> None:
    """Whoever fetches a project need not fetch each role and each department's share of it one by one."""
    data = client.get(f"/id/project/{PLAN}/7-2.ttl").data
    kinds = {name.kind for quad in pyoxigraph.parse(data, RdfFormat.TURTLE) if (name := parse(str(quad.subject)[1:-1]))}
    assert {"project", "responsibility", "role"} <= kinds


def test_what_is_not_there_is_said_not_to_be_there(client: FlaskClient) -> None:
    for place in (
        f"/id/role/{PLAN}/7-2/999999",
        f"/id/project/{PLAN}/999",
        "/id/document/nothing",
        "/id/municipality/999999.ttl",
        "/id/graph/nothing",
        "/id/nothing/x",
        f"/id/indicator/{PLAN}/7-2/99.json",
    ):
        response = client.get(place)
        assert (response.status_code, response.mimetype) == (404, "application/problem+json"), place


def test_data_can_be_asked_for_from_anywhere_again_and_by_its_head(client: FlaskClient) -> None:
    for place in (f"/id/project/{PLAN}/7-2.ttl", "/catalog.ttl", "/.well-known/void", "/ns.ttl", "/context.jsonld"):
        whole = client.get(place)
        assert whole.headers["Access-Control-Allow-Origin"] == "*", place
        assert "Accept" in whole.headers["Vary"]
        again = client.get(place, headers={"If-None-Match": whole.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), place
        head = client.head(place)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Content-Length"] == str(len(whole.data))
        options = client.options(place)
        assert options.status_code in {200, 204}
        assert "GET" in options.headers["Allow"]
        assert options.headers["Access-Control-Allow-Origin"] == "*"


def test_the_vocabulary_is_led_to_by_what_the_client_prefers(client: FlaskClient) -> None:
    counts = set()
    for form in RDF:
        response = client.get("/ns", headers={"Accept": form.media_type})
        assert response.status_code == 303
        data = client.get(response.headers["Location"])
        assert data.mimetype == form.media_type
        counts.add(len(set(pyoxigraph.parse(data.data, SYNTAX[form.media_type]))))
    assert len(counts) == 1
    assert client.get("/ns").mimetype == "text/html"


def test_the_context_of_our_json_ld_is_at_an_address_of_its_own(client: FlaskClient) -> None:
    context = client.get("/context.jsonld").get_json(force=True)["@context"]
    inside = client.get(f"/id/project/{PLAN}/7-2.jsonld").get_json(force=True)["@context"]
    assert inside == context
    assert all(isinstance(value, str) for value in context.values())
    assert urlsplit(context["rk"]).scheme == "https"
