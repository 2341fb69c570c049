"""The pool of reading processes: order, reuse, replacement, an end without leftovers."""

import os
import signal
import sys
from itertools import islice
from pathlib import Path

import pytest

from attacks import office_files, pdf_files
from corpus import SAMPLES
from ingest.extract import Extract
from ingest.files import records_of, sha256_of
from ingest.readers import read
from ingest.readers.pool import ReaderPool
from ingest.readers.worker import Parsed, Reply
from ingest.records import Record


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.pdf"
    path.write_bytes(pdf_files.good())
    return path


def children(pool: ReaderPool) -> set[int]:
    return {worker._process.pid for worker in pool._workers if worker._process}


def test_outcomes_come_in_the_order_of_the_files_and_equal_a_reading_here(tmp_path: Path, good: Path) -> None:
    book, text = tmp_path / "a.xlsx", tmp_path / "b.txt"
    book.write_bytes(office_files.workbook())
    text.write_text("文\n", "utf-8")
    files = [good, text, book, text, good, book, tmp_path / "none.txt", text]
    with ReaderPool(2) as pool:
        outcomes = list(pool.read_all(files))
    assert [member.path for member, _ in outcomes] == files
    assert all(outcome == read(member.path) for member, outcome in outcomes if member.path.exists())


def test_one_process_serves_many_files_and_small_texts_need_none(tmp_path: Path, good: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("文", "utf-8")
    with ReaderPool(2) as pool:
        list(pool.read_all([text] * 20))
        assert children(pool) == set()
        list(pool.read_all([good]))
        first = children(pool)
        list(pool.read_all([good] * 5))
        assert first <= children(pool)


@pytest.mark.skipif(sys.platform != "linux", reason="a count of Linux")
def test_a_process_is_not_worn_out_by_what_its_parent_has_held(good: Path) -> None:
    held = bytearray(900_000_000)
    del held
    with ReaderPool(1) as pool:
        list(pool.read_all([good]))
        assert children(pool)


def test_files_are_taken_only_as_they_are_read(good: Path) -> None:
    taken: list[int] = []
    files = (taken.append(number) or good for number in range(1000))
    with ReaderPool(1) as pool:
        list(islice(pool.read_all(files), 3))
    assert len(taken) < 10


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_a_process_that_was_killed_between_two_files_costs_neither(good: Path) -> None:
    with ReaderPool(1) as pool:
        list(pool.read_all([good]))
        os.kill(children(pool).pop(), signal.SIGKILL)
        ((_, outcome),) = pool.read_all([good])
    assert isinstance(outcome, Extract)


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_no_process_is_left_when_the_pool_ends_early(tmp_path: Path) -> None:
    slow = tmp_path / "slow.pdf"
    slow.write_bytes(pdf_files.one_page("\n".join(f"{i % 90} 0 m {i % 90} 9 l S" for i in range(30_000))))
    with ReaderPool(2) as pool:
        next(pool.read_all([slow] * 6))
        started = children(pool)
    assert started
    for child in started:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def test_an_error_comes_back_with_its_sentence_and_its_facts(tmp_path: Path) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"no package")
    with ReaderPool(1) as pool:
        ((_, outcome),) = pool.read_all([broken])
    assert str(outcome).startswith(f"{broken}: cannot be read (its content is not what .docx says")
    assert vars(outcome)["path"] == str(broken)


def test_a_reply_without_extract_is_an_error_of_its_kind() -> None:
    outcome = Reply(kind="RefusedFile", sentence="a: refused", facts={"limit": "time"}).outcome()
    assert (type(outcome).__name__, str(outcome), vars(outcome)) == ("RefusedFile", "a: refused", {"limit": "time"})


def parsed_here(path: Path) -> tuple[list[Record], list[str]]:
    extract = read(path)
    return records_of(path.name, sha256_of(path), extract), extract.text


@pytest.mark.parametrize("copies", [1, 4])
def test_records_from_children_are_those_made_here_whether_files_are_few_or_many(
    tmp_path: Path, good: Path, copies: int
) -> None:
    files = [good]
    for number in range(copies):
        files += [path for name in SAMPLES.glob("*agreement*.txt") for path in [tmp_path / f"{number}-{name.name}"]]
    for path in files[1:]:
        path.write_bytes((SAMPLES / path.name.partition("-")[2]).read_bytes())
    with ReaderPool(2) as pool:
        outcomes = list(pool.parse_all(files))
    assert [member.path for member, _ in outcomes] == files
    for member, outcome in outcomes:
        assert isinstance(outcome, Parsed)
        assert (outcome.records, outcome.text) == parsed_here(member.path)


@pytest.mark.parametrize("others", [0, 10])
def test_what_cannot_be_read_or_parsed_is_named_and_the_others_are_parsed(tmp_path: Path, others: int) -> None:
    broken, none = tmp_path / "broken.docx", tmp_path / "none.txt"
    broken.write_bytes(b"no package")
    texts = [tmp_path / f"{number}.txt" for number in range(others + 1)]
    for path in texts:
        path.write_text("文\n", "utf-8")
    with ReaderPool(2) as pool:
        outcomes = {member.path: outcome for member, outcome in pool.parse_all([broken, none, *texts])}
    assert "broken.docx" in str(outcomes[broken])
    assert "none.txt" in str(outcomes[none])
    assert all(isinstance(outcomes[path], Parsed) for path in texts)


def test_a_fault_of_a_parser_is_a_sentence_about_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("no such row")

    monkeypatch.setattr("ingest.readers.worker.records_of", fails)
    path = tmp_path / "a.txt"
    path.write_text("文\n", "utf-8")
    with ReaderPool(1) as pool:
        ((_, outcome),) = pool.parse_all([path])
    assert "a.txt" in str(outcome)
    assert "ValueError: no such row" in str(outcome)
