"""The library on disk: complete states, one writer, one rename."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from corpus import ROOT, read_text
from ingest.errors import LibraryBusy, LibraryDamaged, LibraryEmpty, UnknownRecord
from ingest.library import KEPT_STATES, Library, State

TEXT = "# 甲市のあゆみ\n本文の一行\n"


def write(library: Library, name: str, text: str = TEXT) -> State:
    """Publish a state with one more document."""
    original = library.home.parent / f"{name}.txt"
    original.write_text(text, "utf-8")
    with library.draft() as draft:
        draft.put(read_text(original.name, text), text.split("\n"), original, "1")
        (draft.index / "part").write_text(name, "utf-8")
        return draft.publish(software="test", base="http://localhost", counts={})


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path / "home")


def test_an_empty_library_says_so(library: Library) -> None:
    with pytest.raises(LibraryEmpty, match="renkei ingest"):
        library.current()


def test_what_was_put_in_comes_out(library: Library) -> None:
    state = write(library, "a")
    assert state.records("a")[0].id == "a"
    assert state.text("a")[1] == "本文の一行"
    assert state.original("a").read_text("utf-8") == TEXT
    assert state.record("a").id == "a"


def test_an_unknown_record_is_named(library: Library) -> None:
    state = write(library, "a")
    with pytest.raises(UnknownRecord, match="b"):
        state.entry("b")
    with pytest.raises(UnknownRecord, match="a/none"):
        state.record("a/none")


def test_a_reader_keeps_its_state_while_a_new_one_is_published(library: Library) -> None:
    before = write(library, "a")
    write(library, "b")
    assert list(before.documents) == ["a"]
    assert list(library.current().documents) == ["a", "b"]
    assert before.text("a")[1] == "本文の一行"


def test_a_draft_that_is_not_published_leaves_nothing(library: Library) -> None:
    write(library, "a")
    with library.draft() as draft:
        draft.remove("a")
    assert list(library.current().documents) == ["a"]
    assert [p.name for p in library.states.iterdir()] == ["00000001"]


def test_a_second_writer_is_told_who_writes(library: Library) -> None:
    with library.draft(), pytest.raises(LibraryBusy, match=f"process {os.getpid()}"), library.draft():
        pass


def test_unchanged_files_are_shared_between_states(library: Library) -> None:
    first, second = write(library, "a"), write(library, "b")
    name = "documents/a.jsonl"
    assert (first.path / name).samefile(second.path / name)
    assert second.manifest.files[name] == first.manifest.files[name]


def test_a_document_of_the_same_name_takes_the_place_of_the_old_one(library: Library) -> None:
    old = write(library, "a")
    new = write(library, "a", "# 乙市のあゆみ\n別の文\n")
    assert new.entry("a").title != old.entry("a").title
    assert old.text("a")[1] == "本文の一行"


def test_only_the_last_states_are_kept(library: Library) -> None:
    for name in "abcde":
        write(library, name)
    assert len(list(library.states.iterdir())) == KEPT_STATES


@pytest.mark.parametrize("name", ["documents/a.txt", "documents/a.jsonl", "sources/a.txt", "index/part"])
def test_a_changed_byte_is_found(library: Library, name: str) -> None:
    state = write(library, "a")
    assert state.verify() == []
    path = state.path / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert state.verify() == [f"{name}: changed since it was written"]


def test_a_missing_and_a_strange_file_are_found(library: Library) -> None:
    state = write(library, "a")
    (state.path / "index" / "part").unlink()
    (state.path / "index" / "other").write_text("x")
    assert state.verify() == ["index/other: not in the manifest", "index/part: missing"]


def test_a_broken_manifest_is_named(library: Library) -> None:
    state = write(library, "a")
    (state.path / "manifest.json").write_text("{")
    with pytest.raises(LibraryDamaged, match=r"manifest\.json"):
        library.current()


WRITER = """
    import sys, time
    from pathlib import Path
    sys.path[:0] = [{tests!r}]
    from ingest.library import Library
    from test_ingest_library import write
    library = Library(Path(sys.argv[1]))
    print("ready", flush=True)
    for n in range(10_000):
        write(library, f"d{{n % 7}}", f"# 題{{n}}\\n本文\\n")
"""


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_a_killed_writer_leaves_a_complete_state(tmp_path: Path) -> None:
    """Killed at random moments of many publications, the library opens, is sound, and can be written again."""
    library = Library(tmp_path / "home")
    write(library, "first")
    program = textwrap.dedent(WRITER.format(tests=str(ROOT / "tests")))
    for delay in (0.05, 0.12, 0.2, 0.31, 0.43):
        command = [sys.executable, "-c", program, str(library.home)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:  # noqa: S603  our own program
            assert writer.stdout
            assert writer.stdout.readline() == b"ready\n"
            threading.Event().wait(delay)
            writer.send_signal(signal.SIGKILL)
        state = library.current()
        assert state.verify() == []
        assert "first" in state.documents
    write(library, "last")
    leftovers = [p.name for p in library.states.iterdir() if p.name.startswith(".")]
    assert leftovers == []
