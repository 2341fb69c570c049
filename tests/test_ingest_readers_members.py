"""Folders and archives: every document is a member, or a fault with its name."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.readers.members import members
from ingest.readers.pool import ReaderPool
from ingest.readers.sources import Limits


def archive(entries: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


def faults(path: Path, limits: Limits | None = None) -> dict[str, IngestError | None]:
    with members([path], limits) as found:
        return {member.name.removeprefix(f"{path}/"): member.fault for member in found}


def test_a_folder_gives_all_its_files_by_name_and_its_archives_open(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_text("c", "utf-8")
    (tmp_path / "a.zip").write_bytes(archive({"z.txt": b"z", "inner/y.txt": b"y"}))
    (tmp_path / "photo.heic").write_bytes(b"x")
    for left_alone in (".hidden", "~$plan.docx", "Thumbs.db"):
        (tmp_path / left_alone).write_bytes(b"x")
    with members([tmp_path]) as found:
        assert [(member.name.removeprefix(f"{tmp_path}/"), member.path.read_text("utf-8")) for member in found] == [
            ("a.zip/z.txt", "z"),
            ("a.zip/inner/y.txt", "y"),
            ("photo.heic", "x"),
            ("b/c.txt", "c"),
        ]


def test_what_was_unpacked_is_gone_after_the_block(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"a.txt": b"a"}))
    with members([tmp_path / "a.zip"]) as found:
        (member,) = found
        assert member.path.exists()
    assert not member.path.exists()


@pytest.mark.parametrize(("encoding", "utf8_flag"), [("cp932", False), ("utf-8", False), ("utf-8", True)])
def test_japanese_names_come_out_right(encoding: str, utf8_flag: bool, tmp_path: Path) -> None:
    name = "計画表ソ①.txt"
    raw = name.encode(encoding)
    data = archive({"x" * len(raw): b"a"}).replace(b"x" * len(raw), raw)
    if utf8_flag:
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.index(mark) + place
            data = data[:at] + struct.pack("<H", 0x800) + data[at + 2 :]
    (tmp_path / "a.zip").write_bytes(data)
    assert faults(tmp_path / "a.zip") == {name: None}


def test_left_over_entries_of_macos_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"__MACOSX/._a.txt": b"", ".DS_Store": b"", "d/": b"", "a.txt": b"a"}))
    assert faults(tmp_path / "a.zip") == {"a.txt": None}


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"]
)
def test_an_entry_never_decides_where_it_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({name: b"evil", "good.txt": b"good"}))
    found = faults(tmp_path / "a.zip")
    assert found.pop("good.txt") is None
    (fault,) = found.values()
    assert "points outside" in str(fault)
    assert not list(tmp_path.parent.rglob("evil.txt"))


def test_a_bomb_is_refused_by_its_ratio_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"bomb.txt": bytes(30_000_000), "good.txt": b"good"}))
    found = faults(tmp_path / "a.zip")
    assert "more than 200 times" in str(found["bomb.txt"])
    assert found["good.txt"] is None


def test_the_sum_of_all_entries_is_limited(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({f"{n}.txt": b"ab" * 500 for n in range(5)}))
    found = faults(tmp_path / "a.zip", Limits(unpacked_bytes=3500))
    assert [name for name, fault in found.items() if fault is None] == ["0.txt", "1.txt", "2.txt"]
    assert "unpacks to more" in str(found["4.txt"])


def test_the_number_of_entries_is_limited(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({f"{n}.txt": b"" for n in range(11)}))
    (fault,) = faults(tmp_path / "a.zip", Limits(entries=10)).values()
    assert "more than 10 files" in str(fault)
    (fault,) = faults(tmp_path / "a.zip", Limits(entries=0)).values()
    assert "more than 0 files" in str(fault)


def test_archives_inside_links_and_unknown_kinds_are_refused_by_name(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("inner.zip", archive({"a.txt": b"a"}))
        made.writestr(link, "/etc/hostname")
        made.writestr("song.mp3", b"x")
    found = {name: str(fault) for name, fault in faults(tmp_path / "a.zip").items()}
    assert "archive inside" in found["inner.zip"]
    assert "a link" in found["link.txt"]
    assert "no reader" in found["song.mp3"]


def test_locked_and_damaged_entries_are_named(tmp_path: Path) -> None:
    data = archive({"locked.txt": b"locked", "crc.txt": b"crc" * 50, "good.txt": b"good"})
    at = data.index(b"PK\x01\x02") + 8
    data = data[:at] + b"\x01\x00" + data[at + 2 :]
    at = data.index(b"PK\x01\x02", at) + 16
    data = data[:at] + b"\x00\x00\x00\x00" + data[at + 4 :]
    (tmp_path / "a.zip").write_bytes(data)
    found = faults(tmp_path / "a.zip")
    assert "password" in str(found["locked.txt"])
    assert "damaged" in str(found["crc.txt"])
    assert found["good.txt"] is None


@pytest.mark.parametrize("data", [b"", b"no zip", archive({"a.txt": b"a" * 5000})[:-30]])
def test_a_broken_archive_is_one_fault(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with members([tmp_path / "a.zip"]) as found:
        (member,) = found
    assert type(member.fault).__name__ == "UnreadableFile"
    assert member.name == str(tmp_path / "a.zip")


def test_members_go_through_a_pool_with_their_faults(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"a.html": b"<h1>x</h1>", "../b.txt": b"b", "c.txt": "三".encode()}))
    with members([tmp_path / "a.zip"]) as found, ReaderPool(2) as pool:
        outcomes = [
            (member.name.rpartition("/")[2], getattr(outcome, "text", None)) for member, outcome in pool.read_all(found)
        ]
    assert outcomes == [("a.html", ["# x"]), ("b.txt", None), ("c.txt", ["三"])]
