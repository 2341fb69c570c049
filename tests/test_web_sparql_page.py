"""The SPARQL page as people use it, without JavaScript: questions, answers as tables, downloads, an address to share."""

import csv
import io
from collections.abc import Iterator

import lxml.html
import pytest
from flask.testing import FlaskClient

from ingest.library import State
from web.app import create_app
from web.pages.sparql import EXAMPLES
from web.settings import Settings

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(sample_state: State) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=sample_state.path.parents[1]))
    yield app.test_client()
    app.extensions["renkei.queries"].close()
    app.extensions["renkei.reader"].close()


def tree(client: FlaskClient, address: str) -> lxml.html.HtmlElement:
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, address
    return lxml.html.document_fromstring(response.get_data(as_text=True))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_question_of_the_page_says_how_many_answers_it_has_and_gives_them(
    client: FlaskClient, prefix: str
) -> None:
    page = tree(client, f"{prefix}/sparql")
    questions = [item for item in page.iter("li") if item.xpath("./a[contains(@href, 'query=')]")]
    assert len(questions) == len(EXAMPLES) >= 12
    for item in questions:
        (link,) = item.xpath("./a")
        assert link.text.endswith(("か", "か（千円）", "?", "?)"))
        (count,) = item.xpath("./span[contains(@class, 'note')]")
        said = int("".join(c for c in count.text if c.isdecimal()))
        assert said > 0, link.text
        said_to_stop = any("先頭の" in small.text or "first" in small.text for small in item.xpath("./small"))
        assert said_to_stop == ("LIMIT" in link.get("href")), link.text
        answer = tree(client, link.get("href"))
        assert len(answer.xpath("//main//tbody/tr")) == said, link.text


def test_an_answer_can_be_shared_and_taken_away_in_every_form(client: FlaskClient) -> None:
    (link,) = tree(client, "/sparql").xpath("//li/a[contains(@href, 'photo') or contains(., '写真')]")
    page = tree(client, link.get("href"))
    rows = len(page.xpath("//main//tbody/tr"))
    (shared,) = page.xpath("//a[contains(., '共有')]")
    assert len(tree(client, shared.get("href")).xpath("//main//tbody/tr")) == rows
    downloads = page.xpath("//a[contains(@href, 'format=')]")
    types = set()
    for each in downloads:
        response = client.get(each.get("href"), headers=HTML)
        assert response.status_code == 200
        types.add(response.mimetype)
    assert len(types) == 4
    (with_mark,) = [each.get("href") for each in downloads if "bom=1" in each.get("href")]
    plain = client.get(with_mark.replace("&bom=1", ""), headers=HTML).data
    assert client.get(with_mark, headers=HTML).data == b"\xef\xbb\xbf" + plain
    assert len(list(csv.reader(io.StringIO(plain.decode())))) == rows + 1


def test_a_query_of_ones_own_is_kept_on_the_page_with_its_fault(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p '<b>' "}, headers=HTML)
    page = lxml.html.document_fromstring(response.get_data(as_text=True))
    assert response.status_code == 400
    assert page.xpath("//textarea")[0].text.strip() == "SELECT * { ?s ?p '<b>'"
    assert page.xpath("//*[@role='alert']")
    assert not page.xpath("//b")
