"""Ingesting: what goes in, what is skipped, what is refused, and what is built."""

from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest

import graph
import search
from benchmarks.corpus import write
from corpus import SAMPLES
from graph.statements.writer import Writer
from ingest.errors import UnknownRecord
from ingest.library import Library, State
from pdf_writer import Page, Picture, write_pdf
from search.entries import read_columns
from search.query import parse
from web.build import Report, ingest_paths, remove_documents, verify

BASE = "http://127.0.0.1:8000"


def ingest(library: Library, *paths: Path, base: str = BASE) -> Report:
    """Ingest paths under the usual base."""
    return ingest_paths(library, paths, base=base)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two of the sample documents."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("sapporo-ishikari-agreement-2019.txt", "sapporo-status-2019.txt"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    return folder


def test_the_sample_corpus_goes_in_whole_and_is_sound(sample_state: State) -> None:
    assert len(sample_state.documents) == 5
    assert verify(sample_state) == []


def test_unchanged_files_are_skipped_and_nothing_is_published(library: Library, folder: Path) -> None:
    first = ingest(library, folder)
    second = ingest(library, folder)
    assert [t.outcome for t in first.taken] == ["read", "read"]
    assert [t.outcome for t in second.taken] == ["unchanged", "unchanged"]
    assert second.state is None
    assert library.current_name() == first.state


def test_a_scan_is_unchanged_until_ocr_is_asked_for(library: Library, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(write_pdf([Page([Picture()])]))
    outcomes = [ingest_paths(library, [scan], base=BASE, ocr=ocr).taken[0].outcome for ocr in (False, False, True)]
    assert outcomes[:2] == ["read", "unchanged"]
    assert outcomes[2] in ("read", "failed")  # failed where tesseract is not installed


def test_a_broken_file_is_named_and_the_others_go_in(library: Library, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing behind it")
    (folder / "letter.xyz").write_text("?")
    report = ingest(library, folder)
    failed = {Path(t.name).name: t.error or "" for t in report.taken if t.outcome == "failed"}
    assert set(failed) == {"broken.pdf", "letter.xyz"}
    assert all(name in error for name, error in failed.items())
    assert len(library.current().documents) == 2


def test_a_missing_file_is_named(library: Library, tmp_path: Path) -> None:
    report = ingest(library, tmp_path / "none.txt")
    assert "none.txt" in (report.taken[0].error or "")
    assert report.state is None


def test_two_files_of_one_stem_are_refused_with_both_names(library: Library, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "Sapporo Status 2019.txt").write_text("# 別の文書\n本文\n", "utf-8")
    report = ingest(library, folder, other)
    refused = [t for t in report.taken if t.outcome == "failed"]
    assert len(refused) == 2
    assert all(
        "sapporo-status-2019.txt" in (t.error or "") and "Sapporo Status 2019.txt" in (t.error or "") for t in refused
    )
    assert list(library.current().documents) == ["sapporo-ishikari-agreement-2019"]


def test_one_more_document_adds_to_graph_and_index(library: Library, folder: Path) -> None:
    late = folder / "sapporo-status-2019.txt"
    text = late.read_bytes()
    late.unlink()
    ingest(library, folder)
    before = library.current()
    late.write_bytes(text)
    ingest(library, folder)
    after = library.current()
    assert after.manifest.counts["triples"] > before.manifest.counts["triples"]
    assert after.manifest.counts["entries"] > before.manifest.counts["entries"]
    assert verify(after) == []
    assert verify(before) == []


def test_documents_one_by_one_make_the_library_of_all_at_once(library: Library, folder: Path, tmp_path: Path) -> None:
    for path in sorted(folder.iterdir()):
        ingest(library, path)
    whole = Library(tmp_path / "whole")
    ingest(whole, folder)
    assert library.current().manifest.counts == whole.current().manifest.counts


def test_removing_takes_a_document_out_of_everything(library: Library, folder: Path) -> None:
    ingest(library, folder)
    state = remove_documents(library, ["sapporo-status-2019"], base=BASE)
    assert list(state.documents) == ["sapporo-ishikari-agreement-2019"]
    assert verify(state) == []


def test_removing_an_unknown_document_changes_nothing(library: Library, folder: Path) -> None:
    name = ingest(library, folder).state
    with pytest.raises(UnknownRecord, match="nothing-here"):
        remove_documents(library, ["nothing-here"], base=BASE)
    assert library.current_name() == name


def test_another_base_address_makes_the_identifiers_new(library: Library, folder: Path) -> None:
    ingest(library, folder)
    report = ingest(library, folder, base="https://data.example.jp")
    assert report.state
    assert library.current().manifest.base == "https://data.example.jp"
    assert verify(library.current()) == []


def made_by(library: Library, folder: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> State:
    """Ingest a folder with so many processes."""
    monkeypatch.setattr("web.build._WORKERS", workers)
    assert not ingest(library, folder).failed
    return library.current()


def test_children_make_the_very_bytes_that_one_process_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records, texts and entries are equal byte by byte; the graph and the engine hold the same."""
    write(tmp_path / "in", 12)
    many = made_by(Library(tmp_path / "many"), tmp_path / "in", 2, monkeypatch)
    monkeypatch.setattr("ingest.readers.pool._FEW", 100)
    monkeypatch.setattr("graph.beside._FEW", 100)
    one = made_by(Library(tmp_path / "one"), tmp_path / "in", 1, monkeypatch)
    fixed = [name for name in one.manifest.files if not name.startswith(("graph/store", "index/whoosh"))]
    assert {n: many.manifest.files[n] for n in fixed} == {n: one.manifest.files[n] for n in fixed}
    assert many.manifest.counts == one.manifest.counts
    assert {str(t) for t in graph.open(many.graph).quads()} == {str(t) for t in graph.open(one.graph).quads()}
    for text in ("図書館", "災害時の職員派遣"):
        asked = parse(text)
        found = [search.open_index(state.index).search(asked) for state in (many, one)]
        assert found[0].hits
        assert found[0].hits == found[1].hits


def test_a_few_records_more_in_the_library_do_not_stay_in_memory(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many documents go in, the records of only some of them are held at a time."""
    write(tmp_path / "in", 60)
    held, most = WeakSet[Any](), 0

    def watched(*parts: Any, **more: Any) -> Any:
        nonlocal most
        writer = Writer(*parts, **more)
        held.add(writer)
        most = max(most, len(held))
        return writer

    monkeypatch.setattr("graph.statements.Writer", watched)
    monkeypatch.setattr("graph.beside._FEW", 100)
    ingest(library, tmp_path / "in")
    assert 0 < most <= 3


def test_one_document_more_is_counted_without_reading_the_others(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, 3)
    ingest(library, folder)
    read: list[str] = []

    def noted(entries: Path, document: str) -> Any:
        read.append(document)
        return read_columns(entries, document)

    monkeypatch.setattr("search.build.read_columns", noted)
    write(folder, 1, first=3)
    ingest(library, folder)
    assert read == ["status-000003"]
    assert verify(library.current()) == []
    (folder / "status-000003.txt").write_text("# 別の文書\n本文\n", "utf-8")
    ingest(library, folder)
    assert verify(library.current()) == []
