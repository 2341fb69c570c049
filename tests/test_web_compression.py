"""Answers are sent gzipped to who can read that, and mean the same."""

import gzip

import pytest
from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("address", ["/", "/relations/graph.svg", "/static/renkei.css", "/relations/graph.json"])
def test_a_compressed_answer_is_the_same_answer_and_shorter(sample_client: FlaskClient, address: str) -> None:
    plain = sample_client.get(address, buffered=True)
    small = sample_client.get(address, headers=GZIP, buffered=True)
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert gzip.decompress(small.get_data()) == plain.get_data()
    assert int(small.headers["Content-Length"]) == len(small.get_data()) < len(plain.get_data()) / 2


def test_a_compressed_answer_is_known_again_by_its_tag(sample_client: FlaskClient) -> None:
    tag = sample_client.get("/", headers=GZIP).headers["ETag"]
    assert sample_client.get("/", headers={**GZIP, "If-None-Match": tag}).status_code == 304


def test_short_answers_parts_and_other_methods_go_out_as_they_are(sample_client: FlaskClient) -> None:
    for answer in (
        sample_client.get("/healthz", headers=GZIP),
        sample_client.get("/static/renkei.css", headers={**GZIP, "Range": "bytes=0-9"}, buffered=True),
        sample_client.head("/", headers=GZIP),
        sample_client.get("/"),
    ):
        assert "Content-Encoding" not in answer.headers


def test_the_first_page_and_all_it_needs_are_small_on_the_wire(sample_client: FlaskClient) -> None:
    needed = ("/", "/static/renkei.css", "/static/plans.css", "/static/renkei.js")
    sent = [sample_client.get(address, headers=GZIP, buffered=True).get_data() for address in needed]
    assert sum(map(len, sent)) < 30_000
