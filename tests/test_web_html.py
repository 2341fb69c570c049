"""Every type of page, in both languages, is valid HTML and has the outline of a page."""

import re
from itertools import pairwise

import html5lib
import lxml.html
import pytest
from flask.testing import FlaskClient

from page_types import page_types
from web.i18n import LANGUAGES


@pytest.fixture(scope="module")
def bodies(sample_client: FlaskClient) -> dict[str, str]:
    """The body of every type of page by its address, in both languages."""
    addresses = [
        f"{'' if language == 'ja' else '/' + language}{path}"
        for path in page_types(sample_client.application)
        for language in LANGUAGES
    ]
    get = sample_client.get
    return {address: get(address, headers={"Accept": "text/html"}).get_data(as_text=True) for address in addresses}


def test_every_type_of_page_is_parsed_without_an_error(bodies: dict[str, str]) -> None:
    assert len(bodies) > 80
    for address, body in bodies.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(body)
        faults = [(body.splitlines()[line - 1][:200], fault, names) for (line, _), fault, names in parser.errors]
        assert not faults, address


def test_no_id_stands_twice_and_every_reference_has_its_target(bodies: dict[str, str]) -> None:
    for address, body in bodies.items():
        page = lxml.html.document_fromstring(body)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (address, [i for i in ids if ids.count(i) > 1])
        named = " ".join(
            page.xpath("//@for | //@aria-labelledby | //@aria-describedby | //@aria-controls | //@headers")
        )
        fragments = [
            href[1:] for href in page.xpath("//a/@href | //*[local-name()='use']/@href") if href.startswith("#")
        ]
        assert not set(named.split()) - set(ids), address
        assert not set(fragments) - set(ids), address


def test_elements_stand_only_where_the_standard_lets_them(bodies: dict[str, str]) -> None:
    """What a parser forgives and a validator does not: blocks in text, controls in controls, lists of other things."""
    wrong = (
        "//p//*[self::p or self::div or self::ul or self::ol or self::dl or self::table or self::h2 or self::form]",
        "//a//a | //a//button | //button//a | //label//label | //form//form",
        "//ul/*[not(self::li)] | //ol/*[not(self::li)] | //dl/*[not(self::dt or self::dd or self::div)]",
        "//span//*[self::p or self::div or self::ul or self::table or self::h2 or self::h3]",
        "//th//*[self::h1 or self::h2 or self::h3 or self::header or self::footer]",
        "//summary//*[self::p or self::div or self::ul]",
        "//table[not(.//th)] | //img[not(@alt)] | //select[not(option)]",
    )
    for address, body in bodies.items():
        page = lxml.html.document_fromstring(body)
        for rule in wrong:
            found = [lxml.html.tostring(each, encoding="unicode")[:160] for each in page.xpath(rule)]
            assert not found, (address, rule)


def test_every_page_has_one_h1_skips_no_level_and_names_its_landmarks(bodies: dict[str, str]) -> None:
    for address, body in bodies.items():
        page = lxml.html.document_fromstring(body)
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        assert levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), (address, levels)
        assert len(page.xpath("//main")) == 1
        assert page.xpath("//nav[not(@aria-label or @aria-labelledby)]") == []
        assert re.search(r" – .*Renkei$", page.findtext(".//title") or "") or address.rstrip("/") in {"", "/en"}


ENGLISH_WITH_NAMES = ("/en/search", "/en/compare", "/en/board", "/en/progress")
"""Pages that quote what was typed, or have the names of documents inside a sentence or a list to choose from."""


def test_japanese_words_on_english_pages_of_every_type_are_data_and_marked(bodies: dict[str, str]) -> None:
    for address, body in bodies.items():
        if not address.startswith("/en") or address.startswith(ENGLISH_WITH_NAMES):
            continue
        page = lxml.html.document_fromstring(body).find("body")
        for text in page.xpath(".//text()[not(ancestor::script or ancestor::code or ancestor::textarea)]"):
            lang = text.getparent() if text.is_text else text.getparent().getparent()
            tongue = lang.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
            japanese = re.search(r"[ぁ-んァ-ヶ一-龠]{2}", text.replace("連携 Renkei", ""))
            assert tongue == "ja" or not japanese, (address, text)
