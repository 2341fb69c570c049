"""What is kept of a state, who shares projects with whom, and the part of it that one page or picture holds."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.relations import shared_projects
from ingest.library import State
from page_types import PLAN
from web.app import create_app
from web.kept import Kept
from web.pages import areas, departments, frame, matrix, networks
from web.pages.departments import tree
from web.pages.matrix import Head, tabulate
from web.reader import Opened
from web.settings import Settings
from web.sharing import count, owner_of
from web.strongest import strongest


@pytest.fixture(scope="module")
def app(sample_state: State) -> Flask:
    return create_app(Settings(home=sample_state.path.parents[1]))


@pytest.fixture
def opened(app: Flask) -> Opened:
    return app.extensions["renkei.reader"].acquire()


def test_an_answer_is_worked_out_once_and_the_one_asked_for_longest_ago_goes_first() -> None:
    kept, worked = Kept(2), []

    def work(name: str) -> Callable[[], str]:
        return lambda: worked.append(name) or name.upper()

    assert [kept.answer(name, work(name)) for name in "abacab"] == list("ABACAB")
    assert worked == ["a", "b", "c", "b"]


def test_pairs_of_a_municipality_and_of_an_area_are_those_that_the_graph_gives(opened: Opened) -> None:
    store, sharing = opened.store, opened.sharing
    assert list(sharing.pairs()) == shared_projects(store)
    for key in ("012246", "012319"):
        assert list(sharing.pairs(key)) == shared_projects(store, municipality=key)
        assert {owner_of(pair.a.id) for pair in sharing.pairs(key)} == {key}
    area = opened.directory.projects[f"{PLAN}/14-1"].area[0]
    assert list(sharing.pairs("012246", area)) == shared_projects(store, municipality="012246", area=area)
    assert sharing.pairs(None, "no such area") == []


def test_a_picture_keeps_those_that_share_most_and_counts_a_project_of_three_once_for_each() -> None:
    ties = {
        ("a", "b"): frozenset("123"),
        ("a", "c"): frozenset("12"),
        ("b", "c"): frozenset("12"),
        ("d", "e"): frozenset("4"),
        ("a", "e"): frozenset("5"),
    }
    found = strongest(ties, least=1, most_nodes=4, most_links=2)
    assert found.weights == {"a": 4, "b": 3, "c": 2, "e": 2}
    assert found.links == ((("a", "b"), 3), (("a", "c"), 2), (("a", "e"), 1))  # e would stand alone without its link
    assert (found.nodes_left_out, found.links_left_out) == (1, 1)
    assert strongest(ties, least=2, most_nodes=9, most_links=9).weights == {"a": 3, "b": 3, "c": 2}


def test_a_matrix_shows_those_that_share_most_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """One with many partners of one project each says less than two with three projects."""
    monkeypatch.setattr(matrix, "MOST", 2)
    entries = [("many", other, other) for other in "abcd"] + [("x", "y", n) for n in "123"]
    both = [*entries, *((b, a, project) for a, b, project in entries)]
    heads = (lambda key: Head(key, key),) * 2
    table = tabulate(count(both), ["many", *"abcdxy"], ["many", *"abcdxy"], heads, lambda a, b: f"{a}{b}")
    assert [row.head.key for row in table.rows] == [head.key for head in table.columns] == ["x", "y"]
    assert table.left_out == (5, 5)
    assert table.total == 7


def test_a_network_says_how_many_links_it_leaves_out_and_its_data_hold_them_all(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    whole = client.get("/relations/graph?view=department").get_data(as_text=True)
    assert "弱い結びつき" not in whole
    monkeypatch.setattr(networks, "MOST_LINKS", 5)
    client = create_app(app.extensions["renkei"]).test_client()
    assert "弱い結びつき" in client.get("/relations/graph?view=department").get_data(as_text=True)
    links = client.get("/relations/graph.json?view=department").get_json()["links"]
    assert len(links) == len(app.test_client().get("/relations/graph.json?view=department").get_json()["links"]) > 5


def test_more_municipalities_than_a_list_holds_are_typed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "MOST_CHOICES", 1)
    client = create_app(app.extensions["renkei"]).test_client()
    for address in ("/relations/matrix", "/relations/shared-projects", "/relations/graph", "/relations"):
        page = client.get(address).get_data(as_text=True)
        assert '<input type="text" id="' in page
        assert '<option value="012246"' not in page
    page = client.get("/relations/matrix?municipality=千歳市").get_data(as_text=True)
    assert 'value="千歳市"' in page
    answers = [
        client.get(f"/relations/ask?municipality={a}&there={b}")
        .get_data(as_text=True)
        .partition("<tbody>")[2]
        .partition("</tbody>")[0]
        for a, b in (("千歳市", "恵庭市"), ("012246", "012319"))
    ]
    assert answers[0] == answers[1]
    assert "/departments/012319/" in answers[0]


def test_similar_projects_are_paged_and_the_project_leads_to_them(sample_client: FlaskClient) -> None:
    first = sample_client.get(f"/projects/{PLAN}/25/similar?limit=2").get_data(as_text=True)
    second = sample_client.get(f"/projects/{PLAN}/25/similar?limit=2&offset=2").get_data(as_text=True)
    titles = [[row.partition("</a>")[0] for row in page.split('<th scope="row">')[1:]] for page in (first, second)]
    assert [len(page) for page in titles] == [2, 2]
    assert not set(titles[0]) & set(titles[1])
    assert f"/projects/{PLAN}/25/similar?limit=2&amp;offset=2" in first


def test_an_area_names_some_of_its_kind_elsewhere_and_leads_to_the_projects_of_all(
    opened: Opened, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = next(found[0] for found in opened.directory.areas_by_label.values() if len({a.document for a in found}) > 1)
    monkeypatch.setattr(areas, "MOST_ELSEWHERE", 0)
    path = area.id.partition("/area-")[2].replace(".", "/")
    page = app.test_client().get(f"/areas/{area.document}/{path}").get_data(as_text=True)
    assert "/projects?area=" in page
    assert "ほか" in page.partition("/projects?area=")[2]


def test_the_index_of_departments_shows_whole_branches_and_leads_to_the_rest(
    app: Flask, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = opened.directory
    everything = directory.departments_by_owner["012246"]
    assert tree(directory, "012246", len(everything)).left_out == 0
    cut = tree(directory, "012246", 1)
    assert cut.left_out == len(everything) - len(list(directory.below(cut.top[0].id))) > 0
    monkeypatch.setattr(departments, "MOST_UNITS", 1)
    page = app.test_client().get("/departments").get_data(as_text=True)
    assert f"ほか{cut.left_out}部署" in page
    assert "/municipalities/012246#departments" in page
