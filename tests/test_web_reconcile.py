"""Names in a table are matched with municipalities and departments, with a score and a reason; the shapes are published."""

import json
from typing import Any

import pytest
import rdflib
from flask.testing import FlaskClient

from graph.shacl import PATH
from search.folding import fold_text
from web.api import reconcile


def asked(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    """Return the candidates for one query."""
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["q0"]["result"]
    return found


def test_the_manifest_says_what_can_be_matched(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/reconcile")
    manifest = answer.get_json()
    assert "0.2" in manifest["versions"]
    assert [each["id"] for each in manifest["defaultTypes"]] == ["municipality", "department"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("name", "best", "score", "match"),
    [
        ("千歳市", "千歳市", 100, True),
        ("北海道千歳市", "千歳市", 100, True),
        ("012246", "千歳市", 100, True),
        ("ちとせ", "千歳市", 80, False),
        ("千歳", "千歳市", 80, False),
        ("美幌市", "美唄市", 60, False),
        ("恵庭市経済部商工労働課", "恵庭市経済部商工労働課", 100, True),
    ],
)
def test_a_name_finds_what_it_means(sample_client: FlaskClient, name: str, best: str, score: int, match: bool) -> None:
    first = asked(sample_client, query=name)[0]
    assert (first["name"], first["score"], first["match"]) == (best, score, match)
    assert first["description"]
    assert sample_client.get(first["id"].split("/id/", 1)[1].join(["/id/", ""])).status_code == 303


def test_a_part_of_a_name_gives_several_and_no_match(sample_client: FlaskClient) -> None:
    found = asked(sample_client, query="総務部", type="department", limit=3)
    assert 1 < len(found) <= 3
    assert not any(each["match"] for each in found)
    assert {each["type"][0]["id"] for each in found} == {"department"}


def test_an_unknown_name_gives_nothing(sample_client: FlaskClient) -> None:
    assert asked(sample_client, query="存在しない組織名") == []


def test_a_nearest_name_is_looked_for_only_where_nothing_has_the_name(
    sample_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is held against every municipality there is; a table has thousands of names."""
    monkeypatch.setattr(reconcile.municipalities, "nearest", lambda *_, **__: pytest.fail("looked for"))
    assert asked(sample_client, query="千歳市")
    assert asked(sample_client, query="恵庭市経済部商工労働課")
    assert asked(sample_client, query="美幌市", type="department") == []


def test_names_of_municipalities_are_folded_once_for_a_state(
    sample_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(sample_client, query="千歳市", type="municipality")
    folded = []
    monkeypatch.setattr(reconcile, "fold_text", lambda text: folded.append(text) or fold_text(text))
    asked(sample_client, query="恵庭市", type="municipality")
    assert folded == ["恵庭市"]


@pytest.mark.parametrize(
    "queries",
    ["[", "[" * 50_000, '["a"]', '{"q0": {"type": "municipality"}}', '{"q0": {"query": "千歳市", "type": ["q0"]}}'],
)
def test_what_is_no_query_is_refused_with_an_example(sample_client: FlaskClient, queries: str) -> None:
    answer = sample_client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert "q0" in answer.get_data(as_text=True)


def test_the_shapes_are_published(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/shapes.ttl")
    assert answer.mimetype == "text/turtle"
    assert answer.data == PATH.read_bytes()
    assert len(rdflib.Graph().parse(data=answer.data, format="turtle"))
