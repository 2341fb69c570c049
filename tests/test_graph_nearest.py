"""The nearest projects found in arrays are those that comparing one by one finds."""

from collections.abc import Iterator

import pytest

import graph
from graph.alignment import same_work, works
from graph.errors import UnknownThing
from graph.judgements import Judgement, Verdict
from graph.likeness import LEAST, WORTH_A_LOOK
from graph.nearest import nearest
from graph.stores import Store
from ingest.library import State


@pytest.fixture
def store(sample_state: State) -> Iterator[Store]:
    opened = graph.open(sample_state.graph)
    yield opened
    opened.close()


def judged(a: str, b: str, verdict: Verdict) -> dict[tuple[str, str], Judgement]:
    a, b = sorted((a, b))
    return {(a, b): Judgement(a=a, b=b, verdict=verdict, by="x", when="2024-04-01T09:00:00Z", why="y")}


@pytest.mark.parametrize("least", [LEAST, 0.2])
def test_the_first_matches_are_those_of_comparing_one_by_one(store: Store, least: float) -> None:
    some = 0
    for project in list(works(store).all)[::5]:
        alike = [m for m in same_work(store, project, least) if m.likeness.names >= WORTH_A_LOOK]
        found = nearest(store, project, 5, least)
        assert found.total == len(alike)
        assert [(m.project.id, m.likeness, m.words) for m in found.matches] == [
            (m.project.id, m.likeness, m.words) for m in alike[:5]
        ]
        some += len(alike)
    assert some > 50


def test_what_people_said_goes_before_scores(store: Store) -> None:
    project = next(key for key in works(store).all if len(same_work(store, key)) > 2)
    first, second = (match.project.id for match in nearest(store, project, 2).matches)
    total = nearest(store, project, 1).total
    store.memo["judged"] = judged(project, first, "different")
    assert nearest(store, project, 1).matches[0].project.id == second
    assert nearest(store, project, 1).total == total - 1
    stranger = next(k for k in works(store).all if k not in {m.project.id for m in same_work(store, project, 0.0)})
    store.memo["judged"] = judged(stranger, project, "same")
    found = nearest(store, project, 1)
    assert (found.matches[0].project.id, found.matches[0].verdict, found.total) == (stranger, "same", total + 1)


def test_a_project_that_is_not_there_is_no_project_without_a_match(store: Store) -> None:
    with pytest.raises(UnknownThing):
        nearest(store, "nowhere/1", 5)
