"""The generator of synthetic documents: the same for a seed, and read as what it is meant to be."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import corpus
from corpus import read_text
from ingest.records import DocumentRecord, ProjectRecord, type_of

KINDS = {
    "plan": "plan",
    "agreement": "agreement",
    "settlement": "settlement-agreement",
    "status": "status-report",
    "briefing": "briefing",
}


def test_one_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    counts = [corpus.write(tmp_path / name, 10, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))]
    contents = [[p.read_bytes() for p in sorted((tmp_path / name).iterdir())] for name in "abc"]
    assert contents[0] == contents[1]
    assert contents[0] != contents[2]
    assert counts[0] == sum(len(data.decode()) for data in contents[0])


def test_a_larger_corpus_begins_with_the_smaller_one(tmp_path: Path) -> None:
    corpus.write(tmp_path, 3)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    corpus.write(tmp_path, 2, first=3)
    assert len(list(tmp_path.iterdir())) == 5
    assert all((tmp_path / name).read_bytes() == data for name, data in before.items())


@pytest.mark.parametrize("number", range(10))
def test_each_document_is_read_as_the_kind_that_it_is_made_as(number: int) -> None:
    name, text = corpus.document(number)
    head = read_text(name, text)[0]
    assert isinstance(head, DocumentRecord)
    assert head.kind == KINDS[name.partition("-")[0]]


@pytest.mark.parametrize(("number", "works"), [(0, 10), (1, 18), (2, 16), (3, 24)])
def test_every_work_of_a_document_is_read_as_a_project_with_its_words(number: int, works: int) -> None:
    name, text = corpus.document(number)
    projects = [r for r in read_text(name, text) if isinstance(r, ProjectRecord)]
    assert len(projects) == works
    assert all(p.overview and p.title in text for p in projects)


def test_what_is_generated_has_no_faults_to_find() -> None:
    read = [r for number in range(10) for r in read_text(*corpus.document(number))]
    assert Counter(map(type_of, read))["finding"] == 0
