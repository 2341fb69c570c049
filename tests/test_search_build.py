"""The index of a new state is made from the last one, and is as good as one made from nothing."""

from pathlib import Path

import pytest

import search
from search.build import FORMAT, OUTGROWN, has_outgrown, is_current, update
from search.errors import IndexMissing, UnknownEngine
from search.index import Index
from search.indexes import read_url
from test_search_samples import ask, entries, ids

QUESTIONS = ("", "航空写真", "広報誌", "お年寄り", "観光 -空港", "連携*", "こうほう", "蛍")


def answers(index: Index) -> dict[str, set[str]]:
    return {question: set(ids(ask(index, question, limit=1000))) for question in QUESTIONS}


def test_an_index_built_in_steps_answers_as_one_built_at_once(tmp_path: Path) -> None:
    update(None, tmp_path / "1", entries("report", "letter"))
    update(tmp_path / "1", tmp_path / "2", entries("plan", "pact"), ["letter"])
    update(tmp_path / "2", tmp_path / "3", entries("letter", "report"))
    update(None, tmp_path / "all", entries())
    assert answers(search.open_index(tmp_path / "3")) == answers(search.open_index(tmp_path / "all"))


def test_the_count_is_that_of_all_entries(tmp_path: Path) -> None:
    first = update(None, tmp_path / "1", entries("plan"))
    assert first == len(entries("plan")["plan"]) == search.open_index(tmp_path / "1").count
    second = update(tmp_path / "1", tmp_path / "2", entries("report"), ["plan"])
    assert second == len(entries("report")["report"]) == search.open_index(tmp_path / "2").count


def test_a_replaced_document_is_found_by_its_new_words_alone(tmp_path: Path) -> None:
    update(None, tmp_path / "1", {"plan": entries("plan")["plan"]})
    update(tmp_path / "1", tmp_path / "2", {"plan": entries("report")["report"]})
    index = search.open_index(tmp_path / "2")
    assert not ask(index, "広報誌").hits
    assert ask(index, "高齢者").hits


def test_the_state_before_is_not_touched(tmp_path: Path) -> None:
    update(None, tmp_path / "1", entries("plan", "report"))
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in (tmp_path / "1").rglob("*") if p.is_file()}
    update(tmp_path / "1", tmp_path / "2", entries("pact", "plan"), ["report"])
    assert before == {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in (tmp_path / "1").rglob("*") if p.is_file()}


def test_what_did_not_change_is_shared(tmp_path: Path) -> None:
    update(None, tmp_path / "1", entries("plan", "report"))
    update(tmp_path / "1", tmp_path / "2", entries("pact"))
    for name in ("plan.entries", "plan.columns", "report.entries"):
        assert (tmp_path / "1/entries" / name).samefile(tmp_path / "2/entries" / name)


def test_nothing_to_index_is_an_index_too(tmp_path: Path) -> None:
    assert update(None, tmp_path / "1", {}) == 0
    page = ask(search.open_index(tmp_path / "1"), "観光")
    assert (page.total, page.hits, page.facets, page.proposals) == (0, (), (), ())


def test_a_folder_without_an_index_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="ingest the documents again"):
        search.open_index(tmp_path)


def test_an_index_of_another_format_is_not_misread(tmp_path: Path) -> None:
    update(None, tmp_path / "1", entries("letter"))
    assert is_current(tmp_path / "1")
    (tmp_path / "1/index.json").write_text(f'{{"format": {FORMAT + 1}, "engine": "whoosh"}}')
    assert not is_current(tmp_path / "1")
    with pytest.raises(IndexMissing, match=f"format {FORMAT + 1}"):
        search.open_index(tmp_path / "1")


def test_another_engine_is_chosen_by_the_scheme_of_a_url(tmp_path: Path) -> None:
    update(None, tmp_path / "1", entries("letter"), engine=read_url("tantivy:")[0])
    opened = search.open_index(f"tantivy:{tmp_path / '1'}")
    assert opened.count == len(entries("letter")["letter"])
    opened.close()
    with pytest.raises(IndexMissing, match="kept by tantivy, not by whoosh"):
        search.open_index(f"whoosh:{tmp_path / '1'}")
    with pytest.raises(UnknownEngine, match="choose one of tantivy, whoosh"):
        read_url("sqlite:x")


def test_a_library_with_more_projects_than_whoosh_is_good_for_has_outgrown_it(tmp_path: Path) -> None:
    for engine in ("whoosh", "tantivy"):
        update(None, tmp_path / engine, entries("letter"), engine=engine)
    assert has_outgrown(tmp_path / "whoosh", OUTGROWN + 1)
    assert not has_outgrown(tmp_path / "whoosh", OUTGROWN)
    assert not has_outgrown(tmp_path / "tantivy", OUTGROWN + 1)
