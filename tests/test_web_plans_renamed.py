"""Two yearly reports of one area: measures that the second calls otherwise stand on the line of the first, with the reason."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import judgements
from graph.judgements import Judgement
from ingest.library import Library
from reading import rows, tree, words
from web.app import create_app
from web.build import ingest_paths
from web.settings import Settings

HEAD = "番号\t取組名\t取組内容\t成果指標\t基準値\t目標値\t実績値\t評価"
FIRST = [
    "1\t病児保育施設の広域利用\t住む市に関わらず病児保育施設を利用できるようにする。\t病児保育の利用者数\t120人\t300人\t180人\tB",
    "2\t航空写真の共同撮影\t固定資産の評価に使う航空写真を共同で撮影する。\t撮影費用の削減額\t0千円\t900千円\t850千円\tB",
    "3\t職員研修の合同開催\t接遇と政策形成の研修を合同で開く。\t受講者数\t80人\t160人\t150人\tB",
]
SECOND = [
    "1\t病児保育施設の相互利用\t病児保育施設を互いに利用できるようにする。\t病児保育施設の延べ利用者数\t120人\t300人\t260人\tB",
    "2\t航空写真の撮影\t固定資産の評価に使う航空写真を共同で撮影する。\t撮影費用の削減額\t0千円\t900千円\t910千円\tA",
    "3\t若手職員の交流会\t若手の職員が課題を持ち寄り、話し合う。\t参加者数\t0人\t40人\t38人\tB",
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for year, lines in ((5, FIRST), (6, SECOND)):
        text = [f"加賀・能美広域連携 令和{year}年度実施状況一覧", "構成市：加賀市、能美市", "", HEAD, *lines, ""]
        (tmp_path / f"r{year}.txt").write_text("\n".join(text), "utf-8")
    ingest(tmp_path)
    return tmp_path


def ingest(folder: Path) -> None:
    """Take both reports into the library beside them."""
    ingest_paths(
        Library(folder / "home"), [folder / "r5.txt", folder / "r6.txt"], base="http://renkei.example", again=True
    )


def client(folder: Path) -> FlaskClient:
    """Return a client of the service on the library."""
    return create_app(Settings(home=folder / "home")).test_client()


def test_a_renamed_measure_stands_on_one_line_with_how_sure_that_is_and_by_which_words(home: Path) -> None:
    asked = client(home)
    table = rows(tree(asked, "/board"), "board")
    assert len(table) == 1 + 4, "a head, three measures of the first year, one that is new"
    care = next(row for row in table if "病児保育の利用者数" in row[0])
    assert "病児保育施設の相互利用" in care[0]
    assert "確からしさ 0." in care[0]
    assert ("180人" in care[3], "260人" in care[4]) == (True, True)
    staff = [row for row in table if "受講者数" in row[0] or "参加者数" in row[0]]
    assert [("150人" in row[3], "38人" in row[4]) for row in staff] == [(True, False), (False, True)]


def test_what_people_said_of_two_measures_decides(home: Path) -> None:
    said = [
        Judgement(a="r5/3", b="r6/3", verdict="same", by="企画課", when="2026-01-05", why="後継の取組"),
        Judgement(a="r5/1", b="r6/1", verdict="different", by="企画課", when="2026-01-05", why="施設が違う"),
    ]
    for each in said:
        judgements.append(home / "home" / judgements.FILE, each)
    ingest(home)
    page = tree(client(home), "/board")
    table = rows(page, "board")
    assert len(table) == 1 + 4
    staff = next(row for row in table if "受講者数" in row[0])
    assert "同じ取組と判定されています" in staff[0]
    assert "38人" in staff[4]
    assert not any("病児保育施設の広域利用" in row[0] and "260人" in row[4] for row in table)
    (address,) = set(page.xpath("//a[contains(., '判定されています')]/@href"))
    assert "若手職員の交流会" in words(tree(client(home), address))
