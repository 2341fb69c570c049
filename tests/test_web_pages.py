"""What each page shows."""

import json
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from ingest.library import Library
from reading import rows, tree, words
from web.app import create_app
from web.settings import Settings
from web_library import AGREEMENT, BASE, PLAN, STATUS, ingest


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("library")
    ingest(Library(home), tmp_path_factory.mktemp("sources"))
    app = create_app(Settings(home=home, base=BASE, host="127.0.0.1", port=8000))
    with app.test_client() as opened:
        yield opened
    app.extensions["renkei.reader"].close()


def test_the_front_page_counts_what_there_is_and_links_each_count(client: FlaskClient) -> None:
    page = tree(client, "/")
    counts = {
        words(c.find(".//span")): (words(c.find(".//strong")), c.get("href"))
        for c in page.xpath("//*[contains(@class,'count')]/a")
    }
    assert counts["文書"] == ("3", "/documents")
    assert counts["市町村"] == ("4", "/municipalities")
    assert counts["連携事業"] == ("13", "/search?type=project")
    assert counts["担当部署"][0] == "6"
    facets = client.get("/api/v1/search?type=project").get_json()["facets"]
    assert counts["年度"][0] == str(len(facets["year"])), "as many years as the search page offers"


def test_each_field_of_the_front_page_leads_to_as_many_projects_as_it_says(client: FlaskClient) -> None:
    fields = tree(client, "/").xpath("//a[@class='tag']")
    assert len(fields) >= 2
    for field in fields:
        found = words(tree(client, field.get("href")).xpath("//div[@class='result-bar']/h2")[0])
        assert found.startswith(f"{words(field.find('small'))}中")


def test_search_finds_marks_and_narrows_with_counts_that_hold(client: FlaskClient) -> None:
    page = tree(client, "/search?q=航空写真&type=project")
    first = page.xpath("//ol[contains(@class,'results')]/li")[0]
    assert "航空写真の共同撮影" in words(first.find(".//h3"))
    assert "".join(first.xpath(".//h3//mark/text()")) == "航空写真"
    for value in page.xpath("//aside//li/a[not(@aria-current)]"):
        count = int(words(value.find("small")).rstrip("件"))
        narrowed = tree(client, value.get("href"))
        assert words(narrowed.xpath("//div[@class='result-bar']/h2")[0]).startswith(f"{count}件中")


def test_several_values_of_a_facet_stand_in_the_address_and_come_off_one_by_one(client: FlaskClient) -> None:
    page = tree(client, "/search?q=&type=project&municipality=012246&municipality=012319")
    chips = page.xpath("//a[@class='removable']")
    assert [words(chip.find("span")) for chip in chips] == ["種別：連携事業", "市町村：千歳市", "市町村：恵庭市"]
    assert "municipality=012246" not in chips[1].get("href")
    assert "municipality=012319" in chips[1].get("href")


def test_a_search_for_a_slip_says_so_and_links_to_what_was_meant(client: FlaskClient) -> None:
    page = tree(client, "/search?q=航空写直")
    assert "つづりの近い語" in words(page.xpath("//div[contains(@class,'notice')]")[0])
    proposal = page.xpath("//p/a[contains(@href,'/search') and text()='航空写真']")[0]
    assert tree(client, proposal.get("href")).xpath("//ol[contains(@class,'results')]/li")


def test_pages_of_results_link_to_those_around_and_reach_every_hit_once(client: FlaskClient) -> None:
    address: str | None = "/api/v1/search?type=project&limit=5"
    found: list[str] = []
    while address:
        response = client.get(address)
        found += [hit["id"] for hit in response.get_json()["hits"]]
        links = [part.split(">; rel=") for part in response.headers["Link"].split(", ")]
        address = next((url.lstrip("<") for url, relation in links if relation == '"next"'), None)
    assert len(found) == len(set(found)) == 13


def test_what_a_query_says_is_shown_as_text_and_never_as_markup(client: FlaskClient) -> None:
    body = client.get("/search?q=<script>alert(1)</script>").get_data(as_text=True)
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_completion_answers_by_reading(client: FlaskClient) -> None:
    found = client.get("/suggest?q=ちとせ").get_json()["suggestions"]
    assert "千歳市" in [suggestion["text"] for suggestion in found]
    assert client.get("/suggest").get_json() == {"query": "", "suggestions": []}


def test_a_project_page_says_what_its_document_says(client: FlaskClient) -> None:
    page = tree(client, f"/projects/{PLAN}/1")
    assert words(page.find(".//h1")) == "1 起業の後押し"
    partners = [words(card) for card in page.xpath("//section[contains(@class,'partner')]")]
    assert partners[0].startswith("千歳市")
    assert "担当者会議を開き" in partners[0]
    assert "経済部商工労働課" in partners[1]
    schedule = rows(page, "schedule")
    assert schedule[1][0] == "担当者会議"
    assert schedule[2][2:4] == ["準備", "配布"]
    finding = words(page.xpath("//section[contains(@class,'notice')]")[0])
    assert "商業労働課" in finding
    assert "商工労働課" in finding


def test_a_printed_zero_and_a_printed_dash_are_told_apart(client: FlaskClient) -> None:
    budget = rows(tree(client, f"/projects/{PLAN}/1"), "budget")
    assert budget[1] == ["千歳市", "0", "1,250", "–記載なし", "–記載なし", "–記載なし", "1,250"]


def test_every_rating_has_its_symbol_and_a_word(client: FlaskClient) -> None:
    expected = {1: "◎達成済み", 2: "○達成見込", 3: "△達成不可見込", 4: "×達成不可", 5: "－評価不可"}
    for number, rating in expected.items():
        page = tree(client, f"/projects/{STATUS}/{number}")
        assert rating in [words(chip) for chip in page.xpath("//td//*[contains(@class,'chip')]")]


def test_a_rating_shared_by_indicators_says_so(client: FlaskClient) -> None:
    assert "複数の指標に共通の評価" in words(tree(client, f"/projects/{STATUS}/2"))
    assert "複数の指標に共通の評価" not in words(tree(client, f"/projects/{STATUS}/1"))


def test_a_source_link_opens_the_document_with_the_lines_marked(client: FlaskClient) -> None:
    source = tree(client, f"/projects/{PLAN}/1").xpath("//a[@class='source']/@href")[0]
    assert source.endswith("?lines=20-28#L20")
    page = tree(client, source)
    marked = page.xpath("//ol[@class='text']/li[@class='marked']")
    assert [line.get("id") for line in marked] == [f"L{n}" for n in range(20, 29)]
    assert "起業の後押し" in words(marked[0])
    assert marked[0].xpath(".//a[@class='begins']/@href") == [f"/projects/{PLAN}/1"]


def test_a_document_page_names_parties_with_symbol_capacity_and_signatory(client: FlaskClient) -> None:
    page = tree(client, f"/documents/{AGREEMENT}")
    assert ["札幌市011002", "甲", "連携中枢都市札幌市長 見本 太郎"] in rows(page, "listing")
    assert page.xpath("//time/@datetime")[:2] == ["2019-03-29", "2019-04-01"]


def test_a_draft_is_marked_as_a_draft(client: FlaskClient) -> None:
    assert tree(client, f"/documents/{PLAN}").xpath("//*[contains(@class,'draft')]/text()") == ["案"]
    assert not tree(client, f"/documents/{AGREEMENT}").xpath("//*[contains(@class,'draft')]")


def test_the_original_file_is_handed_out_unchanged_and_never_shown_by_the_browser(client: FlaskClient) -> None:
    response = client.get(f"/documents/{PLAN}/original", buffered=True)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.mimetype == "application/octet-stream"
    assert "1行目の文" in response.get_data(as_text=True)


def test_a_department_page_shows_its_place_its_projects_and_its_counterparts(client: FlaskClient) -> None:
    page = tree(client, "/departments/012246/産業振興部/商業労働課")
    text = words(page)
    assert "産業振興部 › 商業労働課" in text
    counterpart = rows(page, "listing")[1]
    assert counterpart[:3] == ["恵庭市", "経済部商工労働課", "5"]


def test_a_department_counts_the_projects_of_those_below_it(client: FlaskClient) -> None:
    assert "0件（下の組織を含めて1件）" in words(tree(client, "/departments/012319/企画振興部"))


def test_shared_projects_come_most_shared_first_and_narrow_by_municipality(client: FlaskClient) -> None:
    page = rows(tree(client, "/relations/shared-projects"), "listing")
    assert page[1][:3] == ["千歳市産業振興部商業労働課", "恵庭市経済部商工労働課", "5"]
    counts = [int(row[2]) for row in page[1:]]
    assert counts == sorted(counts, reverse=True)
    none = tree(client, "/relations/shared-projects?municipality=011002")
    assert "当てはまる部署の組はありません" in words(none)


@pytest.mark.parametrize("columns", ["municipality", "area", "department"])
def test_every_number_of_a_matrix_is_the_length_of_the_list_it_leads_to(client: FlaskClient, columns: str) -> None:
    page = tree(client, f"/relations/matrix?columns={columns}")
    links = page.xpath("//table[contains(@class,'matrix')]//td/a")
    assert links
    for cell in links:
        target = tree(client, cell.get("href"))
        if columns == "department":
            shown = target.xpath("//table//tr/td[@class='figure']//strong/text()")[0]
        else:
            shown = words(target.xpath("//table[contains(@class,'stack')]/ancestor::figure/figcaption/small")[0])
        assert shown.partition("件中")[0] == cell.text, unquote(cell.get("href"))


def test_an_area_page_lists_what_stands_below_it(client: FlaskClient) -> None:
    page = tree(client, f"/areas/{PLAN}/3")
    assert "航空写真の共同撮影" in words(page)
    assert "起業の後押し" not in words(page)
    assert unquote(page.xpath("//a[@class='tag']/@href")[0]) == f"/areas/{PLAN}/3/1"


def test_findings_narrow_by_kind_and_link_both_places(client: FlaskClient) -> None:
    page = tree(client, "/findings?kind=mismatch")
    links = page.xpath("//ol[contains(@class,'results')]//a[@class='source']/@href")
    assert [link.partition("?")[2] for link in links] == ["lines=21-21#L21", "lines=18-18#L18"]
    assert words(tree(client, "/findings?kind=ocr").xpath("//div[@class='result-bar']/h2")[0]).startswith("0件")


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html", f"/projects/{PLAN}/7-2"),
        ("text/turtle", f"/id/project/{PLAN}/7-2.ttl"),
        ("application/ld+json", f"/id/project/{PLAN}/7-2.jsonld"),
        ("application/json", f"/id/project/{PLAN}/7-2.json"),
        ("image/png", f"/projects/{PLAN}/7-2"),
    ],
)
def test_a_thing_leads_to_its_page_or_its_data_by_accept(client: FlaskClient, accept: str, place: str) -> None:
    response = client.get(f"/id/project/{PLAN}/7-2", headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, place)
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
@pytest.mark.parametrize(
    "thing",
    [
        f"project/{PLAN}/1",
        f"document/{PLAN}",
        "municipality/012246",
        "department/012246/産業振興部/商業労働課",
        f"area/{PLAN}/3/1/c",
    ],
)
def test_the_data_of_a_thing_names_it(client: FlaskClient, thing: str, suffix: str) -> None:
    response = client.get(f"/id/{thing}.{suffix}")
    assert response.status_code == 200
    assert thing.rpartition("/")[2] in unquote(response.get_data(as_text=True))


def test_a_thing_that_is_not_there_is_not_found_in_any_form(client: FlaskClient) -> None:
    for address in (
        f"/id/project/{PLAN}/99",
        f"/id/project/{PLAN}/99.ttl",
        "/id/municipality/999999.json",
        "/id/nothing/x",
        "/id/department/012246/無い部.nt",
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("name", ["dump", f"documents/{PLAN}"])
@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf", "nq", "trig", "csv.zip", "graphml", "gexf"])
def test_exports_are_whole_and_say_their_length(client: FlaskClient, name: str, suffix: str) -> None:
    response = client.get(f"/export/{name}.{suffix}", buffered=True)
    assert response.status_code == 200
    assert response.content_length == len(response.data) > 1000
    assert response.headers["Content-Disposition"].endswith(f".{suffix}")


def test_the_records_export_has_every_record_on_a_line(client: FlaskClient) -> None:
    lines = client.get("/export/records.jsonl", buffered=True).get_data(as_text=True).splitlines()
    assert len(lines) == client.get("/api/v1/records").get_json()["total"]
    one = client.get(f"/export/documents/{PLAN}.jsonl", buffered=True).get_data(as_text=True).splitlines()
    assert {json.loads(line)["document"] for line in one} == {PLAN}


def test_an_unknown_export_is_not_found(client: FlaskClient) -> None:
    assert client.get("/export/dump.exe").status_code == 404
    assert client.get("/export/documents/nope.ttl").status_code == 404


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def test_sparql_answers_by_get_by_form_and_directly(client: FlaskClient) -> None:
    accept = {"Accept": "application/sparql-results+json"}
    answers = [
        client.get("/sparql", query_string={"query": COUNT}, headers=accept),
        client.post("/sparql", data={"query": COUNT}, headers=accept),
        client.post("/sparql", data=COUNT, content_type="application/sparql-query", headers=accept),
    ]
    counts = {json.loads(a.data)["results"]["bindings"][0]["n"]["value"] for a in answers}
    assert [a.mimetype for a in answers] == ["application/sparql-results+json"] * 3
    assert len(counts) == 1
    assert int(counts.pop()) > 100


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_sparql_answers_in_the_form_that_is_asked_for(client: FlaskClient, accept: str, mimetype: str) -> None:
    assert client.post("/sparql", data={"query": COUNT}, headers={"Accept": accept}).mimetype == mimetype


def test_sparql_gives_graphs_as_turtle_unless_asked_otherwise(client: FlaskClient) -> None:
    query = {"query": "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 5"}
    assert client.post("/sparql", data=query).mimetype == "text/turtle"
    assert (
        client.post("/sparql", data=query, headers={"Accept": "application/n-triples"}).mimetype
        == "application/n-triples"
    )


@pytest.mark.parametrize(
    "query", ["SELECT nonsense", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"]
)
def test_sparql_refuses_what_is_no_query_or_would_leave_the_library(client: FlaskClient, query: str) -> None:
    assert client.post("/sparql", data={"query": query}).status_code == 400
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "実行できませんでした" in page.get_data(as_text=True)


def test_the_editor_shows_rows_with_links_to_pages(client: FlaskClient) -> None:
    query = "SELECT ?s WHERE { ?s a <https://schema.org/Project> } LIMIT 3"
    address = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert address.status_code == 200


def test_every_example_query_of_the_editor_gives_rows(client: FlaskClient) -> None:
    examples = tree(client, "/sparql").xpath("//main//ul/li/a/@href")
    assert len(examples) >= 12
    for example in examples:
        assert tree(client, example).xpath("//table//tbody/tr"), unquote(example)


def test_the_vocabulary_is_there_for_people_and_for_programs(client: FlaskClient) -> None:
    turtle = client.get("/ns.ttl")
    assert turtle.mimetype == "text/turtle"
    assert words(tree(client, "/ns").xpath("//pre")[0]) == " ".join(turtle.get_data(as_text=True).split())
