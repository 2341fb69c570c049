"""What a state of a library changed of the one before it."""

from pathlib import Path

from ingest import changes
from ingest.library import Library, State
from ingest.records import Record
from sample_records import document, project


def publish(library: Library, records: list[Record] | None, remove: str | None = None) -> State:
    """Publish a state with a document put in or taken out."""
    original = library.home.parent / "a.txt"
    original.write_text("x\n", "utf-8")
    with library.draft() as draft:
        if records:
            draft.put(records, ["x"], original, "1")
        if remove:
            draft.remove(remove)
        return draft.publish(software="test", base="http://localhost", counts={})


def test_each_state_says_what_it_changed_of_the_one_before(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    first = [document("a"), project("a", "1", 5, title="救急"), project("a", "2", 9, title="観光")]
    second = [document("a"), project("a", "1", 7, title="救急", overview="別"), project("a", "3", 9, title="教育")]
    names = [publish(library, first).name, publish(library, second).name, publish(library, None, "a").name]
    kept = changes.read(library.home)
    assert [each.state for each in kept] == names
    (new,), (changed,), (gone,) = (each.documents for each in kept)
    assert (new.kind, new.came, new.projects) == ("added", {"document": 1, "project": 2}, ())
    assert [(p.id, p.kind, p.fields) for p in changed.projects] == [
        ("a/1", "changed", ("overview",)), ("a/3", "added", ()), ("a/2", "removed", ()),
    ]  # fmt: skip
    assert (changed.gone, changed.went) == (("a/2",), {"project": 1})
    assert (gone.kind, set(gone.gone)) == ("removed", {"a", "a/1", "a/3"})


def test_the_same_records_again_are_no_change(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    records: list[Record] = [document("a"), project("a", "1", 5)]
    publish(library, records)
    publish(library, records)
    assert len(changes.read(library.home)) == 1


def test_a_line_that_cannot_be_read_and_more_lines_than_are_kept_do_no_harm(tmp_path: Path) -> None:
    for n in range(changes.MOST + 3):
        if n in {0, changes.MOST + 2}:
            changes.append(tmp_path, changes.Change(state=f"{n:08d}", when="2026-01-01T00:00:00Z", documents=()))
        elif n == 1:
            line = (tmp_path / changes.FILE).read_bytes()
            (tmp_path / changes.FILE).write_bytes(b"{broken\n" + line * changes.MOST)
    assert len(changes.read(tmp_path)) == changes.MOST
