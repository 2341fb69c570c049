"""What changed from one state of the library to the next, and the addresses of what is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.library import Library
from reading import tree, words
from web.app import create_app
from web.build import ingest_paths, remove_documents
from web.settings import Settings

BASE = "http://localhost:8000"
PLAN = """東の圏域連携ビジョン

事業名\t救急の輪番
事業概要\t当番の病院に補助する。
役割分担\t彦根市が調整する。
担当課\t彦根市健康推進課

事業名\t図書館の相互利用
事業概要\tどの館でも借りられる。
役割分担\t彦根市が調整する。
担当課\t彦根市図書館
"""
OTHER = (
    "湖の圏域連携ビジョン\n\n事業名\t花火\n事業概要\t共に開く。\n役割分担\t米原市が場を貸す。\n担当課\t米原市観光課\n"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A library of three states: two documents, one of them read otherwise, the other taken out."""
    folder: Path = tmp_path_factory.mktemp("changes")
    library = Library(folder / "home")
    (folder / "east.txt").write_text(PLAN, "utf-8")
    (folder / "lake.txt").write_text(OTHER, "utf-8")
    ingest_paths(library, [folder / "east.txt", folder / "lake.txt"], base=BASE)
    less = PLAN.replace("当番の病院に補助する。", "当番の病院を支える。").partition("\n\n事業名\t図書館")[0]
    (folder / "east.txt").write_text(less + "\n", "utf-8")
    ingest_paths(library, [folder / "east.txt"], base=BASE)
    remove_documents(library, ["lake"], base=BASE)
    app = create_app(Settings(home=library.home, base=BASE))
    with app.test_client() as opened:
        yield opened
    app.extensions["renkei.reader"].close()


def test_the_page_says_what_each_state_changed(client: FlaskClient) -> None:
    sections = tree(client, "/changes").xpath("//main//section[starts-with(@aria-labelledby, 'state-')]")
    said = [words(section) for section in sections]
    assert len(said) == 3
    assert "削除 湖の圏域連携ビジョン" in said[0]
    assert "変更 東の圏域連携ビジョン" in said[1]
    assert "変更：救急の輪番 事業の内容" in said[1]
    assert "削除：図書館の相互利用" in said[1]
    assert said[2].count("追加") == 2
    english = tree(client, "/en/changes")
    assert "Removed" in words(english.xpath("//main")[0])


def test_changes_are_data_and_a_feed_and_go_back_to_a_day(client: FlaskClient) -> None:
    rows = client.get("/api/v1/changes").get_json()["changes"]
    assert [row["kind"] for row in rows] == ["removed", "changed", "added", "added"]
    assert rows[1]["projects"][0]["fields"] == ["overview"]
    assert client.get("/api/v1/changes?since=2999-01-01").get_json()["total"] == 0
    assert client.get("/api/v1/changes?since=yesterday").status_code == 400
    assert client.get("/changes?since=nope").status_code == 400
    feed = client.get("/changes.atom").get_data(as_text=True)
    assert feed.count("<entry>") == 4
    assert "削除 湖の圏域連携ビジョン" in feed


@pytest.mark.parametrize("gone", ["/projects/east/row-2", "/documents/lake", "/projects/lake/row-1"])
def test_the_page_of_what_is_gone_says_until_when_it_was_here(client: FlaskClient, gone: str) -> None:
    for prefix, said in (("", "収録されていましたが"), ("/en", "was here until")):
        response = client.get(prefix + gone, headers={"Accept": "text/html"})
        assert response.status_code == 410
        assert said in response.get_data(as_text=True)
    assert client.get("/projects/east/row-99").status_code == 404


@pytest.mark.parametrize("gone", ["/id/project/east/row-2", "/id/document/lake", "/api/v1/records/east/row-2"])
def test_programs_are_told_that_it_is_gone(client: FlaskClient, gone: str) -> None:
    response = client.get(gone)
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    assert client.get("/id/project/east/row-99").status_code == 404
