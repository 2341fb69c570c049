"""What was searched for is kept by day where the operator asks for it, and only then; nothing of who asked is kept."""

import json
import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from ingest.library import State
from reading import tree, words
from web.app import create_app
from web.cli import main
from web.errors import BadSetting
from web.search_log import FOLDER, SearchLog, asked
from web.settings import Settings, from_environment


@pytest.fixture
def home(sample_state: State, tmp_path: Path) -> Path:
    return Path(copytree(sample_state.path.parents[1], tmp_path / "home"))


def client(home: Path, days: int) -> FlaskClient:
    """Return a client of a service that keeps words for so many days."""
    return create_app(Settings(home=home, search_log=days)).test_client()


def test_words_and_hits_are_kept_and_nothing_else(home: Path) -> None:
    service = client(home, 30)
    for address in (
        "/search?q=航空写真",
        "/api/v1/search?q=航空写真",
        "/search?q=航空写真&offset=20",
        "/search?q=ザルツブルク",
        "/search",
    ):
        assert service.get(address, environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 200
    found = {each.words: each for each in asked(home)}
    assert set(found) == {"航空写真", "ザルツブルク"}
    assert found["航空写真"].times == 2, "the second page is no new question"
    assert found["航空写真"].found > 0
    assert found["ザルツブルク"].found == 0
    (file,) = (home / FOLDER).iterdir()
    assert all(set(json.loads(line)) == {"words", "found"} for line in file.read_text("utf-8").splitlines())
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.jsonl", file.name)


def test_nothing_is_kept_unless_the_operator_says_so_and_the_page_on_privacy_says_which(home: Path) -> None:
    service = client(home, 0)
    assert service.get("/search?q=航空写真").status_code == 200
    assert not (home / FOLDER).exists()
    assert "検索された言葉も残しません" in words(tree(service, "/privacy"))
    assert "30日間" in words(tree(client(home, 30), "/privacy"))


def test_older_days_are_forgotten(tmp_path: Path) -> None:
    for day in (1, 2, 3, 4):
        SearchLog(tmp_path, 2, lambda day=day: date(2026, 4, day)).note(f"語{day}", day)
    assert {each.words for each in asked(tmp_path)} == {"語3", "語4"}
    with (tmp_path / FOLDER / "2026-04-04.jsonl").open("a") as file:
        file.write('{"words": "cut o')
    assert {each.words for each in asked(tmp_path)} == {"語3", "語4"}


def test_a_command_lists_what_is_searched_for_in_vain(tmp_path: Path) -> None:
    log = SearchLog(tmp_path, 7)
    for text, found in (("消防", 4), ("消防", 5), ("気球", 0)):
        log.note(text, found)
    run = CliRunner().invoke(main, ["searches", "--home", str(tmp_path), "--json"])
    assert json.loads(run.stdout)["searches"] == [
        {"words": "消防", "times": 2, "found": 5},
        {"words": "気球", "times": 1, "found": 0},
    ]
    assert CliRunner().invoke(main, ["searches", "--in-vain", "--home", str(tmp_path)]).stdout.split() == [
        "気球",
        "1",
        "0",
    ]


def test_days_that_are_no_number_are_refused() -> None:
    with pytest.raises(BadSetting, match="RENKEI_SEARCH_LOG: 'ever'"):
        from_environment({"RENKEI_SEARCH_LOG": "ever"})
    assert from_environment({"RENKEI_SEARCH_LOG": "90"}).search_log == 90
