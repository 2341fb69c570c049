"""A question and the query that it stands for have the same answer."""

import json
from pathlib import Path

import pytest

import graph
from graph.errors import UnknownThing
from graph.questions import RELATIONS, Question, answer, as_sparql
from graph.sparql import query
from graph.stores import Store
from ingest.library import Library
from web_library import BASE, ingest

COMMERCE = "012246/産業振興部/商業労働課"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    home: Path = tmp_path_factory.mktemp("library")
    ingest(Library(home), tmp_path_factory.mktemp("sources"))
    return graph.open(Library(home).current().graph)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("mine", ["012246", "012246/産業振興部", COMMERCE])
@pytest.mark.parametrize("there", [None, "012319"])
def test_the_answer_is_that_of_the_query(store: Store, mine: str, relation: str, there: str | None) -> None:
    question = Question(mine, relation, there)
    rows = json.loads(query(store, as_sparql(question, BASE), format="json")[1])["results"]["bindings"]
    by_query = {row["name"]["value"]: int(row["count"]["value"]) for row in rows if "name" in row}
    assert {each.unit.label: each.count for each in answer(store, question)} == by_query


def test_departments_that_share_projects_come_with_these(store: Store) -> None:
    first = answer(store, Question(COMMERCE, there="012319"))[0]
    assert (first.unit.label, first.count, len(first.projects)) == ("恵庭市経済部商工労働課", 5, 5)


def test_a_department_that_nobody_knows_is_named(store: Store) -> None:
    with pytest.raises(UnknownThing, match="総務局"):
        answer(store, Question("012246/総務局"))
