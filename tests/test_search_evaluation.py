"""Judged queries: how answers are scored, and that ours are as good as promised."""

import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.library import State
from search.errors import JudgementsUnreadable
from search.evaluation import (
    EXACT,
    PROJECTS_ONLY,
    Judged,
    Outcome,
    Scores,
    evaluate,
    mean,
    read_judged,
    score,
    summary,
)
from search.index import Index
from search.model import SearchQuery
from web.cli import main

QUERIES = Path(__file__).parent / "judged" / "queries.toml"
KINDS = {
    "keyword", "synonym", "reading", "variant", "compound", "piece", "phrase", "typo", "sentence", "english", "number",
}  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return read_judged(QUERIES)


@pytest.fixture(scope="module")
def outcomes(sample_state: State, judged: list[Judged]) -> list[Outcome]:
    return evaluate(Index.open(sample_state.index).search, judged)


def test_the_best_order_scores_one_and_the_worst_nothing() -> None:
    grades = {"a": 2, "b": 1}
    assert score(["a", "b", "c"], grades) == Scores(1.0, 1.0, 1.0)
    assert score(["c"], grades) == score([], grades) == Scores(0.0, 0.0, 0.0)


def test_gain_is_exponential_and_falls_with_the_logarithm_of_the_rank() -> None:
    found = score(["b", "a"], {"a": 2, "b": 1})
    assert found.ndcg == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert found.success == 0


def test_the_tenth_hit_gains_and_the_eleventh_does_not() -> None:
    fillers = [str(n) for n in range(10)]
    assert score([*fillers[:9], "a"], {"a": 2}).ndcg > 0
    assert score([*fillers, "a"], {"a": 2}).ndcg == 0
    assert score([*fillers, "a"], {"a": 2}).recall == 1


def test_the_mean_of_no_queries_is_zero() -> None:
    assert mean([]) == Scores(0.0, 0.0, 0.0)


@pytest.mark.parametrize("text", ["", "[documents]", "no toml", '[documents]\nP = "p"\n[x]\n"q" = { exact = ["Z/1"] }'])
def test_what_is_not_in_the_form_is_refused_with_its_path(tmp_path: Path, text: str) -> None:
    path = tmp_path / "q.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(JudgementsUnreadable, match=r"q\.toml"):
        read_judged(path)


def test_every_kind_of_query_is_judged_and_a_third_is_held_out(judged: list[Judged]) -> None:
    assert {query.kind for query in judged} == KINDS
    assert len(judged) >= 60
    assert sum(query.held_out for query in judged) > len(judged) / 4
    assert all(EXACT in query.grades.values() for query in judged)


def test_what_is_judged_is_in_the_library(sample_state: State, judged: list[Judged]) -> None:
    page = Index.open(sample_state.index).search(SearchQuery(filters=PROJECTS_ONLY, limit=1000))
    known = {hit.id for hit in page.hits}
    assert {place for query in judged for place in query.grades} <= known


def test_answers_are_as_good_as_promised(outcomes: list[Outcome]) -> None:
    for held_out in (False, True):
        got = mean([outcome for outcome in outcomes if outcome.judged.held_out == held_out])
        assert got.ndcg >= 0.93
        assert got.success >= 0.93
        assert got.recall >= 0.9


def test_no_kind_of_query_is_left_behind(outcomes: list[Outcome]) -> None:
    weak = {name: scores for name, _, scores in summary(outcomes) if scores.ndcg < 0.85 or scores.success < 0.9}
    assert weak == {}


def test_the_command_prints_a_table_in_which_each_part_earns_its_place(sample_state: State) -> None:
    home = sample_state.path.parent.parent
    printed = CliRunner().invoke(main, ["--home", str(home), "evaluate"]).stdout
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in printed.splitlines()}
    assert {*KINDS, "seen", "held out", "all", "without synonyms"} <= set(rows)
    ndcg = {name: float(row[1]) for name, row in rows.items() if name == "all" or name.startswith("without")}
    assert ndcg["all"] >= 0.85
    assert ndcg["all"] - ndcg["without synonyms"] > 0.1
    assert ndcg["all"] - ndcg["without spelling"] > 0.02
    assert ndcg["all"] - ndcg["without pieces"] > 0.01
    assert ndcg["all"] - ndcg["without field_weights"] > 0.003


def test_everyday_words_questions_and_english_find_an_answer_first(sample_state: State) -> None:
    index = Index.open(sample_state.index)
    asked = read_judged(QUERIES.with_name("everyday.toml"))
    answers = evaluate(index.search, asked)
    index.close()
    assert len(asked) > 300
    assert mean(answers).success > 0.85
