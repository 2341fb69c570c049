"""How tests read pages: a page as a tree, the words of an element, the rows of a table."""

import lxml.html
from flask.testing import FlaskClient


def tree(client: FlaskClient, address: str) -> lxml.html.HtmlElement:
    """Return the page at an address; it must be there."""
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, address
    return lxml.html.document_fromstring(response.get_data(as_text=True))


def words(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element on one line."""
    return " ".join(element.text_content().split())


def rows(page: lxml.html.HtmlElement, kind: str) -> list[list[str]]:
    """Return the words of each cell of the first table of a class."""
    found = page.xpath("//table[contains(concat(' ', @class, ' '), $kind)]", kind=f" {kind} ")[0]
    return [[words(cell) for cell in row] for row in found.xpath(".//tr")]
