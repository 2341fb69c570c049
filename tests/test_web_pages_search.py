"""The search page: tabs, ways out of nothing, the detailed form, and what can be taken away."""

import csv
from urllib.parse import unquote

import lxml.etree
import lxml.html
import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from ingest.library import State
from ingest.records import PartyRecord
from page_types import AGREEMENT, SETTLEMENT
from reading import tree, words
from web.app import create_app
from web.settings import Settings

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def found(page: lxml.html.HtmlElement) -> int:
    bars = page.xpath("//div[@class='result-bar']/h2")
    return int(words(bars[0]).partition("件中")[0].replace(",", "")) if bars else 0


@pytest.mark.parametrize("query", ["q=観光", "q=観光&type=project", "q=&municipality=012246", "q=写真&type=line"])
def test_each_tab_says_how_many_it_leads_to_and_all_is_their_sum(sample_client: FlaskClient, query: str) -> None:
    tabs = tree(sample_client, f"/search?{query}").xpath("//nav[@class='tabs']//a")
    counts = [int(words(tab.find("small")).replace(",", "")) for tab in tabs]
    assert counts[0] == sum(counts[1:])
    assert len(tabs) > 2
    for tab, count in zip(tabs, counts, strict=True):
        assert found(tree(sample_client, unquote(tab.get("href")))) == count
    assert len([tab for tab in tabs if tab.get("aria-current") == "page"]) == 1


NOTHING = (
    "q=観光 蒸気機関車 ゴンドラ",
    "q=航空写真&municipality=011002&year=2024",
    "q=観光 -観光 -行事",
    "q=航空写真&rating=◎&kind=plan",
)


@pytest.mark.parametrize("query", NOTHING)
def test_where_nothing_is_found_each_way_out_finds_as_many_as_it_says(sample_client: FlaskClient, query: str) -> None:
    page = tree(sample_client, f"/search?{query}")
    if found(page):  # the search itself let a word go
        assert page.xpath("//div[@class='notice info']")
        return
    ways = page.xpath("//section[@class='notice']//li[contains(., '（')][contains(., 'はずす')]")
    assert ways
    for way in ways:
        count = int(words(way).rpartition("（")[2].partition("件")[0])
        assert found(tree(sample_client, unquote(way.find("a").get("href")))) == count > 0


def test_the_detailed_form_leads_to_the_address_of_the_simple_box(sample_client: FlaskClient) -> None:
    filled = {
        "go": "1", "all": "観光　振興", "any": "図書館 博物館", "phrase": '共同"撮影', "none": "訓練 -試行", "type": "project",
        "year": "", "sort": "newest",
    }  # fmt: skip
    response = sample_client.get("/search/detailed", query_string=filled)
    assert response.status_code == 303
    assert unquote(response.headers["Location"].replace("+", " ")) == (
        '/search?q=観光 振興 図書館 OR 博物館 "共同撮影" -訓練 -試行&type=project&sort=newest'
    )
    form = tree(sample_client, "/search/detailed").xpath("//form[@class='detailed']")[0]
    labels = set(form.xpath(".//label/@for"))
    assert {e.get("id") for e in form.xpath(".//select | .//input[@type='text']")} == labels


def test_the_csv_of_a_result_has_every_row_and_its_full_address(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/search?q=連携&limit=20")
    link = page.xpath("//section[@class='data-links']//a[contains(., 'CSV')]/@href")[0]
    response = sample_client.get(unquote(link))
    table = list(csv.DictReader(response.get_data(as_text=True).lstrip("\ufeff").splitlines()))
    assert len(table) == found(page) > 100
    assert len({row["id"] for row in table}) == len(table)
    assert all(row["url"].startswith("http://127.0.0.1:8000/") for row in table)
    few = sample_client.get("/api/v1/search?q=連携&format=csv&limit=3&offset=2&bom=0").get_data(as_text=True)
    assert [row["id"] for row in csv.DictReader(few.splitlines())] == [row["id"] for row in table[2:5]]


@pytest.mark.parametrize("address", ["/search.atom?q=観光", "/findings.atom", "/documents.atom", "/en/findings.atom"])
def test_a_feed_has_what_atom_asks_for_and_leads_to_pages_that_are_there(
    sample_client: FlaskClient, address: str
) -> None:
    response = sample_client.get(address)
    assert response.mimetype == "application/atom+xml"
    feed = lxml.etree.fromstring(response.data)
    for name in ("id", "title", "updated", "author/a:name"):
        assert feed.findtext(f"a:{name}", namespaces=ATOM)
    entries = feed.findall("a:entry", ATOM)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(ids) == len(set(ids)) >= 5
    for entry in entries[:5]:
        target = entry.find("a:link", ATOM).get("href")  # type: ignore[union-attr]
        assert sample_client.get(target.removeprefix("http://127.0.0.1:8000").partition("#")[0]).status_code == 200
        assert entry.findtext("a:updated", namespaces=ATOM).endswith("Z")  # type: ignore[union-attr]


def test_a_result_links_its_feed_visibly_and_its_address_can_be_copied(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/search?q=観光&type=project")
    visible = page.xpath("//main//a[contains(@href, '/search.atom')]/@href")
    assert visible == page.xpath("//head/link[@type='application/atom+xml']/@href")
    share = page.xpath("//input[@id='share']/@value")[0]
    assert unquote(share) == "http://127.0.0.1:8000/search?q=観光&type=project"


def test_a_browser_can_be_taught_to_search_here(sample_client: FlaskClient) -> None:
    address = tree(sample_client, "/documents").xpath("//head/link[@rel='search']/@href")[0]
    description = lxml.etree.fromstring(sample_client.get(address).data)
    templates = {url.get("type"): url.get("template") for url in description.iter("{*}Url") if url.get("rel") is None}
    assert templates["text/html"] == "http://127.0.0.1:8000/search?q={searchTerms}"
    suggestions = templates["application/x-suggestions+json"].removeprefix("http://127.0.0.1:8000")
    typed, completions = sample_client.get(suggestions.replace("{searchTerms}", "ちとせ")).get_json()
    assert typed == "ちとせ"
    assert "千歳市" in completions


def test_a_result_row_says_type_municipality_document_and_place(sample_client: FlaskClient) -> None:
    rows = tree(sample_client, "/search?q=航空写真&type=project").xpath("//ol[contains(@class, 'results')]/li")
    text = next(words(row) for row in rows if "推進計画書" in words(row))
    for part in ("連携事業", "千歳市、恵庭市", "推進計画書", "出典（行", "似た事業", "本文での一致箇所"):
        assert part in text, part


def test_a_municipality_that_several_documents_name_leads_to_all_of_them(
    sample_client: FlaskClient, sample_state: State
) -> None:
    page = tree(sample_client, "/search?q=札幌市&type=municipality")
    hit = next(item for item in page.xpath("//ol[@class='results']/li") if "札幌市" in words(item.xpath("h3")[0]))
    linked = {address.partition("?")[0] for address in hit.xpath(".//p[@class='where']/a/@href")}
    naming = {
        name
        for name in sample_state.documents
        for record in sample_state.records(name)
        if isinstance(record, PartyRecord) and record.municipality == "札幌市"
    }
    assert len(naming) > 1
    assert {f"/documents/{name}" for name in naming} <= linked


def test_a_page_of_results_weighs_less_than_60_kilobytes(sample_client: FlaskClient) -> None:
    for address in ("/", "/search", "/search?q=連携", "/search?type=project", "/en/search?q=観光"):
        assert len(sample_client.get(address).data) < 60_000, address


def test_documents_of_one_title_are_told_apart_in_facets_and_results_and_where_their_data_are(
    sample_state: State,
) -> None:
    app = create_app(Settings(home=sample_state.path.parents[1]))
    directory = app.extensions["renkei.reader"].acquire().directory
    title = directory.documents[SETTLEMENT].title
    directory.documents[AGREEMENT] = replace(directory.documents[AGREEMENT], title=title)
    client = app.test_client()
    page = client.get("/search?q=市").get_data(as_text=True)
    facet = page.partition("/search?q=市&amp;document=")[2].partition("</section>")[0]
    results = page.partition('<ol class="results"')[2]
    data = client.get("/data").get_data(as_text=True)
    for names in ("岩見沢市、美唄市", "札幌市、石狩市"):
        for part in (facet, results, data):
            assert f"{title}（{names}）" in part


def test_other_spellings_that_were_found_are_named_with_a_way_to_the_exact_one(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/search?q=広報紙")
    line = page.xpath("//p[contains(., '一致した別の書き方')]")[0]
    assert "広報誌" in words(line)
    exact = tree(sample_client, line.xpath("./a/@href")[0])
    assert not exact.xpath("//p[contains(., '一致した別の書き方')]")
    assert "広報紙" in words(exact.xpath("//ol[@class='results']/li")[0])


def test_a_page_without_hits_names_what_to_drop_by_its_words(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/search?q=空港&department=012246/企画部/広報広聴課")
    ways = [words(way) for way in page.xpath("//section[@aria-labelledby='nothing']//li[a]")]
    assert any("広報広聴課" in way and "012246" not in way for way in ways)


def test_a_long_text_is_searched_for_and_an_unknown_type_is_told(sample_client: FlaskClient) -> None:
    assert sample_client.get(f"/search?q={'観光' * 400}").status_code == 200
    answer = sample_client.get("/api/v1/search?q=観光&type=zzz")
    assert answer.status_code == 400
    assert "project" in answer.get_json()["detail"]


def test_the_nearest_name_in_look_and_sound_is_proposed_first(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/search?q=美幌市")
    assert words(page.xpath("//p[starts-with(., 'もしかして')]/a")[0]) == "美唄市"


def test_a_word_of_a_sentence_is_not_proposed_as_another_word_of_the_dictionary(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/api/v1/search?q=外国人観光客を増やす&type=project").get_json()
    assert answer["did_you_mean"] is None or "燃" not in answer["did_you_mean"]
    assert any("観光" in hit["title"] for hit in answer["hits"])
