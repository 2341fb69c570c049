"""Every list can be taken as data: the rows that the page counts, as CSV and as JSON."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from graph.guidelines import fields
from ingest.library import State
from ingest.records import DocumentRecord, FindingRecord, ProjectRecord
from page_types import PLAN
from reading import rows, tree, words


def taken(client: FlaskClient, address: str) -> tuple[list[dict[str, str]], object]:
    """Return what the links "CSV" and "JSON" of a page lead to."""
    links = tree(client, address).xpath("//section[@aria-labelledby='as-data']//a")
    found = {link.text: client.get(link.get("href")) for link in links if link.text in {"CSV", "JSON"}}
    assert {answer.status_code for answer in found.values()} == {200}
    text = found["CSV"].get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""))), found["JSON"].get_json()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("/documents?limit=2", "documents"),
        ("/municipalities?limit=2", "municipalities"),
        ("/departments?limit=1", "departments"),
        (f"/projects?document={PLAN}&limit=2", "projects"),
        ("/coverage?columns=municipality&limit=2", "coverage"),
        ("/relations/matrix?columns=area", "coverage"),
        ("/relations/matrix?columns=department", "pairs"),
    ],
)
def test_a_list_is_there_as_csv_and_json_whole_and_with_its_choice(
    sample_client: FlaskClient, prefix: str, page: str, name: str
) -> None:
    table, answer = taken(sample_client, prefix + page)
    assert isinstance(answer, dict)
    assert len(table) == answer["total"] > 2
    assert len(answer[name]) == min(20, len(table))
    if "document=" in page:
        assert {row["document"] for row in table} == {PLAN}


def test_the_pairs_behind_a_matrix_of_municipalities_have_its_numbers(sample_client: FlaskClient) -> None:
    table, answer = taken(sample_client, "/relations/matrix")
    assert isinstance(answer, dict)
    assert len(answer["links"]) == len(table)
    head, *body = rows(tree(sample_client, "/relations/matrix"), "matrix")
    for row in table:
        column = head.index(row["target_label"])
        assert next(line for line in body if line[0] == row["source_label"])[column] == row["weight"]


def test_how_documents_were_read_is_counted_from_their_records(sample_client: FlaskClient, sample_state: State) -> None:
    table, answer = taken(sample_client, "/quality")
    assert isinstance(answer, dict)
    assert {row["document"] for row in table} == set(sample_state.documents)
    for found in answer["quality"]:
        records = sample_state.records(found["document"])
        projects = [record for record in records if isinstance(record, ProjectRecord)]
        assert found["counts"].get("project", 0) == len(projects)
        assert found["filled"]["roles"] == sum(bool(project.roles) for project in projects)
        assert sum(found["findings"].values()) == sum(isinstance(record, FindingRecord) for record in records)
        assert 0 < found["read"] <= found["lines"]
    head, *body = rows(tree(sample_client, f"/quality?document={PLAN}"), "matrix")
    count = head.index("連携事業")
    assert [line[count] for line in body] == [body[0][count]] * 2, "the sum of one document is that document"


def test_the_lines_of_which_no_record_was_made_are_a_link_away(sample_client: FlaskClient, sample_state: State) -> None:
    (found,) = sample_client.get(f"/api/v1/quality?document={PLAN}").get_json()["quality"]
    page = tree(sample_client, f"/quality?document={PLAN}")
    (address,) = page.xpath("//tbody//a[contains(@href, 'show=unread')]/@href")
    shown = tree(sample_client, address.partition("#")[0])
    numbers = [int(name[1:]) for name in shown.xpath("//ol[@class='text']/li/@id")]
    assert len(numbers) == min(500, found["lines"] - found["read"])
    sourced = [r.source.lines for r in sample_state.records(PLAN) if not isinstance(r, DocumentRecord | FindingRecord)]
    assert not [n for n in numbers if any(first <= n <= last for first, last in sourced)]
    (whole,) = shown.xpath("//p[@class='note']/a[contains(@href, '#text')]/@href")
    assert len(tree(sample_client, whole.partition("#")[0]).xpath("//ol[@class='text']/li")) > len(numbers)


def test_findings_of_a_document_are_counted_by_kind(sample_client: FlaskClient) -> None:
    (found,) = sample_client.get(f"/api/v1/quality?document={PLAN}").get_json()["quality"]
    page = tree(sample_client, f"/quality?document={PLAN}")
    kinds = page.xpath("//table[contains(@class, 'matrix')]/tbody//a[contains(@href, 'kind=')]")
    assert {(address.get("href").rpartition("kind=")[2], int(words(address).split()[-1])) for address in kinds} >= set(
        found["findings"].items()
    )


def test_what_a_matrix_is_narrowed_to_its_data_is_narrowed_to(sample_client: FlaskClient) -> None:
    table, _ = taken(sample_client, "/relations/matrix?municipality=012351")
    assert table
    assert all("012351" in {row["source"], row["target"]} for row in table)


def test_the_areas_of_all_documents_stand_under_the_roles_of_the_guideline(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/areas")
    heads = [heading.text_content() for heading in page.xpath("//main//h2")]
    assert heads[:3] == [
        "圏域全体の経済成長のけん引",
        "高次の都市機能の集積・強化",
        "圏域全体の生活関連機能サービスの向上",
    ]
    for link in page.xpath("//main//td//li[a and small]"):
        listing = "//main//h2[.='連携事業']/following::table[contains(@class, 'stack')][1]"
        shown = tree(sample_client, link.find("a").get("href")).xpath(listing)
        listed = len(shown[0].xpath(".//tbody/tr")) if shown else 0
        assert link.find("small").text == f"{listed}件", link.find("a").get("href")
    alone = tree(sample_client, "/en/areas?role=Growth")
    assert len(alone.xpath("//main//h2[not(@id='cite')]")) == 1
    assert sample_client.get("/areas?role=none").status_code == 400


def test_each_number_of_the_list_of_areas_leads_to_just_so_many_projects(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/areas")
    links = page.xpath("//table//td[@class='figure']/a")
    assert len(links) > 30
    for link in links:
        listed = tree(sample_client, link.get("href"))
        stated = re.search(r"([\d,]+)\s*件", words(listed.xpath("//main")[0]))
        assert stated
        assert stated[1] == words(link), link.get("href")


def test_areas_stand_in_the_order_of_the_guideline_each_name_once(sample_client: FlaskClient) -> None:
    for table in tree(sample_client, "/areas").xpath("//main//table"):
        names = [words(cell) for cell in table.xpath(".//tbody/tr/th")]
        assert len(names) == len(set(names))
        known = [words(cell) for cell in table.xpath(".//tbody/tr/td[1]") if words(cell)]
        order = [each.label for each in fields().values()]
        places = [order.index(name.removesuffix("（近い分野）")) for name in known]
        assert places == sorted(places)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "address",
    [
        f"/board?document={PLAN}", "/budget?by=area", "/coverage", "/timeline", "/progress", "/findings",
        "/relations/matrix", "/relations/graph?view=department", "/areas", "/relations",
    ],
)  # fmt: skip
def test_a_view_says_how_it_is_cited(sample_client: FlaskClient, prefix: str, address: str) -> None:
    page = tree(sample_client, prefix + address)
    cite = page.xpath("//section[@class='cite']")[0]
    assert words(page.xpath("//h1")[0]) in words(cite)
    assert re.search(r"（令和\d+（\d{4}）年\d+月\d+日）|\(\d+ \w+ 20\d\d\)", words(cite)), "the day of the data"
    shared = cite.xpath(".//input")[0].get("value")
    assert shared.startswith("http")
    assert shared.endswith(prefix + address)
    assert tree(sample_client, "/" + shared.partition("//")[2].partition("/")[2]).findtext(".//title") == page.findtext(
        ".//title"
    )
