"""The questions about relations, asked on the command line, over the API and on the page."""

import json
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from ingest.library import State
from web.app import create_app
from web.cli import main
from web.settings import Settings

COMMERCE = ("千歳市産業振興部商業労働課", "恵庭市経済部商工労働課")


@pytest.fixture(scope="module")
def home(sample_state: State) -> Path:
    """The home of the sample library; tests only read it."""
    return sample_state.path.parent.parent


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=home, base="http://127.0.0.1:8000"))
    yield app.test_client()
    app.extensions["renkei.reader"].close()


def relate(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "relate", *words])


def answer(home: Path, *words: str) -> dict[str, list[dict[str, object]]]:
    result = relate(home, *words, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, list[dict[str, object]]] = json.loads(result.stdout)
    return found


def test_a_path_between_two_departments_leads_over_a_project_and_names_its_lines(home: Path) -> None:
    (path,) = answer(home, "path", *COMMERCE)["paths"]
    assert path["length"] == 2
    first, second = path["steps"]
    assert (first["start"]["label"], second["end"]["label"]) == COMMERCE
    assert first["end"]["type"] == "project"
    assert first["end"] == second["start"]
    assert first["document"] == "chitose-eniwa-plan-2024"
    assert first["lines"][0] < first["lines"][1]
    assert first["relation"] == {"ja": "担当する事業", "en": "project in its charge"}


def test_more_paths_come_shortest_first(home: Path) -> None:
    lengths = [path["length"] for path in answer(home, "path", *COMMERCE, "--paths", "5")["paths"]]
    assert len(lengths) == 5
    assert lengths == sorted(lengths)


def test_the_table_of_a_path_has_a_line_a_step(home: Path) -> None:
    lines = relate(home, "path", *COMMERCE).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["1", "1"]
    assert lines[0].split("\t")[2] == "chitose-eniwa-plan-2024"


def test_where_hubs_alone_connect_the_command_says_so(home: Path) -> None:
    ends = ("chitose-eniwa-plan-2024", "sapporo-briefing-2018")
    without = relate(home, "path", *ends)
    assert without.exit_code == 0
    assert "--hubs" in without.stderr
    assert answer(home, "path", *ends, "--hubs")["paths"]


def test_an_unknown_end_fails_with_its_name(home: Path) -> None:
    result = relate(home, "path", "無い課", COMMERCE[1])
    assert result.exit_code == 1
    assert "無い課" in result.stderr


def test_the_most_central_department_has_most_partners(home: Path) -> None:
    found = answer(home, "central", "--limit", "10")["departments"]
    partners = [each["partners"] for each in found]
    assert len(found) == 10
    assert partners == sorted(partners, reverse=True)
    assert partners[0] > 1
    assert len(relate(home, "central", "--limit", "3").stdout.splitlines()) == 3


def test_communities_part_the_departments_and_give_a_reason(home: Path) -> None:
    found = answer(home, "communities")["communities"]
    members = [unit["id"] for each in found for unit in each["units"]]
    assert len(members) == len(set(members)) == len(answer(home, "central", "--limit", "1000")["departments"])
    assert all(each["areas"] for each in found)
    assert len(relate(home, "communities").stdout.splitlines()) == len(found)


def test_the_api_gives_the_same_answers(home: Path, client: FlaskClient) -> None:
    query = {"a": COMMERCE[0], "b": COMMERCE[1], "k": "2"}
    assert client.get("/api/v1/relations/path", query_string=query).get_json() == answer(
        home, "path", *COMMERCE, "--paths", "2"
    )
    for name, key in (("central", "departments"), ("communities", "communities")):
        over_http = client.get(f"/api/v1/relations/{name}?limit=1000").get_json()[key]
        options = ("--limit", "1000") if name == "central" else ()
        assert over_http == answer(home, name, *options)[key]


@pytest.mark.parametrize(
    ("query", "status"), [("", 400), ("a=千歳市", 400), ("a=千歳市&b=無い課", 404), ("a=千歳市&b=恵庭市&k=99", 400)]
)
def test_the_api_refuses_a_question_without_two_known_ends(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/api/v1/relations/path?{query}").status_code == status


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_shows_each_step_with_a_link_to_its_lines(client: FlaskClient, prefix: str) -> None:
    query = {"a": COMMERCE[0], "b": COMMERCE[1]}
    page = lxml.html.document_fromstring(client.get(f"{prefix}/relations/path", query_string=query).get_data(True))
    steps = page.xpath("//ol[@class='path'][1]/li")
    assert len(steps) == 2
    for step in steps:
        (source,) = step.xpath(".//a[contains(@class, 'source')]/@href")
        assert "chitose-eniwa-plan-2024?lines=" in source
        assert client.get(source).status_code == 200


def test_the_page_offers_the_candidates_of_an_ambiguous_name(client: FlaskClient) -> None:
    response = client.get("/relations/path", query_string={"a": "企画課", "b": COMMERCE[1]})
    assert response.status_code == 400
    links = lxml.html.document_fromstring(response.get_data(True)).xpath("//div[@role='alert']//a/@href")
    assert len(links) > 1
    assert client.get(links[0]).status_code == 200


def test_an_empty_form_and_an_unknown_name_are_told_apart(client: FlaskClient) -> None:
    assert client.get("/relations/path").status_code == 200
    missing = client.get("/relations/path", query_string={"a": "無い課", "b": COMMERCE[1]})
    assert missing.status_code == 404
    assert "無い課" in missing.get_data(True)


def test_everything_shared_surroundings_bridges_coverage_roles_and_chains_are_commands(home: Path) -> None:
    shared = answer(home, "shared", *COMMERCE)
    assert [group["kind"] for group in shared["groups"]][:2] == ["project", "area"]
    assert shared["groups"][0]["count"] == 5
    ego = answer(home, "ego", COMMERCE[0], "--depth", "2", "--without", "document")
    assert ego["centre"]["label"] == COMMERCE[0]
    assert "document" not in {node["type"] for node in ego["nodes"]}
    assert {"units", "links"} == set(answer(home, "bridges"))
    coverage = answer(home, "coverage", "--every")
    cells = len(coverage["areas"]) * len(coverage["municipalities"]) * len(coverage["documents"])
    assert coverage["empty"] == cells - len(coverage["cells"])
    assert answer(home, "roles", "chitose-eniwa-plan-2024/7-3")["kind"] == "different"
    assert {each["document"] for each in answer(home, "roles")["documents"]} >= {"chitose-eniwa-plan-2024"}
    chains = answer(home, "chains", "iwamizawa-bibai-agreement-2025")
    assert len(chains["chains"]) == 33
    assert chains["broken"]["no-article"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("shared", *COMMERCE),
        ("ego", COMMERCE[0]),
        ("bridges",),
        ("coverage",),
        ("roles",),
        ("roles", "chitose-eniwa-plan-2024/7-3"),
        ("chains",),
    ],
)
def test_each_has_a_table_too(home: Path, words: tuple[str, ...]) -> None:
    assert relate(home, *words).stdout.strip()


def test_the_api_gives_what_the_new_commands_give(home: Path, client: FlaskClient) -> None:
    ends = {"a": COMMERCE[0], "b": COMMERCE[1]}
    base = "/api/v1/relations"
    assert client.get(f"{base}/shared", query_string=ends).get_json() == answer(home, "shared", *COMMERCE)
    around = client.get(f"{base}/ego", query_string={"thing": COMMERCE[0], "depth": "2", "without": "document"})
    assert around.get_json() == answer(home, "ego", COMMERCE[0], "--depth", "2", "--without", "document")
    assert client.get(f"{base}/bridges").get_json() == answer(home, "bridges")
    assert client.get(f"{base}/coverage?every=1").get_json() == answer(home, "coverage", "--every")
    project = "chitose-eniwa-plan-2024/7-3"
    assert client.get(f"{base}/roles/{project}").get_json() == answer(home, "roles", project)
    assert client.get(f"{base}/roles").get_json()["documents"] == answer(home, "roles")["documents"]
    chains = client.get(f"{base}/chains?document=chitose-eniwa-plan-2024&limit=1000").get_json()["chains"]
    assert chains == answer(home, "chains", "chitose-eniwa-plan-2024")["chains"]
    units = client.get(f"{base}/counterparts/{COMMERCE[0]}").get_json()["counterparts"]
    assert units == answer(home, "counterparts", COMMERCE[0])["counterparts"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("shared?a=千歳市", 400),
        ("shared?a=千歳市&b=無い課", 404),
        ("ego?thing=千歳市&depth=3", 400),
        ("ego?thing=千歳市&without=moon", 400),
        ("path?a=千歳市&b=恵庭市&without=moon", 400),
        ("roles/nowhere/1", 404),
        ("chains?document=nowhere", 404),
        ("counterparts/無い課", 404),
    ],
)
def test_the_api_says_what_is_wrong_with_a_question(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(f"/api/v1/relations/{address}").status_code == status


def test_paths_can_leave_out_kinds_of_things_over_the_api_and_on_the_command_line(
    home: Path, client: FlaskClient
) -> None:
    ends = ("chitose-eniwa-plan-2024/1", "chitose-eniwa-plan-2024/3")
    query = {"a": ends[0], "b": ends[1], "k": "3", "without": ["area", "municipality", "document"]}
    over_http = client.get("/api/v1/relations/path", query_string=query).get_json()
    words = [word for kind in query["without"] for word in ("--without", kind)]
    assert over_http == answer(home, "path", *ends, "--paths", "3", *words)
    inside = {step["end"]["type"] for path in over_http["paths"] for step in path["steps"][:-1]}
    assert not inside - {"department", "project"}
