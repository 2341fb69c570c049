"""The same questions give the same hits through every entry: page, API, command line and completion."""

import json
import re
from html import unescape
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from ingest.library import State
from search.index import Index
from search.query import parse
from web.cli import main

QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("航空写真", {}),
    ("お年寄り", {"type": "project"}),
    ("kouku shashin", {"type": "project"}),
    ("航空写新", {}),
    ('"共同撮影"', {}),
    ("観光 -空港", {"sort": "number"}),
    ("観光 OR 消防", {"kind": "plan", "limit": "7", "offset": "3"}),
    ("", {"type": "project", "sort": "reading", "municipality": "012246"}),
    ("Which projects help the elderly?", {"type": "project"}),
    ("火事のときに助けてくれる仕組みはありますか", {"type": "project"}),
    ("蛍の光る夜", {"type": "project"}),
)
_RESULTS = re.compile(r'<ol class="results".*?</ol>', re.DOTALL)
_LINK = re.compile(r'<h3><a href="([^"]+)"')


@pytest.mark.parametrize(("typed", "chosen"), QUESTIONS)
def test_page_api_and_command_line_give_the_hits_of_the_index(
    sample_state: State, sample_client: FlaskClient, typed: str, chosen: dict[str, str]
) -> None:
    filters = [(name, value) for name, value in chosen.items() if name not in {"sort", "limit", "offset"}]
    index = Index.open(sample_state.index)
    page = index.search(
        parse(typed, filters=filters, sort=chosen.get("sort", "relevance"),
              limit=int(chosen.get("limit", 20)), offset=int(chosen.get("offset", 0)))
    )  # fmt: skip
    index.close()
    expected = [hit.id for hit in page.hits]

    answer = sample_client.get("/api/v1/search", query_string={"q": typed, **chosen}).json
    assert answer
    assert ([hit["id"] for hit in answer["hits"]], answer["total"]) == (expected, page.total)

    home = str(sample_state.path.parents[1])
    options = [part for name, value in chosen.items() for part in (f"--{name}", value)]
    printed = CliRunner().invoke(main, ["--home", home, "search", "--json", *options, "--", typed])
    listed = json.loads(printed.stdout)
    assert [hit["id"] for hit in listed["hits"]] == expected
    assert listed["facets"] == answer["facets"]
    assert listed["did_you_mean"] == answer["did_you_mean"] == page.did_you_mean

    shown = sample_client.get("/search", query_string={"q": typed, **chosen}).text
    results = _RESULTS.search(shown)
    links = [unquote(unescape(link)) for link in _LINK.findall(results[0])] if results else []
    assert links == [unquote(hit["url"]) for hit in answer["hits"]]


@pytest.mark.parametrize("typed", ["kouho", "こうほ", "千歳", "ｺｳﾎｳ"])
def test_what_is_suggested_finds_something(sample_client: FlaskClient, typed: str) -> None:
    answer = sample_client.get("/suggest", query_string={"q": typed}).json
    assert answer
    assert answer["suggestions"]
    for suggestion in answer["suggestions"]:
        found = sample_client.get("/api/v1/search", query_string={"q": suggestion["text"]}).json
        assert found
        assert found["total"] > 0, suggestion
