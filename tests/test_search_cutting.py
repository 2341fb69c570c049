"""Cutting in child processes: the same as here, in order, and whatever becomes of a child."""

import os
import signal
from pathlib import Path

import pytest

from search import cutting
from search.cutting import write_all
from search.model import SearchDocument


def entries(number: int) -> list[SearchDocument]:
    """Make two entries of a document."""
    return [
        SearchDocument(
            id=f"d{number}/{place}",
            type="project",
            document=f"d{number}",
            title=f"消防車の共同整備 {number}",
            url=f"/{number}/{place}",
            texts={"overview": "はしご車を二つの市で使う"},
            facets={"area": (("防災", "防災"),)},
            lines=(1, 2),
        )
        for place in range(2)
    ]


@pytest.fixture
def replaced() -> dict[str, list[SearchDocument]]:
    """Twenty documents."""
    return {f"d{number:02}": entries(number) for number in range(20)}


def test_children_write_and_give_what_one_process_does(
    tmp_path: Path, replaced: dict[str, list[SearchDocument]]
) -> None:
    made = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        written = write_all(folder, replaced, workers)
        terms = [(name, {field: dict(held.items()) for field, held in terms.items()}) for name, terms in written]
        made.append((terms, {path.name: path.read_bytes() for path in folder.iterdir()}))
    assert made[0] == made[1]
    assert [document for document, _ in made[0][0]] == list(replaced)


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_a_child_that_was_killed_costs_no_document(
    tmp_path: Path, replaced: dict[str, list[SearchDocument]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = cutting._exchange

    def kill_first(child: cutting.Child, job: cutting.Job) -> cutting.Done | None:
        if job.document == "d03":
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
        return asked(child, job)

    monkeypatch.setattr(cutting, "_exchange", kill_first)
    written = list(write_all(tmp_path, replaced, 2))
    assert [document for document, _ in written] == list(replaced)
    assert all(terms["words"].terms for _, terms in written)


def test_no_child_is_left_when_the_index_stops_early(
    tmp_path: Path, replaced: dict[str, list[SearchDocument]], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: set[int] = set()
    asked = cutting._exchange

    def noted(child: cutting.Child, job: cutting.Job) -> cutting.Done | None:
        started.add(child.pid)
        return asked(child, job)

    monkeypatch.setattr(cutting, "_exchange", noted)
    written = write_all(tmp_path, replaced, 2)
    next(written)
    written.close()
    assert started
    for child in started:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
