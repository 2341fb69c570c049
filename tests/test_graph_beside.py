"""Building a graph beside other work: the same graph, whatever becomes of the child."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

import graph
from benchmarks.corpus import document
from corpus import read_text
from graph import beside
from graph.errors import BaseChanged
from ingest.records import to_json_lines

BASE = "http://127.0.0.1:8000"


def job(tmp_path: Path, name: str, count: int = 10, base_dir: Path | None = None) -> beside.Job:
    """Write the records of some documents, and say what is to be built."""
    records = tmp_path / "documents"
    records.mkdir(exist_ok=True)
    names = []
    for number in range(count):
        file, text = document(number)
        names.append(Path(file).stem)
        (records / f"{names[-1]}.jsonl").write_bytes(to_json_lines(read_text(file, text)))
    return beside.Job(
        base_dir=str(base_dir) if base_dir else None,
        target_dir=str(tmp_path / name),
        documents=str(records),
        replaced=names,
        removed=[],
        base_iri=BASE,
    )


def quads(folder: str) -> set[str]:
    store = graph.open(Path(folder))
    found = {str(quad) for quad in store.quads()}
    store.close()
    return found


def test_a_child_builds_what_this_process_builds(tmp_path: Path) -> None:
    here, there = job(tmp_path, "here"), job(tmp_path, "there")
    with beside.beside(there) as built:
        count = here.run()
        assert built() == count
    assert quads(here.target_dir) == quads(there.target_dir)


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_a_child_that_was_killed_costs_time_but_not_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def noted(*parts: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*parts, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr("graph.beside.subprocess.Popen", noted)
    asked = job(tmp_path, "graph")
    with beside.beside(asked) as built:
        os.kill(started[0].pid, signal.SIGKILL)
        count = built()
    store = graph.open(Path(asked.target_dir))
    assert store.count() == count > 0
    store.close()


@pytest.mark.parametrize("count", [1, 10])
def test_an_error_of_the_graph_is_seen_by_the_caller(tmp_path: Path, count: int) -> None:
    before = job(tmp_path, "before", count=1)
    before.run()
    (tmp_path / "before" / "graph.json").write_text('{"base": "https://other.example", "triples": 1}', "utf-8")
    with beside.beside(job(tmp_path, "after", count, tmp_path / "before")) as built, pytest.raises(BaseChanged):
        built()


def test_no_child_is_left_when_the_other_work_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def noted(*parts: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*parts, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr("graph.beside.subprocess.Popen", noted)
    with pytest.raises(KeyError), beside.beside(job(tmp_path, "graph")):
        raise KeyError("index")
    assert [child.poll() is not None for child in started] == [True]
